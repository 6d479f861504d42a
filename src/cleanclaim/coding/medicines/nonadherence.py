"""Which regimen is not followed: nonadherence to a drug is that to medication, Z91.14 (Section I.C.21.c.17)."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.medicines.drug_groups import drugs_in
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_OPEN = ("Z91.19",)
_CLOSED = ("Z91.190", "Z91.198")
_TO_MEDICATION = "Z91.148"
_MEDICATION = word_set("medication medications medicine medicines meds pills tablets prescription insulin")
_LEADING = word_set("with to of his her their the home outpatient prescribed daily oral")
_MOST_BETWEEN = 4


def add_nonadherence(note: Note, picks: Picks) -> Picks:
    """The picks with nonadherence to a drug in place of nonadherence to treatment at large."""
    out = dict(picks)
    for pick in live(picks):
        if not pick.code.startswith(_OPEN) or pick.code in _CLOSED:
            continue
        if any(_to_a_drug(note, mention.last) for mention in pick.mentions):
            reason = guideline("Section I.C.21.c.17", "what is not taken is a drug", ("from", pick.code))
            out[pick.code] = pick.drop(guideline("Section I.B.2", f"the note calls for {_TO_MEDICATION}"))
            known = out.get(_TO_MEDICATION)
            if known is None or known.dropped is not None:
                out[_TO_MEDICATION] = evolve(pick, code=_TO_MEDICATION, inferred=True).explain(reason)
    return out


def _to_a_drug(note: Note, last: int) -> bool:
    """Whether a drug, or the word for it, follows behind "with" or "to"."""
    forms = note.words.forms
    place = last
    while place < min(len(forms), last + _MOST_BETWEEN) and forms[place] in _LEADING:
        place += 1
    return place > last and (
        bool(_MEDICATION.intersection(forms[place : place + 1]))
        or any(begin == place for begin, _, _ in drugs_in(forms, place, min(len(forms), place + 3)))
    )
