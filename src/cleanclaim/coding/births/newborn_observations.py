"""A newborn watched for a condition that was not found: Z05 (Section I.C.16.a.4 and I.C.21.c.6)."""

from __future__ import annotations

from cleanclaim.coding.births.birth_records import is_newborn_record
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.sentence_texts import Told, sentences_telling
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_WATCHED = (
    *("observed for", "observation for", "evaluated for", "evaluation for", "watched for", "monitored for"),
    *(
        "suspected",
        "rule out",
        "r o",
        "risk for",
        "screened for",
        "worked up for",
        "workup for",
        "concern for",
    ),
)
_NOT_FOUND = (
    *(
        "ruled out",
        "not found",
        "excluded",
        "not confirmed",
        "none found",
        "negative at 48",
        "no growth at 48",
    ),
    *("no growth at 36", "no growth x 48", "cultures negative", "culture negative", "not present"),
)
_CONDITIONS = (
    (
        "Z05.1",
        ("sepsis", "infection", "early onset sepsis", "eos", "chorioamnionitis", "meningitis"),
        ("P36", "P39"),
    ),
    ("Z05.0", ("cardiac disease", "heart disease", "congenital heart disease", "cardiac condition"), ("Q2",)),
    ("Z05.2", ("seizure", "neurologic", "neurological", "encephalopathy"), ("P90", "P91")),
    ("Z05.3", ("respiratory distress", "pneumonia", "respiratory condition"), ("P22", "P23", "P28")),
    ("Z05.41", ("genetic", "down syndrome", "trisomy"), ("Q9",)),
    ("Z05.42", ("metabolic condition", "metabolic disease", "inborn error", "hypoglycemia"), ("P70", "E7")),
    ("Z05.5", ("gastrointestinal", "bowel obstruction", "obstruction"), ("P76", "Q4")),
    ("Z05.6", ("hydronephrosis", "genitourinary", "urinary"), ("Q6",)),
    ("Z05.72", ("hip dysplasia", "musculoskeletal"), ("Q65",)),
)


def add_newborn_observation(note: Note, picks: Picks) -> Picks:
    """The picks with Z05 for what a newborn was watched for, and which was ruled out."""
    if not is_newborn_record(note):
        return picks
    out = dict(picks)
    for told in sentences_telling(note, _WATCHED, _NOT_FOUND):
        watched = told.any_of(_WATCHED)
        if watched is None or told.any_of(_NOT_FOUND) is None:
            continue
        found = _condition(told)
        if found is None:
            continue
        code, place, confirmed = found
        if not any(begins_with(pick.code, confirmed) or pick.code[:3] == "Z05" for pick in live(out)):
            reason = guideline("Section I.C.16.a.4", "watched for a condition that was ruled out")
            add_pick(out, code, mention_of(note, code, min(watched[0], place[0]), place[1]), reason)
    return out


def _condition(told: Told) -> tuple[str, tuple[int, int], tuple[str, ...]] | None:
    for code, words, confirmed in _CONDITIONS:
        place = told.any_of(words)
        if place is not None:
            return code, place, confirmed
    return None
