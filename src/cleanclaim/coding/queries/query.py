"""Questions to the clinician: drafted from what a code leaves open, with the note's own words, without leading.

Written after the practice brief for compliant queries: indicators first, choices that fit them, "other" and "unable to
determine" always among them, no wanted answer and no word of payment. A draft is never sent by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import field, frozen

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.lexicon import query_table
from cleanclaim.coding.queries.query_lint import has_support
from cleanclaim.coding.records import CodingResult, Suggestion, SuggestionStatus
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.matcher import PhraseMatcher
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.reading import read_note
from cleanclaim.documents.words import COLON, phrase

_MOST_INDICATORS = 8
_UNSIDED = (
    "unspecified eye",
    "unspecified ear",
    "unspecified knee",
    "unspecified hip",
    "unspecified shoulder",
)
_UNSIDED_ENDS = ("unspecified side", "unspecified lower limb", "unspecified upper limb", "unspecified foot")


@frozen
class ProviderQuery:
    """A draft: what is asked, the code that leaves it open, words of the note, and the answers to choose from.

    ``axes`` are second choices where the question has two parts, else empty. ``title`` is what stands over it.
    """

    code: str
    question: str
    indicators: tuple[Span, ...] = field(repr=False)
    choices: tuple[str, ...]
    axes: tuple[str, ...] = ()
    title: str = "Clarification of the documentation"


def draft_queries(text: str, result: CodingResult, setting: Setting) -> tuple[ProviderQuery, ...]:
    """A query for each code that leaves an axis open, and for each condition the note contradicts itself on."""
    note = read_note(text)
    proposed = [one for one in result.suggestions if one.status is SuggestionStatus.SUGGESTED]
    drafts = list(_conflicts(result))
    for suggestion in proposed:
        draft = _of_table(note, suggestion, result, setting) or _of_side(suggestion)
        if draft is not None:
            drafts.append(draft)
    return tuple(drafts)


def _of_table(
    note: Note, suggestion: Suggestion, result: CodingResult, setting: Setting
) -> ProviderQuery | None:
    for row in query_table()["questions"]:
        if suggestion.code not in row["dx"] or setting.value not in row.get("settings", (setting.value,)):
            continue
        if row.get("concept") and not any("Not at goal" in hold for hold in result.holds):
            continue
        indicators = (*suggestion.evidence[:2], *_indicators(note, row["look_for"]))
        return ProviderQuery(
            suggestion.code,
            _asked(row["about"]),
            tuple(dict.fromkeys(indicators))[:_MOST_INDICATORS],
            (*_supported(note, row["choices"]), *query_table()["closing_choices"]),
            tuple(row.get("axes", ())),
        )
    return None


def _supported(note: Note, choices: Sequence[str]) -> tuple[str, ...]:
    """The choices of which the note holds a sign; the open one where it holds a sign of none."""
    kept = tuple(one for one in choices if has_support(one, note))
    return kept or (query_table()["open_choice"],)


def _of_side(suggestion: Suggestion) -> ProviderQuery | None:
    title = suggestion.description.lower()
    if not title.endswith(_UNSIDED_ENDS) and not any(part in title for part in _UNSIDED):
        return None
    row = query_table()["side_question"]
    condition = _named(suggestion.evidence[0]) if suggestion.evidence else suggestion.description
    return ProviderQuery(
        suggestion.code,
        _asked(row["about"].format(condition=condition)),
        suggestion.evidence[:_MOST_INDICATORS],
        (*row["choices"], *query_table()["closing_choices"]),
    )


def _conflicts(result: CodingResult) -> Iterator[ProviderQuery]:
    """Conditions named in one place and denied in another, whichever of the two was believed."""
    denied = {
        one.code: one
        for one in result.conflicting
        if one.assertion in (Assertion.NEGATED, Assertion.HISTORICAL)
    }
    for suggestion in result.suggestions:
        other = denied.get(suggestion.code)
        if other is None:
            continue
        row = query_table()["conflict_question"]
        named = [span for span in suggestion.evidence if span not in other.evidence]
        condition = _named((named or suggestion.evidence)[0])
        yield ProviderQuery(
            suggestion.code,
            _asked(row["about"].format(condition=condition)),
            (*named[:3], *other.evidence[:3]),
            (*row["choices"], *query_table()["closing_choices"]),
        )


def _asked(about: str) -> str:
    return f"Based on your clinical judgment, what best describes {about}?"


def _indicators(note: Note, look_for: Sequence[str]) -> Iterator[Span]:
    """The clause around each word looked for, which holds the value; clauses that overlap are one."""
    matcher = PhraseMatcher((phrase(text), text) for text in look_for)
    clauses: list[list[int]] = []
    for first, last, _ in sorted(matcher.find(note.words.forms)):
        sentence = note.sentence_at(first)
        begins = max(sentence.first, first - 2, _after_heading(note, sentence.first))
        ends = min(sentence.last, last + 5)
        if clauses and begins < clauses[-1][1]:
            clauses[-1][1] = max(ends, clauses[-1][1])
        else:
            clauses.append([begins, ends])
    yield from (note.words_span(begins, ends) for begins, ends in clauses if begins < ends)


def _after_heading(note: Note, place: int) -> int:
    title = note.section_at(place).title
    while title is not None and place < len(note.words.starts) and note.words.starts[place] < title.end:
        place += 1
    return place + 1 if title is not None and note.words.forms[place : place + 1] == [COLON] else place


def _named(span: Span) -> str:
    """A condition as it stands in a sentence: without the capital of a line's beginning."""
    words = " ".join(span.text.split())
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
