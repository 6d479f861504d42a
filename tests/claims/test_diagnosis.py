from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.claims.diagnosis import Diagnosis, pointed


@given(st.text("ABCDEFGHIJ0123456789", min_size=3, max_size=7))
def test_a_code_comes_back_from_its_form_without_the_point(plain):
    assert Diagnosis(pointed(plain)).compact() == plain
    assert pointed(pointed(plain)) == pointed(plain)


@pytest.mark.parametrize(
    ("plain", "written"),
    [("I10", "I10"), ("E1165", "E11.65"), ("e11.65", "E11.65"), ("S93401A", "S93.401A"), ("", "")],
)
def test_where_the_point_stands(plain, written):
    assert pointed(plain) == written
