"""The pretend clearinghouse: bytes of an 837 in, files of the payers out; no clock, no state of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from attrs import evolve

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.parties import Provider
from cleanclaim.payersim.acknowledge import receive
from cleanclaim.payersim.answer import Answer, Route
from cleanclaim.payersim.faults import NO_FAULTS, Faults
from cleanclaim.payersim.intake import received_sets
from cleanclaim.payersim.numbers import Numbers
from cleanclaim.payersim.payments import adjudicate_claims, taken_back
from cleanclaim.payersim.plan import Plans
from cleanclaim.payersim.remit_files import payees_in, remittance_files
from cleanclaim.x12 import read_835
from cleanclaim.x12.syntax.reader import Segment, segments

__all__ = ["adjudicate", "receive", "take_back"]


def adjudicate(
    data: bytes,
    plans: Plans,
    *,
    on: dt.date,
    numbers: Numbers,
    faults: Faults = NO_FAULTS,
    received_on: dt.date | None = None,
    earlier: Sequence[bytes] = (),
) -> tuple[Answer, ...]:
    """The 835 files, dated ``on``, for the claims of an 837; one per payer and payee.

    A claim that its payer rejects on receipt is in none of them, nor is one of a rejected set.
    ``received_on`` is the day the file came in (DTM*050, filing limits), ``on`` when it is not told.
    ``earlier`` are 835 files from before: a replacement or a void of a claim in them reverses it first.

    Raises:
        X12Error: the envelope of the file is broken.
        Refused: a claim that no payer can judge (see `judge`).
    """
    claims = [claim for received in received_sets(data) for claim in received.claims]
    payments = adjudicate_claims(
        claims,
        plans,
        on=on,
        numbers=numbers,
        faults=faults,
        received_on=received_on,
        earlier=[
            claim for file in earlier for payment in read_835(file).payments for claim in payment.claims
        ],
    )
    payees = {claim.billing.npi: _paid_at(claim) for claim in claims}
    route = Route.of_claims(_first_segment(data))
    return remittance_files(payments, payees, plans, on=on, numbers=numbers, route=route, faults=faults)


def take_back(
    plans: Plans, paid: bytes, *, on: dt.date, numbers: Numbers, faults: Faults = NO_FAULTS
) -> tuple[Answer, ...]:
    """The 835 files in which payers take back, by the scripts of their plans, what the 835 ``paid`` paid.

    Nothing comes back where no script names a claim of the file.

    Raises:
        X12Error: the file cannot be read as a remittance.
    """
    payments = taken_back(plans, read_835(paid).payments, on=on, numbers=numbers)
    route = Route.of_answer(_first_segment(paid))
    return remittance_files(
        payments, payees_in(paid), plans, on=on, numbers=numbers, route=route, faults=faults
    )


def _paid_at(claim: AnyClaim) -> Provider:
    pay_to = claim.pay_to
    return claim.billing if pay_to is None else evolve(claim.billing, address=pay_to.address)


def _first_segment(data: bytes) -> Segment:
    return next(segments(data))
