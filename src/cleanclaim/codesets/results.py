"""Codes that were found, as a code book prints them: by category, with the notes at the level where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from attrs import evolve, fields, frozen

from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.changes import CodeChange, change_of
from cleanclaim.codesets.entry import NO_NOTES, CodeEntry, CodeNotes

_CATEGORY = 3


@frozen
class Hit:
    """A code that was found: the notes that stand at the code itself, where the imported indexes name it, how
    often the organisation used it, and what the next release does to it."""

    entry: CodeEntry
    notes: CodeNotes
    index_paths: tuple[str, ...]
    uses: int
    change: CodeChange | None


@frozen
class Level:
    """A place of the tabular list, "Chapter 4", "E08-E13" or "E11", with the notes that stand there and no others."""

    name: str
    title: str
    notes: CodeNotes


@frozen
class ResultGroup:
    """The codes found in one category, in the order in which they were found, and the category's own place.

    ``above`` are the chapter and the block, outermost first. Sets without categories make one group without names.
    """

    category: Level
    above: tuple[Level, ...]
    hits: tuple[Hit, ...]


def grouped(
    book: CodeBook,
    entries: Iterable[CodeEntry],
    on: dt.date,
    *,
    used: Mapping[str, int] | None = None,
) -> tuple[ResultGroup, ...]:
    """Codes of one set, as `CodeBook.search` answers them, by category; the best found decides a category's place."""
    found: dict[str, list[CodeEntry]] = {}
    for entry in entries:
        key = entry.code[:_CATEGORY] if entry.system == "ICD-10-CM" else ""
        found.setdefault(key, []).append(entry)
    return tuple(_group(book, key, listed, on, used or {}) for key, listed in found.items())


def standing_at(notes: CodeNotes, place: str) -> CodeNotes:
    """Of the notes of a code those that stand at a place, the code itself, a category, a block or a chapter."""
    if notes is NO_NOTES:
        return notes
    kept = {
        kind.name: tuple(note for note in getattr(notes, kind.name) if note.source == place)
        for kind in fields(CodeNotes)
    }
    return evolve(NO_NOTES, **kept)


def levels_above(book: CodeBook, entry: CodeEntry) -> tuple[Level, ...]:
    """Chapter, block and headers above an ICD-10-CM code, outermost first, each with its own notes."""
    places = [(name, title) for name, title in book.places(entry.code) if name != entry.code]
    return tuple(Level(name, title, standing_at(entry.notes, name)) for name, title in reversed(places))


def _group(
    book: CodeBook, category: str, entries: list[CodeEntry], on: dt.date, used: Mapping[str, int]
) -> ResultGroup:
    day = book.next_change(entries[0].system, on)
    hits = tuple(
        Hit(
            entry,
            standing_at(entry.notes, entry.code),
            book.index_paths(entry.code) if entry.system == "ICD-10-CM" else (),
            used.get(entry.code, 0),
            change_of(book, entry.code, day, system=entry.system) if day is not None else None,
        )
        for entry in entries
    )
    top = book.find("ICD-10-CM", category, on) if category else None
    if top is None:
        return ResultGroup(Level(category, "", NO_NOTES), (), hits)
    return ResultGroup(
        Level(top.code, top.title, standing_at(top.notes, top.code)), levels_above(book, top), hits
    )


def coming(
    book: CodeBook, words: str, on: dt.date, *, system: str = "ICD-10-CM", limit: int = 20
) -> tuple[CodeEntry, ...]:
    """What the same words find in the next release and not on this day; empty where no next release is loaded."""
    day = book.next_change(system, on)
    if day is None:
        return ()
    found = book.search(words, system, on=day, limit=limit)
    return tuple(entry for entry in found if not _valid(book, entry, on))


def _valid(book: CodeBook, entry: CodeEntry, on: dt.date) -> bool:
    before = book.find(entry.system, entry.code, on)
    return before is not None and before.valid
