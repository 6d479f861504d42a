"""Records that name all their parties, grouped into the levels of a file: who shares a record shares a level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from cleanclaim.x12.claims_837.branches import Branch

T = TypeVar("T")


def hang(
    level: Branch,
    items: Iterable[T],
    key: Callable[[T], object],
    make: Callable[[object, list[T]], Branch],
    fill: Callable[[Branch, list[T]], None],
) -> None:
    """Put a branch below a level for each run of neighbours with one key; those without one fill the level itself."""
    for shared, members in runs(items, key):
        if shared is None:
            fill(level, members)
        else:
            level.kids.append(make(shared, members))


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
