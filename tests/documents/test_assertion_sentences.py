"""Two hundred sentences, each with a condition and what it says of it, in two halves by a hash.

The cues were fitted on the tuned half and the older sentences of test_assertion only.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cleanclaim.documents.assertion import assertion_at
from cleanclaim.documents.matcher import PhraseMatcher
from cleanclaim.documents.reading import read_note
from cleanclaim.documents.words import phrase

_ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "assertion_sentences.tsv").read_text(encoding="utf-8").splitlines()
]


def _right(sentence: str, condition: str, expected: str) -> bool:
    note = read_note(sentence)
    first, last, _ = next(iter(PhraseMatcher([(phrase(condition), condition)]).find(note.words.forms)))
    return assertion_at(note, first, last).assertion.value == expected


@pytest.mark.parametrize("half", [0, 1], ids=["tuned", "held back"])
def test_what_a_sentence_says_of_a_condition(half: int) -> None:
    rows = [row for row in _ROWS if hashlib.sha256(row[0].encode()).digest()[0] % 2 == half]
    right = sum(_right(sentence, condition, expected) for sentence, condition, expected in rows)
    print(f"{right} of {len(rows)}")
    assert right / len(rows) >= 0.92


def test_there_are_two_hundred() -> None:
    assert len({row[0] for row in _ROWS}) >= 200
