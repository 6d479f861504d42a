"""What may stand with any claim or line as segments: PWK, CN1, REF, DTP, K3, NTE, CRC, HCP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from cleanclaim.claims.references import NamedDate, OtherNumber, Reference
from cleanclaim.claims.supplements import Attachment, ConditionIndicator, Contract, Note, Repricing
from cleanclaim.kernel.money import Cents
from cleanclaim.x12.syntax.amounts import format_amount, format_quantity
from cleanclaim.x12.syntax.dates import day_row
from cleanclaim.x12.syntax.rows import Row, row


def attachment_rows(of: str, attachments: Iterable[Attachment]) -> Iterator[Row]:
    """PWK: report type, how it is sent, its control number."""
    for item in attachments:
        number = ("AC", item.control_number) if item.control_number else ()
        yield row(of, "PWK", item.report, item.sent_by, "", "", *number)


def contract_rows(of: str, contract: Contract | None) -> Iterator[Row]:
    """CN1."""
    if contract is not None:
        yield row(
            of,
            "CN1",
            contract.kind,
            amount_or_empty(contract.cents),
            quantity_or_empty(contract.percent),
            contract.code,
            quantity_or_empty(contract.terms_discount_percent),
            contract.version,
        )


def named_reference_rows(of: str, references: Iterable[Reference]) -> Iterator[Row]:
    """REF of a claim or a line; REF04 names the other payer that gave the number."""
    for item in references:
        yield row(of, "REF", item.kind.value, item.number, "", _of_payer(item.payer_id))


def other_number_rows(of: str, numbers: Iterable[OtherNumber]) -> Iterator[Row]:
    """REF of a provider, a payer or a person."""
    for item in numbers:
        yield row(of, "REF", item.kind, item.number, "", _of_payer(item.payer_id))


def named_date_rows(of: str, dates: Iterable[NamedDate]) -> Iterator[Row]:
    """DTP with one day each."""
    for item in dates:
        yield day_row(of, item.kind.value, item.on)


def fixed_format_rows(of: str, texts: Iterable[str]) -> Iterator[Row]:
    """K3."""
    for text in texts:
        yield row(of, "K3", text)


def note_rows(of: str, note: str, others: Iterable[Note]) -> Iterator[Row]:
    """NTE: the plain note (ADD), then those of other kinds."""
    if note:
        yield row(of, "NTE", "ADD", note)
    for item in others:
        yield row(of, "NTE", item.kind, item.text)


def condition_rows(of: str, conditions: Iterable[ConditionIndicator]) -> Iterator[Row]:
    """CRC."""
    for item in conditions:
        yield row(of, "CRC", item.category, "Y" if item.applies else "N", *item.codes)


def repricing_rows(of: str, repricing: Repricing | None) -> Iterator[Row]:
    """HCP."""
    if repricing is not None:
        yield row(
            of,
            "HCP",
            repricing.method,
            format_amount(repricing.allowed_cents),
            amount_or_empty(repricing.saved_cents),
            repricing.organization_id,
            quantity_or_empty(repricing.rate),
            repricing.group,
            amount_or_empty(repricing.group_cents),
            repricing.revenue_code,
            repricing.code_kind,
            repricing.code,
            repricing.unit_kind,
            quantity_or_empty(repricing.units),
            repricing.reject_reason,
            repricing.compliance,
            repricing.exception,
        )


def amount_row(of: str, kind: str, cents: Cents | None) -> Iterator[Row]:
    """AMT, where there is an amount."""
    if cents is not None:
        yield row(of, "AMT", kind, format_amount(cents))


def amount_or_empty(cents: Cents | None) -> str:
    """An amount, or an empty element."""
    return "" if cents is None else format_amount(cents)


def quantity_or_empty(quantity: Decimal | None) -> str:
    """A quantity, or an empty element."""
    return "" if quantity is None else format_quantity(quantity)


def _of_payer(payer_id: str) -> tuple[str, ...]:
    return ("2U", payer_id) if payer_id else ()
