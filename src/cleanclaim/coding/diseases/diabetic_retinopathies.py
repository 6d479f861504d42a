"""Diabetic retinopathy by kind of diabetes, stage, edema and eye: E08 to E13 with .3 (Section I.C.4.a)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from itertools import pairwise

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_told
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_NONPROLIFERATIVE = ("npdr", "nonproliferative", "non proliferative")
_PROLIFERATIVE = ("pdr", "proliferative")
_STAGES = (("4", ("severe",)), ("3", ("moderate",)), ("2", ("mild", "minimal")))
_EDEMA = (
    "macular edema",
    "dme",
    "csme",
    "cme",
    "ci dme",
    "cidme",
    "macular swelling",
    "swelling of the macula",
    "macular thickening",
)
_NO_EDEMA = (
    *("without macular edema", "no macular edema", "without dme", "no dme", "w o macular edema", "w o dme"),
    *("without me", "no csme", "without csme", "without diabetic macular edema", "no diabetic macular edema"),
    *(
        "without macular swelling",
        "no macular swelling",
        "macula flat",
        "macula dry",
        "without macular thickening",
    ),
    *("no me", "no cme", "no edema", "without edema", "without clinically significant macular edema"),
)
_NO_FINDINGS = frozenset(("pmh", "psh", "plan", "medications"))
_TRACTION = ("traction", "tractional", "trd")
_MACULA = (
    "involving macula",
    "involving the macula",
    "macula involving",
    "macula off",
    "macular involvement",
)
_ONE_EYE = {"od": "right", "right": "right", "os": "left", "left": "left"}
_JOINTS = word_set("and but while whereas") | {";"}
_OPENING = word_set("npdr pdr nonproliferative proliferative severe moderate mild minimal stable quiescent")
_KINDS = ("E08", "E09", "E10", "E11", "E13")
_EYES = (
    ("3", ("both eyes", "ou", "bilateral", "bilaterally", "each eye")),
    ("1", ("right eye", "od", "right")),
    ("2", ("left eye", "os", "left")),
)


def add_diabetic_retinopathies(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with each diabetic retinopathy whose stage a diagnosis line tells, in place of lesser codes."""
    kind = next((k for k in _KINDS[::-1] if any(pick.code.startswith(k) for pick in live(picks))), None)
    if kind is None:
        return picks
    kind = "E10" if any(pick.code.startswith("E10") for pick in live(picks)) else kind
    out = dict(picks)
    for told in (part for sentence in _sentences(note, picks, kind) for part in _eye_by_eye(note, sentence)):
        place = told.any_of(_NONPROLIFERATIVE) or told.any_of(_PROLIFERATIVE)
        tail = _tail(told) if place and is_told(note, place) else ""
        eye = next((digit for digit, words in _EYES if told.any_of(words)), "9")
        code = f"{kind}.3{tail}{eye}"
        entry = billable_entry(book, code, on) if tail else None
        if place is None or entry is None:
            continue
        for pick in live(out):
            near = any(told.first <= m.first < told.last for m in pick.mentions)
            lesser = pick.code.startswith((f"{kind}.3", "H35.81", "H36", "H33.4", "E11.3", "E11.9", "H35.35"))
            if near and lesser and pick.code != code and pick.code[:5] != f"{kind}.36":
                out[pick.code] = pick.drop(guideline("Section I.C.4.a", f"contained in {code}"))
        for pick in live(out):
            if pick.code in {f"{kind}.9", f"{kind}.319", f"{kind}.311", "H35.00", "H36"}:
                out[pick.code] = pick.drop(guideline("Section I.C.4.a", f"contained in {code}"))
        reason = guideline("Section I.C.4.a", "stage, edema and eye of the retinopathy are said")
        add_pick(out, code, mention_of(note, code, *place), reason)
    return out


def _sentences(note: Note, picks: Picks, kind: str) -> list[Told]:
    """The diagnosis lines; where they leave the stage open ("retinopathy as above"), the findings that tell it."""
    every = list(sentences_told(note))
    listed = [told for told in every if told.section in diagnosed_in(note)]
    staged = any(told.any_of(_NONPROLIFERATIVE) or told.any_of(_PROLIFERATIVE) for told in listed)
    open_codes = (f"{kind}.319", f"{kind}.311", "H35.00", "H36")
    if staged or not any(pick.diagnostic and pick.code.startswith(open_codes) for pick in live(picks)):
        return listed
    found = [
        told
        for told in every
        if told.section not in _NO_FINDINGS
        and (told.any_of(_NONPROLIFERATIVE) or told.any_of(_PROLIFERATIVE))
        and _tail(told)
    ]
    return [*listed, *found[-1:]]


def _eye_by_eye(note: Note, told: Told) -> list[Told]:
    """A sentence that tells both eyes in two parts, each with its eye; any other as it is.

    "Severe NPDR OD with DME, moderate NPDR OS without", "OD: PDR; OS: mild NPDR": a part begins behind the comma or the
    "and" between the eyes that a stage, the disease or the other eye follows.
    """
    forms = note.words.forms
    eyes = [(at, _ONE_EYE[forms[at]]) for at in range(told.first, told.last) if forms[at] in _ONE_EYE]
    if {eye for _, eye in eyes} != {"right", "left"}:
        return [told]
    cuts = [told.first]
    for (at, eye), (behind, other) in pairwise(eyes):
        if eye != other:
            cuts.append(_cut(note, at + 1, behind))
    cuts.append(told.last)
    parts = []
    for begin, end in pairwise(cuts):
        if end > begin:
            parts.append(Told(f" {' '.join(forms[begin:end])} ", begin, end, told.section))
    return parts


def _cut(note: Note, low: int, high: int) -> int:
    """The place between two eyes where what is said of the second begins."""
    forms, commas = note.words.forms, note.words.commas
    joints = [
        at
        for at in range(low, high + 1)
        if forms[at - 1] in _JOINTS or bisect_left(commas, at) < bisect_right(commas, at)
    ]
    telling = [at for at in joints if forms[at] in _OPENING or forms[at] in _ONE_EYE]
    return (telling or joints or [high])[0]


def _tail(told: Told) -> str:
    """The fifth and sixth characters."""
    edema = bool(told.any_of(_EDEMA)) and not told.any_of(_NO_EDEMA)
    if told.any_of(_NONPROLIFERATIVE):
        stage = next((digit for digit, words in _STAGES if told.any_of(words)), "")
        return f"{stage}{1 if edema else 9}" if stage else ""
    if told.any_of(_TRACTION):
        return "52" if told.any_of(_MACULA) else "53"
    if told.any_of(("stable", "quiescent", "regressed")) and not edema:
        return "55"
    return f"5{1 if edema else 9}"
