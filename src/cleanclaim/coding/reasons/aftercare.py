"""Visits after an operation, in any words: aftercare by organ system and what was left (Section I.C.21.c.7).

"Six weeks out from right total knee replacement" is Z47.1 and Z96.651: the arthritis that the operation ended, and
the swelling that is to be expected, are not coded.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.number_words import ONES, TENS
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_told
from cleanclaim.coding.worked_out import add_pick, folded, mention_of
from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.note import Note

_SECTION = "Section I.C.21.c.7"
_NO_VISITS = frozenset(
    ("operative", "discharge", "inpatient", "radiology", "lab", "therapy", "emergency", "newborn", "dme")
)
_WHY = frozenset(("opening", "chief_complaint", "hpi", "indication", "procedure", "header"))
_FIRST_SENTENCES = 3
_TITLE = 12
_REASONS = frozenset(("chief_complaint", "indication"))
_HERE = frozenset(("here", "returns", "return", "presents", "seen", "comes", "today", "visit"))
_REACH = 6
_MOST_UNITS = {"d": 120, "w": 20, "m": 6}
_SIDES = {"right": "1", "left": "2", "r": "1", "l": "2", "rt": "1", "lt": "2", "bilateral": "3"}
_COMPLICATIONS = ("T8", "K91", "N99", "L76", "G97", "I97", "J95", "M96", "H59", "E89.8", "D78", "H95")
_LEFT_BY_OPERATION = ("E89", "K91", "N99", "M96", "J95", "I97", "G97", "H59", "H95", "L76")
_GENERAL = ("Z48.89", "Z48.0", "Z47.89", "Z48.81", "Z98.890", "Z09")
_WOUNDS = ("T14", "H26.4", "S31", "S21", "S11", "M25.6", "M25.4", "G89.18", "R60", "R52", "L90.5")
_NUMBERS = {**ONES, **TENS, "a": 1}


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = read_yaml("postoperative_visits.yaml")
    return table


def _names_in(note: Note) -> tuple[str, ...]:
    """The names of operations that begin with a word of the note."""
    words = set(note.words.forms)
    return tuple(name for word, names in _first_words().items() if word in words for name in names)


@lru_cache(maxsize=1)
def _first_words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in _rows():
        found.setdefault(folded(name)[0], []).append(name)
    return found


@lru_cache(maxsize=1)
def _rows() -> dict[str, dict[str, Any]]:
    """Every name of an operation with its row."""
    return {name: row for row in _table()["operations"] for name in row["names"]}


def add_aftercare(note: Note, picks: Picks, setting: Setting, book: CodeBook, on: dt.date) -> Picks:
    """The picks with the aftercare that the visit is, and without what the operation ended or brings with it."""
    if setting is not Setting.OUTPATIENT or note.kind in _NO_VISITS:
        return picks
    found = _operation(note)
    if found is None or any(begins_with(pick.code, _COMPLICATIONS) for pick in live(picks)):
        return picks
    told, row, place = found
    if any(pick.code[0] == "S" and pick.code.endswith(("A", "D")) for pick in live(picks)):
        return picks
    if _something_else(note, picks, told, row, place) or _names_what_it_left(picks, told):
        return picks
    out = dict(picks)
    _drop_ended(note, out, told, row)
    cancer = any(pick.code[0] == "C" for pick in live(out))
    code = "Z48.3" if cancer and not row["give"].startswith("Z47") else row["give"]
    reason = guideline(_SECTION, "the visit follows an operation")
    for pick in live(out):
        if begins_with(pick.code, _GENERAL) and pick.code != code:
            out[pick.code] = pick.drop(guideline(_SECTION, f"contained in {code}"))
    add_pick(out, code, mention_of(note, code, *place), reason)
    for left in row["leaves"]:
        _add_left(note, out, left, told, place, book, on)
    return out


def _operation(note: Note) -> tuple[Told, dict[str, Any], tuple[int, int]] | None:
    """The first sentence that tells the visit as one after an operation, with its row and the operation's place."""
    names = _names_in(note)
    seen: dict[str, int] = {}
    for number, told in enumerate(sentences_told(note) if names else ()):
        seen[told.section] = seen.get(told.section, 0) + 1
        if told.section not in _WHY and told.section not in DIAGNOSTIC:
            continue
        if told.section not in DIAGNOSTIC and seen[told.section] > _FIRST_SENTENCES:
            continue
        if told.any_of(_table()["ahead"]):
            continue
        for row, place in _named(told, names):
            if is_told(note, place) and _is_visit(note, told, place, number):
                return told, row, place
    return None


def _named(told: Told, names: tuple[str, ...]) -> list[tuple[dict[str, Any], tuple[int, int]]]:
    """The operations that a sentence names, the longest name first."""
    rows = _rows()
    found = [(rows[name], place) for name in names if (place := told.find(name)) is not None]
    return sorted(found, key=lambda one: one[1][0] - one[1][1])


def _is_visit(note: Note, told: Told, place: tuple[int, int], number: int) -> bool:
    """Whether a sentence says that it is the visit after the operation: by name, or by the time since."""
    if told.any_of(_table()["visit"]) or (number and _heading_says(note)):
        return True
    near = _time_since(note, told, place)
    if not near:
        return False
    leading = told.section in DIAGNOSTIC or place[0] - told.first <= 2 * _REACH
    return bool((number < 2 and leading) or told.section in DIAGNOSTIC or told.any_of(_table()["come"]))


def _heading_says(note: Note) -> bool:
    """Whether the first line of the note calls it a visit after surgery."""
    first = next(iter(sentences_told(note)), None)
    return first is not None and first.first < 12 and first.any_of(_table()["visit"]) is not None


def _time_since(note: Note, told: Told, place: tuple[int, int]) -> bool:
    """Whether a number of days, weeks or months stands near the operation, and not more than aftercare lasts."""
    forms = note.words.forms
    units = _table()["units"]
    low, high = max(told.first, place[0] - 2 * _REACH), min(told.last, place[1] + _REACH)
    for at in range(low + 1, high):
        if forms[at] not in units:
            continue
        said = forms[at - 1] if forms[at - 1] not in {"-"} else forms[at - 2]
        number = int(said) if said.isdecimal() else _NUMBERS.get(said, 0)
        if 0 < number <= _MOST_UNITS.get(forms[at][0], 0):
            between = f" {' '.join(forms[min(at + 1, place[0]) : max(at + 3, place[0])])} "
            around = f" {' '.join(forms[max(told.first, place[0] - 3) : place[0]])} "
            return any(
                f" {' '.join(folded(word))} " in text
                for word in _table()["since"]
                for text in (between, around)
            )
    return False


def _something_else(
    note: Note, picks: Picks, told: Told, row: dict[str, Any], place: tuple[int, int]
) -> bool:
    """Whether a diagnosis list names other problems while the operation stands only in the story."""
    if told.section in DIAGNOSTIC or told.section in _REASONS or _heading_says(note):
        return False
    before = set(note.words.forms[max(told.first, place[0] - 12) : place[0]])
    if before & _HERE or (told.first < _TITLE and told.any_of(_table()["visit"])):
        return False
    return any(
        pick.diagnostic and pick.code[0] not in "ZVWXY" and not begins_with(pick.code, row["ends"])
        for pick in live(picks)
    )


def _names_what_it_left(picks: Picks, told: Told) -> bool:
    """Whether the sentence names what the operation left: "postsurgical hypothyroidism after thyroidectomy"."""
    return any(
        told.first <= mention.first < told.last
        for pick in live(picks)
        if begins_with(pick.code, _LEFT_BY_OPERATION)
        for mention in pick.mentions
    )


def _drop_ended(note: Note, picks: Picks, told: Told, row: dict[str, Any]) -> None:
    """Take out what the operation ended, and the complaints that belong to healing."""
    for pick in live(picks):
        ended = begins_with(pick.code, row["ends"] or ["-"]) and not _another_side(pick, note, told, row)
        here = all(told.first <= m.first < told.last for m in pick.mentions) and pick.code[0] not in "CZEI"
        healing = not pick.diagnostic and (pick.is_symptom() or begins_with(pick.code, _WOUNDS))
        if ended or here or healing:
            text = "treated by the operation" if ended or here else "belongs to healing"
            picks[pick.code] = pick.drop(guideline(_SECTION, text))


def _another_side(pick: Pick, note: Note, told: Told, row: dict[str, Any]) -> bool:
    """Whether a diagnosis of the list stands elsewhere than the operation: the other knee is still diseased."""
    return any(
        m.section in DIAGNOSTIC
        and not told.first <= m.first < told.last
        and not _operated(note, m.first, row)
        for m in pick.mentions
    )


def _operated(note: Note, place: int, row: dict[str, Any]) -> bool:
    """Whether the sentence of a place names the operation too ("normal course after TLH for fibroids")."""
    sentence = note.sentence_at(place)
    text = f" {' '.join(note.words.forms[sentence.first : place])} "
    return any(f" {' '.join(folded(name))} " in text for name in row["names"]) or " after " in text


def _add_left(
    note: Note,
    picks: Picks,
    code: str,
    told: Told,
    place: tuple[int, int],
    book: CodeBook,
    on: dt.date,
) -> None:
    if "*" in code:
        known = next((pick.code for pick in live(picks) if pick.code.startswith(code[:-1])), None)
        side = _SIDES.get(_nearest_side(note, told, place), "9")
        code = known or code.replace("*", side)
    entry = billable_entry(book, code, on)
    if entry is None:
        return
    known_pick = picks.get(code)
    if known_pick is None or known_pick.dropped is not None:
        reason = guideline("Section I.C.21.c.3", "what the operation left")
        add_pick(picks, code, mention_of(note, code, *place), reason)


def _nearest_side(note: Note, told: Told, place: tuple[int, int]) -> str:
    forms = note.words.forms
    for distance in range(1, 8):
        for at in (place[0] - distance, place[1] + distance - 1):
            if told.first <= at < told.last and forms[at] in _SIDES:
                return forms[at]
    return next((form for form in forms[:400] if form in {"right", "left"}), "")
