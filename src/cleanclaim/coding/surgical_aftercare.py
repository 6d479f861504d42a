"""The visit after an operation, by what was operated on (Section I.C.21.c.7); reference/lexicon/aftercare.yaml."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.sentence_texts import Told, sentences_told
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.note import Note

_WHERE = "Section I.C.21.c.7"
_VAGUE = ("Z48.89", "Z98.890", "Z09")
_NOT_DONE = frozenset((Assertion.NEGATED, Assertion.FAMILY, Assertion.HYPOTHETICAL))


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml("aftercare.yaml")
    return found


def add_surgical_aftercare(note: Note, picks: Picks) -> Picks:
    """The picks with the aftercare that a diagnosis line names by its operation, in place of an unspecified one."""
    table = _table()
    if any(begins_with(pick.code, table["not_beside"]) for pick in live(picks) if pick.diagnostic):
        return picks
    visits = tuple(table["visits"])
    for told in sentences_told(note):
        visit = told.any_of(visits) if told.section in DIAGNOSTIC else None
        row, place = _operation(told) if visit else (None, None)
        if visit is None or row is None or place is None or assertion_at(note, *place).assertion in _NOT_DONE:
            continue
        out = dict(picks)
        _drop(out, row)
        if not any(
            begins_with(pick.code, ("Z47", "Z48.0", "Z48.2", "Z48.3", row["give"])) for pick in live(out)
        ):
            first, last = min(visit[0], place[0]), max(visit[1], place[1])
            reason = guideline(_WHERE, "the visit after an operation")
            add_pick(out, row["give"], mention_of(note, row["give"], first, last), reason)
        return out
    return picks


def _operation(told: Told) -> tuple[dict[str, Any] | None, tuple[int, int] | None]:
    for row in _table()["operations"]:
        place = told.any_of(row["words"])
        if place is not None:
            return row, place
    return None, None


def _drop(picks: Picks, row: dict[str, Any]) -> None:
    for pick in live(picks):
        if pick.code in _VAGUE and pick.code != row["give"]:
            picks[pick.code] = pick.drop(guideline(_WHERE, f"the operation is named: {row['give']}"))
        elif row["cured"] and begins_with(pick.code, row["cured"]):
            picks[pick.code] = pick.drop(guideline(_WHERE, "the operation ended it"))
