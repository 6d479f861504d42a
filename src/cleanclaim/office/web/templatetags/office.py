"""How pages write money, days and states."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import template

from cleanclaim.kernel.money import format_cents, format_usd
from cleanclaim.office.web.words import ACTION_WORDS, STATE_WORDS

register = template.Library()
NOTHING = "–"
_ISO_DAY = re.compile(r"\b([0-9]{4})-([0-9]{2})-([0-9]{2})\b", re.ASCII)


@register.filter
def usd(cents: int | None) -> str:
    """Cents as dollars for a person, a dash where there is no amount."""
    return NOTHING if cents is None else format_usd(cents)


@register.filter
def plain_usd(cents: int | None) -> str:
    """Cents as digits, for a field that is typed into."""
    return "" if cents is None else format_cents(cents)


@register.filter
def days_left(due: dt.date | None, today: dt.date) -> str:
    """How long until a day: `12 days`, `today`, `3 days late`."""
    if due is None:
        return ""
    days = (due - today).days
    if days == 0:
        return "today"
    word = "day" if abs(days) == 1 else "days"
    return f"{days} {word}" if days > 0 else f"{-days} {word} late"


@register.filter
def urgency(due: dt.date | None, today: dt.date) -> str:
    """`late`, `soon` within two weeks, or nothing."""
    if due is None:
        return ""
    days = (due - today).days
    if days < 0:
        return "late"
    return "soon" if days <= 14 else ""


@register.filter
def age(since: dt.date | None, today: dt.date) -> str:
    """Days since, in as few signs as will do."""
    if since is None:
        return NOTHING
    days = (today - since).days
    return f"{days} d" if days >= 0 else ""


@register.filter
def day(value: dt.date | str | None) -> str:
    """A day as the work writes it, MM/DD/YYYY."""
    if not value:
        return ""
    if isinstance(value, str):
        value = dt.date.fromisoformat(value[:10])
    return f"{value.month:02d}/{value.day:02d}/{value.year:04d}"


@register.filter
def days_in(text: str) -> str:
    """A sentence with its days written MM/DD/YYYY."""
    return _ISO_DAY.sub(r"\2/\3/\1", text)


@register.filter
def chance(probability: float) -> str:
    """A probability in whole per cent; one that is nearly sure is never told as certain."""
    return f"{min(99, max(1, round(probability * 100)))} %"


@register.filter
def state_words(state: str) -> str:
    """A state in words."""
    return STATE_WORDS.get(state, state.replace("-", " "))


@register.filter
def action_words(action: str) -> str:
    """The next action of a denial in words."""
    return ACTION_WORDS.get(action, action.lower())


@register.filter
def plural(count: int, word: str) -> str:
    """`1 claim`, `2 claims`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


@register.filter
def at(mapping: dict[str, Any], key: str) -> Any:
    """The value under a key, or nothing."""
    return mapping.get(key, "")


@register.filter(name="zip")
def zip_code(code: str) -> str:
    """A ZIP code as it is written, nine digits with their dash."""
    return f"{code[:5]}-{code[5:]}" if len(code) == 9 and code.isdigit() else code


@register.filter
def phone(number: str) -> str:
    """A telephone number in its groups."""
    plain = number.isdigit() and len(number) == 10
    return f"{number[:3]} {number[3:6]}-{number[6:]}" if plain else number
