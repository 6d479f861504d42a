from __future__ import annotations

import datetime as dt

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.remittance import Payment, ProviderAdjustment, RemittedClaim, RemittedLine

LINE = RemittedLine(
    26500, 9000, "99214", adjustments=(Adjustment("CO", "45", 14500), Adjustment("PR", "3", 3000))
)


def claim(**changes):
    return RemittedClaim(
        **{
            "claim_id": "V01",
            "status": "1",
            "charge_cents": 26500,
            "paid_cents": 9000,
            "lines": (LINE,),
            **changes,
        }
    )


def payment(**changes):
    given = {
        "trace": "T",
        "payer_name": "P",
        "payer_id": "X",
        "payment_cents": 8400,
        "method": "ACH",
        "effective_on": dt.date(2026, 11, 9),
        "claims": (claim(),),
        "provider_adjustments": (ProviderAdjustment("1", dt.date(2026, 12, 31), "WO", "V9", 600),),
    }
    return Payment(**{**given, **changes})


def test_what_balances_differs_by_nothing_at_line_claim_and_payment():
    assert LINE.difference_cents() == claim().difference_cents() == payment().difference_cents() == 0


def test_one_cent_is_seen_at_its_own_level_with_its_sign():
    assert RemittedLine(26500, 9001, adjustments=LINE.adjustments).difference_cents() == -1
    assert claim(paid_cents=8999).difference_cents() == 1
    assert claim(adjustments=(Adjustment("CO", "45", 1),)).difference_cents() == -1
    assert payment(payment_cents=8401).difference_cents() == -1


def test_adjustments_of_the_claim_stand_before_those_of_its_lines():
    first = Adjustment("OA", "23", 0)
    assert claim(adjustments=(first,)).all_adjustments() == (first, *LINE.adjustments)


def test_only_status_22_takes_money_back():
    assert claim(status="22").is_reversal()
    assert not claim(status="2").is_reversal()
