"""Where a cancer has spread: each secondary site that a diagnosis names (Section I.C.2.d)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.leaves import SIDES, resolve
from cleanclaim.coding.lexicon import rules
from cleanclaim.coding.number_words import ONES
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.coding.worked_out import add_pick, folded, mention_of
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Note, Sentence
from cleanclaim.documents.words import MARKS, word_set

_SPREAD = word_set("metastatic metastasis metastase metastases mets met metastasized spread secondary")
_NOUNS = word_set("metastasis metastase metastases mets met")
_TO = word_set("to in of involving into")
_SKIPPED = word_set(
    "and the to both bilateral right left or multiple distant as well also widely with small solitary known"
    " regional extensive diffuse innumerable biopsy proven new stable a an one two three four several single"
)
# "Three of seventeen mesenteric nodes", "nodes positive for metastasis".
_COUNTS = frozenset(ONES) | {"of", "out", "/"}
_FOUND = (["positive", "for"], ["involved", "by"], ["replaced", "by"])
_FURTHEST = 9
_LONGEST_SITE = 3
_MOST_BEFORE = 6

_TOLD_IN = frozenset(("opening", "hpi", "problem_list"))

Site = tuple[int, int, str]


def add_metastases(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with each secondary site that stands behind "metastatic to" or before "metastases"."""
    forms = note.words.forms
    if not _SPREAD.intersection(forms):
        return picks
    sites = {folded(name): code for name, code in rules()["metastatic_sites"].items()}
    out = dict(picks)
    listed = note.once(listed_sentences)
    found = [one for sentence in listed for one in _sited(note, sentence, sites)]
    if not found and _listed_as_spread(note, listed, picks):
        found = [one for sentence in _story(note) for one in _sited(note, sentence, sites)]
    for first, last, code, side in found:
        exact = resolve(book, code, side, on) or code
        reason = guideline("Section I.C.2.d", "a secondary site named with the spread")
        add_pick(out, exact, mention_of(note, exact, first, last), reason)
    return _less_spread(out)


def _sited(
    note: Note, sentence: Sentence, sites: dict[tuple[str, ...], str]
) -> Iterator[tuple[int, int, str, frozenset[str]]]:
    """The secondary sites that a sentence names with the spread, with the sides said there."""
    forms = note.words.forms
    for place in range(sentence.first, sentence.last):
        if forms[place] not in _SPREAD or not _affirmed(note, place):
            continue
        found = [*_sites_after(forms, place + 1, sentence.last, sites)]
        if forms[place] in _NOUNS:
            found += _sites_before(forms, place, sentence.first, sites)
        for first, last, code in found:
            yield (
                first,
                last,
                code,
                frozenset(SIDES.intersection(forms[max(sentence.first, first - 2) : last])),
            )


def _listed_as_spread(note: Note, listed: tuple[Sentence, ...], picks: Picks) -> bool:
    """Whether the list names a cancer and leaves open where it has spread to: the story then tells the sites."""
    named = ("C", "D63.0", "G89.3", "Z51.1")
    return bool(listed) and any(pick.diagnostic and begins_with(pick.code, named) for pick in live(picks))


def _story(note: Note) -> Iterator[Sentence]:
    """The sentences of the history of the illness."""
    return (one for one in note.sentences if note.section_at(one.first).kind in _TOLD_IN)


def listed_sentences(note: Note) -> tuple[Sentence, ...]:
    """The sentences of the diagnosis lists, each once."""
    found: list[Sentence] = []
    for section in note.sections:
        if section.kind not in diagnosed_in(note):
            continue
        place = section.first
        while place < min(section.last, section.first + 4000):
            sentence = note.sentence_at(place)
            found.append(sentence)
            place = max(sentence.last, place) + 1
    return tuple(found)


def _affirmed(note: Note, place: int) -> bool:
    return assertion_at(note, place, place + 1).assertion is Assertion.AFFIRMED


def _site_at(forms: list[str], place: int, end: int, sites: dict[tuple[str, ...], str]) -> int:
    """How many words of a site begin at a place; none is 0."""
    longest = min(_LONGEST_SITE, end - place)
    return next((n for n in range(longest, 0, -1) if tuple(forms[place : place + n]) in sites), 0)


def _sites_after(forms: list[str], place: int, end: int, sites: dict[tuple[str, ...], str]) -> Iterator[Site]:
    """The sites listed after "to"; the list ends at the first word that is none."""
    limit = min(end, place + _FURTHEST)
    while place < limit and forms[place] not in _TO:
        if forms[place] in MARKS:
            return
        place += 1
    place += 1
    while place < limit:
        size = _site_at(forms, place, end, sites)
        if size:
            yield place, place + size, sites[tuple(forms[place : place + size])]
            place += size
        elif forms[place] in _SKIPPED or forms[place] in _COUNTS or forms[place].isdecimal():
            place += 1
        else:
            return


def _sites_before(
    forms: list[str], noun: int, first: int, sites: dict[tuple[str, ...], str]
) -> Iterator[Site]:
    """The sites listed right before "metastases" ("with bone and liver mets")."""
    place = noun
    while place > max(first, noun - _MOST_BEFORE):
        size = next(
            (
                n
                for n in range(_LONGEST_SITE, 0, -1)
                if place - n >= first and tuple(forms[place - n : place]) in sites
            ),
            0,
        )
        if size:
            yield place - size, place, sites[tuple(forms[place - size : place])]
            place -= size
        elif place == noun and forms[place - 2 : place] in _FOUND:
            place -= 2
        elif forms[place - 1] in _SKIPPED and forms[place - 1] not in {"to", "with"}:
            place -= 1
        else:
            return


def _less_spread(picks: Picks) -> Picks:
    """A spread without a site gives way to one with its site."""
    sited = [
        pick for pick in live(picks) if pick.code.startswith(("C77", "C78", "C79")) and pick.code != "C79.9"
    ]
    if sited and "C79.9" in picks and picks["C79.9"].dropped is None:
        reason = guideline("Section I.B.2", "the sites are named", ("more exact", sited[0].code))
        return {**picks, "C79.9": picks["C79.9"].drop(reason)}
    return picks
