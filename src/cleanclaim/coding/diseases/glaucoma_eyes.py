"""Glaucoma by kind, eye and stage, as the lines of the diagnoses tell them: H40.1 and H40.2 (Section I.C.7.a)."""

from __future__ import annotations

import datetime as dt

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_telling
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_KINDS = (
    ("H40.12", ("low tension glaucoma", "normal tension glaucoma", "ntg")),
    ("H40.13", ("pigmentary glaucoma",)),
    ("H40.14", ("pseudoexfoliation glaucoma", "pseudoexfoliative glaucoma", "exfoliation glaucoma")),
    ("H40.22", ("chronic angle closure glaucoma", "chronic primary angle closure glaucoma", "cacg")),
    ("H40.11", ("primary open angle glaucoma", "poag", "open angle glaucoma", "coag")),
)
_EVERY = tuple(name for _, names in _KINDS for name in names)
_EYES = {"od": "1", "right": "1", "os": "2", "left": "2", "ou": "3", "both": "3", "bilateral": "3"}
_STAGES = {"mild": "1", "early": "1", "moderate": "2", "severe": "3", "advanced": "3", "indeterminate": "4"}
_BOTH = "3"


def add_glaucoma_eyes(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with the glaucoma of each eye at its stage, in place of codes that leave eye or stage open."""
    found: dict[str, tuple[int, int]] = {}
    for told in sentences_telling(note, _EVERY):
        kind = next(((code, at) for code, names in _KINDS if (at := told.any_of(names))), None)
        if told.section not in DIAGNOSTIC or kind is None or not is_told(note, kind[1]):
            continue
        for eye, stage in _eyes_and_stages(told, kind[1][1]).items():
            code = f"{kind[0]}{eye}{stage}"
            entry = book.find("ICD-10-CM", code, on)
            if entry is not None and entry.billable:
                found[code] = kind[1]
    if not found:
        return picks
    out = dict(picks)
    for pick in live(out):
        if pick.code.startswith("H40.") and pick.code not in found and _gives_way(pick.code, found):
            out[pick.code] = pick.drop(guideline("Section I.C.7.a.1", "eye and stage are told"))
    for code, place in found.items():
        reason = guideline("Section I.C.7.a.1", "glaucoma by its kind, the eye and the stage")
        add_pick(out, code, mention_of(note, code, *place), reason)
    return out


def _gives_way(code: str, found: dict[str, tuple[int, int]]) -> bool:
    """Whether a code is of a kind that was found, or of none."""
    return code[:6] in {one[:6] for one in found} or code in {"H40.9", "H40.10X0"}


def _eyes_and_stages(told: Told, after: int) -> dict[str, str]:
    """Eye -> stage, from the words behind the name, else from those before it; each eye has the stage nearest to it."""
    words = told.text.split()
    place = after - told.first
    near = words[place:] if any(word in _EYES for word in words[place:]) else words
    eyes = [(at, _EYES[word]) for at, word in enumerate(near) if word in _EYES]
    staged = near if any(word in _STAGES for word in near) else words
    stages = [(at, _STAGES[word]) for at, word in enumerate(staged) if word in _STAGES]
    found = {eye: min(stages, key=lambda one: abs(one[0] - at), default=(0, "0"))[1] for at, eye in eyes}
    if len(eyes) == len(stages) > 1:
        # "OS moderate, OD mild": each eye with the stage of its place in the row.
        found = {eye: stage for (_, eye), (_, stage) in zip(eyes, stages, strict=True)}
    if _BOTH in found:
        return {_BOTH: found[_BOTH]}
    if set(found) == {"1", "2"} and len(set(found.values())) == 1:
        return {_BOTH: found["1"]}
    return found
