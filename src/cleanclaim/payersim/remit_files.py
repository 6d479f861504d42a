"""Payments as 835 files: one file per payer and payee, and what a file of our own says of its payee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from attrs import evolve

from cleanclaim.claims.parties import Address, Payer, Provider
from cleanclaim.claims.remittance import Payment
from cleanclaim.kernel.errors import Refused
from cleanclaim.payersim.answer import Answer, Route
from cleanclaim.payersim.faults import Faults, spoil_bytes
from cleanclaim.payersim.numbers import Numbers
from cleanclaim.payersim.plan import Plan, Plans
from cleanclaim.x12 import Envelope, write_835
from cleanclaim.x12.syntax.reader import segments


def remittance_files(
    payments: Sequence[Payment],
    payees: dict[str, Provider],
    plans: Plans,
    *,
    on: dt.date,
    numbers: Numbers,
    route: Route,
    faults: Faults,
) -> tuple[Answer, ...]:
    """The 835 files of these payments, in their order; ``payees`` by NPI give address and tax number.

    Raises:
        Refused: the address of a payee is not known.
    """
    answers: list[Answer] = []
    groups: dict[tuple[str, str], list[Payment]] = {}
    for payment in payments:
        groups.setdefault((payment.payer_id, payment.payee_npi), []).append(payment)
    for (payer_id, npi), group in groups.items():
        payee = payees.get(npi)
        if payee is None or payee.address is None:
            raise Refused("the payee's address is not known", where=f"NPI {npi}", fix="give the payee")
        plan = plans[payer_id]
        number = numbers.next()
        envelope = _envelope(plan, route, on, number)
        payer = Payer(plan.payer_id, plan.name, plan.filing_indicator, plan.address)
        data = spoil_bytes(write_835(group, envelope, payer, payee), faults)
        answer = Answer("835", payer_id, f"{payer_id}-{npi}-{number:09d}.835", data)
        answers.append(answer)
        if faults.duplicate_file:
            answers.append(evolve(answer, filename=f"{payer_id}-{npi}-{number:09d}-again.835"))
    return tuple(answers)


def payees_in(data: bytes) -> dict[str, Provider]:
    """The payees of an 835 by NPI, with address and tax number, as its loops 1000B give them."""
    payees: dict[str, Provider] = {}
    current: Provider | None = None
    for segment in segments(data):
        if segment.id == "N1":
            current = None
            if segment.get(1) == "PE" and segment.get(3) == "XX":
                current = Provider(npi=segment.get(4), organization=segment.get(2))
        elif current is not None and segment.id == "N3":
            current = evolve(current, address=Address(segment.get(1), "", "", "", segment.get(2)))
        elif current is not None and segment.id == "N4" and current.address is not None:
            city, state, zip_code = segment.get(1), segment.get(2), segment.get(3)
            place = evolve(current.address, city=city, state=state, zip_code=zip_code)
            current = evolve(current, address=place)
        elif current is not None and segment.id == "REF" and segment.get(1) == "TJ":
            current = evolve(current, tax_id=segment.get(2))
        if current is not None:
            payees[current.npi] = current
    return payees


def _envelope(plan: Plan, route: Route, on: dt.date, number: int) -> Envelope:
    return Envelope(
        sender_id=route.clearinghouse_id,
        receiver_id=route.submitter_id,
        created_at=dt.datetime.combine(on, dt.time(6, 0)),
        interchange_control_number=number,
        group_control_number=number,
        contact_name="Provider Services",
        contact_phone=plan.phone,
        sender_qualifier=route.clearinghouse_qualifier,
        receiver_qualifier=route.submitter_qualifier,
        test=route.test,
        acknowledgement_requested=False,
    )
