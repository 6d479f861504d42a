"""An adjustment: the part of a charge that a payer did not pay, under whose responsibility, and why."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from cleanclaim.kernel.money import Cents


class AdjustmentGroup(StrEnum):
    """Who answers for an adjustment (CAS01)."""

    CONTRACTUAL = "CO"
    PATIENT = "PR"
    OTHER = "OA"
    PAYER_INITIATED = "PI"


@frozen
class Adjustment:
    """One reason of a CAS segment: group, claim adjustment reason code, cents with the sign as sent.

    ``group`` is kept as the text received: an unknown group never stops the reading of money. ``apart`` is set on
    the first reason of a CAS segment that came although another of its group had room left: it is sent on so.
    """

    group: str
    reason: str
    cents: Cents
    quantity: Decimal | None = None
    apart: bool = False
