"""Read made-up inputs of at most 200 characters until something breaks, or nothing does.

    PYTHONPATH=src python tools/fuzz.py [--inputs 20000] [--jobs 2] [--seed 1] [--keep FOLDER]

Inputs are put together by a grammar out of ``fuzz_pieces.yaml``, the package's own word lists and the texts of the test
cases, then cut, doubled, spliced and written in odd encodings. Each is a file of a kind (.txt, .md, .jsonl, .html), some with
corrections beside it. What must hold is in ``tests/storylib.py``: no exception, no input over a second of processor time,
every line with a role, everything at its place, every id known; of a quarter of the stories the record must read back to
itself. The same seed gives the same inputs whatever the number of jobs. Failures are printed by where they arose, each with
the smallest input found (and written to FOLDER as files that a seeds folder takes); the exit code is 1 where there are any.
"""

from __future__ import annotations

import argparse
import functools
import multiprocessing
import re
import signal
import sys
import time
import traceback
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from fuzz_inputs import ROOT, Input, Maker

from alibaba_news.loader import Source, read_source, read_story
from alibaba_news.loader.seeds import SeedFile
from alibaba_news.world import World, load_packaged_authorities

sys.path.insert(0, str(ROOT / "tests"))
from storylib import assert_gives_itself, assert_read_whole, assert_stands, resolve_alone

MEMORY = Path("/dev/shm")  # noqa: S108 - every input is a file, best one that no disk sees
BLOCK = 250  # inputs that splice from one another, and that one process takes at a time
SECONDS = 1.0


class TooSlowError(BaseException):
    """No ``Exception``: nothing that is read may swallow it."""


def read(item: Input, folder: Path, world: World, whole: bool) -> int:
    """Read one input as a build does and assert what must hold; gives how many stories came of it."""
    path, beside = folder / f"a.{item.kind}", folder / "a.yaml"
    path.write_bytes(item.text.encode(item.encoding, "replace"))
    if item.corrections:
        beside.write_bytes(item.corrections.encode())
    seed = SeedFile(
        file=path.name,
        path=path.name,
        kind=item.kind,
        location=path,
        corrections=beside if item.corrections else None,
        corrections_path="a.yaml",
    )
    reading = read_source(seed)
    if any(d.severity == "error" for d in reading.diagnostics):
        return 0
    return sum(read_one(source, folder, world, whole) for source in reading.sources)


def read_one(source: Source, folder: Path, world: World, whole: bool) -> bool:
    story, problems = read_story(source, world)
    if story is None or problems:
        if not problems:
            raise AssertionError("neither a story nor a reason")
        return False
    assert_read_whole(source, story)
    if story.withdrawn is None:
        assert_stands(story)
    if whole:
        few = load_few()
        story = resolve_alone(story, few)
        assert_stands(story)
        assert_gives_itself(folder, story, few)
    return True


def find_failure(item: Input, folder: Path, world: World, whole: bool = True) -> tuple[str, str] | int:
    """Where reading breaks and the whole traceback; the number of stories where it does not."""
    signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        return read(item, folder, world, whole)
    except (Exception, TooSlowError) as error:
        own = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(ROOT / "src")]
        last = own[-1] if own else None
        where = f" in {Path(last.filename).relative_to(ROOT)}, {last.name}" if last else ""
        line = f": {last.line}" if last and not isinstance(error, TooSlowError) else ""  # a hang is met at any of its lines
        message = f" {re.sub(r'[0-9]+|[^ ]*/.*', '…', str(error))[:150]}" if isinstance(error, AssertionError) else ""
        return f"{type(error).__name__}{message}{where}{line}", traceback.format_exc(limit=-8)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _stop(*_: object) -> None:
    raise TooSlowError


def run_block(block: int, seed: int, size: int) -> tuple[float, int, list[tuple[str, str, Input]]]:
    """The processor time that a block took, how many stories it held, and the smallest input of each failure."""
    began = time.process_time()
    maker, world = Maker(f"{seed}/{block}"), load_world()
    found: dict[str, tuple[str, Input]] = {}
    stories = 0
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        for n in range(size):
            item = maker.make()
            failure = find_failure(item, Path(name), world, whole=n % 4 == 0)
            if isinstance(failure, int):
                stories += failure
            elif failure[0] not in found or item.size() < found[failure[0]][1].size():
                found[failure[0]] = failure[1], item
    return time.process_time() - began, stories, [(key, *rest) for key, rest in found.items()]


@functools.cache
def load_world() -> World:
    return World()


@functools.cache
def load_few() -> World:
    """A part of what is known beforehand: an archive of one story would be mostly spent on walking all of it."""
    return World(packaged=load_packaged_authorities()[::25])


def shrink(item: Input, key: str) -> Input:
    """The input without every piece that the failure does not need."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:

        def fails(candidate: Input) -> bool:
            failure = find_failure(candidate, Path(name), load_world())
            return not isinstance(failure, int) and failure[0] == key

        for field in ("corrections", "text"):
            size = len(getattr(item, field))
            while size:
                for start in range(0, len(getattr(item, field)), size):
                    text = getattr(item, field)
                    smaller = replace(item, **{field: text[:start] + text[start + size :]})
                    item = smaller if smaller.size() < item.size() and fails(smaller) else item
                size //= 2
    return item


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the inputs that broke something")
    options = parser.parse_args()
    run_block(-1, options.seed, BLOCK)  # what is read once is read before the jobs part and before anything is timed
    began, worked, done, stories = time.perf_counter(), 0.0, 0, 0
    counts: Counter[str] = Counter()
    smallest: dict[str, tuple[str, Input]] = {}
    run = functools.partial(run_block, seed=options.seed, size=BLOCK)
    with multiprocessing.Pool(options.jobs) as pool:
        for took, held, found in pool.imap_unordered(run, range(-(-options.inputs // BLOCK))):
            worked, done, stories = worked + took, done + BLOCK, stories + held
            for key, trace, item in found:
                counts[key] += 1
                if key not in smallest or (item.size(), item.text) < (smallest[key][1].size(), smallest[key][1].text):
                    smallest[key] = trace, item
            if done % (BLOCK * 40) == 0:
                print(f"{done} inputs, {len(smallest)} kinds of failure", file=sys.stderr, flush=True)
    seconds = time.perf_counter() - began
    rate = f"{done / seconds:.0f} a second, {worked / done * 1000:.2f} ms of processor time each"
    print(f"{done} inputs ({stories} stories) in {seconds:.0f} s: {rate}; {len(smallest)} kinds of failure")
    for n, (key, count) in enumerate(counts.most_common(), start=1):
        trace, item = smallest[key][0], shrink(smallest[key][1], key)
        print(f"\n{n}. {key} (in {count} blocks)\n   {item!r}\n{trace}")
        if options.keep:
            keep(item, options.keep / f"{options.seed}-{n}", trace)
    return 1 if smallest else 0


def keep(item: Input, folder: Path, trace: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"a.{item.kind}").write_bytes(item.text.encode(item.encoding, "replace"))
    if item.corrections:
        (folder / "a.yaml").write_text(item.corrections, "utf-8")
    (folder / "traceback.log").write_text(trace, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
