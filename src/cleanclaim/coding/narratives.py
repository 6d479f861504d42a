"""A note that lists no diagnoses: complaints of the story give way to what was found (Sections I.B.5 and II.A)."""

from __future__ import annotations

import datetime as dt

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.phrases.story_order import NAMED_FINDINGS, is_separate
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC, lists_only_others
from cleanclaim.documents.note import Note

_DISEASES = "ABCDEFGHIJKLMNOPST"
# What a stroke of this stay left is coded beside it (Section I.C.9.d: the deficits of the current stroke).
_STROKES = ("I60", "I61", "I63")
_DEFICITS = ("R47", "R48", "R13.1", "R29.810", "R41.4", "R27.0", "R29.7", "R41.0")


def drop_complaints_of_story(
    note: Note, picks: Picks, setting: Setting, book: CodeBook, on: dt.date
) -> Picks:
    """The picks without symptoms told in passing, where the story itself names the disease that was treated."""
    proposed = live(picks)
    if any(_in_a_list(note, pick) for pick in proposed) and not lists_only_others(note):
        return picks
    treated = [
        pick for pick in proposed if _is_disease(pick) and (_acute(pick) or setting is Setting.INPATIENT)
    ]
    if not treated:
        return picks
    out = dict(picks)
    for pick in proposed:
        if (
            pick.is_symptom()
            and pick not in treated
            and not (_stands(pick, proposed) or _asked_for(note, pick, proposed, book, on))
            and not any(is_separate(note, mention) for mention in pick.mentions)
        ):
            reason = guideline(
                "Section I.B.5", "a complaint of the story, beside what was found", ("found", treated[0].code)
            )
            out[pick.code] = pick.drop(reason)
    return out


def _in_a_list(note: Note, pick: Pick) -> bool:
    """Whether a list names it; what the story says the patient was admitted for stands in none."""
    return any(
        mention.section in DIAGNOSTIC
        and (mention.section != "principal_dx" or note.section_at(mention.first).kind in DIAGNOSTIC)
        for mention in pick.mentions
    )


def _is_disease(pick: Pick) -> bool:
    return pick.code[0] in _DISEASES and not pick.is_symptom() and "status" not in pick.flags


def _acute(pick: Pick) -> bool:
    return "chronic" not in pick.flags


def _stands(pick: Pick, proposed: list[Pick]) -> bool:
    """Whether a symptom is coded in its own right: the nature of an adverse effect, severe sepsis."""
    if (
        pick.code.startswith(("R65", "R45.85", "R13.11", "R13.12", "R13.13", "R13.14"))
        or "named" in pick.flags
        or pick.code.startswith(NAMED_FINDINGS)
    ):
        return True
    return pick.code in {"R11.2", "R11.0", "R21", "R50.2"} and any(
        other.code.startswith("T") and len(other.code) == 8 and other.code[-2] == "5" for other in proposed
    )


def _asked_for(note: Note, pick: Pick, proposed: list[Pick], book: CodeBook, on: dt.date) -> bool:
    """Whether a symptom follows a disease: its note says "code first", a stroke left it, a drug brought it."""
    if any(begins_with(other.code, _STROKES) for other in proposed) and begins_with(pick.code, _DEFICITS):
        return True
    if pick.code.startswith("R13.1") and any(
        other.code.endswith("91") and other.code[:3] == "I69" for other in proposed
    ):
        return True
    if _of_a_drug(note, pick, proposed):
        return True
    entry = book.find("ICD-10-CM", pick.code, on)
    owners = [place for note in (entry.notes.code_first if entry else ()) for place in note.codes]
    stems = tuple(place.split("[")[0].rstrip("-.") for place in owners)
    return bool(stems) and any(begins_with(other.code, stems) for other in proposed if other is not pick)


def _of_a_drug(note: Note, pick: Pick, proposed: list[Pick]) -> bool:
    """Whether a symptom stands in the sentence that lays it to a drug ("hyperglycemia from the prednisone")."""
    sentences = {
        note.sentence_at(mention.first).first
        for other in proposed
        if other.code.startswith("T") and len(other.code) == 8 and other.code[-2] == "5"
        for mention in other.mentions
    }
    return any(note.sentence_at(mention.first).first in sentences for mention in pick.mentions)
