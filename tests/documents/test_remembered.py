"""A word is worked out once, and what is remembered stays bounded."""

from __future__ import annotations

from cleanclaim.documents.remembered import Remembered


def test_a_word_is_worked_out_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    lengths = Remembered(length)
    assert list(map(lengths.__getitem__, ("gout", "flu", "gout"))) == [4, 3, 4]
    assert asked == ["gout", "flu"]


def test_no_more_is_remembered_than_allowed() -> None:
    lengths = Remembered(len, most=10)
    for number in range(1000):
        assert lengths[str(number)] == len(str(number))
        assert len(lengths) <= 10


def test_what_is_too_long_for_a_word_is_not_kept() -> None:
    lengths = Remembered(len)
    assert lengths["a" * 1000] == 1000
    assert not lengths
