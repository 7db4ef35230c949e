"""A stream of (path, bytes) in, a published site out: built whole beside the old one, then put in its place in one step.

At every moment the output folder is the old site or the new one. Files in it that the program did not write go along.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath

from msgspec import Struct, field
from msgspec.structs import replace

from alibaba_news.builder.aside import share
from alibaba_news.builder.exchange import exchange_folders, list_working_folders, sync_folder, sync_tree
from alibaba_news.builder.folders import describe_failure
from alibaba_news.builder.lock import hold_lock
from alibaba_news.builder.manifest import MANIFEST_NAME, amend_manifest, hash_bytes, write_manifest
from alibaba_news.builder.pairs import Amended, Pairs, list_changes, load_whole
from alibaba_news.builder.scan import Stamp, Tree, drop_racy_folders, renew_times, stamp_any
from alibaba_news.builder.staging import Spare, Staging, find_spare
from alibaba_news.builder.standing import Standing, discard, find_occupied, look_at, rescue_file
from alibaba_news.diagnostics import InputError

# A file as it is given to be published: its bytes, whole or in parts.
Content = bytes | Iterable[bytes]
_FOLDERS = 4096  # are looked at in one go


class Kept(Struct, frozen=True):
    """Instead of a file's bytes: it stands already, with this SHA-256, as ``Standing.hash`` has found."""

    sha256: str


class Late(contextlib.ExitStack):
    """The time from the exchange to the end of a build, when it is too late to say that the old site still stands.

    ``interrupted`` tells whether somebody wanted to interrupt it then.
    """

    interrupted = False

    def hold_interrupts(self) -> None:
        """From here on interrupts are only noted."""
        if threading.current_thread() is threading.main_thread():
            self.callback(signal.signal, signal.SIGINT, signal.signal(signal.SIGINT, self._note))

    def _note(self, *_: object) -> None:
        self.interrupted = True


class Published(Struct, frozen=True, kw_only=True):
    """What publishing did. Paths are relative to the output folder; ``left`` are whole paths of what could not be removed."""

    written: int
    unchanged: int
    removed: int
    edited: tuple[str, ...] = ()  # the program's files that somebody had changed, now as the program writes them
    carried: tuple[str, ...] = ()  # somebody else's files and folders, kept
    left: tuple[str, ...] = ()
    replaced: bool = True  # False: every byte was there already, nothing was touched
    files: Pairs[Stamp, str]  # the program's, as they stand now, with their hashes
    folders: Mapping[str, int] = field(default_factory=dict)  # their times, where nothing but the program's is in them
    spare: Spare | None = None


def find_lock(output: Path) -> Path:
    """The file that a build of this site holds a lock on."""
    return output.with_name(f".{output.name}.lock")


@contextlib.contextmanager
def open_site(output: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Keep other builds away from ``output`` for the block, and clear away what a killed one left. Raises InputError.

    ``on_wait`` is called where another build is at work and this one waits for its end.
    """
    with explain_failures(output):
        made = _make_parents(output)
    try:
        with contextlib.ExitStack() as stack:
            with explain_failures(output):
                stack.enter_context(hold_lock(find_lock(output), on_wait))
                _clear_leftovers(output)
            yield
    finally:
        for folder in reversed(made):  # only where the build came to nothing are they still empty
            with contextlib.suppress(OSError):
                folder.rmdir()


def publish(
    output: Path,
    paths: Collection[str],
    files: Iterable[tuple[str, Content | Kept]],
    standing: Standing | None = None,
    *,
    late: Late | None = None,
) -> Published:
    """Make ``output`` the site of ``files``; ``paths`` are their addresses, known beforehand. Needs ``open_site``.

    ``files`` is read once, in order, nothing of it is kept in memory. ``standing`` is what ``look_at`` found there within the
    same ``open_site``. From the exchange on interrupts are only noted until ``late`` ends. Raises InputError where the disk
    refuses or somebody else's file is in the way; the old site then stands as it stood.
    """
    with explain_failures(output):
        _check_writable(output)
        standing = standing or look_at(output) or Standing(listed={})
        if occupied := find_occupied(standing, paths, output):
            raise InputError(occupied)
        waiting = iter(files)
        filled = _Filled(output, standing)
        if filled.skip_unchanged(waiting):
            return _report(standing, filled, replaced=False)
        staging = Staging(output, standing)
    fill, list_files = lambda: filled.fill(staging, waiting), lambda: write_manifest(filled.hashes)
    return _put_in_place(output, staging, filled, fill, list_files, late=late)


def publish_changes(
    output: Path,
    files: Mapping[str, Content],
    standing: Standing,
    spare: Spare | None,
    late: Late | None = None,
) -> Published:
    """As ``publish``, with other bytes in some ``files`` of a site of which nobody has changed anything else.

    ``spare`` is what was put aside when that site was published, where it ``is_spare`` still.
    """
    with explain_failures(output):
        _check_writable(output)
        filled = _Filled(output, standing)
        staging = Staging(output, standing, spare)
    fill, list_files = lambda: filled.change(staging, files), lambda: _amend_manifest(filled, standing, output)
    return _put_in_place(output, staging, filled, fill, list_files, late=late)


def make_spare(output: Path, published: Published) -> Spare | None:
    """Put a second site of the same files aside: the next build begins with it. None where that cannot be done.

    Nobody else may be at work on the site; whatever a process that is killed leaves, the next build clears away.
    """
    standing = Standing(listed=published.files.others, tree=Tree(files=published.files.ones))
    staging: Staging | None = None
    try:
        staging = Staging(output, standing)
        for path in standing.listed:
            staging.carry(path)
            if not staging.linked:  # a copy of every file would save nothing
                staging.discard()
                return None
        now = staging.finish(write_manifest(standing.listed))[1]
        folders = drop_racy_folders(staging.list_times(), now)
        staging.folder.rename(find_spare(output))
        return Spare(find_spare(output).stat().st_ino, folders, ())
    except OSError:
        if staging is not None:
            staging.discard()
        return None


def _amend_manifest(filled: _Filled, standing: Standing, output: Path) -> Content:
    """The list of the files of a site of which a few have changed: the one that stands, amended."""
    with contextlib.suppress(OSError, ValueError):
        return amend_manifest((output / MANIFEST_NAME).read_bytes(), standing.listed, filled.hashes)
    return write_manifest(filled.hashes)


def _check_writable(output: Path) -> None:
    if output.exists() and not os.access(output, os.W_OK | os.X_OK):  # it could be exchanged, but never removed
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(output))


def _put_in_place(
    output: Path,
    staging: Staging,
    filled: _Filled,
    fill: Callable[[], None],
    list_files: Callable[[], Content],
    *,
    late: Late | None,
) -> Published:
    """Fill the new site and put it where the old one stands, unless nothing of it is new."""
    standing = filled.standing
    with explain_failures(output, staging.folder):
        try:
            fill()
            if not filled.written and filled.hashes == standing.listed:
                staging.give_back(list_files())
                return _report(standing, filled, replaced=False)
            stamp = filled.stamps[MANIFEST_NAME] = staging.finish(list_files())
            alone = not standing.foreign and not standing.folders
            folders = drop_racy_folders(staging.list_times(), stamp[1]) if alone else {}
            sync_tree(staging.folder)
        except BaseException:
            staging.discard()
            raise
        with Late() as here:
            (late or here).hold_interrupts()
            left = _replace(staging, output, standing)
            published = replace(_report(standing, filled, left=left), folders=folders)
            return replace(published, spare=_describe_spare(output, standing, filled)) if folders else published


class _Filled:
    """What has been found out about the files of the new site while they came in."""

    def __init__(self, output: Path, standing: Standing) -> None:
        self._output, self.standing = output, standing
        self.hashes: MutableMapping[str, str] = {}
        self.stamps: MutableMapping[str, Stamp] = {}
        self.edited: list[str] = []
        self.written = self.removed = 0
        self._first: tuple[str, Content] | None = None

    def skip_unchanged(self, files: Iterator[tuple[str, Content | Kept]]) -> bool:
        """Go on to the first file that does not stand already; True where all do, and no other stands there."""
        for path, data in files:
            before = self.standing.hash(self._output, path) if path in self.standing.listed else None
            if isinstance(data, Kept):
                self._note_edit(path, data.sha256)
                self._keep(path, data.sha256)
            elif isinstance(data, bytes) and before == hash_bytes(data):
                self._note_edit(path, before)
                self._keep(path, before)
            else:
                self._first = (path, data)
                return False
        return self.hashes == self.standing.listed

    def fill(self, staging: Staging, files: Iterator[tuple[str, Content | Kept]]) -> None:
        """Put every file in its place in the new site: those skipped, the one that ended that, and the rest."""
        for path in self.hashes:
            staging.carry(path)
        if self._first is not None:
            self._put(staging, *self._first)
        for path, data in files:
            if isinstance(data, Kept):
                self._note_edit(path, data.sha256)
                self._keep(path, data.sha256)
                staging.carry(path)
            else:
                self._put(staging, path, data)
        gone = self.standing.listed.keys() - self.hashes.keys()
        self.removed = len(gone)
        for path in gone:
            self._note_edit(path, self.standing.hash(self._output, path))

    def change(self, staging: Staging, files: Mapping[str, Content]) -> None:
        """Put these files in their places, and every other one as it stands and was published."""
        listed, stamps = self.standing.listed, self.standing.tree.files
        if self.standing.foreign:
            stamps = {path: stamps[path] for path in (*listed, MANIFEST_NAME)}
        self.hashes, self.stamps = Amended(listed), Amended(stamps)
        staging.carry_all(listed, files.keys())
        # What comes in parts is large, the largest first: where the last one ends is when all have ended.
        streams = [path for path in files if not isinstance(files[path], bytes)]
        streams.sort(key=lambda path: (-stamps[path][0], path))
        for path, digest, stamp in staging.write_all([(path, files[path]) for path in streams]):
            self._take(staging, path, digest, stamp)
        for path, data in files.items():
            if isinstance(data, bytes):
                self._put(staging, path, data)

    def _keep(self, path: str, sha256: str) -> None:
        self.hashes[path] = sha256
        self.stamps[path] = self.standing.tree.files[path]

    def _note_edit(self, path: str, before: str | None) -> None:
        if before not in {None, self.standing.listed.get(path)}:
            self.edited.append(path)

    def _put(self, staging: Staging, path: str, data: Content) -> None:
        before = self.standing.hash(self._output, path) if path in self.standing.listed else None
        self._note_edit(path, before)
        if isinstance(data, bytes) and before == hash_bytes(data):
            self._keep(path, before)
            staging.carry(path)  # keeps its time stamp, which web servers and rsync go by
            return
        self._take(staging, path, *staging.write(path, data))

    def _take(self, staging: Staging, path: str, digest: str, stamp: Stamp) -> None:
        """Note a file that was written, unless it is the one that stands: then that one, which keeps its time stamp."""
        before = self.standing.hash(self._output, path) if path in self.standing.listed else None
        if before == digest:
            self._keep(path, digest)
            staging.carry(path)
            return
        self.hashes[path], self.stamps[path] = digest, stamp
        self.written += 1


def _replace(staging: Staging, output: Path, before: Standing) -> tuple[str, ...]:
    """Put the finished site in its place and keep the old one for the next build; gives what could not be removed."""
    if not output.exists() or not any(output.iterdir()):
        if sys.platform == "win32" and output.exists():
            output.rmdir()
        staging.folder.rename(output)
        sync_folder(output.parent)
        return ()
    exchange_folders(staging.folder, output)
    sync_folder(output.parent)
    try:
        _rescue_changed(staging.folder, output, before)
        if staging.linked:
            _rescue_newcomers(staging.folder, output, before.tree)
            staging.folder.rename(find_spare(output))
            return ()
    except OSError:  # then it is gone through file by file
        pass
    return _discard_quietly(staging.folder, output)


def _rescue_newcomers(old: Path, output: Path, before: Tree) -> None:
    """What somebody put into the old site while the new one was made goes along: it is in a folder whose time has changed."""
    times = (("", 0), *load_whole(before.folders).items())
    lots = [times[first : first + _FOLDERS] for first in range(0, len(times), _FOLDERS)]
    for folder in chain.from_iterable(share(partial(_list_changed, str(old)), lots)()):
        for entry in list(os.scandir(old / folder)):
            path = f"{folder}/{entry.name}" if folder else entry.name
            if path in before.files or path in before.folders or path == MANIFEST_NAME:
                continue
            if not rescue_file(old, output, path):
                raise FileExistsError(path)


def _rescue_changed(old: Path, output: Path, before: Standing) -> None:
    """Somebody else's files that were saved anew while the new site was made, which took along what stood there before."""
    for path in before.foreign:
        with contextlib.suppress(FileNotFoundError):  # somebody has removed it
            status = os.lstat(old / path)
            if stamp_any(status) != before.tree.files[path] and not os.path.samestat(status, os.lstat(output / path)):
                os.replace(old / path, output / path)  # noqa: PTH105 - beside the others


def _list_changed(root: str, times: Sequence[tuple[str, int]]) -> list[str]:
    """The folders below ``root`` whose times are others, or told nothing."""
    stat = os.lstat
    return [folder for folder, time in times if not time or stat(f"{root}/{folder}").st_mtime_ns != time]


def _discard_quietly(folder: Path, output: Path) -> tuple[str, ...]:
    """The new site stands by now: what cannot be removed is named, not an error."""
    try:
        return tuple(str(folder / path) for path in discard(folder, output))
    except OSError:
        return (str(folder),)


def _describe_spare(output: Path, standing: Standing, filled: _Filled) -> Spare | None:
    """The site that stood before, put aside; None where it is not, or has files of other names."""
    before, stamps = standing.tree.files, filled.stamps
    changed = list_changes(before, stamps)
    if changed is None:
        return None
    differing = tuple(path for path in changed if before[path][2] != stamps[path][2])
    try:
        return Spare(find_spare(output).stat().st_ino, renew_times(find_spare(output), standing.tree.folders), differing)
    except OSError:  # the new site stands: somebody's own file of that name, or one who has removed it, must not undo that
        return None


def _report(standing: Standing, filled: _Filled, *, replaced: bool = True, left: tuple[str, ...] = ()) -> Published:
    stamps, hashes = filled.stamps, filled.hashes
    if not replaced:
        stamps[MANIFEST_NAME] = standing.tree.files[MANIFEST_NAME]
    return Published(
        written=filled.written,
        unchanged=len(hashes) - filled.written,
        removed=filled.removed,
        edited=tuple(sorted(filled.edited)),
        carried=shorten_foreign(standing),
        left=left,
        replaced=replaced,
        files=Pairs(stamps, hashes, ""),
    )


def shorten_foreign(standing: Standing) -> tuple[str, ...]:
    """Somebody else's files, those of a folder of theirs as the folder."""
    folders = set(standing.folders)
    tops = [f for f in standing.folders if str(PurePosixPath(f).parent) not in folders]
    files = [f for f in standing.foreign if str(PurePosixPath(f).parent) not in folders]
    return tuple(sorted([*files, *(f"{folder}/" for folder in tops)]))


def _clear_leftovers(output: Path) -> None:
    """The lock is ours, so whatever a build of this site left beside it has no owner any more."""
    if not output.exists() and (aside := list_working_folders(output, "old")):
        aside[0].rename(output)
    for folder in list_working_folders(output):
        _discard_quietly(folder, output)


def _make_parents(output: Path) -> list[Path]:
    missing = [folder for folder in output.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
    return missing[::-1]


@contextlib.contextmanager
def explain_failures(output: Path, staging: Path | None = None) -> Iterator[None]:
    """What the disk refuses within the block becomes an InputError that says so."""
    try:
        yield
    except OSError as error:
        raise InputError([describe_failure(error, output, staging or output)]) from error
