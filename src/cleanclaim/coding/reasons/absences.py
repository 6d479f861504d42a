"""What an operation took away: acquired absence of organs and limbs, beside the diseases it belongs to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.leaves import SIDES
from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.worked_out import add_pick, body_sentences, folded, mention_of
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_SIDE_NUMBER = {"right": "1", "left": "2", "bilateral": "3"}
_SIDES = {side: side for side in SIDES} | {"l": "left", "lt": "left", "r": "right", "rt": "right"}
_CUT = word_set("amputation amputated amputee bka aka tma amp amps amput")
_AHEAD = word_set(
    "planned scheduled consider considering discussed offered refused declines recommend tomorrow"
)
_NOT_DONE = word_set(
    "declined refused declines refuses offered deferred avoided discussed recommended advised"
)
# Words that make what follows a choice that is talked over.
_TALKED = word_set("talked option options versus vs prefers choose choices alternatives")
_TOLD = frozenset((Assertion.AFFIRMED, Assertion.HISTORICAL))


def add_absences(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with Z90 and Z89 where a disease that is coded has to do with what was removed."""
    rows = families()["absences"]
    words = {word for row in rows for word in row["words"]}
    if not (words | _CUT).intersection(note.words.forms):
        return picks
    out = dict(picks)
    for first, last in body_sentences(note):
        for code, begin, end, owners in (*_organs(note, first, last, rows), *_limbs(note, first, last)):
            if not any(begins_with(pick.code, owners) for pick in live(out)):
                continue
            entry = billable_entry(book, code, on)
            if _less_of_the_limb(code, out):
                continue
            if entry is not None and _told(note, begin, end):
                reason = guideline("Section I.C.21.c.3", "what was removed bears on a disease that is coded")
                add_pick(out, code, mention_of(note, code, begin, end), reason)
    return out


def _less_of_the_limb(code: str, picks: Picks) -> bool:
    """Whether a limb of that side is known to be taken off elsewhere ("left foot: amputation site", of a toe)."""
    return code.startswith("Z89") and any(
        pick.code.startswith(code[:4]) and pick.code[-1] == code[-1] and pick.code != code
        for pick in live(picks)
    )


def _told(note: Note, first: int, last: int) -> bool:
    begin = note.sentence_at(first).first
    before = note.words.forms[begin:first]
    if _NOT_DONE.intersection(note.words.forms[last : last + 4]):
        return False
    if _AHEAD.intersection(before[-5:]) or _TALKED.intersection(before):
        return False
    return assertion_at(note, first, last).assertion in _TOLD


def _organs(
    note: Note, first: int, last: int, rows: list[dict[str, list[str] | str]]
) -> Iterator[tuple[str, int, int, list[str]]]:
    forms = note.words.forms
    for row in rows:
        for place in range(first, last):
            if forms[place] in row["words"] and forms[max(first, place - 1)] != "partial":
                code, owners = str(row["give"]), list(row["beside"])
                if "*" in code:
                    side = _side(forms, place, first, last)
                    code = code.replace("*", _SIDE_NUMBER.get(side, "0"))
                yield code, place, place + 1, owners


def _limbs(note: Note, first: int, last: int) -> Iterator[tuple[str, int, int, list[str]]]:
    """Z89 by the part named nearest to "amputation"; parts further up the limb are looked for first."""
    forms = note.words.forms
    table = families()["amputations"]
    for place in range(first, last):
        if forms[place] not in _CUT:
            continue
        for row in table["parts"]:
            begin = next(
                (at for name in row["names"] if (at := _near(forms, name, place, first, last)) >= 0), -1
            )
            if begin >= 0:
                side = _side(forms, begin, first, last) or _side(forms, place, first, last)
                code = str(row["give"]).replace("*", _SIDE_NUMBER.get(side, "9"))
                yield code, min(begin, place), max(begin, place) + 1, list(table["beside"])
                break


def _near(forms: list[str], name: str, place: int, first: int, last: int) -> int:
    words = folded(name)
    for at in range(max(first, place - 6), min(last, place + 7)):
        if tuple(forms[at : at + len(words)]) == words:
            return at
    return -1


def _side(forms: list[str], place: int, first: int, last: int) -> str:
    for distance in range(1, 6):
        for near in (place - distance, place + distance):
            if first <= near < last and forms[near] in _SIDES:
                return _SIDES[forms[near]]
    return ""
