"""Colonoscopies: Z12.11 where the indication is screening, and polyps by what the pathologist found (Section IV.P).

A screening that finds polyps stays a screening; an adenoma is a benign neoplasm of its part of the colon, and a polyp
without one is K63.5 (Section I.C.21.c.5).
"""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_told
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Note

_EXAMS = ("colonoscopy", "colonoscopic", "colonoscope", "sigmoidoscopy")
_REACHED = (
    "cecum",
    "cecal",
    "terminal ileum",
    "appendiceal orifice",
    "withdrawal time",
    "retroflexion",
    "snare",
)
_BOWEL = frozenset(("colonoscopy", "sigmoidoscopy", "cecum", "cecal", "polyp", "polyps", "ileum"))
_SEEN = (
    "cecum",
    "cecal",
    "terminal ileum",
    "appendiceal orifice",
    "prep",
    "withdrawal",
    "polyp",
    "polyps",
    "snare",
)
_SCREENING = ("screening", "surveillance", "crc screening", "screen", "average risk", "screening exam")
_WHY = frozenset(("indication", "chief_complaint", "opening", "preop_dx", "study"))
_ADENOMA = ("adenoma", "adenomatous", "serrated lesion", "serrated polyp", "sessile serrated", "adenomas")
_PARTS = (
    ("D12.7", ("rectosigmoid",)),
    ("D12.0", ("cecum", "cecal", "caecum", "ileocecal valve")),
    ("D12.2", ("ascending", "ascending colon", "right colon")),
    ("D12.3", ("transverse", "hepatic flexure", "splenic flexure")),
    ("D12.4", ("descending", "descending colon", "left colon")),
    ("D12.5", ("sigmoid",)),
    ("D12.8", ("rectum", "rectal")),
)
_POLYPS = ("polyp", "polyps", "lesion")
_DONE_BEFORE = (
    "last",
    "previous",
    "prior",
    "due",
    "refer",
    "schedule",
    "scheduled",
    "history of",
    "never had",
)
_DENIED = frozenset((Assertion.NEGATED, Assertion.FAMILY))


def add_colonoscopy(note: Note, picks: Picks) -> Picks:
    """The picks of a colonoscopy's report with its screening and its polyps."""
    if not _BOWEL.intersection(note.words.forms):
        return picks
    sentences = list(sentences_told(note))
    if not _is_report(sentences):
        return picks
    out = dict(picks)
    _screening(note, out, sentences)
    _adenomas(note, out, sentences)
    return out


def _is_report(sentences: list[Told]) -> bool:
    """Whether the examination was done here: the bowel was seen."""
    named = any(one.any_of(_EXAMS) for one in sentences)
    reached = any(one.any_of(_REACHED) for one in sentences)
    return (named and reached) or sum(
        1 for word in _SEEN if any(one.find(word) for one in sentences)
    ) > 2 - named


def _screening(note: Note, picks: Picks, sentences: list[Told]) -> None:
    if any(pick.code.startswith(("Z12.1", "Z09", "Z08")) for pick in live(picks)):
        return
    for number, told in enumerate(sentences):
        place = told.any_of(_SCREENING) if told.section in _WHY else None
        if place is None or (told.section == "opening" and number > 2) or told.any_of(_DONE_BEFORE[:6]):
            continue
        if assertion_at(note, *place).assertion not in _DENIED:
            reason = guideline("Section I.C.21.c.5", "the indication is a screening")
            add_pick(picks, "Z12.11", mention_of(note, "Z12.11", *place), reason)
            return


def _adenomas(note: Note, picks: Picks, sentences: list[Told]) -> None:
    found: dict[str, tuple[int, int]] = {}
    for told in sentences:
        place = told.any_of(_ADENOMA)
        if place is None or told.section == "pmh" or told.any_of(("history of", "h o", "prior", "previous")):
            continue
        if not is_told(note, place):
            continue
        several = note.words_span(*place).text.lower().endswith("s")
        parts = _parts(told) or _polyp_parts(sentences, several=several)
        found.update(dict.fromkeys(parts, place))
    for code, place in found.items():
        reason = guideline("Section I.C.2", "an adenoma, by the part of the colon")
        add_pick(picks, code, mention_of(note, code, *place), reason)
    if found:
        for pick in live(picks):
            if pick.code in {"K63.5", "K62.1", "D12.6"} and pick.code not in found:
                picks[pick.code] = pick.drop(guideline("Section I.B.2", "the pathologist found an adenoma"))


def _parts(told: Told) -> list[str]:
    """The parts of the colon that a sentence names."""
    return [code for code, words in _PARTS if told.any_of(words)]


def _polyp_parts(sentences: list[Told], *, several: bool) -> list[str]:
    """The parts of the colon where polyps were seen: one for one adenoma, all where several were found."""
    parts = dict.fromkeys(code for told in sentences if told.any_of(_POLYPS) for code in _parts(told))
    return list(parts) if several or len(parts) == 1 else []
