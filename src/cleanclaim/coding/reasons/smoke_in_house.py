"""Tobacco smoke that others make where the patient lives: Z77.22, however it is told (Section I.C.21.c.3)."""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.worked_out import UNREAD, add_pick, mention_of
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_CODE = "Z77.22"
_OTHERS = word_set(
    "dad father mom mother parent parents grandmother grandma grandfather grandpa wife husband spouse partner"
    " roommate roommates uncle aunt sibling brother sister boyfriend girlfriend caregiver caregivers family"
    " stepfather stepmother babysitter household grandparents uncles aunt cousin brothers sisters son daughter landlord"
)
_SMOKES = word_set("smokes smoke smoking smoker smokers vapes")
_PLACES = word_set(
    "house home car indoors inside apartment household room flat kitchen truck van condo trailer"
)
_DENIED = word_set(
    "nobody no not never outside outdoors only quit stopped none denies non nonsmoking detector detectors"
)
_REACH = 6
_UNREAD = UNREAD - {"family_history"}


def add_smoke_in_house(note: Note, picks: Picks) -> Picks:
    """The picks with Z77.22 where somebody is said to smoke in the patient's house or car."""
    forms = note.words.forms
    if not _SMOKES.intersection(forms) or any(begins_with(pick.code, ("F17", _CODE)) for pick in live(picks)):
        return picks
    for place, form in enumerate(forms[:20_000]):
        if form not in _SMOKES or note.section_at(place).kind in _UNREAD:
            continue
        sentence = note.sentence_at(place)
        low, high = max(sentence.first, place - _REACH), min(sentence.last, place + _REACH + 1)
        near = {
            forms[at]
            for at in range(low, high)
            if not (forms[at] == "quit" and forms[at + 1 : at + 2] in (["line"], ["card"], ["plan"], ["kit"]))
        }
        if near & _OTHERS and set(forms[place + 1 : high]) & _PLACES and not near & _DENIED:
            out = dict(picks)
            reason = guideline("Section I.C.21.c.3", "others smoke where the patient lives")
            add_pick(out, _CODE, mention_of(note, _CODE, low, high), reason)
            return out
    return picks
