"""A visit for the control of a cancer's pain: the pain is coded first (Section I.C.6.b.5)."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.sentence_texts import sentences_told
from cleanclaim.coding.worked_out import add_pick, is_said, mention_of
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import COLON, MARKS, word_set

_PAIN = "G89.3"
_REASONS = (
    *("pain control", "pain management", "for pain", "pain clinic", "pain medicine", "pain service"),
    *("control of pain", "pain consult", "pain consultation", "management of pain", "manage pain"),
)
_OPENING = frozenset(("opening", "hpi", "chief_complaint", "header", "indication"))
_FIRST_WORDS = 80
_SPREAD = ("C77", "C78", "C79", "C90", "C25")
_OTHER_PAIN = ("G89", "M54", "M25", "R10", "R52", "K12.3", "M79", "G62")
_OF_CANCER = word_set("cancer tumor tumour malignant metastatic metastases mets met bone bony neoplasm")
_OPIOIDS = word_set(
    "oxycodone morphine fentanyl hydromorphone methadone opioid oxycontin contin tapentadol hydrocodone patch"
    " buprenorphine pca"
)


def add_pain_of_cancer(note: Note, picks: Picks) -> Picks:
    """The picks with the pain of a cancer where the plan of a cancer has a line for pain ("Pain: oxycodone up")."""
    if _PAIN in picks and picks[_PAIN].dropped is None:
        return picks
    if not any(pick.code.startswith(_SPREAD) for pick in live(picks)):
        return picks
    if any(pick.code.startswith(_OTHER_PAIN) for pick in live(picks)):
        return picks
    forms = note.words.forms
    for first, last in _pain_lines(note):
        words = set(forms[first:last])
        if is_said(note, first, first + 1) and (words & _OF_CANCER or words & _OPIOIDS):
            reason = guideline("Section I.C.6.b.5", "the plan of a cancer treats its pain")
            out = dict(picks)
            add_pick(out, _PAIN, mention_of(note, _PAIN, first, first + 1), reason)
            return out
    return picks


def _pain_lines(note: Note) -> Iterator[tuple[int, int]]:
    """(place of "pain", after the last) of the lines and entries of assessment and plan that open with it."""
    forms = note.words.forms
    for sentence in note.sentences:
        if note.section_at(sentence.first).kind not in DIAGNOSTIC | {"plan"}:
            continue
        place = sentence.first
        while place < sentence.last and (forms[place].isdecimal() or forms[place] in MARKS):
            place += 1
        if place + 1 < sentence.last and forms[place] == "pain" and _is_label(note, place):
            yield place, sentence.last


def _is_label(note: Note, place: int) -> bool:
    """Whether a colon or a dash follows, or a word that says whose pain it is."""
    gap = note.text[note.words.ends[place] : note.words.starts[place + 1]].strip()
    return note.words.forms[place + 1] == COLON or gap[:1] in {"-", "–", "—", "("}


def put_pain_first(note: Note, picks: Picks) -> Picks:
    """The picks with the pain of a cancer before the cancer, where the visit is for the pain."""
    pain = picks.get(_PAIN)
    if pain is None or pain.dropped is not None:
        return picks
    for told in sentences_told(note):
        if told.first > _FIRST_WORDS or told.section not in _OPENING:
            continue
        place = told.any_of(_REASONS)
        if place is not None:
            reason = guideline("Section I.C.6.b.5", "the visit is for the pain, which is listed first")
            why = evolve(mention_of(note, _PAIN, *place), section="assessment")
            return {**picks, _PAIN: evolve(pain, mentions=(why, *pain.mentions)).explain(reason)}
    return picks
