"""Routine examinations: the code that fits the age, and whether something abnormal was found (Section I.C.21.c.13)."""

from __future__ import annotations

from typing import NamedTuple

from attrs import evolve

from cleanclaim.coding.demographics import age_in_months
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.visit.problems import kind_of
from cleanclaim.documents.note import Note

_SECTION = "Section I.C.21.c.13"
_ADULT_MONTHS = 18 * 12
_FINDINGS = frozenset(("acute", "minor", "systemic", "complicated", "uncertain", "threat", "symptom"))


class _Examination(NamedTuple):
    """A kind of routine examination: its code without and with abnormal findings."""

    normal: str
    abnormal: str


_ADULT, _CHILD = _Examination("Z00.00", "Z00.01"), _Examination("Z00.129", "Z00.121")
_WOMAN = _Examination("Z01.419", "Z01.411")


def fit_examination(note: Note, picks: Picks) -> Picks:
    """Each routine examination by the age of the examined and by what was found at it.

    A chronic disease that is known and stable is no abnormal finding; an illness, an injury or a symptom that the
    diagnosis list names beside the examination is.
    """
    out = dict(picks)
    for pick in live(picks):
        kind = next((one for one in (_ADULT, _CHILD, _WOMAN) if pick.code in one), None)
        if kind is not None:
            _move(out, *_by_findings(picks, *_by_age(note, pick, kind)))
    return out


def _by_age(note: Note, pick: Pick, kind: _Examination) -> tuple[Pick, Pick, _Examination]:
    """A pick, what it becomes at the patient's age, and of which kind that is; under 18 the child's."""
    age = age_in_months(note)
    if kind is _WOMAN or age is None:
        return pick, pick, kind
    fitting = _CHILD if age[0] < _ADULT_MONTHS else _ADULT
    if fitting is kind:
        return pick, pick, kind
    reason = guideline(_SECTION, "a routine examination is coded by age", ("age", age[1].text))
    return pick, evolve(pick, code=fitting[kind.index(pick.code)]).explain(reason), fitting


def _by_findings(picks: Picks, old: Pick, new: Pick, kind: _Examination) -> tuple[Pick, Pick]:
    found = next((one for one in live(picks) if _is_finding(one)), None)
    if new.code != kind.normal or found is None:
        return old, new
    text = "something abnormal was found at the examination"
    return old, evolve(new, code=kind.abnormal).explain(guideline(_SECTION, text, ("finding", found.code)))


def _is_finding(pick: Pick) -> bool:
    """Whether it is news: in the diagnosis list, no status, no reason for a visit, no disease of years."""
    if not pick.diagnostic or pick.flags & {"chronic", "status", "encounter"}:
        return False
    return pick.code[0] not in "ZVWXY" and kind_of(pick.code) in _FINDINGS


def _move(out: Picks, old: Pick, new: Pick) -> None:
    """Put the code that fits in the place of the one that was written."""
    if new.code == old.code:
        return
    out[old.code] = old.drop(guideline(_SECTION, f"age and findings call for {new.code}"))
    if new.code not in out or out[new.code].dropped is not None:
        out[new.code] = new
