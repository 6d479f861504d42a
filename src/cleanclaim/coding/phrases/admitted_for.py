"""What the story of a stay says the patient was admitted for, where no list names the diagnoses (Section II).

"Admitted because of acute kidney injury from dehydration", "the diagnosis is acute endocarditis": the condition that
occasioned the admission goes first, though the story told the gastroenteritis and the gout before.
"""

from __future__ import annotations

import re

from attrs import evolve

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.picks import Pick, Picks, live
from cleanclaim.documents.note import Note

_CALLED = re.compile(
    r"\b(?:the|our|my|final|principal|discharge|working|main) (?:final |principal |discharge |main )?"
    r"diagnosis (?:is|was|proved to be|turned out to be)\b"
)
_BECAUSE = re.compile(
    r"\b(?:admitted|hospitali[sz]ed|admission|kept|stay|here|came in|brought in|taken in|in hospital)\b"
    r"(?: (?!with\b|for\b)\w+){0,5}? (?:because of|on account of|due to|owing to|was for|is for)\b"
)
_FOR = re.compile(
    r"\b(?:admitted|hospitali[sz]ed|readmitted)\b(?: (?:to|by|under|on|from|the|our|my|\w+ (?:service|ward|unit|floor)|"
    r"icu|medicine|\w+day|today|last|night)){0,6} (?:for|with)\b"
)
_WAYS = (_CALLED, _BECAUSE, _FOR)
_NEAR = 45
_MOST = 400
_STORY = frozenset(("opening", "hpi", "chief_complaint", "hospital_course", "ed_course", "indication"))


def with_reason_told(note: Note, picks: Picks) -> Picks:
    """The picks of a stay without a list, with the disease that the story says it was for as its principal one."""
    if any(pick.diagnostic for pick in live(picks)):
        return picks
    told = [
        (rank, mention.first, pick, mention)
        for pick in live(picks)
        if not pick.is_symptom()
        and pick.code[0] not in "VWXYZ"
        and not pick.code.startswith(("B95", "B96", "B97"))
        for mention in pick.mentions
        if mention.affirmed and mention.section in _STORY
        for rank in [_way(note, mention)]
        if rank is not None
    ]
    if not told:
        return picks
    _, _, pick, mention = min(told, key=lambda one: one[:2])
    return {**picks, pick.code: _principal(pick, mention)}


def _principal(pick: Pick, mention: Mention) -> Pick:
    return evolve(pick, mentions=(evolve(mention, section="principal_dx"), *pick.mentions))


def _way(note: Note, mention: Mention) -> int | None:
    """Which of the ways of saying so stands right before a disease in its sentence, the surest first."""
    sentence = note.sentence_at(mention.first)
    start = max(note.words.starts[sentence.first], mention.span.start - _MOST)
    before = note.text[start : mention.span.start].lower()
    for rank, pattern in enumerate(_WAYS):
        said = [found.end() for found in pattern.finditer(before)]
        if said and len(before) - said[-1] <= _NEAR and not re.search(r"[,;:]", before[said[-1] :]):
            return rank
    return None
