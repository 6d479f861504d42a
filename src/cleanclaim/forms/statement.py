"""The patient's statement: what is owed and why in plain words, and what is not owed yet."""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from cleanclaim.claims.parties import Address, PersonName
from cleanclaim.forms.statement_checks import refuse_wrong_statement
from cleanclaim.forms.statement_drawing import draw_statement
from cleanclaim.kernel.money import Cents


@frozen
class StatementPractice:
    """Who sends the statement and takes the payment.

    ``remit_to`` is where cheques go when that is another address; ``pay_online`` is shown as text, never as
    a link; ``hours`` is when the phone is answered.
    """

    name: str
    address: Address
    phone: str
    remit_to: Address | None = None
    hours: str = ""
    pay_online: str = ""


@frozen
class StatementLine:
    """One service that has been settled: what it was and what became of its charge.

    ``what`` and ``why`` are plain words from the caller. The parts always make up the charge:
    ``charge_cents = insurance_paid_cents + adjusted_cents + patient_paid_cents + owed_cents``.
    """

    service_date: dt.date
    what: str
    charge_cents: Cents
    insurance_paid_cents: Cents
    adjusted_cents: Cents
    owed_cents: Cents
    why: str
    patient_paid_cents: Cents = 0


@frozen
class PendingLine:
    """One service that an insurer has not settled: shown apart and never due."""

    service_date: dt.date
    what: str
    charge_cents: Cents
    payer: str


@frozen
class StatementPlan:
    """A payment plan that is in force: the next payment, when, and how many are left, that one included."""

    payment_cents: Cents
    next_payment_on: dt.date
    payments_left: int


@frozen
class Statement:
    """One statement for one recipient.

    ``due_cents`` is all that the patient owes, the sum of the lines; with a ``plan`` only its next payment
    is asked for now. ``recipient`` is who pays, ``patient`` who was treated.
    """

    practice: StatementPractice
    recipient: PersonName
    recipient_address: Address
    patient: PersonName
    account_number: str
    statement_number: str
    as_of: dt.date
    lines: tuple[StatementLine, ...]
    due_cents: Cents
    pay_by: dt.date
    pending: tuple[PendingLine, ...] = ()
    plan: StatementPlan | None = None
    message: str = ""

    def asked_cents(self) -> Cents:
        """What is asked for now: the plan's next payment, or all that is due."""
        return self.plan.payment_cents if self.plan else self.due_cents

    def asked_by(self) -> dt.date:
        """The day by which it is asked for."""
        return self.plan.next_payment_on if self.plan else self.pay_by


def statement_pdf(statement: Statement) -> bytes:
    """The statement on US letter; the address fits a left-window #10 envelope, the coupon tears off.

    The same statement always gives the same bytes.

    Raises:
        Refused: nothing is owed, the lines do not sum to the amount due, a line does not balance, a date
            does not fit, or a text would not fit its place.
    """
    refuse_wrong_statement(statement)
    return draw_statement(statement)
