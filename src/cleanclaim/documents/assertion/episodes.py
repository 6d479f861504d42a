"""Illnesses that are over without a word that says so alone: an episode that ended, an operation that cured."""

from __future__ import annotations

from collections.abc import Iterable

from cleanclaim.documents.assertion.cues import word_list
from cleanclaim.documents.assertion.groups import goes_on, holds_one
from cleanclaim.documents.assertion.near import Hit, Surroundings, is_operation
from cleanclaim.documents.assertion.scope import STATUS_POST
from cleanclaim.documents.note import Span
from cleanclaim.documents.words import CLAUSE_BREAK

_TIME_WITHIN = 7
_OPENS_WITHIN = 2
_LINK_WITHIN = 4
_OPERATION_WITHIN = 9
_AFTER_WITHIN = 3
_PLAN_WITHIN = 5
_LINKS = (("for",), ("due", "to"), ("because", "of"), ("secondary", "to"), ("after",))


def past_episode(near: Surroundings) -> Span | None:
    """The words that show an illness to be over; None where it lasts for life, goes on, or nothing shows it."""
    mentioned = near.forms[near.first : near.last]
    if not near.signs and not near.words.operations:
        return None
    if holds_one(mentioned, word_list("lifelong")) or not word_list("said_past").isdisjoint(mentioned):
        return None
    if goes_on(near):
        return None
    return _cured_by_operation(near) or _ended(near)


def _ended(near: Surroundings) -> Span | None:
    """The sign of an end after a time that is over: "colitis in March, finished vancomycin, stools back to normal"."""
    times = [
        time
        for time in near.signs_of("past", "lately")
        if _is_time_of(near, time) or _is_time_of_treatment(near, time)
    ]
    mentioned = near.forms[near.first : near.last]
    if holds_one(mentioned, word_list("enduring")) or not word_list("injuries").isdisjoint(mentioned):
        times = [time for time in times if time.cue.kind == "past"]
    if not times:
        return None
    ends = near.signs_of("over")
    if any(time.cue.kind == "past" for time in times) or not holds_one(mentioned, word_list("lasting")):
        ends += near.signs_of("treated")
    end = next((end for end in ends if near.last <= end.first and not _denied(near, end)), None)
    return near.note.words_span(end.first, end.last) if end else None


def _is_time_of(near: Surroundings, time: Hit) -> bool:
    """Whether a time is when the illness was, and not when something else was or when it began."""
    forms = near.forms
    if time.first >= near.last:
        between = forms[near.last : time.first]
        if len(between) > _TIME_WITHIN or CLAUSE_BREAK in between:
            return False
        return word_list("onset").isdisjoint(between) and not near.commas(near.last + 2, time.first)
    if CLAUSE_BREAK in forms[time.last : near.first]:
        return False
    begun = forms[near.low : near.first]
    if not word_list("onset").isdisjoint(begun):
        return False
    return time.first - near.low <= _OPENS_WITHIN or not word_list("had").isdisjoint(begun)


def _is_time_of_treatment(near: Surroundings, time: Hit) -> bool:
    """Whether it is when something was done about an illness: "cancer, stage IB, treated with hysterectomy 2006"."""
    return any(
        near.last <= done.first
        and done.last <= time.first <= done.last + _TIME_WITHIN
        and not {CLAUSE_BREAK, "since", "start", "started"}.intersection(near.forms[near.last : time.first])
        for done in near.signs_of("treated")
    )


def _denied(near: Surroundings, end: Hit) -> bool:
    return not word_list("denying").isdisjoint(near.forms[max(near.last, end.first - 2) : end.first])


def _cured_by_operation(near: Surroundings) -> Span | None:
    """The operation, long ago, that an illness was the reason of: "tonsils out at 7 for recurrent tonsillitis"."""
    if not near.words.operations or not _is_long_ago(near):
        return None
    place = _operation_before(near)
    if place is None:
        place = _operation_after(near)
    if place is None or not word_list("planned").isdisjoint(_beside(near, place)):
        return None
    return near.note.words_span(place, place + 1)


def _beside(near: Surroundings, place: int) -> list[str]:
    return near.forms[max(near.low, place - _PLAN_WITHIN) : min(near.high, place + _PLAN_WITHIN)]


def _is_long_ago(near: Surroundings) -> bool:
    if near.signs_of("past") or not word_list("past_heads").isdisjoint(near.forms[near.low : near.high]):
        return True
    return near.note.section_at(near.first).kind == "psh"


def _operation_before(near: Surroundings) -> int | None:
    forms = near.forms
    for place in range(near.first - 1, max(near.low, near.first - _LINK_WITHIN) - 1, -1):
        if any(tuple(forms[place : place + len(link)]) == link for link in _LINKS):
            back = range(place - 1, max(near.low, place - _OPERATION_WITHIN) - 1, -1)
            return _first_operation(forms, back)
    start = near.note.words.starts[near.first]
    if near.note.text[max(0, start - 2) : start].strip() == "(":
        return _first_operation(
            forms, range(near.first - 1, max(near.low, near.first - _LINK_WITHIN) - 1, -1)
        )
    return None


def _operation_after(near: Surroundings) -> int | None:
    forms = near.forms
    for place in range(near.last, min(near.high, near.last + _AFTER_WITHIN)):
        if tuple(forms[place : place + 2]) in STATUS_POST:
            return _first_operation(forms, range(place + 2, min(near.high, place + 2 + _AFTER_WITHIN)))
    return None


def _first_operation(forms: list[str], places: Iterable[int]) -> int | None:
    for place in places:
        if forms[place] == CLAUSE_BREAK:
            return None
        if _is_operation(forms, place):
            return place
    return None


def _is_operation(forms: list[str], place: int) -> bool:
    form = forms[place]
    if not is_operation(form):
        return False
    return form not in word_list("taken_out") or not word_list("organs").isdisjoint(
        forms[max(0, place - 4) : place + 3]
    )
