"""What rules that read the words themselves share: where to look, whether it is said, and a mention made of words."""

from __future__ import annotations

from functools import lru_cache

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.lexicon import Term
from cleanclaim.coding.picks import Pick, Picks
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.documents.assertion import Asserted, Assertion, assertion_at
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import phrase
from cleanclaim.kernel.because import Because

# What is said of relatives, of plans or of warnings is nothing the patient has.
UNREAD = frozenset(("family_history", "instructions", "allergies", "ros", "immunizations", "header", "goals"))
_MOST_WORDS = 4000


@lru_cache(maxsize=4096)
def folded(text: str) -> tuple[str, ...]:
    """The folded words of a phrase of a table; looked up, not made, the second time."""
    return phrase(text)


def mention_of(note: Note, code: str, first: int, last: int) -> Mention:
    """The words from ``first`` to before ``last`` as a mention of a code."""
    span = note.words_span(first, last)
    section = note.section_at(first).kind
    return Mention(Term("dx", code, "lexicon"), first, last, span, section, Asserted(Assertion.AFFIRMED))


def add_pick(picks: Picks, code: str, mention: Mention, reason: Because) -> None:
    """Propose a code that the words call for, beside what is proposed already."""
    known = picks.get(code)
    if known is None or known.dropped is not None:
        picks[code] = Pick(code, (mention,), (reason,), inferred=True)


def is_said(note: Note, first: int, last: int) -> bool:
    """Whether the words are said of the patient, now and for certain."""
    return assertion_at(note, first, last).assertion is Assertion.AFFIRMED


def problem_stretches(note: Note) -> tuple[tuple[int, int], ...]:
    """(first, after the last) of every list item or sentence of the diagnosis lists, each once."""
    return note.once(_problem_stretches)


def _problem_stretches(note: Note) -> tuple[tuple[int, int], ...]:
    found = []
    for section in note.sections:
        if section.kind not in diagnosed_in(note):
            continue
        place, end = section.first, min(section.last, section.first + _MOST_WORDS)
        while place < end:
            sentence = note.sentence_at(place)
            last = min(max(sentence.last, place + 1), section.last)
            found.append((place, last))
            place = last
    return tuple(found)


def is_secondary_to(note: Note, link: tuple[str, ...], place: int) -> bool:
    """Whether "2 2" at a place is "2/2", secondary to, and no figure ("TSH 2.2, levothyroxine"); true of any words."""
    if link != ("2", "2"):
        return True
    return note.text[note.words.ends[place] : note.words.starts[place + 1]] == "/"


def body_sentences(note: Note) -> tuple[tuple[int, int], ...]:
    """(first, after the last) of every sentence of the patient's own story, findings and diagnoses."""
    return note.once(_body_sentences)


def _body_sentences(note: Note) -> tuple[tuple[int, int], ...]:
    return tuple(
        (sentence.first, sentence.last)
        for sentence in note.sentences[:_MOST_WORDS]
        if note.section_at(sentence.first).kind not in UNREAD
    )
