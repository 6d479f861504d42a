"""What was found and treated with the hands at the visit, though the list below does not name it (Section IV.J).

"R: impacted cerumen, removed under the microscope", "callus under the first head: pared", "abscess of the thigh,
drained": the findings tell both the disease and what was done for it.
"""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_TOLD_IN = word_set("opening hpi exam results procedure findings ed_course plan")
_REACH = 9
_DONE = word_set(
    "removed pared debrided frozen cauterized cauterised drained excised snipped lanced irrigated trimmed curetted"
    " extracted destroyed avulsed aspirated reduced injected disimpacted cryotherapy ln2 cryo desiccated banded"
    " electrodesiccated treated lavaged"
)
_NOT_TODAY = word_set(
    "ago previously prior last before elsewhere year years month months week weeks history since earlier already"
    " childhood scheduled planned will would to be if may could should consider not never no without yesterday when"
)
_MANY = frozenset(("operative", "discharge", "inpatient", "radiology", "lab", "delivery"))


def add_treated_at_visit(note: Note, picks: Picks) -> Picks:
    """The picks, with diseases proposed that the findings tell together with what was done for them."""
    if note.kind in _MANY or _DONE.isdisjoint(note.words.forms):
        return picks
    listed = {pick.code[:3] for pick in live(picks) if pick.diagnostic}
    out = dict(picks)
    for pick in picks.values():
        if not pick.unassessed or pick.code[0] in "RVWXYZCDIST" or pick.code[:3] in listed:
            continue
        treated = tuple(m for m in pick.mentions if _is_treated(note, m))
        if treated:
            reason = guideline("Section IV.J", "found and treated at this visit")
            out[pick.code] = evolve(pick, mentions=treated, because=(reason,), dropped=None)
    return out


def _is_treated(note: Note, mention: Mention) -> bool:
    if mention.section not in _TOLD_IN or mention.asserted.assertion is not Assertion.AFFIRMED:
        return False
    forms = note.words.forms
    sentence = note.sentence_at(mention.first)
    behind = forms[mention.last : min(sentence.last, mention.last + _REACH)]
    done = next((at for at, form in enumerate(behind) if form in _DONE), None)
    if done is None:
        return False
    near = forms[max(sentence.first, mention.first - 4) : min(sentence.last, mention.last + done + 5)]
    year = any(form.isdecimal() and len(form) == 4 and form.startswith(("19", "20")) for form in near)
    return not year and _NOT_TODAY.isdisjoint(near)
