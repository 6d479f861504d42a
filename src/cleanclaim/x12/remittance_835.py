"""An 835 of anybody as payments, with every segment that has no field kept where it stood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from attrs import define, evolve, field

from cleanclaim.claims.remittance import (
    Payment,
    ProviderAdjustment,
    Remittance,
    RemittedClaim,
    RemittedLine,
)
from cleanclaim.x12.amounts import amount_at, amount_or_none, quantity_at
from cleanclaim.x12.carried import unread
from cleanclaim.x12.dates import day_at, day_or_none
from cleanclaim.x12.delimiters import Bytes, Delimiters
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.lines_in import adjustments
from cleanclaim.x12.parties_in import first, value
from cleanclaim.x12.reader import Segment
from cleanclaim.x12.remittance_rows import (
    claim_payment_row,
    claim_payment_rows,
    line_payment_row,
    line_payment_rows,
    payee_rows,
    payment_rows,
    provider_adjustment_rows,
)
from cleanclaim.x12.rows import row
from cleanclaim.x12.transactions import Transaction, transactions

_REMARKS = {"MOA": range(3, 8), "MIA": (5, *range(20, 24))}


def read_835(data: Bytes) -> Remittance:
    """All payments of a file, in order; a file of several interchanges is read through.

    Reading does not judge: sums that do not balance, unknown codes and statuses are kept as sent.

    Raises:
        X12Error: no X12, a broken envelope, another transaction set, or a segment whose amount, quantity,
            date or shape cannot be read; the message names it.
    """
    payments, control_number = [], ""
    for transaction in transactions(data):
        control_number = control_number or transaction.isa.get(13)
        payments.append(payment_of(transaction))
    if not payments:
        raise X12Error("the file holds no transaction set", fix="choose a remittance file (835)")
    return Remittance(tuple(payments), control_number)


@define
class _Claim:
    segments: list[Segment]
    lines: list[list[Segment]] = field(factory=list)


def payment_of(transaction: Transaction) -> Payment:
    """The payment of one transaction set. Raises X12Error as `read_835`."""
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
    claims = tuple(_claim(parts) for parts in _claims(transaction.body, head, plbs, loose))
    bpr, trn = first(head, "BPR"), first(head, "TRN", "1")
    if bpr is None or trn is None:
        raise X12Error(
            "the payment has no BPR or no TRN segment",
            segment=transaction.st.ordinal,
            offset=transaction.st.offset,
            fix="ask the sender for the file as it was sent",
        )
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
    return evolve(payment, carried=unread([*head, *loose, *plbs], written, transaction.st.delimiters))


def _claims(
    body: Iterable[Segment], head: list[Segment], plbs: list[Segment], loose: list[Segment]
) -> Iterator[_Claim]:
    """Claims as they come; what stands before, between and after them goes into the three lists."""
    current: _Claim | None = None
    for segment in body:
        name = segment.id
        if name in {"CLP", "LX", "PLB"}:
            if current is not None:
                yield current
                current = None
            if name == "CLP":
                current = _Claim([segment])
            elif name == "PLB":
                plbs.append(segment)
            else:
                loose.append(segment)
        elif name == "SVC" and current is not None:
            current.lines.append([segment])
        elif current is not None:
            (current.lines[-1] if current.lines else current.segments).append(segment)
        else:
            (loose if loose or plbs else head).append(segment)
    if current is not None:
        yield current


def _claim(parts: _Claim) -> RemittedClaim:
    segments, clp = parts.segments, parts.segments[0]
    qc, tt, interest = first(segments, "NM1", "QC"), first(segments, "NM1", "TT"), first(segments, "AMT", "I")
    claim = RemittedClaim(
        claim_id=clp.get(1),
        status=clp.get(2),
        charge_cents=amount_at(clp, 3),
        paid_cents=amount_at(clp, 4),
        patient_responsibility_cents=amount_or_none(clp, 5) or 0,
        filing_indicator=clp.get(6),
        payer_claim_number=clp.get(7),
        facility_code=clp.get(8),
        frequency=clp.get(9),
        drg=clp.get(11),
        adjustments=adjustments(segments),
        remarks=_claim_remarks(segments),
        patient_last_name=qc.get(3) if qc else "",
        patient_first_name=qc.get(4) if qc else "",
        member_id=(qc.get(9) if qc else "") or value(segments, "NM1", "IL", 9),
        crossover_payer=tt.get(3) if tt else "",
        crossover_payer_id=tt.get(9) if tt else "",
        statement_from=_day(segments, "232"),
        statement_to=_day(segments, "233"),
        received_on=_day(segments, "050"),
        interest_cents=amount_at(interest, 2) if interest else 0,
        segment_ordinal=clp.ordinal,
    )
    written = [*claim_payment_rows(claim), claim_payment_row(claim, with_zero=True)]
    left = unread(segments, written, clp.delimiters)
    lines = tuple(_line(claim, line, clp.delimiters) for line in parts.lines)
    return evolve(claim, lines=lines, carried=left)


def _line(claim: RemittedClaim, segments: Sequence[Segment], delimiters: Delimiters) -> RemittedLine:
    svc = segments[0]
    kind, code, *modifiers = [*svc.components(1), ""]
    submitted = svc.components(6)
    allowed = first(segments, "AMT", "B6")
    began = _day(segments, "472") or _day(segments, "150")
    line = RemittedLine(
        charge_cents=amount_at(svc, 2),
        paid_cents=amount_at(svc, 3),
        code="" if kind == "NU" else code,
        modifiers=() if kind == "NU" else tuple(part for part in modifiers[:4] if part),
        revenue_code=code if kind == "NU" else svc.get(4),
        units=quantity_at(svc, 5) if svc.get(5) else Decimal(1),
        submitted_code=submitted[1] if len(submitted) > 1 else "",
        submitted_modifiers=tuple(part for part in submitted[2:6] if part),
        service_date=began,
        service_date_to=_day(segments, "151"),
        control_number=value(segments, "REF", "6R", 2),
        allowed_cents=amount_at(allowed, 2) if allowed else None,
        adjustments=adjustments(segments),
        remarks=tuple(item.get(2) for item in segments if item.id == "LQ" and item.get(1) == "HE"),
    )
    written = [*line_payment_rows(claim, line), line_payment_row(claim, line, with_one=True)]
    left = unread(segments, written, delimiters)
    return evolve(line, carried=left) if left else line


def _claim_remarks(segments: Sequence[Segment]) -> tuple[str, ...]:
    return tuple(
        segment.get(number)
        for segment in segments
        for number in _REMARKS.get(segment.id, ())
        if segment.get(number)
    )


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
