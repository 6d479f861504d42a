"""The key of a claim payment: content only, every amount in it."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from cleanclaim.remittances import posting_key
from cleanclaim.remittances.keys import posting_keys


@pytest.fixture
def told(office):
    return office.payment(office.answer(office.claim(), (7_000, "CO 45 3000")))


@pytest.mark.parametrize(
    "change",
    [
        {"trace": "T2"},
        {"payer_id": "EXMCR"},
        {"payment_cents": 7_001},
        {"effective_on": dt.date(2026, 11, 10)},
    ],
)
def test_another_payment_is_another_key(told, change):
    assert posting_key(attrs.evolve(told, **change), told.claims[0]) != posting_key(told, told.claims[0])


@pytest.mark.parametrize(
    "change",
    [
        {"claim_id": "V02"},
        {"payer_claim_number": "ICN2"},
        {"status": "2"},
        {"charge_cents": 10_001},
        {"paid_cents": 7_001},
        {"lines": ()},
    ],
)
def test_another_answer_is_another_key(told, change):
    changed = attrs.evolve(told.claims[0], **change)
    assert posting_key(told, changed) != posting_key(told, told.claims[0])


def test_a_reason_that_differs_is_another_key(office, told):
    line = attrs.evolve(told.claims[0].lines[0], adjustments=office.cas("CO 97 3000"))
    changed = attrs.evolve(told.claims[0], lines=(line,))
    assert posting_key(told, changed) != posting_key(told, told.claims[0])


def test_the_envelope_the_method_and_the_place_in_the_file_do_not_count(told):
    moved = attrs.evolve(told.claims[0], segment_ordinal=77)
    elsewhere = attrs.evolve(told, control_number="9", method="CHK", payer_name="HARBOR", claims=(moved,))
    assert posting_keys(elsewhere) == posting_keys(told)


def test_equal_answers_in_one_payment_are_counted(told):
    keys = posting_keys(attrs.evolve(told, claims=told.claims * 3))
    assert len(set(keys)) == 3
    assert keys[0] == posting_keys(told)[0]
