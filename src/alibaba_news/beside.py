"""What is worked out of the program's own files, kept with its byte code: made once for each version of them, as byte code is.

As with byte code, a folder that cannot be written is no fault, and Python's settings about byte code hold here too.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from collections.abc import Callable
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any


def find_folder() -> Path:
    """The folder of the program's byte code. It need not exist."""
    return Path(cache_from_source(__file__)).parent


def may_write() -> bool:
    """Whether byte code is kept at all."""
    return not sys.dont_write_bytecode


def keep_beside(name: str, sources: bytes, make: Callable[[], Any]) -> Any:
    """What ``make`` gives, plain values only, taken from the file ``name`` where that was made of the same ``sources``."""
    path = find_folder() / f"{name}.{sys.implementation.cache_tag}.kept"
    own = blake2b(sources, digest_size=16).digest()
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        data = path.read_bytes()
        if data[:16] == own and data[16:32] == blake2b(data[32:], digest_size=16).digest():
            return marshal.loads(data[32:])  # noqa: S302 - as written: its digest says so
    value = make()
    if may_write():
        kept = marshal.dumps(value)
        write_beside(path, own + blake2b(kept, digest_size=16).digest() + kept)
    return value


def write_beside(path: Path, data: bytes) -> None:
    """Put a file there in one step, where that can be done."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        fresh.write_bytes(data)
        fresh.replace(path)
