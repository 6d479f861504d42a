"""What a note mentions: diagnoses, concepts and services, each with its place and its assertion."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from attrs import evolve, field, frozen

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.lexicon import Term, services
from cleanclaim.coding.phrases.abbreviations import is_meant
from cleanclaim.coding.phrases.apart import find_apart
from cleanclaim.coding.phrases.enumerators import label_between
from cleanclaim.coding.phrases.introductions import introduces_patient
from cleanclaim.coding.phrases.other_meanings import has_other_meaning
from cleanclaim.coding.phrases.overlaps import Hit, in_order, one_by_one, outermost, strongest, within_items
from cleanclaim.coding.phrases.ruled_out import is_a_turn
from cleanclaim.coding.phrases.sides_between import find_around_sides
from cleanclaim.coding.phrases.sites import find_by_site
from cleanclaim.coding.phrases.terms import terms
from cleanclaim.coding.phrases.whole_lines import find_whole_lines
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.documents.assertion import Asserted, Assertion, assertion_at
from cleanclaim.documents.matcher import PhraseMatcher
from cleanclaim.documents.note import Note, Section, Span

# A phrase said more often than this adds nothing but time; the first and the diagnostic ones are kept.
MOST_MENTIONS = 40
# Of a note as long as a book fewer are enough, so that it is answered in seconds.
_MOST_IN_A_BOOK = 10
_WORDS_OF_A_BOOK = 50_000
_DIAGNOSTIC_TIMES = 4
_LONGEST_NAME = 6
_RULED = re.compile(r"(?:(?:is|was|were|been|has been) )?(?:ruled out|excluded)")


class TaughtPhrase(Protocol):
    """Folded words and the code they stand for, as an organisation's coders taught them."""

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words."""

    @property
    def code(self) -> str:
        """The code."""


@frozen
class Mention:
    """A phrase found. ``section`` is its kind of section, ``first`` and ``last`` are places of words.

    ``introduces`` says that it stands in the sentence that tells who the patient is and what was known before.
    """

    term: Term
    first: int
    last: int
    span: Span
    section: str
    asserted: Asserted
    introduces: bool = False

    @property
    def affirmed(self) -> bool:
        """Whether it is said of the patient, now and for certain."""
        return self.asserted.assertion is Assertion.AFFIRMED


@frozen
class Concepts:
    """Medicines, tests, course and other words that decide a code; what is said of one is weighed when asked for."""

    _note: Note | None = None
    _hits: dict[str, list[Hit]] = field(factory=dict)
    _known: dict[str, tuple[Mention, ...]] = field(factory=dict, init=False)

    def named(self, name: str) -> tuple[Mention, ...]:
        """The mentions of one concept, in the order of the text."""
        known = self._known.get(name)
        if known is None:
            hits = self._hits.get(name, ())
            known = tuple(_mention(self._note, *hit) for hit in hits) if self._note is not None else ()
            self._known[name] = known
        return known


@frozen
class Candidates:
    """All mentions of a note by what they are, in the order of the text."""

    diagnoses: tuple[Mention, ...]
    concepts: Concepts
    services: tuple[Mention, ...]
    not_read: tuple[str, ...] = ()

    def concept(self, name: str) -> tuple[Mention, ...]:
        """The mentions of one concept."""
        return self.concepts.named(name)


def find_candidates(
    note: Note, book: CodeBook, on: dt.date, taught: Sequence[TaughtPhrase] = ()
) -> Candidates:
    """Every diagnosis, concept and service mentioned, in time that grows with the length of the note."""
    kept, left_out = _written(note, book, on)
    diagnoses = _diagnoses_named(note, book, on, kept, taught)
    not_read = (
        (f"{left_out} repeated mentions were counted but not looked at one by one",) if left_out else ()
    )
    return Candidates(
        _not_denied_by_names(note, tuple(_mention(note, *hit) for hit in one_by_one(diagnoses))),
        _concepts(note, kept["concept"]),
        tuple(_mention(note, *hit) for hit in outermost(kept["service"])),
        not_read,
    )


def _written(note: Note, book: CodeBook, on: dt.date) -> tuple[dict[str, list[Hit]], int]:
    """The phrases that stand as they are written, by what they name, and how many repeated ones were left out."""
    seen: dict[int, int] = {}
    kept: dict[str, list[Hit]] = {"dx": [], "concept": [], "service": []}
    left_out = 0
    most = MOST_MENTIONS if len(note.words.forms) < _WORDS_OF_A_BOOK else _MOST_IN_A_BOOK
    for first, last, values in terms(book, on).find(note.words.forms):
        for term in values:
            count = seen[id(term)] = seen.get(id(term), 0) + 1
            if count > most and (
                count > _DIAGNOSTIC_TIMES * most or note.section_at(first).kind not in DIAGNOSTIC
            ):
                left_out += 1
                continue
            kept[term.kind].append((first, last, term))
    return kept, left_out


def _diagnoses_named(
    note: Note, book: CodeBook, on: dt.date, kept: dict[str, list[Hit]], taught: Sequence[TaughtPhrase]
) -> list[Hit]:
    """The diagnoses that count where phrases overlap: those written, loose ones, those told by site, those taught."""
    by_site = _not_taken_away(find_by_site(note, book, on), kept["dx"])
    # "Flu shot" names no influenza: a vaccine's name hides the illness in it.
    vaccines = [hit for hit in kept["service"] if "vaccine" in services()[int(hit[2].name)].get("traits", ())]
    written = set(kept["dx"])
    loose = find_apart(note, book, on) | find_whole_lines(note, book, on) | find_around_sides(note, book, on)
    # What stands there as a phrase writes it is not loose, though another phrase of the same code may be.
    loose = {
        hit: foreign
        for hit, foreign in loose.items()
        if hit not in written and not _begins_with_its_number(note, hit[0])
    }
    found = within_items(note, [*kept["dx"], *_as_meant(note, in_order(loose | by_site))], kept["dx"])
    return [
        hit
        for hit in strongest(found + vaccines + _taught(note, taught), loose | by_site)
        if hit[2].kind == "dx"
        and is_meant(note, *hit[:2], hit[2].flags)
        and not _is_a_score(note, *hit[:2])
        and not has_other_meaning(note, *hit[:2], hit[2].name)
        and not _over_a_denial(note, hit)
    ]


def _not_taken_away(by_site: dict[Hit, int], written: list[Hit]) -> dict[Hit, int]:
    """The hits by site without those that take their site from a phrase that ends in it ("PJI left knee, RA")."""
    owned = {
        place: (first, term.name[:3]) for first, last, term in written for place in range(first + 1, last)
    }
    return {hit: foreign for hit, foreign in by_site.items() if not _takes_away(hit, owned)}


def _takes_away(hit: Hit, owned: dict[int, tuple[int, str]]) -> bool:
    """Whether a hit begins within a phrase of another category and ends outside every phrase."""
    first, last, term = hit
    owner = owned.get(first)
    return owner is not None and owner[1] not in term.name and last - 1 not in owned


def _concepts(note: Note, hits: list[Hit]) -> Concepts:
    by_name: dict[str, list[Hit]] = {}
    for hit in outermost(hits):
        by_name.setdefault(hit[2].name, []).append(hit)
    return Concepts(note, by_name)


def _over_a_denial(note: Note, hit: Hit) -> bool:
    """Whether a site and a disorder were joined over a "no": "by the right wrist, no hematoma"."""
    return hit[2].source == "site" and hit[2].name[0] == "S" and "no" in note.words.forms[hit[0] + 1 : hit[1]]


def _begins_with_its_number(note: Note, first: int) -> bool:
    """Whether a hit begins with the bare number of a list's line ("1 CKD 4"), which is no stage."""
    form = note.words.forms[first]
    if not form.isdecimal() or len(form) > 2:
        return False
    start = note.words.starts[first]
    lead = note.text[max(0, start - 3) : start].rstrip(" \t")
    return not lead or lead[-1] in ".:\n"


def _is_a_score(note: Note, first: int, last: int) -> bool:
    """Whether an abbreviation is the name of a questionnaire ("GAD-7 15")."""
    behind = note.words.forms[last : last + 1]
    return note.words.forms[first:last] == ["gad"] and bool(behind) and behind[0].isdecimal()


def _not_denied_by_names(note: Note, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions, affirmed where the word that denies them is part of another's name ("migraine without aura")."""
    spans = sorted((m.span.start, m.span.end) for m in mentions if m.last - m.first <= _LONGEST_NAME)
    starts = [start for start, _ in spans]
    found = []
    for mention in mentions:
        cue = mention.asserted.cue
        if cue is not None and mention.asserted.assertion is Assertion.NEGATED:
            at = bisect_right(starts, cue.start) - 1
            named = at >= 0 and cue.end < spans[at][1] <= mention.span.start
            turn = is_a_turn(note.text[mention.span.end : cue.start], cue.text)
            if named or turn or _of_the_disease_behind(mention, cue, spans, starts):
                mention = evolve(mention, asserted=Asserted(Assertion.AFFIRMED))
        found.append(mention)
    return tuple(found)


def _as_meant(note: Note, hits: list[Hit]) -> list[Hit]:
    """Loose hits without those that stand for something else; what they hid is then seen."""
    return [hit for hit in hits if not has_other_meaning(note, *hit[:2], hit[2].name)]


def _of_the_disease_behind(
    mention: Mention, cue: Span, spans: list[tuple[int, int]], starts: list[int]
) -> bool:
    """Whether what is ruled out is a disease behind a complaint: "atypical chest pain, ACS ruled out"."""
    if mention.term.name[0] != "R" or cue.start < mention.span.end or not _RULED.match(cue.text.lower()):
        return False
    at = bisect_right(starts, cue.start) - 1
    return at >= 0 and mention.span.end < spans[at][0] and spans[at][1] <= cue.start


def _taught(note: Note, phrases: Sequence[TaughtPhrase]) -> list[Hit]:
    """Where the organisation's own phrases stand; they win over ours of the same length."""
    if not phrases:
        return []
    matcher = PhraseMatcher((one.words, Term("dx", one.code, "learned")) for one in phrases)
    return [(first, last, terms[0]) for first, last, terms in matcher.find(note.words.forms)]


def _mention(note: Note, first: int, last: int, term: Term) -> Mention:
    section: Section = note.section_at(first)
    asserted = assertion_at(note, first, last)
    if asserted.cue is not None and label_between(note, asserted.cue.end, first):
        asserted = Asserted(Assertion.AFFIRMED)
    introduces = section.kind in DIAGNOSTIC and introduces_patient(note, first)
    return Mention(term, first, last, note.words_span(first, last), section.kind, asserted, introduces)
