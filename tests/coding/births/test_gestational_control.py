"""Gestational diabetes is coded by what controls it, wherever the note tells that."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("30w2d. Impression: Gestational diabetes, now needs insulin, NPH 12 units started.", "O24.414"),
        ("30w2d. Meds: metformin 500 bid. Impression: Gestational diabetes, at goal.", "O24.415"),
        ("30w2d. Sugars at goal on diet alone. Impression: Gestational diabetes.", "O24.410"),
        ("30w2d. Impression: Gestational diabetes, no insulin so far.", "O24.419"),
    ],
)
def test_the_control_is_the_one_told(note: str, code: str, codes: Callable[..., list[str]]) -> None:
    assert code in codes(note)
