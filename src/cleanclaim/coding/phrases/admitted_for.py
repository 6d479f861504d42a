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
_ACUTE = "ABDEGHIJKLMNOST"
_BESIDE_OTHERS = ("B95", "B96", "B97", "D62", "D63", "D64", "E87", "E86", "N17", "J96", "T8")
# Lasting illnesses that a story tells to say who the patient is; their acute kinds have other codes.
_BACKGROUND = (
    *(
        "I10",
        "I25.10",
        "I48.1",
        "I48.2",
        "I48.91",
        "E78",
        "E03",
        "E11.9",
        "E11.22",
        "E11.4",
        "K21",
        "N40",
        "M81",
    ),
    *(
        "J44.9",
        "J45.909",
        "J45.20",
        "J45.30",
        "J45.40",
        "J45.50",
        "G40.909",
        "G20",
        "F03",
        "G30",
        "F32.A",
        "F41",
    ),
    *(
        "N18",
        "M19",
        "M17",
        "M16",
        "G47.33",
        "E66",
        "D50.9",
        "B18",
        "B20",
        "G35",
        "G82",
        "G80",
    ),
)
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
        return _background_behind(picks)
    _, _, pick, mention = min(told, key=lambda one: one[:2])
    return {**picks, pick.code: _principal(pick, mention)}


def _background_behind(picks: Picks) -> Picks:
    """The picks with lasting illnesses of the background behind an acute one that the story tells later."""
    acute = any(
        pick.code[0] in _ACUTE
        and not pick.is_symptom()
        and not {"chronic", "status"} & pick.flags
        and not pick.code.startswith(_BESIDE_OTHERS)
        and any(m.affirmed and m.section in _STORY for m in pick.mentions)
        for pick in live(picks)
    )
    if not acute:
        return picks
    behind = {
        pick.code: evolve(pick, mentions=tuple(evolve(m, introduces=True) for m in pick.mentions))
        for pick in live(picks)
        if pick.code.startswith(_BACKGROUND)
    }
    return {**picks, **behind}


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
