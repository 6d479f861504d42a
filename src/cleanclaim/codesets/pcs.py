"""ICD-10-PCS from its tables: which values may follow, and what each character of a code says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Any

from attrs import frozen

from cleanclaim.codesets.imported import ImportedStore, Release

LENGTH = 7


@frozen
class AxisValue:
    """A value of an axis: its character, its words, and where the definitions are loaded what it means."""

    character: str
    title: str
    definition: str = ""


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
    """The tables of one release."""

    def __init__(
        self, release: str, rows: tuple[PcsRow, ...], definitions: dict[tuple[str, int, str], str]
    ) -> None:
        self.release = release
        self.rows = rows
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
            AxisValue(character, values[character], self._meaning(begun, place, values[character], rows))
            for character in sorted(values)
        )
        return Axis(place + 1, rows[0].titles[place], offered)

    def explain(self, code: str) -> tuple[AxisMeaning, ...] | None:
        """A code character by character, or None where the tables do not make it."""
        whole = code.strip().upper()
        if len(whole) != LENGTH:
            return None
        for row in self._by_table.get(whole[:3], []):
            if row.admits(whole):
                return tuple(
                    AxisMeaning(
                        place + 1,
                        row.titles[place],
                        AxisValue(
                            whole[place],
                            row.values[place][whole[place]],
                            self._meaning(whole, place, row.values[place][whole[place]], [row]),
                        ),
                    )
                    for place in range(LENGTH)
                )
        return None

    def _rows(self, begun: str) -> list[PcsRow]:
        return self._by_table.get(begun[:3], []) if len(begun) >= 3 else list(self.rows)

    def _meaning(self, begun: str, place: int, title: str, rows: list[PcsRow]) -> str:
        section = begun[:1]
        found = self._definitions.get((section, place + 1, title), "") if section else ""
        return found or (rows[0].definition if place == 2 and len({row.table for row in rows}) == 1 else "")


def pcs_tables(store: ImportedStore | None, on: dt.date) -> PcsTables | None:
    """The tables in force on a day of discharge; None where none are imported for it."""
    release = store.release_on("ICD-10-PCS-TABLES", on) if store is not None else None
    if store is None or release is None:
        return None
    return _read(store, release, store.release_on("ICD-10-PCS-DEFINITIONS", on))


@lru_cache(maxsize=4)
def _read(store: ImportedStore, release: Release, definitions: Release | None) -> PcsTables:
    rows = tuple(_row(item.key.split("/")[0], item.data["axes"]) for item in store.items(release))
    meanings: dict[tuple[str, int, str], str] = {}
    for item in store.items(definitions) if definitions is not None else ():
        section, place, _ = item.key.split("/")
        meanings[section, int(place), item.title] = "; ".join(item.data.get("definition", ()))
    return PcsTables(release.release, rows, meanings)


def _row(table: str, axes: list[dict[str, Any]]) -> PcsRow:
    return PcsRow(
        table,
        tuple(axis["title"] for axis in axes),
        tuple(axis["values"] for axis in axes),
        axes[2].get("definition", ""),
    )
