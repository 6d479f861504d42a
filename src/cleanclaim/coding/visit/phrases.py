"""Which phrases of the word lists stand where in a note, in time that grows with its length only."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from attrs import frozen

from cleanclaim.coding.visit.tables import drug_table, problem_table, test_table, visit_table
from cleanclaim.documents.lexicon import FOLDING, compiled_once
from cleanclaim.documents.matcher import Frame, PhraseMatcher, Values
from cleanclaim.documents.note import Note
from cleanclaim.documents.word_forms import stem
from cleanclaim.documents.words import BREAK, phrase, word_set

LEFT_OUT = word_set("the an a of very quite rather also")
"""Words that count neither in a phrase nor in a note here."""

_FILES = ("visit_words.yaml", "visit_tests.yaml", "visit_drugs.yaml", "visit_problems.yaml")
_MAKERS = ("coding/visit/phrases.py", "documents/matcher.py", *FOLDING)
_SHORT_NAME, _LONG_NAME = 6, 9
_PLAIN = re.compile("[a-z ]+")

Hit = tuple[int, int, str]
"""First place, place after the last, and the name of what the words stand for."""


def phrase_hits(note: Note, firsts: Sequence[int]) -> dict[str, list[Hit]]:
    """Name -> where its phrases stand; ``firsts`` are the places at which sentences begin."""
    forms = note.words.forms
    places = [place for place, form in enumerate(forms) if form not in LEFT_OUT]
    kept = [forms[place] for place in places]
    hits: dict[str, list[Hit]] = {}
    for first, last, names in _matcher().find(kept):
        for name in names:
            hits.setdefault(name, []).append((places[first], places[last - 1] + 1, name))
    present = set(forms)
    _add_capitals(note, present, hits)
    _add_stems(forms, present, hits)
    _add_operations(forms, present, hits)
    for first, last, name in _together(forms, present, firsts):
        hits.setdefault(name, []).append((first, last, name))
    return hits


@lru_cache(maxsize=1)
def _matcher() -> PhraseMatcher[str]:
    frame, values = compiled_once("visit", _FILES, _MAKERS, _compiled)
    return PhraseMatcher.of_frame(frame, values)


def _compiled() -> tuple[Frame, Values[str]]:
    matcher = PhraseMatcher(_phrases())
    return matcher.frame(), matcher.values


def _phrases() -> Iterator[tuple[tuple[str, ...], str]]:
    for name, texts in visit_table().items():
        if name != "together":
            for text in texts:
                yield _bare(text), name
    for name, texts in test_table().items():
        if name not in {"capitals", "sites"}:
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


def _add_capitals(note: Note, present: set[str], hits: dict[str, list[Hit]]) -> None:
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
    if len(form) < _SHORT_NAME or not form.isalpha() or form in table["no_drug"]:
        return False
    if form.endswith(tuple(table["stems"])) or form.startswith(tuple(table["openings"])):
        return True
    index = bisect_left(_generic_names(), form)
    return _generic_names()[index : index + 1] != [] and _generic_names()[index].startswith(form)


@lru_cache(maxsize=1)
def _generic_names() -> list[str]:
    """Names of one word, sorted, of which notes write the beginning ("atorva")."""
    table = drug_table()
    kept = {"atorvastatin", "rosuvastatin", "simvastatin", "pravastatin", "escitalopram", "cephalexin"}
    names = {text for text in table["prescription"] if text.isalpha() and len(text) >= _LONG_NAME}
    return sorted(names | kept)


_OPERATIONS = ("ectomy", "plasty", "otomy", "ostomy", "rrhaphy", "pexy", "desis")
_NO_OPERATIONS = word_set(
    "phlebotomy anatomy dichotomy autonomy venotomy myringotomy frenotomy episiotomy colostomy ileostomy "
    "tracheostomy gastrostomy nephrostomy urostomy otoplasty lobotomy angioplasty trichotomy amniotomy"
)


def _add_operations(forms: list[str], present: set[str], hits: dict[str, list[Hit]]) -> None:
    """Operations that no list holds, by the ending of their name ("pyloroplasty", "sigmoidectomy")."""
    named = {form for form in present if len(form) > _LONG_NAME and form.endswith(_OPERATIONS)}
    named -= _NO_OPERATIONS
    if named:
        hits.setdefault("surgery", []).extend(
            (place, place + 1, "surgery") for place, form in enumerate(forms) if form in named
        )


def _add_stems(forms: list[str], present: set[str], hits: dict[str, list[Hit]]) -> None:
    """Generic names that no list holds, by the ending that their class has."""
    drugs = {form for form in present if len(form) >= _SHORT_NAME and _is_drug(form)}
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
            frozenset(stem(word) for word in row["unless"]),
            tuple(frozenset(stem(str(word)) for word in step) for step in row["steps"]),
        )
        for row in visit_table()["together"]
    )


def _together(forms: list[str], present: set[str], firsts: Sequence[int]) -> Iterator[Hit]:
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
                yield (*_said(rule, place, at), rule.name)


def _said(rule: _Rule, first: int, last: int) -> tuple[int, int]:
    """All the words; of a test its name only, so that no other test of the list is covered."""
    if not rule.name.startswith("test:"):
        return first, last + 1
    place = last if len(rule.steps[-1]) == 1 else first
    return place, place + 1
