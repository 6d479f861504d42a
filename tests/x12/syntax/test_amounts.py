"""Amounts and quantities are read strictly and written as X12 writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.x12.syntax.amounts import format_amount, format_quantity, parse_amount, parse_quantity


@given(st.integers(-(10**14), 10**14))
def test_cents_come_back(cents: int) -> None:
    assert parse_amount(format_amount(cents)) == cents


@given(st.decimals(-(10**8), 10**8, allow_nan=False, allow_infinity=False, places=3))
def test_quantities_come_back(quantity: Decimal) -> None:
    assert parse_quantity(format_quantity(quantity)) == quantity


@pytest.mark.parametrize(
    ("text", "cents"), [("125", 12500), ("125.5", 12550), (".5", 50), ("-.05", -5), ("0", 0), ("1.", 100)]
)
def test_short_forms_are_read(text: str, cents: int) -> None:
    assert parse_amount(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        ".",
        "-.",
        "1.005",
        "1E3",
        "1,234.50",
        "$5",
        "NaN",
        " 1",
        "1 ",
        "１２",
        "1_000",
        "--1",
        "+1",
        "²",
    ],
)
def test_anything_else_is_no_amount(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize("text", ["", "-", ".", "1E3", "NaN", "1.2.3", "１", "1" * 16, "Infinity"])
def test_anything_else_is_no_quantity(text: str) -> None:
    assert parse_quantity(text) is None
