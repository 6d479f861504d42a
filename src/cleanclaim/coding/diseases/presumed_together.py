"""A disease of the story that the list leaves unsaid, where the guidelines presume it behind one that is listed.

Hypertension with heart failure or chronic kidney disease, diabetes with what its "with" subterms name: the two are
one combination code even where no list joins them (Sections I.A.15, I.C.4.a, I.C.9.a), so the first belongs to what
the list assessed.
"""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.lexicon import rules
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.documents.note import Note

_TOLD_IN = frozenset(
    ("opening", "hpi", "pmh", "problem_list", "chief_complaint", "medications", "indication", "interval")
)
_FOUND_IN = frozenset(("exam", "results", "findings", "study", "vitals"))


def add_presumed(note: Note, picks: Picks) -> Picks:
    """The picks, with those proposed that the story names and that a listed disease presumes."""
    waiting = [pick for pick in picks.values() if pick.unassessed]
    if not waiting:
        return picks
    out = dict(picks)
    listed = [pick.code for pick in live(picks) if pick.diagnostic]
    for rule in rules()["presumed_together"]:
        beside = next((code for code in listed if code.startswith(tuple(rule["listed"]))), None)
        if beside is None or any(code.startswith(tuple(rule["unless"])) for code in listed):
            continue
        for pick in waiting:
            told = _told(pick, found=rule.get("found", False)) if pick.code in rule["told"] else ()
            if told:
                reason = guideline(rule["where"], rule["text"], ("beside", beside))
                out[pick.code] = evolve(pick, mentions=told, because=(reason,), dropped=None)
    return out


def _told(pick: Pick, *, found: bool) -> tuple[Mention, ...]:
    """Where the story tells a lasting disease, or the findings what was found."""
    if not found and "chronic" not in pick.flags:
        return ()
    sections = _TOLD_IN | _FOUND_IN if found else _TOLD_IN
    return tuple(mention for mention in pick.mentions if mention.section in sections and mention.affirmed)
