"""What another payer said of a claim as a whole (MIA, MOA), and the providers' numbers there (2330C to 2330I)."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import Claim
from cleanclaim.claims.coordination import InpatientAdjudication, OtherPayer, OutpatientAdjudication
from cleanclaim.x12.claims_837.supplement_rows import amount_or_empty, quantity_or_empty
from cleanclaim.x12.syntax.amounts import format_quantity
from cleanclaim.x12.syntax.rows import Row, row

INPATIENT_REMARKS = (5, 20, 21, 22, 23)
INPATIENT_LAST = 24
OUTPATIENT_REMARKS = (3, 4, 5, 6, 7)
ROLES = {
    "837P": ("DN", "P3", "82", "77", "DQ", "85"),
    "837I": ("71", "72", "ZZ", "77", "82", "DN", "85"),
    "837D": ("DN", "P3", "82", "DQ", "85", "77", "DD"),
}
"""NM101 of the providers at another payer, in the order of each guide."""


def inpatient_rows(of: str, inpatient: InpatientAdjudication | None) -> Iterator[Row]:
    """MIA."""
    if inpatient is None:
        return
    elements = [""] * INPATIENT_LAST
    elements[0] = format_quantity(inpatient.covered_days)
    for figure in inpatient.figures:
        elements[figure.place - 1] = format_quantity(figure.value)
    for place, remark in zip(INPATIENT_REMARKS, inpatient.remarks, strict=False):
        elements[place - 1] = remark
    yield row(of, "MIA", *elements)


def outpatient_rows(of: str, outpatient: OutpatientAdjudication | None) -> Iterator[Row]:
    """MOA."""
    if outpatient is None:
        return
    remarks = (*outpatient.remarks, *[""] * (len(OUTPATIENT_REMARKS) - len(outpatient.remarks)))
    yield row(
        of,
        "MOA",
        quantity_or_empty(outpatient.reimbursement_rate),
        amount_or_empty(outpatient.payable_cents),
        *remarks,
        amount_or_empty(outpatient.esrd_cents),
        amount_or_empty(outpatient.professional_cents),
    )


def other_provider_rows(claim: Claim, other: OtherPayer, of: str, guide: str) -> Iterator[Row]:
    """Loops 2330C and on: each provider that has a number of its own at the other payer."""
    numbers: dict[str, list[tuple[str, str]]] = {}
    for item in other.provider_numbers:
        numbers.setdefault(item.role, []).append((item.kind, item.number))
    for known in other.coverage.billing_numbers:
        numbers.setdefault("85", []).append((known.kind, known.number))
    order = {role: place for place, role in enumerate(ROLES[guide])}
    for role in sorted(numbers, key=lambda role: order.get(role, len(order))):
        yield row(of, "NM1", role, _entity(claim, role))
        for kind, number in numbers[role]:
            yield row(of, "REF", kind, number)


def _entity(claim: Claim, role: str) -> str:
    """NM102: only billing, rendering and assisting providers may be either; a facility is an organization."""
    provider = {"85": claim.billing, "82": claim.rendering}.get(role)
    organization = role == "77" or (provider is not None and not provider.is_person())
    return "2" if organization else "1"
