"""A relative's disease that heads a diagnosis line: the family history code (Section I.C.21.c.4)."""

from __future__ import annotations

from functools import lru_cache

from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.sentence_texts import Told, sentences_telling
from cleanclaim.coding.worked_out import add_pick
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.note import Note

_MOST_BEFORE = 6
_FAMILY = ("family history", "fhx", "fh")
_BACK = frozenset(("above", "noted", "hpi", "stated", "described"))
_NOT_OF_FAMILY = frozenset(("instructions", "ros"))


@lru_cache(maxsize=1)
def _codes() -> list[tuple[str, str]]:
    """Beginnings of codes, the longest first, with their family history."""
    rows = read_yaml("family_history.yaml")["codes"]
    return sorted(((str(begins), str(code)) for begins, code in rows.items()), key=lambda row: -len(row[0]))


@lru_cache(maxsize=1)
def _screenings() -> list[tuple[str, tuple[str, ...]]]:
    """Beginnings of the codes of screenings, with the family histories that call for them."""
    rows = read_yaml("family_history.yaml")["screened"]
    return [(str(begins), tuple(map(str, codes))) for begins, codes in rows.items()]


def add_relatives(note: Note, picks: Picks, candidates: Candidates) -> Picks:
    """The picks with Z80 to Z84 for each line of the diagnosis list that begins with a relative's disease."""
    out = dict(picks)
    for mention in candidates.diagnoses:
        code = _code_of(mention)
        if code and _heads_its_line(note, mention):
            reason = guideline("Section I.C.21.c.4", "a diagnosis line names what a relative had")
            add_pick(out, code, mention, reason)
    return _at_screenings(note, _called_back(note, out, candidates), candidates)


def _called_back(note: Note, picks: Picks, candidates: Candidates) -> Picks:
    """The picks with the cancers of relatives, where a diagnosis line takes up the "family history as above"."""
    if not any(_points_back(note, told) for told in sentences_telling(note, _FAMILY)):
        return picks
    for mention in candidates.diagnoses:
        code = _code_of(mention) if mention.section == "family_history" else ""
        if code.startswith("Z80"):
            reason = guideline("Section I.C.21.c.4", "a diagnosis line takes up what relatives had")
            add_pick(picks, code, mention, reason)
    return picks


def _points_back(note: Note, told: Told) -> bool:
    place = told.any_of(_FAMILY)
    return (
        told.section in DIAGNOSTIC
        and place is not None
        and bool(_BACK.intersection(note.words.forms[place[1] : min(told.last, place[1] + 4)]))
    )


def _code_of(mention: Mention) -> str:
    """The family history code of a relative's disease, or ""."""
    if mention.asserted.assertion is not Assertion.FAMILY:
        return ""
    return next((code for begins, code in _codes() if mention.term.name.startswith(begins)), "")


def _at_screenings(note: Note, picks: Picks, candidates: Candidates) -> Picks:
    """The picks of a screening visit with the disease of a relative that is screened for (Section I.C.21.c.5)."""
    wanted = [code for screening, codes in _screenings() for code in codes if _screened(picks, screening)]
    for mention in candidates.diagnoses if wanted else ():
        code = "" if mention.section in _NOT_OF_FAMILY else _code_of(mention)
        if code and code.startswith(tuple(wanted)):
            reason = guideline("Section I.C.21.c.4", "a relative had what is screened for")
            add_pick(picks, code, mention, reason)
    return picks


def _screened(picks: Picks, begins: str) -> bool:
    return any(pick.code.startswith(begins) for pick in live(picks))


def _heads_its_line(note: Note, mention: Mention) -> bool:
    """Whether few words stand before it in its item or sentence, the relative among them."""
    if mention.section not in DIAGNOSTIC:
        return False
    item = note.item_at(mention.first)
    first = note.sentence_at(mention.first).first
    begin = max(first, item.first) if item is not None and item.first <= mention.first else first
    cue = mention.asserted.cue
    inside = cue is not None and note.words.starts[begin] <= cue.start < mention.span.start
    listed = item is not None or (cue is not None and "family" in cue.text.lower())
    return inside and listed and mention.first - begin <= _MOST_BEFORE
