"""Eyes told one by one with a stage each ("POAG OS moderate, OD mild"): a code for each eye (Section I.C.7.a).

Glaucoma bears kind, eye and stage as characters of its code, in H40.1 and H40.2; for other diseases of the eye the
titles of the code book name side and stage.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.leaves import SIDES, resolve
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_telling
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import CLAUSE_BREAK

_ONE_EYE = {"od": "right", "right": "right", "os": "left", "left": "left"}
_EYES = {**_ONE_EYE, "ou": "both", "both": "both", "bilateral": "both"}
_EYE_CHARACTERS = {"right": "1", "left": "2", "both": "3"}
_STAGES = {"mild": "1", "early": "1", "moderate": "2", "severe": "3", "advanced": "3", "indeterminate": "4"}
_NO_STAGE = "0"
_GLAUCOMAS = (
    ("H40.12", ("low tension glaucoma", "normal tension glaucoma", "ntg")),
    ("H40.13", ("pigmentary glaucoma",)),
    ("H40.14", ("pseudoexfoliation glaucoma", "pseudoexfoliative glaucoma", "exfoliation glaucoma")),
    ("H40.22", ("chronic angle closure glaucoma", "chronic primary angle closure glaucoma", "cacg")),
    ("H40.11", ("primary open angle glaucoma", "poag", "open angle glaucoma", "coag")),
)
_EVERY_GLAUCOMA = tuple(name for _, names in _GLAUCOMAS for name in names)


def add_eye_by_eye(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with the code of each eye at its stage, in place of codes that leave eye or stage open."""
    return _add_glaucoma(note, _add_by_titles(note, picks, book, on), book, on)


def _add_by_titles(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with the code of each eye where the clauses of a line tell a stage for either eye."""
    out = dict(picks)
    for pick in live(out):
        if not pick.code.startswith(("H25", "H35", "H40")) or not pick.diagnostic:
            continue
        for mention in pick.mentions[:3]:
            if _others_beside(note, pick, out):
                continue
            found = _by_clauses(note, mention, book, on)
            if found and pick.code not in found:
                out[pick.code] = pick.drop(guideline("Section I.C.7.a", "each eye has its own stage"))
            for code in found:
                reason = guideline("Section I.C.7.a", "the stage of each eye is told")
                out.setdefault(code, evolve(pick, code=code, inferred=True).explain(reason))
    return out


def _others_beside(note: Note, pick: Pick, picks: Picks) -> bool:
    """Whether another disease of the eye stands in the same sentence: its eye is not this one's."""
    sentences = {note.sentence_at(mention.first).first for mention in pick.mentions}
    return any(
        note.sentence_at(mention.first).first in sentences
        for other in live(picks)
        if other.code != pick.code and other.code[0] == "H"
        for mention in other.mentions
    )


def _by_clauses(note: Note, mention: Mention, book: CodeBook, on: dt.date) -> tuple[str, ...]:
    """The codes of both eyes where two clauses of a sentence name one eye each and differ in more than the eye."""
    sentence = note.sentence_at(mention.first)
    found: dict[str, str] = {}
    for begin, end in _clauses(note, sentence.first, sentence.last):
        forms = note.words.forms[begin:end]
        sides = {_ONE_EYE[form] for form in forms if form in _ONE_EYE}
        if len(sides) != 1:
            continue
        code = resolve(book, mention.term.name, frozenset(forms) - SIDES | sides, on)
        entry = billable_entry(book, code, on)
        side = sides.pop()
        if entry is None or side not in entry.title.lower() or side in found:
            return ()
        found[side] = entry.code
    distinct = {code[:-2] + code[-1:] for code in found.values()}
    return tuple(found.values()) if len(found) == len(distinct) == 2 else ()


def _clauses(note: Note, first: int, last: int) -> list[tuple[int, int]]:
    cuts = [place for place in note.words.commas if first < place < last]
    cuts += [at for at in range(first, last) if note.words.forms[at] in {CLAUSE_BREAK, "and"}]
    edges = sorted({first, *cuts, last})
    return list(pairwise(edges))


def _add_glaucoma(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with the glaucoma of each eye as the lines of the diagnoses tell it."""
    found: dict[str, tuple[int, int]] = {}
    for told in sentences_telling(note, _EVERY_GLAUCOMA):
        kind = next(((code, at) for code, names in _GLAUCOMAS if (at := told.any_of(names))), None)
        if told.section not in DIAGNOSTIC or kind is None or not is_told(note, kind[1]):
            continue
        for eye, stage in _eyes_and_stages(told, kind[1][1]).items():
            entry = billable_entry(book, f"{kind[0]}{_EYE_CHARACTERS[eye]}{stage}", on)
            if entry is not None:
                found[entry.code] = kind[1]
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
    found = {
        eye: min(stages, key=lambda one: abs(one[0] - at), default=(0, _NO_STAGE))[1] for at, eye in eyes
    }
    if len(eyes) == len(stages) > 1:
        # "OS moderate, OD mild": each eye with the stage of its place in the row.
        found = {eye: stage for (_, eye), (_, stage) in zip(eyes, stages, strict=True)}
    if "both" in found:
        return {"both": found["both"]}
    if len(found) == 2 and len(set(found.values())) == 1:
        return {"both": found["right"]}
    return found
