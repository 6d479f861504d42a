"""What a statement must be before a patient may see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.money import format_usd

if TYPE_CHECKING:
    from cleanclaim.forms.statement import Statement, StatementLine, StatementPlan


def refuse_wrong_statement(statement: Statement) -> None:
    """Raises Refused at the first reason not to print; the message names no person."""
    for what, why, fix in _faults(statement):
        raise Refused(what, where="statement", why=why, fix=fix)


def _faults(statement: Statement) -> Iterator[tuple[str, str, str]]:
    if statement.due_cents <= 0:
        yield (
            "nothing is owed",
            f"the amount due is {format_usd(statement.due_cents)}",
            "send no statement, or refund a credit",
        )
    if not statement.lines:
        yield "an amount is due for no service", "the statement has no line", "add the lines it rests on"
    for number, line in enumerate(statement.lines, 1):
        yield from _line_faults(statement, number, line)
    owed = sum(line.owed_cents for line in statement.lines)
    if owed != statement.due_cents:
        yield (
            "the lines do not sum to the amount due",
            f"the lines say {format_usd(owed)}, the statement {format_usd(statement.due_cents)}",
            "build the statement from the ledger again",
        )
    if statement.pay_by < statement.as_of:
        yield "payment is asked for before the statement was written", "", "set a later date to pay by"
    yield from _pending_faults(statement)
    if statement.plan is not None:
        yield from _plan_faults(statement, statement.plan)


def _line_faults(statement: Statement, number: int, line: StatementLine) -> Iterator[tuple[str, str, str]]:
    parts = line.insurance_paid_cents + line.adjusted_cents + line.patient_paid_cents + line.owed_cents
    if parts != line.charge_cents:
        yield (
            f"line {number} does not balance",
            f"its parts make {format_usd(parts)} of a charge of {format_usd(line.charge_cents)}",
            "build the statement from the ledger again",
        )
    if line.service_date > statement.as_of:
        yield f"line {number} is after the day of the statement", "", "correct the date"
    if not line.what.strip() or not line.why.strip():
        yield f"line {number} does not say what it is or why it is owed", "", "give both in plain words"


def _pending_faults(statement: Statement) -> Iterator[tuple[str, str, str]]:
    for number, line in enumerate(statement.pending, 1):
        if line.charge_cents <= 0:
            yield f"pending line {number} has no charge", "", "leave it out"


def _plan_faults(statement: Statement, plan: StatementPlan) -> Iterator[tuple[str, str, str]]:
    most = plan.payment_cents * plan.payments_left
    least = plan.payment_cents * (plan.payments_left - 1)
    if plan.payment_cents <= 0 or plan.payments_left < 1 or not least < statement.due_cents <= most:
        offered = f"{plan.payments_left} payments of {format_usd(plan.payment_cents)}"
        why = f"{offered} for {format_usd(statement.due_cents)}"
        yield "the payment plan does not pay off the amount due", why, "agree the plan anew"
    if plan.payment_cents > statement.due_cents:
        yield "the plan's payment is more than is owed", "", "ask for the rest only"
    if plan.next_payment_on < statement.as_of:
        yield "the plan's next payment is before the statement", "", "set the next payment's date"
