"""How ICD-10-CM codes stand to each other: exclusions, order, sides, limits. What edits and coding ask."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container
from enum import StrEnum

from attrs import frozen

from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.entry import CodeEntry, CodeStatus, Note
from cleanclaim.codesets.note_codes import covers
from cleanclaim.kernel.because import Citation

CODE_EDITOR = "Medicare Code Editor"
TABULAR = "ICD-10-CM tabular list"
GUIDELINES = "ICD-10-CM Official Guidelines"
LAST_SEX_EDITS = dt.date(2024, 9, 30)
"""The last day on which the code editor compared diagnoses with sex (removed in MCE V42, October 2024)."""

_EXEMPT = (
    *("B90", "B91", "B92", "B94", "E64", "I252", "I69", "O09", "O80", "O94", "Q", "Y92", "Y93"),
    *(
        "Z00",
        "Z02",
        "Z03",
        "Z08",
        "Z09",
        "Z14",
        "Z15",
        "Z17",
        "Z22",
        "Z23",
        "Z37",
        "Z38",
        "Z3A",
        "Z66",
        "Z67",
    ),
    *(
        "Z68",
        "Z79",
        "Z80",
        "Z81",
        "Z82",
        "Z83",
        "Z84",
        "Z85",
        "Z86",
        "Z87",
        "Z88",
        "Z89",
        "Z92",
        "Z93",
        "Z94",
    ),
    *("Z95", "Z97", "Z98"),
)
_MIXED = frozenset({"B90", "B91", "B92", "B94", "E64", "I25", "I69"})
_EXTERNAL_CAUSE = re.compile(r"[V-Y][0-9]")
_SIDES = re.compile(r"\b(right|left|bilateral|unspecified)\b", re.IGNORECASE)
_UNSPECIFIED = re.compile(r"\bunspecified\b")
_SIDE_WORDS = re.compile(r"\b(right|left|bilateral)\b", re.IGNORECASE)


class Side(StrEnum):
    """The side of the body that a title names."""

    RIGHT = "right"
    LEFT = "left"
    BILATERAL = "bilateral"
    UNSPECIFIED = "unspecified"


@frozen
class AgeLimit:
    """The ages, in completed years and both included, for which a code is meant."""

    name: str
    youngest: int
    oldest: int
    citation: Citation


@frozen
class SexLimit:
    """The sex, ``"F"`` or ``"M"``, for which a code is meant.

    ``enforced`` says whether the code editor itself made this check on that day; afterwards it is advice.
    """

    sex: str
    enforced: bool
    citation: Citation


def excludes1_conflict(book: CodeBook, a: str, b: str, on: dt.date) -> Note | None:
    """The Excludes1 note, at either code or above it, that names the other; None where there is none.

    A note speaks of what lies outside its own place, so it never sets two codes of that place apart. Whether
    the two conditions are unrelated, which the guidelines allow (Section I.A.12.a), is for a person to say.
    """
    for code, other in ((a, b), (b, a)):
        entry = book.find("ICD-10-CM", code, on)
        if entry is None:
            continue
        places = {name for name, _ in book.places(other)}
        for note in entry.notes.excludes1:
            if note.source not in places and any(covers(reference, other) for reference in note.codes):
                return note
    return None


def code_first_notes(book: CodeBook, code: str, on: dt.date) -> tuple[Note, ...]:
    """What must be coded before this code, own and inherited; a line without codes is a heading."""
    entry = book.find("ICD-10-CM", code, on)
    return entry.notes.code_first if entry else ()


def use_additional_notes(book: CodeBook, code: str, on: dt.date) -> tuple[Note, ...]:
    """What is to be coded after this code where it applies, own and inherited."""
    entry = book.find("ICD-10-CM", code, on)
    return entry.notes.use_additional if entry else ()


def names_any(notes: tuple[Note, ...], codes: tuple[str, ...]) -> Note | None:
    """The first of some notes that names one of some codes."""
    for note in notes:
        if any(covers(reference, code) for reference in note.codes for code in codes):
            return note
    return None


def is_manifestation(book: CodeBook, code: str, on: dt.date) -> bool:
    """Whether a code may never come first because it is the manifestation of a disease coded before it.

    The code editor's list decides; for a day it does not cover, "in diseases classified elsewhere" in the
    title together with a code-first note (guidelines, Section I.A.13).
    """
    entry = book.find("ICD-10-CM", code, on)
    if entry is None:
        return False
    if "manifestation" in book.attributes(code, on):
        return True
    return "in diseases classified elsewhere" in entry.title.lower() and bool(entry.notes.code_first)


def is_external_cause(code: str) -> bool:
    """Whether a code lies in chapter 20, V00 to Y99, and so never comes first (guidelines, I.C.20)."""
    return _EXTERNAL_CAUSE.match(code.strip().upper()) is not None


def is_unspecified(book: CodeBook, code: str, on: dt.date) -> bool:
    """Whether a code says that something was not documented: by the code editor's list or by its title."""
    entry = book.find("ICD-10-CM", code, on)
    if entry is None:
        return False
    return "unspecified" in book.attributes(code, on) or "unspecified" in entry.title.lower()


def is_unacceptable_principal(book: CodeBook, code: str, on: dt.date) -> bool:
    """Whether the code editor does not take a code as the principal diagnosis of a stay."""
    return "unacceptable" in book.attributes(code, on)


def age_limit(book: CodeBook, code: str, on: dt.date) -> AgeLimit | None:
    """The ages for which the code editor takes a code, or None where it has no limit or none is loaded.

    Bands of one code are joined: a code that is both for newborns and for children takes either.
    """
    bands = book.age_bands(on)
    found = [bands[name] for name in sorted(book.attributes(code, on)) if name in bands]
    if not found:
        return None
    return AgeLimit(
        " or ".join(band.name for band in found),
        min(band.youngest for band in found),
        max(band.oldest for band in found),
        Citation(CODE_EDITOR, _fiscal_year(on), "age conflict"),
    )


def sex_limit(book: CodeBook, code: str, on: dt.date) -> SexLimit | None:
    """The sex for which a code is meant, by the code editor's last list of sex conflicts.

    Since October 2024 the editor no longer makes this check; the limit then comes with ``enforced`` off.
    Codes of chapter 15 that are newer than the list are for pregnancy and so for female patients.
    """
    enforced = on <= LAST_SEX_EDITS
    words = book.attributes(code, min(on, LAST_SEX_EDITS))
    citation = Citation(CODE_EDITOR, _fiscal_year(min(on, LAST_SEX_EDITS)), "sex conflict")
    if "female" in words or "male" in words:
        return SexLimit("F" if "female" in words else "M", enforced, citation)
    if code.upper().startswith("O"):
        return SexLimit("F", enforced, Citation(GUIDELINES, _fiscal_year(on), "Section I.C.15"))
    return None


def side_of(entry: CodeEntry) -> Side | None:
    """The side that a title names, or None where it names none or more than one."""
    found = {word.lower() for word in _SIDES.findall(entry.title)}
    named = found - {"unspecified"}
    if len(named) == 1:
        return Side(named.pop())
    return Side.UNSPECIFIED if found == {"unspecified"} else None


def by_side(book: CodeBook, code: str, on: dt.date) -> dict[Side, CodeEntry]:
    """The codes that say the same of each side, this one included; empty where there is but one.

    Found among the codes next to it, by titles equal but for the word of the side.
    """
    entry = book.find("ICD-10-CM", code, on)
    if entry is None or side_of(entry) is None:
        return {}
    own = _sideless(entry)
    found = {side_of(entry) or Side.UNSPECIFIED: entry}
    for other in _neighbours(book, entry, on):
        side = side_of(other)
        if side is not None and side not in found and own & _sideless(other):
            found[side] = other
    return found if len(found) > 1 else {}


def poa_exempt(code: str, official: Container[str] | None = None) -> bool | None:
    """Whether a diagnosis needs no present-on-admission indicator; None where nothing decides.

    ``official`` is the list of CMS for the day of discharge (codes without points), where it is loaded: it decides
    alone. Without it whole categories are decided that it has held in every year (guidelines, Appendix I):
    True; and codes outside the chapters it draws on: False. The rest is unknown and must not be reported as a fault.
    """
    plain = code.replace(".", "").upper()
    if official is not None:
        return plain in official
    if any(plain.startswith(beginning) for beginning in _EXEMPT):
        return True
    injury = plain[:1] in "ST"
    if injury and len(plain) == 7 and plain[6] in "DS":
        return None
    return None if plain[:1] in "OPQVWXYZ" or plain[:3] in _MIXED else False


def _sideless(entry: CodeEntry) -> set[str]:
    """A title without its side. Where none is named, each "unspecified" of the title may stand for it."""
    title = entry.title.lower()
    words = list(_SIDE_WORDS.finditer(title)) or list(_UNSPECIFIED.finditer(title))
    return {
        " ".join((title[: word.start()] + title[word.end() :]).replace(" ,", ",").split()) for word in words
    }


def _neighbours(book: CodeBook, entry: CodeEntry, on: dt.date) -> list[CodeEntry]:
    """Codes of the same parent, and where this one is completed by a seventh character, its cousins."""
    siblings = book.children("ICD-10-CM", entry.parent, on)
    above = book.find("ICD-10-CM", entry.parent, on)
    if above is None or above.status is not CodeStatus.HEADER or entry.code[-1] not in above.seventh:
        return siblings
    cousins = [
        child
        for base in book.children("ICD-10-CM", above.parent, on)
        for child in book.children("ICD-10-CM", base.code, on)
        if child.code[-1] == entry.code[-1]
    ]
    return siblings + cousins


def _fiscal_year(on: dt.date) -> str:
    return f"FY{on.year + (on.month >= 10)}"
