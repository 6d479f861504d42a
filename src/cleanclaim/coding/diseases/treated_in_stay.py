"""Other diagnoses of a stay (Section III): what the course tells with its treatment, beside the list of diagnoses.

"Hypokalemia 3.1, replaced IV", "hypothyroidism, levothyroxine raised": a condition that was treated, watched or
prolonged the stay is reported, though the physician's list names only what the patient came for.
"""

from __future__ import annotations

from attrs import evolve

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.births.birth_records import is_newborn_record
from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.medicines.drug_groups import drugs_in
from cleanclaim.coding.picks import Pick, Picks, guideline
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_TOLD_IN = frozenset(
    ("opening", "hpi", "pmh", "problem_list", "hospital_course", "ed_course", "plan", "procedure")
)
_TREATED = frozenset(("unit", "fluid", "antibiotic")) | word_set(
    "replaced repleted corrected transfused treated started continued continues raised increased reduced adjusted"
    " titrated resumed restarted managed controlled given saline drained debrided intubated dialyzed"
    " dialysis supplemented units prbc transfusion bolus fluids iv stable monitored consulted antibiotics"
)
_NOT_HERE = word_set("refused declined stopped discontinued never considered excluded")
_DISEASES = "ABCDEFGHIJKLMN"
# What a scan calls so is a finding and no disease under treatment.
_FINDINGS = ("I51.8", "I51.7", "I51.9", "J98.4")
_STORY = frozenset(("opening", "hpi", "chief_complaint"))
_DANGERS = ("R45.851", "R45.850")
# What bears on any care of a stay, treated or not (Section III and its reporting of lasting systemic conditions).
_ALWAYS_THERE = (
    *("G82", "G80", "G35", "G20", "G12.2", "G71.0", "G10", "Q90", "F70", "F71", "F72", "F73", "F79", "F84.0"),
    *("B20", "D57", "E84", "N31", "I69", "F02", "F03", "G30"),
)
_LASTING = "DEFGIJKN"


def add_treated_in_stay(note: Note, picks: Picks, setting: Setting) -> Picks:
    """The picks of a stay with the diseases that its course tells together with a treatment, or that last."""
    if setting is Setting.OUTPATIENT or is_newborn_record(note):
        return picks
    out = _with_danger(picks)
    if setting is not Setting.INPATIENT:
        return out
    for pick in picks.values():
        if not pick.unassessed or pick.code[0] not in _DISEASES or pick.code.startswith(_FINDINGS):
            continue
        told = tuple(mention for mention in pick.mentions if _is_treated(note, pick, mention))
        if told:
            reason = guideline(
                "Section III", "treated or watched during the stay, beside what the list names"
            )
            out[pick.code] = evolve(pick, mentions=told, because=(reason,), dropped=None)
    return out


def _with_danger(picks: Picks) -> Picks:
    """The picks with thoughts of suicide or of killing, which no disorder contains."""
    out = dict(picks)
    for code in _DANGERS:
        pick = picks.get(code)
        if pick is None or not pick.unassessed:
            continue
        told = tuple(
            mention
            for mention in pick.mentions
            if mention.section in _STORY and mention.asserted.assertion is Assertion.AFFIRMED
        )
        if told:
            reason = guideline("Section I.B.5", "no part of the disorder itself: coded where it is told")
            out[code] = evolve(pick, mentions=told, because=(reason,), dropped=None)
    return out


def _is_treated(note: Note, pick: Pick, mention: Mention) -> bool:
    if mention.section not in _TOLD_IN or mention.asserted.assertion is not Assertion.AFFIRMED:
        return False
    sentence = note.sentence_at(mention.first)
    forms = note.words.forms
    said = forms[sentence.first : sentence.last]
    if _NOT_HERE.intersection(said):
        return False
    behind = forms[mention.last : sentence.last]
    if mention.section == "procedure":
        # A line behind the procedures that names an illness with its drug ("Hyperlipidemia, statin continued").
        return "chronic" in pick.flags and bool(drugs_in(forms, mention.last, sentence.last))
    if pick.code.startswith(_ALWAYS_THERE) and mention.section in _STORY | {"pmh"}:
        return True
    treated = bool(_TREATED.intersection(behind)) or bool(drugs_in(forms, mention.last, sentence.last))
    return treated or ("chronic" in pick.flags and mention.section == "pmh" and pick.code[0] in _LASTING)
