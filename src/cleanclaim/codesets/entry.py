"""One code as a book knows it on a day, with the notes that stand at it and above it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from attrs import frozen


class CodeStatus(StrEnum):
    """What a code is on a day.

    ``unknown`` means that its shape is right and that nothing loaded can say more; a code that a complete,
    loaded release does not hold is no entry at all.
    """

    BILLABLE = "billable"
    HEADER = "header"
    NOT_YET = "not-yet"
    TERMINATED = "terminated"
    UNKNOWN = "unknown"


@frozen
class Note:
    """An instruction of a code set.

    ``codes`` are the places it names: a code or its beginning ("E10", "O24.4"), a range ("I10-I1A"), and
    where only some characters count, those ("T36-T50[56=5]": the fifth or the sixth is a 5). ``source`` is
    the code, block or chapter at which the note stands.
    """

    text: str
    codes: tuple[str, ...]
    source: str


@frozen
class CodeNotes:
    """The notes of a code by kind, its own first, then those it inherits, nearest first."""

    includes: tuple[Note, ...] = ()
    excludes1: tuple[Note, ...] = ()
    excludes2: tuple[Note, ...] = ()
    code_first: tuple[Note, ...] = ()
    use_additional: tuple[Note, ...] = ()
    code_also: tuple[Note, ...] = ()
    general: tuple[Note, ...] = ()


NO_NOTES = CodeNotes()


@frozen
class CodeEntry:
    """A code on a day.

    ``code`` is written as people write it (ICD-10-CM with its point). ``title`` is empty where the text is
    licensed and not loaded, or where no release at hand names it. ``valid`` means in the set on that day,
    headers included; ``valid_from`` and ``valid_to`` bound the time during which ``status`` holds, None where
    it is open or not known. ``seventh`` maps the characters that complete this code to their meaning.
    ``parent`` is the code or block above.
    """

    system: str
    code: str
    title: str
    billable: bool
    valid: bool
    status: CodeStatus
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    notes: CodeNotes = NO_NOTES
    seventh: Mapping[str, str] = {}
    parent: str = ""
    release: str = ""


@frozen
class LoadedSet:
    """One code set as loaded: how much of it, for which days, and what is not checked without more.

    ``complete`` says that a code it does not hold does not exist on those days.
    """

    system: str
    release: str
    rows: int
    first: dt.date | None
    last: dt.date | None
    complete: bool
    licence: str
    source: str
    enables: str
    without: str
