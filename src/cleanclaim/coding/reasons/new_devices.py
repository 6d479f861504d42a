"""What was put in or taken out at this very stay is a procedure and no status (Section I.C.21.c.3)."""

from __future__ import annotations

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_DEVICES = ("Z95.5", "Z95.0", "Z95.1", "Z95.2", "Z95.3", "Z95.4", "Z95.810", "Z95.82", "Z96.6", "Z98.61")
_BEFORE = word_set(
    "prior previous previously history status s existing known old ago has had with since from underwent year former"
    " remote past in known chronic home artificial prosthetic patent restenosis thrombosis"
)
_NOW = word_set(
    "placed deployed implanted inserted performed opened one two successful successfully new received electively"
    " elective planned scheduled"
)
_STAY_SECTIONS = frozenset(
    ("opening", "hospital_course", "principal_dx", "procedure", "findings", "discharge_dx")
)
_AFTERCARE = ("Z48.0", "Z48.8")
_REMOVED = ("Z90", "Z89")
# What tells that an organ or a limb was gone before the stay.
_GONE = word_set(
    "prior previous previously history hx h status s existing old ago had former remote past post since year absent"
    " absence missing healed stump congenital surgically lost known chronic prosthesis"
)
_GONE_SECTIONS = frozenset(("pmh", "psh", "problem_list", "social_history", "exam", "medications"))


def drop_new_devices(note: Note, picks: Picks, setting: Setting) -> Picks:
    """The picks without the status of what this stay itself put in, and without aftercare inside a stay."""
    if setting is not Setting.INPATIENT:
        return picks
    out = dict(picks)
    # The artery of an infarction of this stay is opened at this stay.
    opened = any(pick.code.startswith(("I21", "I22")) for pick in live(picks))
    for pick in live(picks):
        if begins_with(pick.code, _DEVICES) and (
            all(_of_this_stay(note, one) for one in pick.mentions)
            or (opened and pick.code == "Z95.5" and not any(_gone_before(note, one) for one in pick.mentions))
        ):
            reason = guideline("Section I.C.21.c.3", "done at this stay: a procedure and no status")
            out[pick.code] = pick.drop(reason)
        elif begins_with(pick.code, _REMOVED) and not any(_gone_before(note, one) for one in pick.mentions):
            reason = guideline("Section I.C.21.c.3", "taken out at this stay: a procedure and no status")
            out[pick.code] = pick.drop(reason)
        elif begins_with(pick.code, _AFTERCARE) and not pick.diagnostic:
            out[pick.code] = pick.drop(guideline("Section I.C.21.c.7", "care within the stay itself"))
    return out


def _gone_before(note: Note, mention: Mention) -> bool:
    """Whether the words around an operation tell that it was before the stay ("s/p left BKA", "colectomy 2019")."""
    if mention.section in _GONE_SECTIONS or (
        begins_with(mention.term.name, _REMOVED)
        and "status" in mention.term.flags
        and mention.section in DIAGNOSTIC
    ):
        return True
    sentence = note.sentence_at(mention.first)
    forms = note.words.forms[sentence.first : sentence.last]
    return bool(_GONE.intersection(forms)) or any(_is_year(form) for form in forms)


def _is_year(form: str) -> bool:
    return len(form) == 4 and form.isdecimal() and form.startswith(("19", "20"))


def _of_this_stay(note: Note, mention: Mention) -> bool:
    if mention.section not in _STAY_SECTIONS:
        return False
    sentence = note.sentence_at(mention.first)
    forms = note.words.forms[sentence.first : sentence.last]
    told_year = any(_is_year(form) for form in forms)
    before = note.words.forms[max(sentence.first, mention.first - 6) : mention.first]
    earlier = _BEFORE.intersection(before) - ({"with", "in"} if _NOW.intersection(forms) else set())
    now = mention.section == "procedure" or bool(_NOW.intersection(forms))
    return now and not told_year and not earlier
