"""Compiled phrases as bytes: what goes in comes out, and a damaged file is never read."""

from __future__ import annotations

import pytest

from cleanclaim.coding.lexicon import Term
from cleanclaim.coding.phrases.shapes import Shape
from cleanclaim.coding.phrases.term_file import read_terms, write_terms

_GOUT = Term("dx", "M10.9", "lexicon", frozenset(("chronic",)))
_TITLE = Term("dx", "M1A.9XX0", "title")


def _written() -> bytes:
    return write_terms(
        {("gout",): [_GOUT], ("chronic", "gout"): [_TITLE, _GOUT]},
        {"gout": [(("chron", "gout"), _TITLE)]},
        {"M10": [("M10.9", 'Gout, "unspecified"\n\t|')]},
        {"gout": ["M1A.9XX0|chron gout||?"]},
    )


def test_what_was_written_is_read() -> None:
    kept = read_terms(_written())
    assert list(kept.matcher.find(["chronic", "gout"])) == [(0, 2, (_TITLE, _GOUT)), (1, 2, (_GOUT,))]
    assert kept.apart.get("gout") == ((("chron", "gout"), _TITLE),)
    assert kept.leaves.get("M10") == (("M10.9", 'Gout, "unspecified"\n\t|'),)
    assert kept.shapes.get("gout") == (
        Shape("M1A.9XX0", (frozenset(("chron",)), frozenset(("gout",))), frozenset(), open=True),
    )
    assert kept.shapes.get("none") == ()


def test_a_term_is_one_object_however_often_it_is_found() -> None:
    kept = read_terms(_written())
    found = [values for _, _, values in kept.matcher.find(["gout", "chronic", "gout"])]
    assert found[0][0] is found[2][0] is found[1][1]


@pytest.mark.parametrize("place", [0, 3, 40, -1])
def test_a_changed_byte_is_noticed(place: int) -> None:
    data = bytearray(_written())
    data[place] ^= 1
    with pytest.raises(ValueError):
        read_terms(bytes(data))


@pytest.mark.parametrize("length", [0, 1, 20, 200])
def test_a_file_that_was_cut_is_noticed(length: int) -> None:
    with pytest.raises(ValueError):
        read_terms(_written()[:length])
