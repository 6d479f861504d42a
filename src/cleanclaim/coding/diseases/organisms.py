"""The organism of an infection whose code leaves it open: B95 to B97 (Section I.B.9 and chapter 1)."""

from __future__ import annotations

import datetime as dt

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.sentence_texts import sentences_telling
from cleanclaim.coding.worked_out import add_pick, folded, is_said, mention_of, problem_stretches
from cleanclaim.documents.note import Note

_SYSTEM = "ICD-10-CM"
_ORGANISMS = ("B95", "B96", "B97")
# No note asks for its organism; the index sends there all the same.
_BACTEREMIA = "R78.81"
# The airways are colonised and flare by what grows in them; the tabular asks for it at their acute infection.
_AIRWAYS = ("J47.0", "J47.1", "E84.0")
_CULTURED = (
    "N39.0",
    "N30",
    "N10",
    "N41",
    "N45",
    "T83.5",
    "O23",
    "L03",
    "L02",
    "T81.4",
    "M00",
    "M86",
    "M71.1",
    "T84.5",
    "T84.6",
    "T84.7",
    "T85.7",
    "T82.7",
    "T80.2",
    "I33",
    "L08",
    "G06",
    "M46.2",
    "M46.3",
    "K65",
)
# A sepsis or pneumonia that names its organism tells it for the rest.
_NAMED_ALREADY = ("A40", "A41.0", "A41.1", "A41.2", "A41.3", "A41.4", "A41.5", "J15")
_CULTURE = ("culture", "cultures", "cx", "ucx", "urine cx", "grew", "grown", "growing", "cfu")
_GREW = ("grew", "grown", "growing", "growth of", "positive for", "isolated")
# A count alone is a result; that it was weighed is told by what the organism answers to.
_COUNTS = ("100,000", "100 000", "100000", "100k", "50,000", "50 000", "cfu", "culture", "cx", "ucx")
_ANSWERS_TO = (
    "esbl",
    "sensitive to",
    "susceptible to",
    "resistant to",
    "pan sensitive",
    "pansensitive",
    "sensitivities",
    "mrsa",
    "vre",
)
_NOT_OF_NOW = frozenset(("pmh", "psh", "plan", "family_history"))


def add_organisms(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with the organism that a diagnosis names; a culture alone is no diagnosis (Section III.B)."""
    asking = [pick for pick in live(picks) if _asks(pick, book, on)]
    if not asking:
        return picks
    out = dict(picks)
    named = _named(note)
    firsts = {words[0] for names in named.values() for words in names}
    for first, last in problem_stretches(note) if named else ():
        if firsts.isdisjoint(note.words.forms[first:last]):
            continue
        for code, names in named.items():
            place = next((at for words in names if (at := _said_at(note, words, first, last))), None)
            if place is not None:
                reason = guideline("Section I.B.9", "the organism of the infection", ("of", asking[0].code))
                add_pick(out, code, mention_of(note, code, *place), reason)
    if named and not any(pick.code.startswith(_ORGANISMS) for pick in live(out)):
        _add_grown(note, out, named, asking)
    return out


def _add_grown(note: Note, picks: Picks, named: dict[str, list[tuple[str, ...]]], asking: list[Pick]) -> None:
    """The one organism that the physician writes to have grown, of an infection that is diagnosed."""
    if any(pick.code.startswith(_NAMED_ALREADY) for pick in live(picks)):
        return
    infections = [pick for pick in asking if pick.code.startswith(_CULTURED) and pick.diagnostic]
    if not infections:
        return
    found: dict[str, tuple[int, int]] = {}
    weighed = any(told.any_of(_ANSWERS_TO) for told in sentences_telling(note, _CULTURE, _ANSWERS_TO))
    for told in sentences_telling(note, _CULTURE):
        if told.section in _NOT_OF_NOW or told.any_of(_CULTURE) is None:
            continue
        if told.any_of(_GREW) is None and not (weighed and told.any_of(_COUNTS)):
            continue
        for code, names in named.items():
            place = next(
                (at for words in names if (at := _said_at(note, words, told.first, told.last))), None
            )
            if place is not None:
                found[code] = place
    if len(found) == 1:
        code, place = next(iter(found.items()))
        reason = guideline("Section I.B.9", "the organism that grew", ("of", infections[0].code))
        add_pick(picks, code, mention_of(note, code, *place), reason)


def _named(note: Note) -> dict[str, list[tuple[str, ...]]]:
    """The organisms of whose names the note holds the first word, with these names."""
    held = set(note.words.forms)
    rows = ((code, list(map(folded, texts))) for code, texts in families()["organisms"].items())
    named = ((code, [words for words in names if words[0] in held]) for code, names in rows)
    return {code: names for code, names in named if names}


def _said_at(note: Note, words: tuple[str, ...], first: int, last: int) -> tuple[int, int] | None:
    """Where a name first stands in a stretch, if it is said there of the patient."""
    forms, size = note.words.forms, len(words)
    for at in range(first, last):
        if forms[at] == words[0] and tuple(forms[at : at + size]) == words:
            return (at, at + size) if is_said(note, at, at + size) else None
    return None


def _asks(pick: Pick, book: CodeBook, on: dt.date) -> bool:
    """Whether the tabular list asks for the organism beside a code."""
    if pick.code == _BACTEREMIA or pick.code.startswith(_AIRWAYS):
        return True
    entry = book.find(_SYSTEM, pick.code, on)
    notes = entry.notes.use_additional if entry else ()
    return any(
        "identify infection" in note.text.lower() or any(place.startswith(_ORGANISMS) for place in note.codes)
        for note in notes
    )
