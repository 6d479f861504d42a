"""Sets of codes written as single codes and ranges of equal length, as in "97110-97140"."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from cleanclaim.kernel.errors import InputError


@frozen
class CodeRanges:
    """Codes, single or in ranges; a range holds the codes of its own length in text order."""

    singles: frozenset[str]
    ranges: tuple[tuple[str, str], ...]

    def __contains__(self, code: object) -> bool:
        if code in self.singles:
            return True
        if not isinstance(code, str):
            return False
        return any(low <= code <= high and len(code) == len(low) for low, high in self.ranges)

    def __bool__(self) -> bool:
        return bool(self.singles or self.ranges)


def code_ranges(items: Iterable[str], *, where: str = "") -> CodeRanges:
    """Read codes and ranges.

    Raises:
        InputError: an item is no text, or a range whose ends differ in length or run backwards.
    """
    singles: set[str] = set()
    ranges: list[tuple[str, str]] = []
    for item in items:
        if not isinstance(item, str) or not item:
            raise InputError(f"{item!r} is no code", where=where, fix='write codes in quotes, as "99213"')
        low, dash, high = item.partition("-")
        if not dash:
            singles.add(item)
        elif len(low) != len(high) or low > high:
            raise InputError(
                f"{item!r} is no range of codes",
                where=where,
                why="both ends have one length, the lower first",
            )
        else:
            ranges.append((low, high))
    return CodeRanges(frozenset(singles), tuple(sorted(ranges)))
