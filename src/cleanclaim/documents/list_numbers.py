"""The number that opens an entry of a list."""

from __future__ import annotations

import re

from cleanclaim.documents.words import Words

_RUN = 3
_FURTHEST = 1500
_LETTER = re.compile(r" [A-Za-z]")
# "1 gout", "2 asthma", "3 snoring": bare numbers open entries only where three or more lines follow each other.
_OPENS = [re.compile(rf"(?:^|\n)[ \t]*{number} [A-Za-z]") for number in range(100)]


def list_number(text: str, words: Words, first: int) -> int | None:
    """The number of the list entry that begins with the word at a place ("3.", "3)", "3/ " or a bare "3 "), or None."""
    form = words.forms[first]
    if not form.isascii() or not form.isdigit() or len(form) > 2:
        return None
    behind = text[words.ends[first] : words.ends[first] + 2]
    if behind[:1] in {".", ")"} or behind in {"/ ", "/\t"}:
        return int(form)
    if _LETTER.fullmatch(behind) and _in_a_run(text, words.starts[first], int(form)):
        return int(form)
    return None


def _in_a_run(text: str, start: int, number: int) -> bool:
    """Whether lines that open with the numbers around this one stand before and behind it, three in a row at least."""
    if not 1 <= number < len(_OPENS) - _RUN:
        return False
    begin, end = max(0, start - _FURTHEST), start + _FURTHEST
    before = number == 1 or _OPENS[number - 1].search(text, begin, start) is not None
    behind = _OPENS[number + 1].search(text, start, end) is not None
    if number == 1:
        return behind and _OPENS[number + 2].search(text, start, end) is not None
    if number == 2:
        return before and behind
    return before and _OPENS[number - 2].search(text, begin, start) is not None
