"""Records that name all their parties, grouped into the levels of a file: who shares a record shares a level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def runs(items: Iterable[T], key: Callable[[T], object]) -> Iterator[tuple[object, list[T]]]:
    """Neighbours with one and the same key object, as lists; None is a key like any other."""
    members: list[T] = []
    for item in items:
        if members and key(item) is not key(members[0]):
            yield key(members[0]), members
            members = []
        members.append(item)
    if members:
        yield key(members[0]), members
