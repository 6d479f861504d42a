"""An 835 of anybody as payments, with every segment that has no field kept where it stood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from cleanclaim.claims.remittance import Payment, ProviderAdjustment, Remittance
from cleanclaim.claims.unread import Unread
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.x12.claims_837.parties_in import first, value
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.remittances_835.remittance_claims_in import ClaimParts, claim_payment
from cleanclaim.x12.remittances_835.remittance_rows import payee_rows, payment_rows, provider_adjustment_rows
from cleanclaim.x12.syntax.amounts import amount_at
from cleanclaim.x12.syntax.carried import unread as not_written
from cleanclaim.x12.syntax.dates import day_at, day_or_none
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.syntax.rows import row
from cleanclaim.x12.syntax.transactions import Transaction, transactions
from cleanclaim.x12.unread import error_of, unread

_OPENERS = frozenset({"CLP", "SVC", "LX", "PLB"})


def read_835(data: Bytes) -> Remittance:
    """All payments of a file, in order, or none of them; a file of several interchanges is read through.

    Reading does not judge: sums that do not balance, unknown codes and statuses are kept as sent.

    Raises:
        X12Error: no X12, a broken envelope, another transaction set, or a segment whose amount, quantity,
            date or shape cannot be read; the message names it. `read_every_835` reads the others.
    """
    remittance = read_every_835(data)
    broken = [claim.unread for payment in remittance.payments for claim in payment.claims if claim.unread]
    for item in sorted([*remittance.unread, *broken], key=lambda item: item.segments):
        raise error_of(item)
    return remittance


def read_every_835(data: Bytes) -> Remittance:
    """As `read_835`, each claim payment and each set for itself.

    A claim payment that cannot be read has the reason as its ``unread`` and its neighbours are read; a set that
    makes no payment is in the remittance's ``unread``.

    Raises:
        X12Error: no X12, a broken envelope, or no set that makes a payment.
    """
    payments: list[Payment] = []
    left: list[Unread] = []
    control_number = ""
    for transaction in transactions(data):
        control_number = control_number or transaction.isa.get(13)
        body = list(transaction.body)
        try:
            payments.append(payment_of(evolve(transaction, body=iter(body))))
        except CleanClaimError as error:
            ends = body[-1] if body else transaction.st
            number = transaction.control_number()
            left.append(unread(error, transaction.st, ends, control_number=number))
    if not payments:
        for item in left:
            raise error_of(item)
        raise X12Error("the file holds no transaction set", fix="choose a remittance file (835)")
    return Remittance(tuple(payments), control_number, tuple(left))


def payment_of(transaction: Transaction) -> Payment:
    """The payment of one transaction set; a claim payment that cannot be read is marked ``unread``.

    Raises:
        X12Error: another transaction set, or what stands above and below its claims cannot be read.
    """
    if transaction.set_code() != "835":
        raise X12Error(
            f"this is a {transaction.set_code()[:3]} and no 835",
            segment=transaction.st.ordinal,
            offset=transaction.st.offset,
            fix="choose a remittance file",
        )
    head: list[Segment] = []
    plbs: list[Segment] = []
    loose: list[Segment] = []
    claims = tuple([claim_payment(parts) for parts in _claims(transaction.body, head, plbs, loose)])
    bpr, trn = first(head, "BPR"), first(head, "TRN", "1")
    if bpr is None or trn is None:
        raise X12Error(
            "the payment has no BPR or no TRN segment",
            segment=transaction.st.ordinal,
            offset=transaction.st.offset,
            fix="ask the sender for the file as it was sent",
        )
    _refuse_foreign_money(head)
    payer, payee = _party(head, "PR"), _party(head, "PE")
    payment = Payment(
        trace=trn.get(2),
        payer_name=value(payer, "N1", "PR", 2),
        payer_id=value(payer, "REF", "2U", 2) or value(payer, "N1", "PR", 4),
        payment_cents=amount_at(bpr, 2),
        method=bpr.get(4),
        effective_on=day_at(bpr, 16),
        payee_npi=value(payee, "N1", "PE", 4) if value(payee, "N1", "PE", 3) == "XX" else "",
        payee_name=value(payee, "N1", "PE", 2),
        payer_tax_id=trn.get(3),
        credit_debit=bpr.get(3),
        production_on=_day(head, "405"),
        claims=claims,
        provider_adjustments=tuple(_provider_adjustments(plbs)),
        control_number=transaction.control_number(),
    )
    written = [
        *payment_rows(payment, None),
        *payee_rows(payment, None, ""),
        *provider_adjustment_rows(payment.provider_adjustments),
        row("", "LX", "1"),
    ]
    return evolve(payment, carried=not_written([*head, *loose, *plbs], written, transaction.st.delimiters))


def _refuse_foreign_money(head: Sequence[Segment]) -> None:
    currency = first(head, "CUR")
    if currency is not None and currency.get(2) != "USD":
        raise X12Error(
            "the payment is not in US dollars",
            segment=currency.ordinal,
            offset=currency.offset,
            why="the currency of the payment (CUR02) is another one",
            fix="ask the payer for a remittance in US dollars",
        )


def _claims(
    body: Iterable[Segment], head: list[Segment], plbs: list[Segment], loose: list[Segment]
) -> Iterator[ClaimParts]:
    """Claims as they come; what stands before, between and after them goes into the three lists."""
    current: ClaimParts | None = None
    target = head
    for segment in body:
        name = segment.id
        if name not in _OPENERS:
            target.append(segment)
        elif name == "SVC":
            if current is not None:
                target = []
                current.lines.append(target)
            target.append(segment)
        else:
            if current is not None:
                yield current
                current = None
            if name == "CLP":
                target = [segment]
                current = ClaimParts(target)
            else:
                (plbs if name == "PLB" else loose).append(segment)
                target = loose
    if current is not None:
        yield current


def _provider_adjustments(plbs: Sequence[Segment]) -> Iterator[ProviderAdjustment]:
    for plb in plbs:
        ended = day_at(plb, 2)
        for number in range(3, max(len(plb.elements), 4), 2):
            if number > 3 and not plb.get(number) and not plb.get(number + 1):
                continue
            reason = plb.component(number, 1)
            if not reason:
                raise X12Error(
                    f"PLB{number:02d} has no reason beside its amount",
                    segment=plb.ordinal,
                    offset=plb.offset,
                    fix="ask the payer to correct it",
                )
            reference = plb.delimiters.component.join(plb.components(number)[1:])
            yield ProviderAdjustment(plb.get(1), ended, reason, reference, amount_at(plb, number + 1))


def _party(head: Sequence[Segment], role: str) -> list[Segment]:
    found: list[Segment] = []
    inside = False
    for segment in head:
        if segment.id == "N1":
            inside = segment.get(1) == role
        if inside:
            found.append(segment)
    return found


def _day(segments: Sequence[Segment], qualifier: str) -> dt.date | None:
    segment = first(segments, "DTM", qualifier)
    return day_or_none(segment, 2) if segment else None
