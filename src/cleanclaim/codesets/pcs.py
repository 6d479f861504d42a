"""ICD-10-PCS from its tables: which values may follow, and what each character of a code says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Any

from attrs import frozen

from cleanclaim.codesets.imported import ImportedStore, Release
from cleanclaim.codesets.periods import day_from
from cleanclaim.codesets.words import words_of

LENGTH = 7
_OPERATION = 2


@frozen
class AxisValue:
    """A value of an axis: its character, its words, and where the definitions are loaded what it means.

    ``includes`` is the body-part key or the device key: what else is coded to the value ("Hallux" to 1st Toe).
    """

    character: str
    title: str
    definition: str = ""
    explanation: str = ""
    includes: tuple[str, ...] = ()

    def named_by(self, words: str) -> tuple[str, ...]:
        """By which of its names every word is found in the value; empty where it is not."""
        wanted = words_of(words)
        return tuple(name for name in (self.title, *self.includes) if _has_all(name, wanted))


@frozen
class Definition:
    """What the definitions say of a value."""

    definition: str = ""
    explanation: str = ""
    includes: tuple[str, ...] = ()


@frozen
class Axis:
    """The next axis of a code under construction, with the values that lead to a code; empty once it is whole."""

    position: int
    title: str
    values: tuple[AxisValue, ...]


@frozen
class AxisMeaning:
    """A character of a code explained: its place from 1 to 7, the axis, and the value."""

    position: int
    axis: str
    value: AxisValue


@frozen
class PcsRow:
    """A row of a table: the titles of its seven axes and the values of each, by character."""

    table: str
    titles: tuple[str, ...]
    values: tuple[dict[str, str], ...]
    definition: str

    def admits(self, beginning: str) -> bool:
        """Whether a beginning of a code can be completed in this row."""
        return all(character in axis for character, axis in zip(beginning, self.values, strict=False))

    def codes(self) -> Iterator[str]:
        """Every code of the row."""
        return ("".join(characters) for characters in product(*self.values))


class PcsTables:
    """The tables of one release, and the days they are for; ``has_keys`` says that the definitions are loaded."""

    def __init__(
        self,
        release: str,
        rows: tuple[PcsRow, ...],
        definitions: dict[tuple[str, int, str], Definition],
        *,
        first: dt.date | None = None,
        last: dt.date | None = None,
    ) -> None:
        self.release = release
        self.rows = rows
        self.first, self.last = first, last
        self.has_keys = bool(definitions)
        self._definitions = definitions
        self._by_table: dict[str, list[PcsRow]] = {}
        for row in rows:
            self._by_table.setdefault(row.table, []).append(row)

    def tables(self) -> tuple[str, ...]:
        """The three characters of every table, in order."""
        return tuple(sorted(self._by_table))

    def codes(self) -> Iterator[str]:
        """Every code that the tables make."""
        return (code for row in self.rows for code in row.codes())

    def next_axis(self, beginning: str) -> Axis | None:
        """What may follow a beginning of a code; None where nothing begins so, no values where it is whole."""
        begun = beginning.strip().upper()
        rows = [row for row in self._rows(begun) if row.admits(begun)]
        if not rows or len(begun) > LENGTH:
            return None
        place = len(begun)
        if place == LENGTH:
            return Axis(LENGTH, "", ())
        values: dict[str, str] = {}
        for row in rows:
            for character, title in row.values[place].items():
                values.setdefault(character, title)
        offered = tuple(
            self._value(begun, place, character, values[character], rows) for character in sorted(values)
        )
        return Axis(place + 1, rows[0].titles[place], offered)

    def explain(self, code: str) -> tuple[AxisMeaning, ...] | None:
        """A code character by character, or None where the tables do not make it."""
        whole = code.strip().upper()
        if len(whole) != LENGTH:
            return None
        for row in self._by_table.get(whole[:3], []):
            if row.admits(whole):
                return tuple(self._meaning(whole, place, row) for place in range(LENGTH))
        return None

    def _rows(self, begun: str) -> list[PcsRow]:
        return self._by_table.get(begun[:3], []) if len(begun) >= 3 else list(self.rows)

    def _meaning(self, whole: str, place: int, row: PcsRow) -> AxisMeaning:
        character = whole[place]
        value = self._value(whole, place, character, row.values[place][character], [row])
        return AxisMeaning(place + 1, row.titles[place], value)

    def _value(self, begun: str, place: int, character: str, title: str, rows: list[PcsRow]) -> AxisValue:
        found = self._definitions.get((begun[:1], place + 1, title), Definition())
        own = rows[0].definition if place == _OPERATION and len({row.table for row in rows}) == 1 else ""
        return AxisValue(character, title, found.definition or own, found.explanation, found.includes)


def pcs_tables(store: ImportedStore | None, on: dt.date) -> PcsTables | None:
    """The tables in force on a day of discharge; None where none are imported for it."""
    release = store.release_on("ICD-10-PCS-TABLES", on) if store is not None else None
    if store is None or release is None:
        return None
    return _read(store, release, store.release_on("ICD-10-PCS-DEFINITIONS", on))


@lru_cache(maxsize=4)
def _read(store: ImportedStore, release: Release, definitions: Release | None) -> PcsTables:
    rows = tuple(_row(item.key.split("/")[0], item.data["axes"]) for item in store.items(release))
    meanings: dict[tuple[str, int, str], Definition] = {}
    for item in store.items(definitions) if definitions is not None else ():
        section, place, _ = item.key.split("/")
        said = Definition(
            "; ".join(item.data.get("definition", ())),
            "; ".join(item.data.get("explanation", ())),
            tuple(item.data.get("includes", ())),
        )
        # One entry of the definitions may name several values, such as a left and a right one.
        for title in item.data.get("titles", (item.title,)):
            meanings[section, int(place), title] = said
    first, last = day_from(release.first), day_from(release.last)
    return PcsTables(release.release, rows, meanings, first=first, last=last)


def newest_tables(store: ImportedStore | None) -> PcsTables | None:
    """The newest tables that are imported, whatever day they are for; None where none are."""
    releases = store.releases("ICD-10-PCS-TABLES") if store is not None else ()
    first = day_from(releases[-1].first) if releases else None
    return pcs_tables(store, first) if first is not None else None


def _has_all(name: str, wanted: list[str]) -> bool:
    words = words_of(name)
    return all(any(word.startswith(want) for word in words) for want in wanted)


def _row(table: str, axes: list[dict[str, Any]]) -> PcsRow:
    return PcsRow(
        table,
        tuple(axis["title"] for axis in axes),
        tuple(axis["values"] for axis in axes),
        axes[2].get("definition", ""),
    )
