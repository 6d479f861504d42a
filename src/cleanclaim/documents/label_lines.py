"""The last lines of a letter that each name a problem and say, behind a dash, what of it: its assessment, unheaded."""

from __future__ import annotations

import re

from cleanclaim.documents.nesting import MOST_LINES
from cleanclaim.documents.words import Words

_LABEL = re.compile(r"[A-Z][A-Za-z0-9 ,/()'’]{3,60} (?:-|–|—) ?\S")
_LEAST = 2


def label_lines(text: str, words: Words, headed: list[tuple[int, int]]) -> int:
    """The first word of the last such lines, at least two and behind a blank line; 0 for none."""
    lines = words.lines[:MOST_LINES]
    beginnings = {first for first, _ in headed}
    end = len(lines)
    while end:
        begin = end
        while begin and _is_label(text, lines[begin - 1], beginnings):
            begin -= 1
        if end - begin >= _LEAST and begin and _behind_a_blank(text, lines[begin - 1], lines[begin]):
            return lines[begin][0]
        end = begin if begin < end else end - 1
        if end * 2 < len(lines):
            return 0
    return 0


def _is_label(text: str, line: tuple[int, int, int], beginnings: set[int]) -> bool:
    first, start, end = line
    return first not in beginnings and _LABEL.match(text[start:end]) is not None


def _behind_a_blank(text: str, above: tuple[int, int, int], line: tuple[int, int, int]) -> bool:
    return text.count("\n", above[2], line[1]) > 1
