"""The codes that a note names, read from its text, and whether one of them covers a given code."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_CODE = r"[A-Z](?:[0-9][0-9A-Z]|[A-Z][0-9])(?:\.[0-9A-Z]{1,4})?"
_REFERENCE = re.compile(rf"\b({_CODE})(?:\.?-)?(?:\s*-\s*({_CODE})(?:\.?-)?)?(?![0-9A-Z.])")
_PLACE = {"fifth": 5, "5th": 5, "sixth": 6, "six": 6, "6th": 6, "7th": 7, "seventh": 7}
_WORD = "|".join(_PLACE)
_ONLY = re.compile(
    rf"[\s,]*+(?:\)[\s,]*+)?with (?P<places>(?:{_WORD})(?: or (?:{_WORD}))?)[ -]characters? "
    r"(?P<values>[0-9A-Z](?:-[0-9A-Z])?(?: or [0-9A-Z])*)(?!-?[0-9A-Z]| or [0-9A-Z])"
)
_LIMITED = re.compile(r"[\s,]*+(?:\)[\s,]*+)?with\b")
_STORED = re.compile(r"([0-9A-Z.]+)(?:-([0-9A-Z.]+))?(?:\[([567]+)=([0-9A-Z]+)\])?")


def references(text: str, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """The codes and ranges that a note names, in the form that `Note.codes` keeps.

    ``exists`` tells whether a code stands in the set: words that only look like codes ("vitamin B12") are
    left out. A reference narrowed in a way not understood ("with final characters -23") is left out too:
    taken whole it would say more than the note does.
    """
    found: list[str] = []
    for match in _REFERENCE.finditer(text):
        first, last = match.group(1), match.group(2)
        if not exists(first) or (last and not exists(last)):
            continue
        limit = _limit(text, match.end())
        if limit is None:
            continue
        found.append(f"{first}-{last}{limit}" if last else first + limit)
    return tuple(dict.fromkeys(found))


def covers(reference: str, code: str) -> bool:
    """Whether a reference kept in `Note.codes` names this ICD-10-CM code or one of its ancestors."""
    first, last, places, values = _split(reference)
    plain = code.replace(".", "")
    if not (plain[: len(first)] >= first and plain[: len(last)] <= last) or len(plain) < len(first):
        return False
    return not places or any(len(plain) >= place and plain[place - 1] in values for place in places)


def first_and_last(reference: str) -> tuple[str, str]:
    """The first and the last code of a reference kept in `Note.codes`, without points; the same twice for a code."""
    first, last, _, _ = _split(reference)
    return first, last


def _limit(text: str, end: int) -> str | None:
    only = _ONLY.match(text, end)
    if only is None:
        return None if _LIMITED.match(text, end) else ""
    places = "".join(str(_PLACE[word]) for word in re.findall(_WORD, only["places"]))
    return f"[{places}={_characters(only['values'])}]"


def _characters(values: str) -> str:
    found = ""
    for part in values.split(" or "):
        first, _, last = part.partition("-")
        found += "".join(chr(point) for point in range(ord(first), ord(last or first) + 1))
    return found


@lru_cache(maxsize=16384)
def _split(reference: str) -> tuple[str, str, tuple[int, ...], str]:
    match = _STORED.fullmatch(reference)
    if match is None:
        raise ValueError(f"{reference!r} is no reference to codes")
    first, last, places, values = match.groups()
    first = first.replace(".", "")
    last = last.replace(".", "") if last else first
    return first, last, tuple(int(place) for place in places or ""), values or ""
