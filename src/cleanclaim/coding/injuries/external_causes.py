"""How an injury came about: the cause told by the words of one sentence (Section I.C.20)."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.injuries.vehicle_crashes import crash
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_told
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.note import Note

_NOT_HERE = frozenset(("plan", "exam", "results", "medications", "pmh", "psh", "social_history", "vitals"))
_CAUSES = "VWXY"
# The seventh character of a cause goes with that of the injury: G, K, P and the like are later encounters too.
_EPISODES = {"A": "A", "B": "A", "C": "A", "S": "S"}
_CIRCUMSTANCES = ("Y90", "Y92", "Y93", "Y99", "Y62", "Y83", "Y84")


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml("external_causes.yaml")
    return found


def add_external_causes(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with the cause of an injury that the story tells; a vaguer one gives way to it."""
    injuries = [pick for pick in live(picks) if _is_injury(pick.code)]
    if not injuries:
        return picks
    told = _cause(note, injuries, book, on)
    if told is None:
        return _one_of_several(picks)
    code, place = told
    code = _on_purpose(code, picks)
    out = dict(picks)
    for pick in live(out):
        if _is_cause(pick.code) and pick.code[:-1] != code[:-1]:
            reason = guideline("Section I.C.20.a", "the story tells the cause more exactly", ("told", code))
            out[pick.code] = pick.drop(reason)
    if code not in out or out[code].dropped is not None:
        reason = guideline("Section I.C.20.a", "how the injury came about, as the story tells it")
        add_pick(out, code, mention_of(note, code, *place), reason)
    return out


def _on_purpose(code: str, picks: Picks) -> str:
    """A cut by oneself is no accident with the blade (Section I.C.20.g: intent as the provider documents it)."""
    meant = any(pick.code.startswith(_HARMED_ONESELF) for pick in live(picks))
    stem = next((stem for stem in _BLADES if code.startswith(stem)), "") if meant else ""
    return f"{_BLADES[stem]}XX{code[-1]}" if stem else code


def _is_injury(code: str) -> bool:
    """An injury by force, heat or the like: no poisoning, and nothing that care itself did."""
    return code[0] == "S" or (
        code[0] == "T" and not ("T36" <= code[:3] <= "T65") and code[:3] not in _BY_CARE
    )


_HARMED_ONESELF = ("R45.88", "T14.91")
_BLADES = {"W25": "X78.0", "W26.0": "X78.1", "W26.1": "X78.2", "W26": "X78.8", "W27": "X78.8"}
_BY_CARE = frozenset(("T80", "T81", "T82", "T83", "T84", "T85", "T86", "T87", "T88", "T31", "T32"))


def _is_cause(code: str) -> bool:
    return code[0] in _CAUSES and not begins_with(code, _CIRCUMSTANCES)


def _cause(
    note: Note, injuries: list[Pick], book: CodeBook, on: dt.date
) -> tuple[str, tuple[int, int]] | None:
    """The best told cause: a crash, else the row that stands highest in the table."""
    table = _table()
    burned = any(begins_with(pick.code, table["burns"]) for pick in injuries)
    episode = _EPISODES.get(injuries[0].code[-1], "D") if len(injuries[0].code) == 8 else "A"
    sentences = list(sentences_told(note, _NOT_HERE))
    struck = crash(note, sentences)
    if struck is not None:
        code = _existing(struck[0], episode, book, on)
        if code is not None:
            return code, struck[1]
    for row in table["causes"]:
        if begins_with(row["give"], table["heat"]) and not burned:
            continue
        # What no sentence says needs no look at each: most rows fall here.
        if not all(_may_be_said(sentences, group) for group in row["all"]):
            continue
        for told in sentences:
            place = _row_told(told, row)
            if place is not None and is_told(note, place):
                code = _existing(row["give"], episode, book, on)
                if code is not None:
                    return code, place
    return None


def _may_be_said(sentences: list[Told], group: list[str]) -> bool:
    """Whether any phrase of a group stands in the story at all."""
    story = sentences[0].story if sentences else None
    return story is not None and bool(story.holding(group))


def _row_told(told: Told, row: dict[str, Any]) -> tuple[int, int] | None:
    """Where the last group of a row stands, when every group does and nothing that bars it."""
    place: tuple[int, int] | None = None
    for group in row["all"]:
        place = told.any_of(group)
        if place is None:
            return None
    return None if told.any_of(row.get("bar", ())) else place


def _existing(stem: str, episode: str, book: CodeBook, on: dt.date) -> str | None:
    for character in (episode, "A"):
        code = stem + character
        entry = billable_entry(book, code, on)
        if entry is not None:
            return code
    return None


def _one_of_several(picks: Picks) -> Picks:
    """Where only phrases named causes, a vague one gives way to one that says more."""
    vague = _table()["vague"]
    causes = [pick for pick in live(picks) if _is_cause(pick.code)]
    told = [pick for pick in causes if not begins_with(pick.code, vague)]
    if not told or len(causes) == len(told):
        return picks
    out = dict(picks)
    for pick in causes:
        if pick not in told:
            reason = guideline("Section I.C.20.a", "the cause is told more exactly", ("told", told[0].code))
            out[pick.code] = pick.drop(reason)
    return out
