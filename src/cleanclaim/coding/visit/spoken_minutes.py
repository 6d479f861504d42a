"""Minutes as words and figures say them: "45 min", "an hour and five minutes", "1.5 hours"."""

from __future__ import annotations

from cleanclaim.coding.number_words import ONES, TENS

_MINUTE = frozenset(("minute", "min", "mins", "mn"))
_HOUR = frozenset(("hour", "hr", "h"))
TIME_WORDS = _MINUTE | _HOUR
"""Folded units of time."""

GLUED_UNITS = ("minute", "mins", "min")
"""Units that are written to the number ("45min")."""


def minutes_at(forms: list[str], place: int, form: str) -> tuple[int, int, int] | None:
    """Minutes at a place where a unit stands: "45 min", "1 hour 10 minutes", "forty-five minutes", "45min"."""
    if form in _MINUTE:
        number = number_before(forms, place)
        return None if number is None else (*_with_hours(forms, *number), place + 1)
    if form in _HOUR and place:
        following = forms[place + 1 : place + 4]
        if any(word in _MINUTE for word in following):
            return None
        return _hours(forms, place)
    for unit in GLUED_UNITS:
        if form.endswith(unit) and form[: -len(unit)].isdecimal() and len(form) <= 9:
            return int(form[: -len(unit)]), place, place + 1
    return None


def _with_hours(forms: list[str], minutes: int, first: int) -> tuple[int, int]:
    """Minutes with the hours said before them ("an hour and five minutes"), and where the words begin."""
    at = first - 1 - (first > 0 and forms[first - 1] == "and")
    if at < 1 or forms[at] not in _HOUR:
        return minutes, first
    if forms[at - 1] in {"an", "a"}:
        return 60 + minutes, at - 1
    hours = number_before(forms, at)
    return (hours[0] * 60 + minutes, hours[1]) if hours and hours[0] <= _MOST_HOURS else (minutes, first)


_MOST_HOURS = 5
_AFTER_HOUR = {"half": 30, "quarter": 15}


def _hours(forms: list[str], place: int) -> tuple[int, int, int] | None:
    """ "One hour", "half an hour", "an hour and a half", "1.5 hours": no other hours are a visit's."""
    if forms[place - 1] in {"an", "one", "1", "a"}:
        if place > 1 and forms[place - 2] == "half":
            return 30, place - 2, place + 1
        after = [form for form in forms[place + 1 : place + 4] if form not in {"and", "a"}]
        more = _AFTER_HOUR.get(after[0], 0) if after and forms[place + 1] == "and" else 0
        return 60 + more, place - 1, place + (4 if more else 1)
    whole = forms[place - 2 : place - 1]
    if whole and whole[0] in {"1", "2"} and forms[place - 1] in {"5", "25", "75"}:
        return int(float(f"{whole[0]}.{forms[place - 1]}") * 60), place - 2, place + 1
    return None


def number_before(forms: list[str], place: int) -> tuple[int, int] | None:
    if not place:
        return None
    word = forms[place - 1]
    if word.isdecimal() and len(word) <= 3:
        return int(word), place - 1
    if word in TENS:
        return TENS[word], place - 1
    if word in ONES:
        if place > 1 and forms[place - 2] in TENS and ONES[word] < 10:
            return TENS[forms[place - 2]] + ONES[word], place - 2
        return ONES[word], place - 1
    if word in {"full", "whole", "about", "plus"} and place > 1 and forms[place - 2].isdecimal():
        return int(forms[place - 2][:3]), place - 2
    return None
