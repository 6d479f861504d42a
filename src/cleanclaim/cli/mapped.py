"""A file of any size as bytes that are mapped, not held: what was read is let go again, and somebody may watch."""

from __future__ import annotations

import contextlib
import mmap
from collections.abc import Callable, Iterator
from pathlib import Path

from cleanclaim.cli.files import read_bytes

_STEP = 4 * 1024 * 1024


class MappedFile:
    """The bytes of a file, given piece by piece in flat memory.

    ``watch`` is called with the place reached, every few megabytes; pages behind it are given back.
    """

    def __init__(self, mapped: mmap.mmap, watch: Callable[[int], None]) -> None:
        self._map, self._watch, self._reached = mapped, watch, 0
        self._length = len(mapped)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: slice) -> bytes:
        start = index.start or 0
        if start - self._reached >= _STEP:
            self._pass(start)
        return self._map[index]

    def find(self, sub: bytes, start: int = 0, end: int | None = None) -> int:
        """As of bytes, searched in steps so that a segment without an end is not held as a whole."""
        stop = self._length if end is None else end
        while start < stop:
            reach = min(start + _STEP, stop)
            found = self._map.find(sub, start, min(reach + len(sub) - 1, stop))
            if found >= 0:
                return found
            self._give_back(start)
            start = reach
        return -1

    def _pass(self, place: int) -> None:
        self._reached = place
        self._watch(place)
        self._give_back(place)

    def _give_back(self, place: int) -> None:
        behind = place // mmap.PAGESIZE * mmap.PAGESIZE
        if behind and hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED, 0, behind)


@contextlib.contextmanager
def mapped(path: Path, watch: Callable[[int], None] = lambda _: None) -> Iterator[MappedFile | bytes]:
    """A file's bytes in flat memory; what cannot be mapped (a pipe, an empty file) is read.

    Raises:
        InputError: it is missing, a folder, closed to us, or, where it is no plain file, too large.
    """
    try:
        handle = path.open("rb")
    except (OSError, ValueError):
        yield read_bytes(path)
        return
    with handle:
        try:
            found = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            yield read_bytes(path)
            return
        with found:
            yield MappedFile(found, watch)
