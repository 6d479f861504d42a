"""Offsets never move, whatever stands in the text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleanclaim.documents.spelling import american
from cleanclaim.documents.word_forms import CLIPPED, fold, stem
from cleanclaim.documents.words import BREAK, MARKS, split

_WRITTEN_OUT = {"right", "left", "with", "first", "second", "third", "fourth", "fifth"}
_TEXTS = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=("Cs",)),
        st.sampled_from("aA0.,;:?!\r\n \u00a0\u00adﬁﬂі-•/()"),
    ),
    max_size=300,
)


@given(_TEXTS)
@example("1ST metatarsal")
@example("CHR gastritis")
def test_every_word_is_the_slice_it_says(text: str) -> None:
    words = split(text)
    for form, start, end in zip(words.forms, words.starts, words.ends, strict=True):
        assert 0 <= start <= end <= len(text)
        if form not in MARKS:
            written = fold(text[start:end])
            assert form in {american(stem(written)), CLIPPED.get(written)} or form in _WRITTEN_OUT


@given(_TEXTS)
def test_words_stand_in_order_and_never_overlap(text: str) -> None:
    words = split(text)
    ends = list(words.ends)
    assert all(start >= end for end, start in zip(ends, list(words.starts)[1:], strict=False))


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "a\nb", "a\u00a0b"])
def test_any_line_end_or_space_parts_words(text: str) -> None:
    assert [form for form in split(text).forms if form not in MARKS] == ["a", "b"]


def test_with_behind_a_stroke_is_read_as_its_word() -> None:
    forms = split("prostate w/ stones w/o pain, d/w him, w/u done").forms
    assert forms[:6] == ["prostate", "with", "stone", "w", "o", "pain"]
    assert forms.count("with") == 1


def test_a_line_that_ends_with_a_unit_ends_its_sentence() -> None:
    words = split("Recheck if not better in 72 h.\ninfantile eczema, flare")
    assert words.forms[words.forms.index("infantile") - 1] == BREAK
