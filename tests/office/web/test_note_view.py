"""A note whose text changes by being marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.office.web.note_view import MarkedSpan, cut

TEXTS = st.text(max_size=200)
SPANS = st.lists(
    st.builds(
        MarkedSpan,
        number=st.integers(0, 9),
        start=st.integers(-5, 220),
        end=st.integers(-5, 220),
        kind=st.sampled_from(["chosen", "suggested", "suppressed"]),
    ),
    max_size=12,
)


@given(TEXTS, SPANS)
def test_the_pieces_joined_are_the_note(text, spans):
    assert "".join(piece.text for piece in cut(text, spans)) == text


@given(TEXTS, SPANS)
def test_every_marked_character_lies_under_its_spans(text, spans):
    place = 0
    for piece in cut(text, spans):
        for position in range(place, place + len(piece.text)):
            covering = {span.number for span in spans if span.start <= position < span.end}
            inside = {span.number for span in spans if 0 <= span.start <= position < span.end <= len(text)}
            assert inside <= set(piece.numbers) <= covering
        place += len(piece.text)


def test_what_is_chosen_shows_over_what_is_left_out():
    pieces = cut("no fever", [MarkedSpan(1, 3, 8, "suppressed"), MarkedSpan(2, 3, 8, "chosen")])
    assert [(piece.text, piece.numbers, piece.kind) for piece in pieces] == [
        ("no ", (), ""),
        ("fever", (1, 2), "chosen"),
    ]


def test_a_letter_of_two_code_units_is_one_character():
    pieces = cut("a\U0001f600b", [MarkedSpan(1, 2, 3, "suggested")])
    assert [piece.text for piece in pieces] == ["a\U0001f600", "b"]
