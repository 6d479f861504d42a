"""A fracture that was fixed and is followed is no past fracture: it is coded while it heals (Section I.C.19.c.1)."""

from __future__ import annotations

import re

from attrs import evolve

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.injuries.fractures import FRACTURES
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_BONES = ("S02", *FRACTURES)
_FOLLOWED = word_set(
    "orif crpp fixation pinning nailing nail plating plate healing healed cast casted splint boot week wk weeks wks"
    " union nonunion malunion union immobilized immobilization routine subsequent postop"
)
_STITCHES = word_set("stitch stitches suture sutures staple staples steri")
_WOUND = re.compile(r"S[0-9]1\.")
_PAST = word_set("history childhood remote old prior previous year years ago")


def keep_healing_fractures(note: Note, picks: Picks) -> Picks:
    """The picks with the fracture of a diagnosis list that the words call past but whose line tells its follow-up."""
    if any(begins_with(pick.code, _BONES) for pick in live(picks)):
        return picks
    out = dict(picks)
    for pick in picks.values():
        if pick.dropped is None or not begins_with(pick.code, _BONES):
            continue
        followed = tuple(mention for mention in pick.mentions if _is_followed(note, mention))
        if followed:
            reason = guideline("Section I.C.19.c.1", "the fracture is followed while it heals")
            out[pick.code] = evolve(pick, dropped=None, mentions=followed).explain(reason)
    return out


def keep_healed_wounds(note: Note, picks: Picks) -> Picks:
    """The picks with the wound of a diagnosis list that has healed and whose stitches come out (Section I.C.19.a).

    What follows a wound is coded with the wound and its seventh character, not with aftercare (I.C.21.c.7).
    """
    if not _STITCHES.intersection(note.words.forms):
        return picks
    out = dict(picks)
    for pick in picks.values():
        if pick.dropped is None or not _WOUND.match(pick.code):
            continue
        healed = tuple(
            m
            for m in pick.mentions
            if m.section in DIAGNOSTIC and m.asserted.assertion is Assertion.HISTORICAL
        )
        if healed:
            reason = guideline("Section I.C.19.a", "the wound is seen again while it heals")
            out[pick.code] = evolve(pick, dropped=None, mentions=healed).explain(reason)
    return out


def _is_followed(note: Note, mention: Mention) -> bool:
    if mention.section not in DIAGNOSTIC or mention.asserted.assertion is not Assertion.HISTORICAL:
        return False
    sentence = note.sentence_at(mention.first)
    forms = note.words.forms[sentence.first : sentence.last]
    return bool(_FOLLOWED.intersection(forms)) and not _PAST.intersection(forms)
