"""Dementia by cause, severity and what comes with it, from the words of one sentence (Section I.C.5.d)."""

from __future__ import annotations

from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.worked_out import (
    add_pick,
    body_sentences,
    folded,
    is_said,
    mention_of,
    problem_stretches,
)
from cleanclaim.documents.note import Note

_SEVERITY = {"mild": "A", "moderate": "B", "severe": "C", "advanced": "C", "end": "C"}
# Each category has its own character for a severity that is not stated.
_OPEN_SEVERITY = {"F01": "5", "F02": "8", "F03": "9"}
_IN_DISEASE = "F02"
# The Index gives Alzheimer's disease the code of its dementia beside its own (Disease, Alzheimer's [F02.8-]).
_NAMES_IN_ORDER = ("dementia", "neurocognitive", "alzheimer")
_NAMES = frozenset(_NAMES_IN_ORDER)


def add_dementias(note: Note, picks: Picks) -> Picks:
    """The picks with each dementia at its cause, severity and disturbance; said anywhere, it bears on the care."""
    if not _NAMES.intersection(note.words.forms):
        return picks
    for stretches in (problem_stretches(note), body_sentences(note)):
        for first, last in stretches:
            found = _dementia_in(note, first, last)
            if found is not None:
                return _with_dementia(note, picks, *_told_in_full(note, *found))
    return picks


def _told_in_full(
    note: Note, cause: str | None, codes: list[str], place: int
) -> tuple[str | None, list[str], int]:
    """A dementia of unsaid cause and severity, as the one other sentence of the story tells it that says both."""
    if cause is None and all(code.startswith("F03.") and code[4] != "9" for code in codes):
        cause = next((found for span in body_sentences(note) if (found := _cause_in(note, *span))), None)
        return cause, [code.replace("F03", "F02") for code in codes] if cause else codes, place
    if cause is not None or not all(code.startswith("F03.9") for code in codes):
        return cause, codes, place
    for first, last in body_sentences(note):
        other = _dementia_in(note, first, last)
        if other is not None and other[0] is not None and not first <= place < last:
            ends = {code[5:].removeprefix("0") or "0" for code in codes}
            own = [code for code in other[1] if not code.endswith("0")]
            if own or ends == {"0"}:
                return other[0], own or other[1], place
    return cause, codes, place


def _dementia_in(note: Note, first: int, last: int) -> tuple[str | None, list[str], int] | None:
    """(code of the cause, codes of the dementia, place) of a sentence that says dementia of the patient."""
    forms = note.words.forms
    place = next((at for name in _NAMES_IN_ORDER for at in range(first, last) if forms[at] == name), -1)
    if (
        place < 0
        or not is_said(note, place, place + 1)
        or forms[place + 1 : place + 2] in (["care"], ["unit"])
        or (forms[place] == "neurocognitive" and forms[place - 1] != "major")
        or (forms[place] == "alzheimer" and not _is_demented(note, first, last))
    ):
        return None
    table = families()["dementia"]
    cause = _cause_in(note, first, last)
    vascular = any(_at(note, text, first, last) for text in table["vascular"])
    severity = next((_SEVERITY[f] for f in _beside(forms, place, first, last) if f in _SEVERITY), "")
    disturbances = [
        str(tail) for tail, texts in table["with"].items() if any(_at(note, t, first, last) for t in texts)
    ]
    if "18" in disturbances and "11" in disturbances:
        disturbances.remove("18")
    heads = [_IN_DISEASE] if cause or _at(note, "classified elsewhere", first, last) else []
    heads += ["F01"] if vascular else []
    codes = [
        f"{head}.{severity or _OPEN_SEVERITY[head]}{tail}"
        for head in heads or ["F03"]
        for tail in disturbances or ["0"]
    ]
    return cause, codes, place


def _cause_in(note: Note, first: int, last: int) -> str | None:
    """The code of the disease that a sentence names as one that dementia stands on."""
    causes = families()["dementia"]["causes"]
    return next(
        (code for code, texts in causes.items() for text in texts if _at(note, text, first, last)), None
    )


def _is_demented(note: Note, first: int, last: int) -> bool:
    """Whether Alzheimer's disease is diagnosed with no word of an impairment that is no dementia yet."""
    listed = note.section_at(first).kind in DIAGNOSTIC
    forms = note.words.forms[first:last]
    milder = {"cognitive", "neurocognitive"} & set(forms) and {"mild", "impairment"} & set(forms)
    return listed and not milder and not {"mci", "prodromal", "preclinical"}.intersection(forms)


def _without(note: Note, place: int) -> bool:
    """Whether "without" stands before a place in its sentence: a list of what a dementia is without."""
    sentence = note.sentence_at(place)
    return "without" in note.words.forms[sentence.first : place]


def _beside(forms: list[str], place: int, first: int, last: int) -> list[str]:
    """The words around a place, nearest first."""
    spread = sorted(range(max(first, place - 8), min(last, place + 9)), key=lambda at: abs(at - place))
    return [forms[at] for at in spread]


def _at(note: Note, text: str, first: int, last: int) -> bool:
    words = folded(text)
    forms = note.words.forms
    return any(
        tuple(forms[at : at + len(words)]) == words and is_said(note, at, at + len(words))
        for at in range(first, last - len(words) + 1)
        if forms[at] == words[0]
    )


def _with_dementia(note: Note, picks: Picks, cause: str | None, codes: list[str], place: int) -> Picks:
    out = dict(picks)
    for pick in live(out):
        if pick.code.startswith(("F01", "F02", "F03")) and pick.code not in codes:
            text = "cause, severity and disturbance said beside it call for another code"
            out[pick.code] = pick.drop(guideline("Section I.C.5.d", text))
    sentence = note.sentence_at(place)
    for pick in live(out) if all(code.endswith("0") for code in codes) else []:
        within = all(sentence.first <= mention.first < sentence.last for mention in pick.mentions)
        if pick.code in {"F41.9", "F32.A", "F29", "F39"} and within and _without(note, pick.first):
            out[pick.code] = pick.drop(guideline("Section I.C.5.d", "the dementia is said to be without it"))
    reason = guideline("Section I.C.5.d", "dementia is coded by its cause, severity and disturbance")
    if cause is not None and not any(pick.code.startswith(cause[:3]) for pick in live(out)):
        add_pick(out, cause, mention_of(note, cause, place, place + 1), reason)
    for code in codes:
        add_pick(out, code, mention_of(note, code, place, place + 1), reason)
    return out
