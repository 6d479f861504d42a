"""Long lists of keys, asked of the database in parts that every database takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Key = TypeVar("Key")
PART = 500


def in_parts(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """The keys, each once, in lists of at most 500."""
    left = iter(dict.fromkeys(keys))
    while part := list(islice(left, PART)):
        yield part
