"""A published site in, nothing out where every byte of it is what a build from nothing makes; else the first that is not."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from alibaba_news.builder.gather import Progress
from alibaba_news.builder.make import make_drawer, plan_site
from alibaba_news.builder.manifest import MANIFEST_NAME, format_manifest, hash_file, read_manifest
from alibaba_news.builder.pool import Jobs, map_in_order
from alibaba_news.diagnostics import Diagnostic, InputError
from alibaba_news.renderer.render import STREAMED, Drawn
from alibaba_news.settings import Settings


def verify_site(seeds: Path, output: Path, settings: Settings, *, jobs: Jobs, progress: Progress, strict: bool = False) -> None:
    """Make every file of the site of ``seeds`` again, without the cache, and compare it with what stands in ``output``.

    Nothing is written. Raises InputError naming the first file, in the order of the plan, that differs, and the byte.
    """
    target = Path(os.path.abspath(output))  # noqa: PTH100 - as it was built
    hashes: dict[str, str] = {}
    for path, parts in _make_files(seeds, settings, jobs, progress, strict=strict):
        offset = _find_difference(target / path, parts)
        if offset is not None:
            raise InputError([_report(output / path, f"differs at byte {offset} from what a build from nothing makes.")])
        hashes[path] = hash_file(target / path)
    _check_manifest(output, target, hashes)


def _make_files(
    seeds: Path, settings: Settings, jobs: Jobs, progress: Progress, *, strict: bool
) -> Iterator[tuple[str, Iterable[bytes]]]:
    plan = plan_site(seeds, settings, jobs=jobs, strict=strict, progress=progress)
    drawn = map_in_order(make_drawer, (plan.renderer, settings), [p for p in plan.pages if p.kind not in STREAMED], jobs)
    for number, page in enumerate(plan.pages, start=1):
        progress("verifying", number, len(plan.pages))
        if page.kind in STREAMED:
            yield page.path, plan.renderer.stream(page)
            continue
        result = next(drawn)
        if not isinstance(result, Drawn):
            raise InputError(result)
        yield page.path, (result.data,)


def _find_difference(path: Path, parts: Iterable[bytes]) -> int | None:
    """The first byte at which a file is not what ``parts`` say; None where there is none."""
    try:
        stream: BinaryIO = path.open("rb")
    except OSError:
        stream = io.BytesIO()
        if not any(parts):
            return 0
    offset = 0
    with stream:
        for part in parts:
            found = stream.read(len(part))
            if found != part:
                return offset + next((n for n, (a, b) in enumerate(zip(found, part, strict=False)) if a != b), len(found))
            offset += len(part)
        return offset if stream.read(1) else None


def _check_manifest(output: Path, target: Path, hashes: dict[str, str]) -> None:
    try:
        listed = read_manifest(target) or {}
    except ValueError:
        listed = {}
    more = sorted(listed.keys() - hashes.keys())
    if more:
        raise InputError([_report(output / more[0], "stands in the site, and a build from nothing does not make it.")])
    offset = _find_difference(target / MANIFEST_NAME, [format_manifest(hashes)])
    if offset is not None:
        raise InputError([_report(output / MANIFEST_NAME, f"differs at byte {offset} from what a build from nothing makes.")])


def _report(path: Path, message: str) -> Diagnostic:
    return Diagnostic(path=str(path), message=message, hint="Build with --clean, and report it: two builds must agree.")
