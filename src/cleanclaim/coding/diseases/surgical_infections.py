"""Infection after a procedure by its depth, and sepsis from it: T81.4 (Section I.C.1.d.5.b)."""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_telling
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_AFTER = (
    *(
        "postoperative",
        "post operative",
        "postop",
        "postprocedural",
        "post procedural",
        "surgical site",
        "ssi",
    ),
    *(
        "following surgery",
        "after surgery",
        "following a procedure",
        "postsurgical",
        "incisional",
        "surgical wound",
    ),
    *(
        "following lysis",
        "after colectomy",
        "following colectomy",
        "after appendectomy",
        "following appendectomy",
    ),
    *(
        "post surgical",
        "complicating surgery",
        "after resection",
        "following resection",
        "after hysterectomy",
    ),
)
_INFECTED = ("infection", "infected", "abscess", "ssi", "cellulitis")
_DEPTHS = (
    ("T81.43XA", ("organ space", "organ and space", "intraabdominal", "intra abdominal", "intraperitoneal")),
    (
        "T81.43XA",
        ("pelvic abscess", "subphrenic abscess", "peritoneal abscess", "deep space", "mediastinitis"),
    ),
    (
        "T81.42XA",
        (
            "deep incisional",
            "deep surgical",
            "fascial",
            "muscle layer",
            "intramuscular abscess",
            "deep wound",
        ),
    ),
    ("T81.41XA", ("superficial", "subcutaneous abscess", "stitch abscess", "skin and subcutaneous")),
)
_SEPSIS = ("sepsis", "septic", "septicemia")
_SHOCK = ("septic shock",)
_ORGANISM = ("A40", "A41", "B37.7")
_OBSTETRIC = ("O86",)


def add_surgical_infections(note: Note, picks: Picks) -> Picks:
    """The picks with the depth of an infection that a diagnosis lays to a procedure, and with its sepsis."""
    if any(begins_with(pick.code, _OBSTETRIC) for pick in live(picks)):
        return picks
    out = dict(picks)
    for told in sentences_telling(note, _AFTER):
        after = told.any_of(_AFTER) if told.section in diagnosed_in(note) else None
        if after is None or not is_told(note, after):
            continue
        _infection(note, out, told)
        _sepsis(note, out, told)
    return out


def _infection(note: Note, picks: Picks, told: Told) -> None:
    infected = told.any_of(_INFECTED)
    if infected is None or not is_told(note, infected):
        return
    for code, words in _DEPTHS:
        place = told.any_of(words)
        if place is None:
            continue
        for pick in live(picks):
            if pick.code.startswith(("T81.40", "T81.49", "T81.41", "T81.42")) and pick.code != code:
                reason = guideline("Section I.C.1.d.5.b", "the depth is stated", ("as", code))
                picks[pick.code] = pick.drop(reason)
        reason = guideline("Section I.C.1.d.5.b", "an infection after a procedure, by its depth")
        add_pick(picks, code, mention_of(note, code, *place), reason)
        return


def _sepsis(note: Note, picks: Picks, told: Told) -> None:
    place = told.any_of(_SEPSIS)
    if place is None or not is_told(note, place):
        return
    reason = guideline("Section I.C.1.d.5.b", "sepsis that a procedure led to")
    add_pick(picks, "T81.44XA", mention_of(note, "T81.44XA", *place), reason)
    if told.any_of(_SHOCK):
        add_pick(picks, "T81.12XA", mention_of(note, "T81.12XA", *place), reason)
        shock = picks.get("R65.21")
        if shock is not None and shock.dropped is None:
            picks["R65.21"] = shock.drop(guideline("Section I.C.1.d.5.b", "contained in T81.12XA"))
    if not any(begins_with(pick.code, _ORGANISM) for pick in live(picks)):
        add_pick(picks, "A41.9", mention_of(note, "A41.9", *place), reason)
