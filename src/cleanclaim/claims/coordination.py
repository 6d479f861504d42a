"""Coordination of benefits: what an earlier payer did with this claim, as the next payer must be told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import frozen

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.coverage import Coverage
from cleanclaim.kernel.money import Cents


@frozen
class LineAdjudication:
    """An earlier payer's answer for one line (loop 2430): paid, adjusted, decided when."""

    line_number: int
    paid_cents: Cents
    code: str
    paid_units: Decimal
    adjudicated_on: dt.date
    modifiers: tuple[str, ...] = ()
    revenue_code: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    remaining_patient_cents: Cents | None = None


@frozen
class OtherPayer:
    """Another payer of the same claim (loop 2320/2330).

    Before it answered, only ``coverage`` is set. After: what it paid (AMT*D), its adjustments at claim
    level, its answer per line and its own claim number. For each payer, charge = paid + adjustments.
    """

    coverage: Coverage
    paid_cents: Cents | None = None
    adjudicated_on: dt.date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    lines: tuple[LineAdjudication, ...] = ()
    payer_claim_number: str = ""
    remaining_patient_cents: Cents | None = None
