"""Lasting illnesses told with their treatment in one breath, outside the list of the day's diagnoses (Section IV.J).

"She has psoriatic arthritis, on methotrexate", "ESRD on CCPD", "PMH: hypothyroidism (levothyroxine)": an illness
that is under treatment coexists and is coded, though the list below names what the visit was for.
"""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import MARKS, word_set

_TOLD_IN = frozenset(("opening", "hpi", "pmh", "problem_list", "chief_complaint"))
_REACH = 9
_UNTREATED = word_set(
    "off stopped stop discontinued declined refused refuses never no not without intolerant until past previously"
)
_BY_MACHINE = word_set("hemodialysis hd ccpd capd cpap bipap dialysis")
_CLASSES = (
    *(
        "rx",
        "insulin",
        "oral_antidiabetic",
        "injectable_antidiabetic",
        "anticoagulant",
        "methotrexate",
        "biologic",
    ),
    *(
        "biologic_more",
        "jak_inhibitor",
        "calcineurin_inhibitor",
        "nucleotide_inhibitor",
        "hydroxychloroquine",
    ),
    *("hydroxyurea", "inhaled_steroid", "long_steroid", "bisphosphonate", "aromatase_inhibitor", "tamoxifen"),
)


def add_treated_beside(note: Note, picks: Picks, candidates: Candidates) -> Picks:
    """The picks, with lasting illnesses proposed that the story tells together with their treatment."""
    waiting = [pick for pick in picks.values() if _may_be_treated(pick)]
    # What a stay treated has rules of its own.
    if not waiting or note.kind == "discharge":
        return picks
    out = dict(picks)
    medicines = sorted((m.first, m.last) for name in _CLASSES for m in candidates.concept(name) if m.affirmed)
    machines = [(at, at + 1) for at, form in enumerate(note.words.forms[:8000]) if form in _BY_MACHINE]
    listed = {pick.code[:3] for pick in live(picks) if pick.diagnostic}
    for pick in waiting:
        if pick.code[:3] in listed and pick.code[0] != "E":
            continue
        treated = tuple(
            m for m in pick.mentions if _told(m) and _with_treatment(note, m, medicines + machines)
        )
        if treated:
            reason = guideline("Section IV.J", "a lasting illness that the note tells with its treatment")
            out[pick.code] = evolve(pick, mentions=treated, because=(reason,), dropped=None)
    return out


def _may_be_treated(pick: Pick) -> bool:
    return pick.unassessed and "chronic" in pick.flags and pick.code[0] not in "RZ"


def _told(mention: Mention) -> bool:
    return mention.section in _TOLD_IN and mention.asserted.assertion is Assertion.AFFIRMED


def _with_treatment(note: Note, mention: Mention, treatments: list[tuple[int, int]]) -> bool:
    """Whether a treatment stands close behind an illness in the same breath, and is not one that ended."""
    forms = note.words.forms
    sentence = note.sentence_at(mention.first)
    for first, last in treatments:
        if mention.last <= first <= mention.last + _REACH and first < sentence.last:
            between = forms[mention.last : first]
            if not MARKS.intersection(between) and not _UNTREATED.intersection(
                (*between, *forms[last : last + 2])
            ):
                return True
    return False
