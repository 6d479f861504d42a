"""How long consciousness was lost with an injury of the brain: the sixth character of S06 (Section I.C.19)."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.number_words import ONES
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.sentence_texts import Told, sentences_told
from cleanclaim.documents.note import Note

_LOST = (
    "loss of consciousness",
    "loc",
    "lost consciousness",
    "passed out",
    "knocked out",
    "blacked out",
    "unconscious",
    "out cold",
    "was out for",
    "knocked unconscious",
)
_DENIED = (
    *("no loss of consciousness", "no loc", "without loss of consciousness", "without loc", "denies loc"),
    *(
        "denies loss of consciousness",
        "did not lose consciousness",
        "did not pass out",
        "never lost consciousness",
    ),
    *(
        "negative for loc",
        "w o loc",
        "not lose consciousness",
        "was not knocked out",
        "neg loc",
        "never unconscious",
        "not unconscious",
        "did not black out",
        "remained conscious",
        "stayed conscious",
        "awake the whole time",
        "awake throughout",
        "awake and talking",
        "conscious throughout",
        "never knocked out",
        "not knocked out",
        "denied loc",
    ),
)
_BRIEF = (
    "brief",
    "briefly",
    "few second",
    "for second",
    "momentary",
    "momentarily",
    "less than 30",
    "under 30",
)
_UNIT_MINUTES = {"second": 0, "sec": 0, "minute": 1, "min": 1, "hour": 60, "hr": 60, "h": 60}
_NEAR = 7
_STEPS = ((30, "1"), (59, "2"), (359, "3"), (1440, "4"))
_OPEN = frozenset("9A")
_LOST_FOR = frozenset("1234")


def add_loss_of_consciousness(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks of S06 that leave the loss of consciousness open, with what the note says of it."""
    injured = [pick for pick in live(picks) if _of_the_brain(pick.code)]
    if not injured:
        return picks
    digit = _stated(note)
    if digit is None:
        return picks
    out = dict(picks)
    for pick in injured:
        if not (pick.code[6] in _OPEN or (digit in _LOST_FOR and _only_taken_for_none(pick))):
            continue
        code = pick.code[:6] + digit + pick.code[7:]
        entry = billable_entry(book, code, on)
        if code == pick.code or entry is None:
            continue
        reason = guideline(
            "Section I.B.2", "what the note says of the loss of consciousness", ("from", pick.code)
        )
        out[pick.code] = pick.drop(guideline("Section I.B.2", f"the note says more: {code}"))
        if code not in out or out[code].dropped is not None:
            out[code] = evolve(pick, code=code, inferred=True).explain(reason)
    return out


def _of_the_brain(code: str) -> bool:
    return code.startswith("S06") and len(code) == 8 and not code.startswith("S06.A")


def _only_taken_for_none(pick: Pick) -> bool:
    """Whether a code without loss of consciousness stands on words that do not say so ("concussion")."""
    said = " ".join(mention.span.text.lower() for mention in pick.mentions)
    return pick.code[6] == "0" and "consciousness" not in said and "loc" not in said


def _stated(note: Note) -> str | None:
    """The character of the first sentence that speaks of it, the longest time first."""
    unknown = None
    for told in sentences_told(note, frozenset(("pmh", "plan"))):
        if told.any_of(_DENIED):
            return "0"
        place = told.any_of(_LOST)
        if place is None:
            continue
        minutes = _minutes(told, place)
        if minutes is not None:
            return next((digit for most, digit in _STEPS if minutes <= most), None)
        if told.any_of(_BRIEF):
            return "1"
        unknown = "9"
    return unknown


def _minutes(told: Told, place: tuple[int, int]) -> int | None:
    """The minutes that stand near the words, rounded down; seconds count as none."""
    words = told.text.split()
    low, high = max(0, place[0] - told.first - _NEAR), place[1] - told.first + _NEAR
    for at in range(low, min(high, len(words))):
        unit = _UNIT_MINUTES.get(words[at])
        number = words[at - 1] if at else ""
        if unit is None:
            continue
        if number.isascii() and number.isdigit() and len(number) < 4:
            return int(number) * unit
        if number in ONES:
            return ONES[number] * unit
        if number in {"a", "one", "about", "half"}:
            return unit
    return None
