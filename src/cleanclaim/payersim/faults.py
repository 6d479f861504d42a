"""What can go wrong on purpose: the faults that a practice must survive."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.remittance import Payment, ProviderAdjustment, RemittedClaim, RemittedLine
from cleanclaim.kernel.money import Cents


@frozen
class Faults:
    """Which faults to commit; everything off is an honest payer.

    In the money: ``drop_modifiers`` and ``drop_line_controls`` (REF*6R) leave the lines hard to match;
    ``off_by_cents`` puts BPR out of balance; ``split_payment`` pays a claim of several lines in two cheques;
    ``recover_cents`` takes an old overpayment (PLB WO) and ``interest_cents`` adds interest (PLB L6) on the
    first payment. In the files: ``duplicate_file`` sends the same bytes twice, ``cut_at`` ends a file after
    so many bytes. On receipt: ``reject_interchange`` answers a TA1 with that note code and nothing else,
    ``reject_transactions`` a 999 that takes in none.
    """

    drop_modifiers: bool = False
    drop_line_controls: bool = False
    off_by_cents: Cents = 0
    split_payment: bool = False
    recover_cents: Cents = 0
    interest_cents: Cents = 0
    duplicate_file: bool = False
    cut_at: int | None = None
    reject_interchange: str = ""
    reject_transactions: bool = False


NO_FAULTS = Faults()


def spoil_claim(claim: RemittedClaim, faults: Faults) -> RemittedClaim:
    """A claim payment with the faults of its lines."""
    if not (faults.drop_modifiers or faults.drop_line_controls):
        return claim
    return evolve(claim, lines=tuple(_spoil_line(line, faults) for line in claim.lines))


def split_claims(
    claims: Sequence[RemittedClaim],
) -> tuple[tuple[RemittedClaim, ...], tuple[RemittedClaim, ...]]:
    """The claims of two cheques: of each claim with several lines the first line, and then the others."""
    first: list[RemittedClaim] = []
    second: list[RemittedClaim] = []
    for claim in claims:
        if len(claim.lines) < 2 or claim.adjustments:
            first.append(claim)
            continue
        first.append(_with_lines(claim, claim.lines[:1]))
        second.append(_with_lines(claim, claim.lines[1:]))
    return tuple(first), tuple(second)


def spoil_payment(payment: Payment, faults: Faults) -> Payment:
    """A payment with recovery, interest and imbalance."""
    year_end = payment.effective_on.replace(month=12, day=31)
    extra: list[ProviderAdjustment] = []
    if faults.recover_cents:
        reference = f"RECOVERY{payment.trace}"
        extra.append(ProviderAdjustment(payment.payee_npi, year_end, "WO", reference, faults.recover_cents))
    if faults.interest_cents:
        extra.append(
            ProviderAdjustment(payment.payee_npi, year_end, "L6", payment.trace, -faults.interest_cents)
        )
    total = sum(item.cents for item in extra)
    return evolve(
        payment,
        provider_adjustments=(*payment.provider_adjustments, *extra),
        payment_cents=payment.payment_cents - total + faults.off_by_cents,
    )


def spoil_bytes(data: bytes, faults: Faults) -> bytes:
    """A file cut short when that is asked for."""
    return data if faults.cut_at is None else data[: faults.cut_at]


def _spoil_line(line: RemittedLine, faults: Faults) -> RemittedLine:
    if faults.drop_modifiers:
        line = evolve(line, modifiers=())
    return evolve(line, control_number="") if faults.drop_line_controls else line


def _with_lines(claim: RemittedClaim, lines: tuple[RemittedLine, ...]) -> RemittedClaim:
    items: list[Adjustment] = [item for line in lines for item in line.adjustments]
    return evolve(
        claim,
        lines=lines,
        charge_cents=sum(line.charge_cents for line in lines),
        paid_cents=sum(line.paid_cents for line in lines),
        patient_responsibility_cents=sum(item.cents for item in items if item.group == "PR"),
    )
