"""The pretend clearinghouse: bytes of an 837 in, files of the payers out; no clock, no state of its own."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.parties import Provider
from cleanclaim.payersim.answer import Answer, Route
from cleanclaim.payersim.faults import NO_FAULTS, Faults
from cleanclaim.payersim.numbers import Numbers
from cleanclaim.payersim.payments import adjudicate_claims, taken_back
from cleanclaim.payersim.plan import Plans
from cleanclaim.payersim.remit_files import payees_in, remittance_files
from cleanclaim.x12.read_837 import read_837
from cleanclaim.x12.reader import Segment, segments
from cleanclaim.x12.remittance_835 import read_835


def adjudicate(
    data: bytes,
    plans: Plans,
    *,
    on: dt.date,
    numbers: Numbers,
    faults: Faults = NO_FAULTS,
    received_on: dt.date | None = None,
) -> tuple[Answer, ...]:
    """The 835 files, dated ``on``, for the claims of an 837; one per payer and payee.

    A claim that its payer rejects on receipt is in none of them. ``received_on`` is the day the file came
    in (DTM*050, filing limits), ``on`` when it is not told.

    Raises:
        X12Error: the file cannot be read as claims.
        Refused: a claim that no payer can judge (see `judge`).
    """
    claims = [item.claim for item in read_837(data)]
    payments = adjudicate_claims(
        claims, plans, on=on, numbers=numbers, faults=faults, received_on=received_on
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
