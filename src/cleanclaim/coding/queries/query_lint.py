"""What keeps a query to a clinician from being sent: the rules of compliant query practice, in our own words.

After the ACDIS and AHIMA brief "Guidelines for Achieving a Compliant Query Practice" (2022): no wanted answer in title,
question or choices; no word of payment or quality scores; clinical indicators from this chart; choices that the chart
supports, with "other" and "unable to determine"; no condition that the chart does not name; yes or no only about a
condition that is documented already.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import frozen

from cleanclaim.coding.lexicon import own_phrases, query_table
from cleanclaim.documents.matcher import PhraseMatcher
from cleanclaim.documents.note import Note
from cleanclaim.documents.reading import read_note
from cleanclaim.documents.words import phrase

if TYPE_CHECKING:
    from cleanclaim.coding.queries.query import ProviderQuery

_FEWEST_CHOICES = 3
_YES_NO_OPENINGS = ("does ", "is ", "was ", "did ", "has ", "can ", "do ", "are ")
_YES_NO = frozenset(("yes", "no"))
# A condition of one short word ("mass", "cold") is too often an everyday word to be held against a query.
_SHORTEST_CONDITION = 6


@frozen
class QueryFault:
    """Why a query must not be sent as it is: the rule and the words that break it."""

    rule: str
    words: str


def lint_query(query: ProviderQuery, chart: str | None = None) -> tuple[QueryFault, ...]:
    """Every fault of a query. ``chart`` is the note it is about; without it nothing can be said of what is supported.

    Raises:
        InputError: the chart is no note (see `cleanclaim.documents.reading.read_note`).
    """
    faults = [*_forbidden(query), *_choices(query), *_title(query)]
    note = read_note(chart) if chart is not None else None
    if _asks_yes_or_no(query) and not _may_ask_yes_or_no(query, note):
        faults.append(QueryFault("asks for yes or no", query.question[:40]))
    if not query.indicators:
        faults.append(QueryFault("shows no clinical indicator", query.code))
    if note is not None:
        faults.extend(_against(query, note))
    return tuple(faults)


def has_support(choice: str, note: Note) -> bool:
    """Whether a note holds a sign of a choice that names a cause; any other choice needs none."""
    signs = query_table()["supported_by"].get(choice)
    if signs is None:
        return True
    return next(PhraseMatcher((phrase(one), True) for one in signs).find(note.words.forms), None) is not None


def _forbidden(query: ProviderQuery) -> Iterator[QueryFault]:
    words = phrase(" . ".join((query.title, query.question, *query.choices, *query.axes)))
    for first, last, rules in _forbidden_words().find(words):
        yield QueryFault(rules[0], " ".join(words[first:last]))


def _choices(query: ProviderQuery) -> Iterator[QueryFault]:
    closing = query_table()["closing_choices"]
    yield from (QueryFault("lacks a choice", choice) for choice in closing if choice not in query.choices)
    if len({phrase(choice) for choice in query.choices}) < _FEWEST_CHOICES:
        yield QueryFault("offers one answer only", "; ".join(query.choices))


def _title(query: ProviderQuery) -> Iterator[QueryFault]:
    """A title that says one of the answers, or the condition that is asked for, wants it."""
    title = phrase(query.title)
    closing = {phrase(one) for one in query_table()["closing_choices"]}
    answers = {phrase(one) for one in (*query.choices, *query.axes)} - closing - {("yes",), ("no",)}
    matcher = PhraseMatcher((one, True) for one in answers if one)
    for first, last, _ in matcher.find(title):
        yield QueryFault("has a leading title", " ".join(title[first:last]))
    for words, _ in _conditions_in(title):
        yield QueryFault("has a leading title", words)


def _asks_yes_or_no(query: ProviderQuery) -> bool:
    return query.question.strip().lower().startswith(_YES_NO_OPENINGS)


def _may_ask_yes_or_no(query: ProviderQuery, note: Note | None) -> bool:
    """Both answers are offered, and every condition asked about is in the chart."""
    offered = {choice.strip().lower() for choice in query.choices}
    asked = list(_conditions_in(phrase(query.question)))
    return note is not None and offered >= _YES_NO and bool(asked) and not list(_introduced(asked, note))


def _against(query: ProviderQuery, note: Note) -> Iterator[QueryFault]:
    for span in query.indicators:
        if note.text[span.start : span.end] != span.text:
            yield QueryFault("shows words that are not the chart's", span.text[:60])
    words = phrase(query.question)
    suggested = {last for _, last, _ in _suggesting().find(words)}
    for named in _introduced(list(_conditions_in(words)), note):
        at = next(place for place in range(len(words)) if words[place : place + len(named)] == named)
        rule = (
            "puts a condition forward as possible"
            if at in suggested
            else "names a condition that the chart does not"
        )
        yield QueryFault(rule, " ".join(named))
    for choice in query.choices:
        named_here = list(_introduced(list(_conditions_in(phrase(choice))), note))
        if not has_support(choice, note) or (named_here and choice not in query_table()["supported_by"]):
            yield QueryFault("offers a choice without clinical support", choice)


def _conditions_in(words: tuple[str, ...]) -> Iterator[tuple[str, frozenset[str]]]:
    """Words of conditions and the categories of the codes they stand for."""
    for first, last, codes in _conditions().find(words):
        named = words[first:last]
        if sum(map(len, named)) >= _SHORTEST_CONDITION:
            yield " ".join(named), frozenset(code[:3] for code in codes)


def _introduced(named: list[tuple[str, frozenset[str]]], note: Note) -> Iterator[tuple[str, ...]]:
    """Those of the named conditions of whose categories the chart says nothing at all, denied or affirmed."""
    if not named:
        return
    there = {code[:3] for _, _, codes in _conditions().find(note.words.forms) for code in codes}
    yield from (tuple(words.split(" ")) for words, categories in named if not categories & there)


@lru_cache(maxsize=1)
def _conditions() -> PhraseMatcher[str]:
    rows = (
        (words, term.name)
        for words, term in own_phrases()
        if term.kind == "dx" and term.name[0] not in "ZVWXY"
    )
    return PhraseMatcher(rows)


@lru_cache(maxsize=1)
def _forbidden_words() -> PhraseMatcher[str]:
    table: dict[str, Any] = query_table()
    rows = [(phrase(text), "leads to an answer") for text in table["leading"]]
    rows += [(phrase(text), "speaks of payment") for text in table["payment"]]
    return PhraseMatcher(rows)


@lru_cache(maxsize=1)
def _suggesting() -> PhraseMatcher[bool]:
    return PhraseMatcher((phrase(text), True) for text in query_table()["suggesting"])
