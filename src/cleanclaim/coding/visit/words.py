"""What a note's words say about the visit itself: marks by name, with their place in the note and whether denied."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from attrs import field, frozen

from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.matcher import PhraseMatcher, longest
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.words import BREAK, CLAUSE_BREAK, COLON, phrase, stem, word_set

LEFT_OUT = word_set("the an a of very quite rather also")
"""Words that count neither in a phrase nor in a note here."""

PAST, SEEN, FOUND, DECIDED, TOLD = "past", "seen", "found", "decided", "told"
_ZONES = {
    PAST: "pmh psh family_history social_history medications allergies problem_list header development goals "
    "comparison technique immunizations anesthesia",
    SEEN: "exam vitals ros",
    FOUND: "results findings",
    DECIDED: "assessment assessment_plan plan impression diagnosis discharge_dx principal_dx ed_course "
    "disposition procedure",
}
_ZONE_OF = {kind: zone for zone, kinds in _ZONES.items() for kind in kinds.split()}

_DENYING = word_set(
    "no not nothing nobody without denies denied deny never nor neither none isn wasn doesn didn don cannot non"
)
_SHORT = word_set("not never isn wasn doesn didn don cannot non")
_ENDS_DENIAL = word_set(
    "but except however then though although start started continue continued begin began give gave given "
    "increase increased prescribe prescribed refill refilled sent add added switch take use apply rx because "
    "despite other until since with which only yet "
)
_NOT_DONE = word_set(
    "needed indicated given started ordered done discussed required necessary obtained prescribed warranted "
    "recommended appropriate performed taken wanted considered billed available used changed arranged advised "
    "reviewed counted addressed drawn"
)
_REFUSED = word_set("declined deferred unnecessary withheld avoided none refused")
_PLAIN = re.compile("[a-z ]+")
_REACH, _SHORT_REACH, _BACK_REACH = 8, 4, 4

# A name, and what takes its marks away where they overlap: a longer phrase with another meaning.
_OVERRIDDEN = {
    "worse": "neutral_worse",
    "hospital_care": "hospital_past",
    "surgery": "surgery_not",
    "historian": "no_historian",
    "threat": "no_threat",
    "severe": "not_severe",
    "social": "no_social",
    "risk_factors": "no_risk_factors",
    "established": "established_elsewhere",
    "preventive_title": "preventive_past",
    "test_done_here_billed": "not_billed",
    "low_risk": "no_low_risk",
}
_CHANGES = word_set(
    "continue continued continuing start started begin increase increased decrease refill refilled "
    "prescribe prescribed stop switch add taper resume admit rx plan give hold titrate"
)


_Hit = tuple[int, int, str]


@frozen
class Mark:
    """A phrase found: what it stands for, places of words, the part of the note, and whether it is denied."""

    name: str
    first: int
    last: int
    zone: str
    denied: bool


@frozen(eq=False)
class Reading:
    """A note with its marks, made when they are asked for. ``firsts`` are the places at which sentences begin."""

    note: Note = field(repr=False)
    firsts: Sequence[int] = field(repr=False)
    zones: Sequence[str] = field(repr=False)
    _hits: dict[str, list[_Hit]] = field(repr=False)
    _made: dict[str, list[Mark]] = field(factory=dict, repr=False)

    @property
    def forms(self) -> list[str]:
        """The folded words."""
        return self.note.words.forms

    def all(self, name: str) -> list[Mark]:
        """Every mark of a name, denied or not, in order."""
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = self._make(name)
        return made

    def _make(self, name: str) -> list[Mark]:
        hits = self._hits.get(name)
        if not hits:
            return []
        hits = longest(hits) if len(hits) > 1 else hits
        over = self._hits.get(_OVERRIDDEN.get(name, ""))
        if over:
            hits = _outside(hits, over)
        words, zones = self.note.words, self.zones
        return [
            Mark(name, first, last, zones[first], _denied(words.forms, words.commas, first, last))
            for first, last, _ in hits
        ]

    def named(self, prefix: str) -> Iterator[tuple[str, list[Mark]]]:
        """Every name that begins so ("test:") with its marks, denied or not."""
        for name in self._hits:
            if name.startswith(prefix):
                yield name, self.all(name)

    def of(self, name: str) -> list[Mark]:
        """The marks of a name that are not denied."""
        return [mark for mark in self.all(name) if not mark.denied]

    def begins(self, prefix: str) -> Iterator[Mark]:
        """The marks not denied whose name begins so ("test:")."""
        for _, found in self.named(prefix):
            yield from (mark for mark in found if not mark.denied)

    def sentence(self, place: int) -> tuple[int, int]:
        """First and last place of the sentence at a place."""
        index = max(0, bisect_right(self.firsts, place) - 1)
        return self.firsts[index], self.firsts[index + 1] if index + 1 < len(self.firsts) else len(self.forms)

    def within(self, name: str, first: int, last: int) -> list[Mark]:
        """The marks of a name that are not denied between two places."""
        found = self.all(name)
        if not found:
            return []
        low = bisect_left(found, first, key=lambda mark: mark.first)
        high = bisect_left(found, last, lo=low, key=lambda mark: mark.first)
        return [mark for mark in found[low:high] if not mark.denied]

    def has(self, name: str, first: int, last: int) -> bool:
        """Whether a mark of that name, denied or not, begins between two places."""
        found = self.all(name)
        if not found:
            return False
        low = bisect_left(found, first, key=lambda mark: mark.first)
        return low < len(found) and found[low].first < last

    def beside(self, mark: Mark, name: str) -> list[Mark]:
        """The marks of a name in the sentence of a mark."""
        return self.within(name, *self.sentence(mark.first))

    def span(self, mark: Mark) -> Span:
        """The characters of a mark."""
        return self.note.words_span(mark.first, mark.last)

    def spans(self, marks: Iterable[Mark], most: int = 3) -> tuple[Span, ...]:
        """The characters of the first marks, each once."""
        found = {self.span(mark): None for mark in marks}
        return tuple(found)[:most]

    def zone_at(self, place: int) -> str:
        """The part of the note in which a place lies."""
        return self.zones[place] if place < len(self.zones) else TOLD


def visit_table() -> dict[str, Any]:
    """reference/lexicon/visit_words.yaml."""
    return _yaml("visit_words.yaml")


def problem_table() -> dict[str, Any]:
    """reference/lexicon/visit_problems.yaml."""
    return _yaml("visit_problems.yaml")


def drug_table() -> dict[str, Any]:
    """reference/lexicon/visit_drugs.yaml."""
    return _yaml("visit_drugs.yaml")


def test_table() -> dict[str, Any]:
    """reference/lexicon/visit_tests.yaml."""
    return _yaml("visit_tests.yaml")


@lru_cache(maxsize=8)
def _yaml(name: str) -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(name)
    return found


def read_visit(note: Note) -> Reading:
    """The marks of a note, in time that grows with its length only."""
    forms = note.words.forms
    places = [place for place, form in enumerate(forms) if form not in LEFT_OUT]
    kept = [forms[place] for place in places]
    hits: dict[str, list[_Hit]] = {}
    for first, last, names in _matcher().find(kept):
        for name in names:
            hits.setdefault(name, []).append((places[first], places[last - 1] + 1, name))
    present = set(forms)
    _add_capitals(note, present, hits)
    _add_stems(forms, present, hits)
    firsts = [sentence.first for sentence in note.sentences] or [0]
    for first, last, name in _together(forms, present, firsts):
        hits.setdefault(name, []).append((first, last, name))
    return Reading(note, firsts, _zones(note), hits)


@lru_cache(maxsize=1)
def _matcher() -> PhraseMatcher[str]:
    return PhraseMatcher(_phrases())


def _phrases() -> Iterator[tuple[tuple[str, ...], str]]:
    for name, texts in visit_table().items():
        if name != "together":
            for text in texts:
                yield _bare(text), name
    for name, texts in test_table().items():
        if name != "capitals":
            for text in texts:
                yield _bare(text), f"test:{name}"
    for name, texts in drug_table().items():
        if name not in {"stems", "openings", "no_drug"}:
            for text in texts:
                yield _bare(text), f"drug:{name}"
    for number, row in enumerate(problem_table()["phrases"]):
        for text in row["says"]:
            yield _bare(text), f"problem:{number}"


def _bare(text: str) -> tuple[str, ...]:
    # Plain words are folded the short way: there are thousands at every start.
    forms = map(stem, text.split()) if _PLAIN.fullmatch(text) else phrase(text)
    return tuple(form for form in forms if form not in LEFT_OUT)


@lru_cache(maxsize=1)
def _capitals() -> dict[str, tuple[str, str]]:
    """Folded abbreviation -> the test it names and how it is written."""
    table = test_table()["capitals"]
    return {phrase(text)[0]: (name, text) for name, text in table.items() if "/" not in text}


def _add_capitals(note: Note, present: set[str], hits: dict[str, list[_Hit]]) -> None:
    """Abbreviations that are everyday words ("US") count in capitals, where not all is in capitals."""
    forms = note.words.forms
    wanted = _capitals()
    if present.isdisjoint(wanted):
        return
    head = note.text[:4000]
    if sum(map(str.isupper, head)) > 0.5 * max(1, sum(map(str.isalpha, head))):
        return
    for place, form in enumerate(forms):
        if form in wanted:
            name, text = wanted[form]
            if note.text[note.words.starts[place] : note.words.ends[place]] == text:
                hits.setdefault(f"test:{name}", []).append((place, place + 1, f"test:{name}"))


@lru_cache(maxsize=20_000)
def _is_drug(form: str) -> bool:
    table = drug_table()
    if len(form) < 6 or not form.isalpha() or form in table["no_drug"]:
        return False
    return form.endswith(tuple(table["stems"])) or form.startswith(tuple(table["openings"]))


def _add_stems(forms: list[str], present: set[str], hits: dict[str, list[_Hit]]) -> None:
    """Generic names that no list holds, by the ending that their class has."""
    drugs = {form for form in present if len(form) > 5 and _is_drug(form)}
    if drugs:
        name = "drug:prescription"
        found = hits.setdefault(name, [])
        found += [(place, place + 1, name) for place, form in enumerate(forms) if form in drugs]


@frozen
class _Rule:
    """Groups of words that say a thing together, each within a few words of the one before."""

    name: str
    within: int
    unless: frozenset[str]
    steps: tuple[frozenset[str], ...]


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            row["name"],
            row["within"],
            frozenset(row["unless"]),
            tuple(frozenset(str(word) for word in step) for step in row["steps"]),
        )
        for row in visit_table()["together"]
    )


def _together(forms: list[str], present: set[str], firsts: Sequence[int]) -> Iterator[_Hit]:
    """Where words say a thing together; only rules all of whose groups the note has a word of are tried."""
    rules: dict[str, list[_Rule]] = {}
    for rule in _rules():
        if not any(present.isdisjoint(step) for step in rule.steps):
            for word in present & rule.steps[0]:
                rules.setdefault(word, []).append(rule)
    if not rules:
        return
    for place, form in enumerate(forms):
        if form not in rules:
            continue
        for rule in rules[form]:
            at = place
            for step in rule.steps[1:]:
                window = range(at + 1, min(at + 1 + rule.within, len(forms)))
                at = next((one for one in window if forms[one] in step), -1)
                if at < 0:
                    break
            if at < 0 or BREAK in forms[place:at]:
                continue
            sentence = bisect_right(firsts, place)
            last = firsts[sentence] if sentence < len(firsts) else len(forms)
            first = firsts[max(0, sentence - 1)]
            if rule.unless.isdisjoint(forms[max(first, place - 20) : min(last, at + 20)]):
                yield place, at + 1, rule.name


def _outside(found: list[_Hit], over: list[_Hit]) -> list[_Hit]:
    taken = {place for first, last, _ in over for place in range(first, last)}
    return [hit for hit in found if taken.isdisjoint(range(hit[0], hit[1]))]


def _zones(note: Note) -> list[str]:
    """The part of the note for every word."""
    forms = note.words.forms
    zones = [TOLD] * len(forms)
    for section in note.sections:
        zone = _ZONE_OF.get(section.kind, TOLD)
        if zone != TOLD:
            zones[section.first : section.last] = [zone] * (section.last - section.first)
    _free_lines(note, zones)
    return zones


def _free_lines(note: Note, zones: list[str]) -> None:
    """A line in a history or an examination that opens with a decision is none of it."""
    forms, lines = note.words.forms, note.words.lines
    opened = {section.first for section in note.sections}
    for index, (first, _, _) in enumerate(lines):
        if zones[first] not in {PAST, SEEN, FOUND} or first in opened:
            continue
        last = lines[index + 1][0] if index + 1 < len(lines) else len(forms)
        if _CHANGES.intersection(forms[first : min(first + 3, last)]):
            zones[first:last] = [TOLD] * (last - first)


def _denied(forms: list[str], commas: Sequence[int], first: int, last: int) -> bool:
    return _denied_before(forms, commas, first) or _denied_after(forms, commas, last)


def _denied_before(forms: list[str], commas: Sequence[int], first: int) -> bool:
    listed = False
    for place in range(first - 1, max(-1, first - 1 - _REACH), -1):
        form = forms[place]
        if form in {BREAK, CLAUSE_BREAK, COLON} or form in _ENDS_DENIAL:
            return False
        listed = listed or form == "or"
        if form in _DENYING:
            crossed = bisect_left(commas, first + 1) - bisect_left(commas, place + 1)
            if form in _SHORT and first - place > _SHORT_REACH:
                return False
            return not crossed or listed or _or_follows(forms, first)
    return False


def _or_follows(forms: list[str], first: int) -> bool:
    """Whether the list in which a word stands goes on with "or", so that a denial before it holds for all."""
    for form in forms[first : first + 6]:
        if form in {BREAK, CLAUSE_BREAK, COLON} or form in _ENDS_DENIAL:
            return False
        if form in {"or", "nor"}:
            return True
    return False


def _denied_after(forms: list[str], commas: Sequence[int], last: int) -> bool:
    place = bisect_left(commas, last)
    until = min(last + _BACK_REACH, len(forms), commas[place] if place < len(commas) else len(forms))
    for at in range(last, until):
        form = forms[at]
        if form in {BREAK, CLAUSE_BREAK}:
            return False
        if form in _REFUSED:
            return True
        if form == "not":
            return bool(_NOT_DONE.intersection(forms[at + 1 : at + 4]))
    return False
