"""What is worked out of lexicon files once and kept as plain data, so that a start is fast."""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

_FORM = f"2-{marshal.version}"
_CHECKSUM = 4
_MOST_FILES = 200


def parsed(data: bytes, parse: Callable[[bytes], Any]) -> Any:
    """What ``parse`` makes of a file's bytes, from the file kept for exactly these bytes where there is one.

    Only plain data is kept; what cannot be kept or read back is parsed again.
    """
    return _kept(hashlib.sha256(data), lambda: parse(data))


def worked_out(name: str, sources: Iterable[Path], make: Callable[[], Any]) -> Any:
    """What ``make`` works out of some files, plain data, kept until one of them changes.

    ``sources`` are the files read and the modules of whose code the answer hangs; ``name`` tells apart what is
    worked out of the same ones.
    """
    mark = hashlib.sha256(name.encode())
    for path in sources:
        mark.update(path.read_bytes())
    return _kept(mark, make)


def _kept(mark: Any, make: Callable[[], Any]) -> Any:
    path = cache_folder() / f"lexicon-{_FORM}-{mark.hexdigest()[:24]}"
    with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
        return _checked(path.read_bytes())
    made = make()
    with contextlib.suppress(OSError, ValueError):
        data = marshal.dumps(made)
        _write(path, zlib.crc32(data).to_bytes(_CHECKSUM, "big") + data)
    return made


def _checked(data: bytes) -> Any:
    rest = memoryview(data)[_CHECKSUM:]
    if zlib.crc32(rest) != int.from_bytes(data[:_CHECKSUM], "big"):
        raise ValueError("the file is damaged")
    return marshal.loads(rest)  # noqa: S302 - our own file, whole by its checksum; the lexicon holds no code


def _write(path: Path, data: bytes) -> None:
    write_kept(path, data, _MOST_FILES)


def write_kept(path: Path, data: bytes, most: int) -> None:
    """Write a file whole or not at all, and of those called alike up to the first "-" keep the ``most`` newest.

    Each change of the lexicon or of the code leaves a file that no later start asks for.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(data)
    part.replace(path)
    alike = path.parent.glob(f"{path.name.partition('-')[0]}-*")
    for old in sorted(alike, key=_written, reverse=True)[most:]:
        old.unlink(missing_ok=True)


def _written(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def cache_folder() -> Path:
    """Where the compiled lexicon is kept: in the home of the house, else in the user's cache."""
    home, user = os.environ.get("CLEANCLAIM_HOME"), os.environ.get("XDG_CACHE_HOME")
    base = Path(home) / "cache" if home else (Path(user) if user else Path.home() / ".cache") / "cleanclaim"
    return base / "coding"
