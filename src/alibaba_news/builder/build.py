"""Seeds and settings in, a published site and a report out; or every problem that stands in the way, and the old site whole.

A build that finds nothing changed since the one before ends before the stages (``make``) are so much as loaded.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from msgspec import Struct
from msgspec.structs import replace

from alibaba_news.builder.addresses import list_parents
from alibaba_news.builder.aside import ask_aside, ask_here, end_all
from alibaba_news.builder.cache import CacheDamagedError
from alibaba_news.builder.folders import check_output, check_seeds
from alibaba_news.builder.garbage import uncollected
from alibaba_news.builder.inputs import Inputs, KnownInputs, scan_all
from alibaba_news.builder.memory import Before, Memory, Seen
from alibaba_news.builder.pairs import Pairs, load_whole
from alibaba_news.builder.publish import (
    Late,
    Published,
    explain_failures,
    find_lock,
    make_spare,
    open_site,
    publish,
    publish_changes,
    shorten_foreign,
)
from alibaba_news.builder.report import BuildReport, describe_finds, keep_report, repeat_report, revise_report
from alibaba_news.builder.scan import Stamp, Tree, drop_racy_folders, find_unsure, is_as_before, renew_times
from alibaba_news.builder.staging import Spare, is_spare
from alibaba_news.builder.standing import Standing, check_site, load_standing, look_at, scan_site
from alibaba_news.diagnostics import Diagnostic, shorten_warnings, sort_diagnostics

if TYPE_CHECKING:
    from alibaba_news.builder.gather import Gathered
    from alibaba_news.builder.make import Plan, Site
    from alibaba_news.builder.pool import Jobs
    from alibaba_news.builder.revise import Revision
    from alibaba_news.builder.spill import Spill
    from alibaba_news.renderer.pages import Page
    from alibaba_news.settings import Settings

Progress = Callable[[str, int, int], None]

_MANY_FILES = 5000

__all__ = ["BuildReport", "build", "prepare"]


def build(
    seeds: Path, output: Path, settings: Settings, *, jobs: Jobs, strict: bool, progress: Progress, clean: bool = False
) -> BuildReport:
    """Make ``output`` the site of ``seeds``.

    With ``clean`` nothing that an earlier build left is used but the site itself. Raises InputError with every problem found
    (the site that stood there is untouched), UsageError where there is no such seeds folder. ``progress`` is told what is
    being done; it changes nothing.
    """
    check_seeds(seeds)
    target = Path(os.path.abspath(output))  # noqa: PTH100 - resolve() would follow a link
    inputs = {"seeds": seeds, "templates": settings.templates, "static": settings.static}
    check_output(target, {what: folder for what, folder in inputs.items() if folder is not None})
    with Late() as late, open_site(target, lambda: progress("waiting for another build of this site", 0, 0)):
        with explain_failures(target):
            check_site(target)
        memory, built = Memory(target, use=not clean), False
        try:
            with uncollected():
                report = _Build(seeds, output, target, settings, memory, late=late).run(jobs, progress, strict=strict)
            built = True
        finally:
            memory.close(built=built)
    return replace(report, interrupted=late.interrupted)


def prepare(
    seeds: Path, settings: Settings, *, jobs: Jobs, strict: bool, progress: Progress
) -> tuple[Gathered, tuple[Page, ...]]:
    """Everything read and resolved, and the pages it would make, with the problems of both; nothing is written."""
    from alibaba_news.builder import make

    check_seeds(seeds)
    return make.prepare(seeds, settings, jobs=jobs, strict=strict, progress=progress)


class _Found(Struct, frozen=True, kw_only=True):
    """What a build begins with: its inputs, what the build before knew, what stands, and the file system's time."""

    inputs: Inputs
    before: Before
    standing: Standing
    now: int


class _Files:
    """The files of the site that stands."""

    def __init__(self, target: Path, standing: Standing) -> None:
        self._target, self._standing = target, standing

    def hash(self, path: str) -> str | None:
        """The SHA-256 of a file; None where there is none."""
        return self._standing.hash(self._target, path)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where none can be read."""
        try:
            return (self._target / path).read_bytes()
        except OSError:
            return None

    def open(self, path: str) -> BinaryIO:
        """A file, to read parts of it. Raises OSError where it is no longer the one that was looked at."""
        stream = (self._target / path).open("rb")
        status = os.fstat(stream.fileno())
        if (status.st_size, status.st_mtime_ns, status.st_ino) != self._standing.tree.files.get(path):
            stream.close()
            raise OSError(errno.EIO, "a file of the site was changed while it was read", str(self._target / path))
        return stream


class _Build:
    """One build of a site whose lock is held. ``late`` ends with it: what follows the exchange is not interrupted."""

    def __init__(self, seeds: Path, output: Path, target: Path, settings: Settings, memory: Memory, *, late: Late) -> None:
        self.seeds, self.output, self.target, self.settings, self.memory = seeds, output, target, settings, memory
        self.late = late

    def run(self, jobs: Jobs, progress: Progress, *, strict: bool) -> BuildReport:
        """The report of the site built, or found as it should be."""
        try:
            return self.run_on(jobs, progress, strict=strict)
        except CacheDamagedError as error:  # what is known of many files is read where it is asked for
            end_all()
            self.memory.drop(error)
            return self.run_on(jobs, progress, strict=strict)
        finally:
            end_all()

    def run_on(self, jobs: Jobs, progress: Progress, *, strict: bool) -> BuildReport:
        """As ``run``. Raises CacheDamagedError."""
        now = _read_clock(self.target)
        before = self.memory.recall()
        # Forking takes as long as looking at a few thousand files.
        ask = ask_aside if len(before.stamps) >= _MANY_FILES else ask_here
        stands_same = ask(partial(_is_same, self.target, before))
        inputs = scan_all(self.seeds, self.output, self.settings, strict=strict)
        known = before.report is not None and before.options == inputs.options and not self.memory.notes
        changed = inputs.find_changed(before.input_stamps) if known else None
        touched = inputs.find_touched(changed, before.recall_input_hashes()) if changed else changed
        spare = self.memory.recall_spare() if touched else None
        spare_stands = (ask if spare else ask_here)(partial(_is_spare, self.target, before, spare))
        revision = self.revise(inputs, touched, before) if touched else None
        with explain_failures(self.target):
            same = stands_same()
            tree = Tree(files=before.stamps, folders=before.folders) if same else scan_site(self.target)
            stands = tree is not None and (same or _holds(tree, before.stamps))
            if tree is not None and stands and touched == []:
                return self.repeat(inputs, changed or [], before, tree, now)
            # Whoever looks at the spare reads the cache, which a whole build goes on to write.
            known_spare = spare if spare_stands() and same else None
            standing = self.look(before, tree, same=same) or Standing(listed={})
        found = _Found(inputs=inputs, before=before, standing=standing, now=now)
        if revision is not None and stands:
            return self.publish_revision(found, changed or [], revision, known_spare)
        return self.make(found, jobs, progress, strict=strict)

    def look(self, before: Before, tree: Tree | None, *, same: bool) -> Standing | None:
        """What stands in the output folder; where it is the ``same`` as before, its list need not be read."""
        if tree is None:
            return None
        listed = before.recall_hashes()
        # The list may have been lost since the rest of what is known was read.
        if not same or len(listed) + 1 != len(before.stamps):
            return look_at(self.target, before.files, tree)
        return Standing(listed=listed, tree=tree, known=Pairs(before.stamps, listed, ""))

    def repeat(self, inputs: Inputs, changed: list[str], before: Before, tree: Tree, now: int) -> BuildReport:
        """The report of a build that has nothing to do: inputs and site hold what they held, whatever their stamps say."""
        if changed:
            self.memory.keep_inputs(inputs.amend(changed, before.inputs, {}, now))
        alone = len(tree.files) == len(before.stamps) and len(tree.folders) == _told(before)["folders"]
        if alone and find_unsure(before.folders):
            self.memory.keep_folders(drop_racy_folders(renew_times(self.target, before.folders), now))
        carried = () if alone else self.name_foreign(before, tree)
        return repeat_report(_told(before), self.output, len(before.stamps) - 1, carried)

    def name_foreign(self, before: Before, tree: Tree) -> tuple[str, ...]:
        """Somebody else's files in an output folder that is as it was published."""
        with explain_failures(self.target):
            standing = look_at(self.target, before.files, tree)
        return shorten_foreign(standing) if standing else ()

    def revise(self, inputs: Inputs, touched: list[str], before: Before) -> Revision | None:
        """What shows a few edited articles, made again for a site that stands as before; None where more may have changed."""
        from alibaba_news.builder.revise import revise

        standing = Standing(listed={}, tree=Tree(files=before.stamps))
        try:
            return revise(self.settings, inputs, touched, self.memory, _Files(self.target, standing))
        except CacheDamagedError:
            return None  # a whole build finds out what is wrong with it

    def publish_revision(self, found: _Found, changed: list[str], revision: Revision, spare: Spare | None) -> BuildReport:
        """The report of a build that made again only what shows a few edited articles."""
        before, inputs, told = found.before, found.inputs, _told(found.before)
        published = publish_changes(self.target, revision.files, found.standing, spare, late=self.late)
        report = revise_report(told, self.output, published, rendered=revision.rendered, read=len(revision.readings))
        known = inputs.amend(changed, before.inputs, revision.hashes, found.now)
        seen = _note_seen(inputs, known, published, told, found.now)
        try:
            state = revision.list_state({path: published.files[path][1] for path in revision.files})
        except CacheDamagedError as error:  # the site stands; the next build makes all of it again
            self.memory.drop(error)
        else:
            self.memory.keep_changes(seen, state, revision.readings, revision.stories, revision.terms)
        return replace(report, diagnostics=sort_diagnostics((*report.diagnostics, *self.memory.notes)))

    def make(self, found: _Found, jobs: Jobs, progress: Progress, *, strict: bool) -> BuildReport:
        """Read what has changed, make what is out of date, publish it, and leave what is known now to the next build."""
        from alibaba_news.builder.spill import Spill

        end_all()
        with Spill(self.target.parent) as spill:
            return self.make_all(found, spill, jobs, progress, strict=strict)

    def make_all(self, found: _Found, spill: Spill, jobs: Jobs, progress: Progress, *, strict: bool) -> BuildReport:
        """As ``make``; the bulk of what is read lies in ``spill``."""
        from alibaba_news.builder import make
        from alibaba_news.builder.readings import Shelf
        from alibaba_news.builder.state import list_state, list_stories
        from alibaba_news.builder.text_index import list_text_parts
        from alibaba_news.values import digest

        inputs, standing = found.inputs, load_standing(found.standing)
        shelf = Shelf(self.memory, inputs, found.before.load_inputs(), spill)
        plan = make.plan_site(self.seeds, self.settings, jobs=jobs, strict=strict, progress=progress, take=shelf.take)
        withheld = digest(plan.withheld)
        site = make.Site(plan, self.settings, self.memory.recall_made(withheld), self.memory, jobs)
        files = site.list_files(_Files(self.target, standing), jobs, progress)
        published = publish(self.target, [page.path for page in plan.pages], files, standing, late=self.late)
        lasting = shorten_warnings(plan.gathered.diagnostics, str(self.seeds))
        report = replace(self.describe(plan, site, published, lasting), read=shelf.read, read_from_cache=shelf.from_cache)
        hashes = {name: inputs.hash(name) for name in inputs.stamps if not name.startswith("seeds/")} | shelf.hashes
        told = keep_report(report, lasting, len(list_parents(published.files)))
        seen = _note_seen(inputs, inputs.remember(hashes, found.now), published, told, found.now)
        if published.folders and published.spare is None and len(published.files) >= _MANY_FILES:
            # The next build is not to be the slow one: another process makes what it begins with while the cache is written.
            seen = replace(seen, spare=ask_aside(partial(make_spare, self.target, published)))
        made = site.list_made(published)
        del site, files  # what they hold has done its work, and memory is fullest here
        try:
            self.memory.keep(
                seen, list_state(plan.renderer, made, withheld, jobs), list_stories(plan.renderer), list_text_parts
            )
        finally:
            seen.spare()  # whoever makes it ends it, also where no cache is written
        return replace(report, diagnostics=sort_diagnostics((*report.diagnostics, *self.memory.notes)))

    def describe(self, plan: Plan, site: Site, published: Published, lasting: tuple[Diagnostic, ...]) -> BuildReport:
        """What was made and published; ``lasting`` are the warnings that come of the inputs."""
        archive = plan.gathered.archive
        return BuildReport(
            output=self.output,
            stories=len(archive.stories),
            people=len(archive.people),
            events=len(archive.events),
            pages=sum(page.path.endswith(".html") for page in plan.pages),
            written=published.written,
            unchanged=published.unchanged,
            removed=published.removed,
            left_out=plan.gathered.left_out,
            carried=published.carried,
            same_text=archive.same_text,
            copies=len(archive.copies),
            diagnostics=sort_diagnostics([*lasting, *describe_finds(self.output, published)]),
            rendered=site.rendered,
            reused=len(plan.pages) - site.rendered,
        )


def _told(before: Before) -> dict[str, Any]:
    """What the build before reported. Only for a build that has found one."""
    return cast("dict[str, Any]", before.report)


def _holds(tree: Tree, files: Mapping[str, Stamp]) -> bool:
    """Whether all these files stand there with these stamps."""
    return all(tree.files.get(path) == stamp for path, stamp in load_whole(files).items())


def _is_same(target: Path, before: Before) -> bool:
    """Whether the site stands as the build before left it. Raises OSError."""
    return bool(before.folders) and is_as_before(target, before.stamps, before.folders)


def _is_spare(target: Path, before: Before, spare: Spare | None) -> bool:
    """Whether the spare stands as it was put aside, provided that the site stands. Raises OSError."""
    return spare is not None and is_spare(target, spare, before.stamps)


def _note_seen(inputs: Inputs, known: KnownInputs, published: Published, report: dict[str, Any], now: int) -> Seen:
    """What the next build is to know; ``now`` is the time of the file system when this one began."""
    spare = published.spare
    if spare is not None:
        spare = replace(spare, folders=drop_racy_folders(spare.folders, now))
    return Seen(
        options=inputs.options,
        inputs=known,
        files=published.files,
        report=report,
        folders=published.folders,
        spare=lambda: spare,
    )


def _read_clock(target: Path) -> int:
    """The time of the file system, in nanoseconds: that of the lock file, touched now."""
    lock = find_lock(target)
    os.utime(lock)
    return lock.stat().st_mtime_ns
