"""Whether a condition that is mentioned is asserted: of this patient, now, and for certain."""

from __future__ import annotations

import re
from itertools import islice

from attrs import frozen

from cleanclaim.documents.assertion.checklist import answer_to
from cleanclaim.documents.assertion.cues import Assertion
from cleanclaim.documents.assertion.episodes import past_episode
from cleanclaim.documents.assertion.near import Surroundings, surroundings
from cleanclaim.documents.assertion.relatives import back_to_patient, bearer_after, bearer_before
from cleanclaim.documents.assertion.scope import reaches
from cleanclaim.documents.assertion.standing import stands
from cleanclaim.documents.note import Note, Span


@frozen
class Asserted:
    """An assertion and the words that made it so; ``cue`` is None where the section or nothing decided."""

    assertion: Assertion
    cue: Span | None = None


_NOTHING = Asserted(Assertion.AFFIRMED)
# When several cues reach a mention, the first of these decides: what a relative does not have is no history.
_ORDER = (
    Assertion.NEGATED,
    Assertion.FAMILY,
    Assertion.HYPOTHETICAL,
    Assertion.UNCERTAIN,
    Assertion.HISTORICAL,
)
_SOON = 24
_QUESTION = 40
# The question mark after a condition, in a bracket or after a few words that end its sentence.
_ASKED = re.compile(r"\s?\(\?|[^.;:,\n?!()]{0,30}\?")
_ASKS = re.compile(r"\?\s?(?:of\s|a\s)?$")
_ASKS_WITHIN = 5
# "ALT elevated - ? fatty liver", "cough ?asthma": the mark belongs to what follows it.
_ASKS_AHEAD = re.compile(r"[ \t](?:\?\w|[-\u2013\u2014>]+[ \t]?\?[ \t]?\w)")
# "Soaking two pads an hour, fever, or fainting: emergency department", "fever 38.0 C = ER".
_SEND_TO = re.compile(
    r"(?::|=|-{1,2}>|\u2192|[ \t][-\u2013\u2014])[ \t\n]{0,4}"
    r"(?:(?:go |come |straight |back |right |directly ){0,3}to )?(?:the )?(?:nearest )?"
    r"(?:er|ed|emergency (?:department|room|ward)|emergency|911|call 911"
    r"|come (?:in|back) (?:at once|now|right away|today))"
    r"[ \t]{0,3}(?:at once|now|right away|same day|stat|visit)?[ \t]{0,3}(?:[.;,!)\n]|$)",
    re.IGNORECASE,
)
# "ER - sudden pain, vomiting": a line that the emergency room heads.
_SENT_LINE = re.compile(
    r"(?:back to |to |return to )?(?:er|ed|911|emergency)[ \t]{0,3}(?:-{1,2}>?|=|\u2192|\u2013)[ \t]{0,3}[a-z]",
    re.IGNORECASE,
)
_PLANNED = frozenset(("assessment", "assessment_plan", "impression", "diagnosis", "plan", "disposition"))
_WARNED_WITHIN = 140
_MOST_WARNINGS = 20
# A full stop that ends a sentence, and none within a figure.
_STOP = re.compile(r"[.!?](?!\d)|\n[ \t]*\n")
_SECTION_ASSERTIONS = {"family_history": Assertion.FAMILY, "instructions": Assertion.HYPOTHETICAL}


def assertion_at(note: Note, first: int, last: int) -> Asserted:
    """The assertion of the words from ``first`` up to ``last`` (places in ``note.words``).

    An answer of a check list decides first, then the cues that reach the mention within its clause, then
    the section. Looks at a bounded number of words, so that the time grows with the number of mentions only.
    """
    answer = answer_to(note, first, last)
    if answer is not None and not answer.present:
        return Asserted(Assertion.NEGATED, answer.span)
    near = surroundings(note, first, last)
    cues = _reaching(near)
    if answer is not None:
        cues.pop(Assertion.NEGATED, None)
        cues.pop(Assertion.UNCERTAIN, None)
    if Assertion.HISTORICAL in cues and _lone_none(note, cues.get(Assertion.NEGATED)):
        cues.pop(Assertion.NEGATED)
    for assertion in _ORDER:
        if assertion in cues:
            if _rules_out(cues[assertion]):
                return Asserted(Assertion.NEGATED, cues[assertion])
            settled = assertion is Assertion.UNCERTAIN and _denied_after(note, first, last)
            return settled or Asserted(assertion, cues[assertion])
    sent = _sent_on(note, last)
    if sent is not None:
        return Asserted(Assertion.HYPOTHETICAL, sent)
    section = _SECTION_ASSERTIONS.get(note.section_at(first).kind)
    if section is Assertion.FAMILY and back_to_patient(note, near.low, first):
        return _NOTHING
    return Asserted(section) if section else _NOTHING


def _sent_on(note: Note, last: int) -> Span | None:
    """The words behind a mention, in its own sentence, that send whoever should have it to the emergency room."""
    end = note.words.ends[last - 1]
    begin = note.words.starts[note.sentence_at(last - 1).first]
    near = end - begin <= _WARNED_WITHIN and note.section_at(last - 1).kind in _PLANNED
    headed = _SENT_LINE.match(note.text, begin, end) if near else None
    if headed is not None:
        return note.span(headed.start(), headed.end())
    for start, until in note.once(_sendings):
        if 0 <= start - end <= _WARNED_WITHIN:
            return None if _STOP.search(note.text, end, start) else note.span(start, until)
    return None


def _sendings(note: Note) -> tuple[tuple[int, int], ...]:
    """Where a note says, behind a colon, an arrow or a dash, that one should go to the emergency room."""
    found = islice(_SEND_TO.finditer(note.text), _MOST_WARNINGS)
    return tuple((match.start(), match.end()) for match in found)


def _rules_out(cue: Span) -> bool:
    """Whether a result speaks: "testing rules out", where "rule out" is a doubt."""
    return cue.text.lower() == "rules out"


def _lone_none(note: Note, denial: Span | None) -> bool:
    """Whether a denial only says that what was has not come again: "h/o nephrolithiasis, none recently"."""
    return denial is not None and denial.text.lower() == "none"


def _denied_after(note: Note, first: int, last: int) -> Asserted | None:
    """The denial of a doubted condition where it is named again soon after: "PE considered, PE ruled out"."""
    forms = note.words.forms
    named = forms[first:last]
    for place in range(last, min(len(forms) - len(named) + 1, last + _SOON)):
        if forms[place : place + len(named)] == named:
            again = _reaching(surroundings(note, place, place + len(named)))
            return (
                Asserted(Assertion.NEGATED, again[Assertion.NEGATED]) if Assertion.NEGATED in again else None
            )
    return None


def _reaching(near: Surroundings) -> dict[Assertion, Span]:
    """The first cue of each assertion that reaches the mention."""
    note = near.note
    found: dict[Assertion, Span] = {}
    for hit in near.hits:
        if hit.cue.assertion and hit.cue.assertion not in found and reaches(near, hit):
            if hit.cue.assertion is Assertion.UNCERTAIN and _heads_reason(note, hit.first):
                continue
            found[hit.cue.assertion] = note.words_span(hit.first, hit.last)
    if near.words.relatives:
        bearer = bearer_before(note, near.low, near.first) or bearer_after(note, near.last, near.high)
        if bearer:
            found.setdefault(Assertion.FAMILY, bearer)
    if Assertion.HISTORICAL in found:
        if stands(near, found[Assertion.HISTORICAL]):
            del found[Assertion.HISTORICAL]
    elif over := past_episode(near):
        found[Assertion.HISTORICAL] = over
    mark = _question_mark(note, near.first, near.last)
    if mark:
        found.setdefault(Assertion.UNCERTAIN, mark)
    return found


def _heads_reason(note: Note, place: int) -> bool:
    """Whether a word is the heading of why the patient came ("Question: clearance for hernia repair"): no doubt."""
    section = note.section_at(place)
    title = section.title
    return section.kind == "chief_complaint" and title is not None and note.words.starts[place] < title.end


def _question_mark(note: Note, first: int, last: int) -> Span | None:
    """The question mark directly after a mention or before it: "? pneumonia", "pneumonia (?)"."""
    start, end = note.words.starts[first], note.words.ends[last - 1]
    asked = _ASKED.match(note.text[end : end + _QUESTION])
    if asked and not _asks_ahead(note.text, end + asked.end() - 1):
        return note.span(end + asked.end() - 1, end + asked.end())
    before = _ASKS.search(note.text, max(0, start - _ASKS_WITHIN), start)
    if before is None:
        return None
    opens = before.start() == 0 or not note.text[before.start() - 1].isalnum()
    return note.span(before.start(), before.start() + 1) if opens else None


def _asks_ahead(text: str, mark: int) -> bool:
    """Whether a question mark behind a mention opens the next words instead of closing the last."""
    return _ASKS_AHEAD.search(text, max(0, mark - _ASKS_WITHIN), mark + 3) is not None
