"""Sentences, each with a condition and what is said of it.

The first file in two halves by a hash. The second was written later in other styles: its first 68 sentences were
answered 0.838 right when first seen, the last 48, after the cues had grown, 0.958. The third holds families of
constructions (concessions, denied improvement, check lists, inverted conditions, remission, whose illness it is),
written before the rules for them: 0.494 right when first seen. The fourth was written after those rules, without a
look at them, in three goes with the misses of one mended before the next: 129 of 154, 111 of 137, 51 of 57 right when
first seen. The one by another is half of 240 sentences of an author who had never
seen the rules: 0.769 when first seen (affirmed 22 of 25, negated 24 of 33, family 10 of 13,
historical 7 of 14, hypothetical 14 of 18, uncertain 16 of 18). The other half
was held back while the rules were written: 93 of 119 right when first seen, 109 when its misses were looked at and
it was held back no more. The fifth was written to the classes that an unknown author's sentences were weakest in
(illnesses that are over without saying so, whose illness in abbreviations, orders for what may come): 115 of 150
right when first seen (affirmed 26 of 33, negated 30 of 33, family 14 of 19, historical 14 of 25, hypothetical 16
of 21, uncertain 15 of 19).
The sixth was written in other styles after those classes were mended, in three goes with the misses of one mended
before the next: 132 of 151, 121 of 132 and, of plainer ones, 56 of 58 right when first seen (the second: affirmed 28
of 30, negated 27 of 28, family 15 of 16, historical 18 of 24, hypothetical 15 of 16, uncertain 18 of 18).
The seventh is half of 240 sentences by a further author, 105 of 116 right when first seen. The second that is held
back is the other half (114 of 124 when first seen) and 120 sentences of one author more (114 when first seen, after
the rules above): neither was read.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from cleanclaim.documents.assertion import assertion_at
from cleanclaim.documents.matcher import PhraseMatcher
from cleanclaim.documents.reading import read_note
from cleanclaim.documents.words import phrase


def _rows(name: str) -> list[list[str]]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


_ROWS = _rows("assertion_sentences.tsv")


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


@pytest.mark.parametrize(
    "name",
    [
        f"assertion_sentences_{which}.tsv"
        for which in ("2", "3", "4", "5", "6", "7", "by_another", "held_back", "held_back_2")
    ],
    ids=[
        "of another style",
        "of families of constructions",
        "written after those",
        "of the weak classes",
        "of the same classes in other styles",
        "by a further author",
        "by another author",
        "by that author, held back at first",
        "by two authors it has not met",
    ],
)
def test_what_other_sentences_say(name: str) -> None:
    rows = _rows(name)
    asked = Counter(expected for _, _, expected in rows)
    right = Counter(
        expected for sentence, condition, expected in rows if _right(sentence, condition, expected)
    )
    print(
        f"{right.total()} of {len(rows)}", *(f"{label} {right[label]} of {asked[label]}" for label in asked)
    )
    assert right.total() / len(rows) >= 0.95
    for label in asked:
        assert right[label] / asked[label] >= 0.86, label


def test_there_are_two_hundred() -> None:
    assert len({row[0] for row in _ROWS}) >= 200
