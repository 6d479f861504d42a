"""The organism of an infection whose code leaves it open: B95 to B97 (Section I.B.9 and chapter 1)."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.coding.sentence_texts import sentences_telling
from cleanclaim.coding.worked_out import add_pick, folded, is_said, mention_of, problem_stretches
from cleanclaim.documents.note import Note
from cleanclaim.kernel.because import Because

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
# What a sepsis, or the pneumonia behind it, says of its organism; the culture line tells the same once more.
_SAID_BY = {
    "B95.0": ("A40.0", "J15.4"),
    "B95.1": ("A40.1", "J15.3", "P36.0"),
    "B95.2": ("A41.81", "A40.2"),
    "B95.3": ("A40.3", "J13"),
    "B95.4": ("A40.8",),
    "B95.61": ("A41.01", "J15.211"),
    "B95.62": ("A41.02", "J15.212"),
    "B95.7": ("A41.1",),
    "B96.1": ("A41.59", "J15.0"),
    "B96.20": ("A41.51", "J15.5", "P36.4"),
    "B96.29": ("A41.51", "J15.5"),
    "B96.3": ("A41.3", "J14"),
    "B96.4": ("A41.59",),
    "B96.5": ("A41.52", "J15.1"),
}
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
                _add_place(out, code, mention_of(note, code, *place), reason)
    if named and not any(pick.code.startswith(_ORGANISMS) for pick in live(out)):
        _add_grown(note, out, named, asking)
    return _without_said_twice(note, out, asking)


def _add_place(picks: Picks, code: str, mention: Mention, reason: Because) -> None:
    """Propose an organism; a later line that names it again is one of its places."""
    known = picks.get(code)
    if known is not None and known.dropped is None:
        picks[code] = evolve(known, mentions=(*known.mentions, mention))
    else:
        add_pick(picks, code, mention, reason)


def _without_said_twice(note: Note, picks: Picks, asking: list[Pick]) -> Picks:
    """The picks without an organism that the sepsis names, unless a line of the list lays another infection to it."""
    out = dict(picks)
    for pick in live(picks):
        names = next((by for code, by in _SAID_BY.items() if pick.code.startswith(code)), ())
        owners = [one for one in live(picks) if names and one.code.startswith(names)]
        if not owners:
            continue
        told = {note.sentence_at(m.first).first for one in owners for m in one.mentions}
        local = {
            note.sentence_at(m.first).first
            for one in asking
            if one.code.startswith(_CULTURED)
            for m in one.mentions
            if m.section in diagnosed_in(note)
        }
        if not any(note.sentence_at(m.first).first in local - told for m in pick.mentions):
            reason = guideline(
                "Section I.B.9", "the code of the sepsis names it", ("named by", owners[0].code)
            )
            out[pick.code] = pick.drop(reason)
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
