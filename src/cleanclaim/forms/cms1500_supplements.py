"""Boxes of a CMS-1500 that only some claims fill: 10d, 17a, 19, 20, 24 shaded, 24H to J, 32b and 33b.

What has more to say than its box holds is printed from the beginning, whole pieces only, and the rest is warned about.
Source: NUCC 1500 manual for 02/12. Medicare wants no identifiers but the NPI (Claims Processing Manual chapter 26).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.claims.line import Drug, ServiceLine
from cleanclaim.claims.parties import Provider
from cleanclaim.claims.references import DateKind, OtherNumber
from cleanclaim.claims.supplements import Attachment
from cleanclaim.forms.words import amount_text, bare, form_text, units_text

CODES_WIDTH, NOTES_WIDTH, SHADED_WIDTH = 19, 71, 61
BETWEEN = "   "
DATES_OF_BOX_15 = (
    DateKind.LAST_SEEN,
    DateKind.ACUTE_MANIFESTATION,
    DateKind.LAST_X_RAY,
    DateKind.PRESCRIPTION,
    DateKind.ASSUMED_CARE,
    DateKind.RELINQUISHED_CARE,
    DateKind.PROPERTY_CASUALTY_CONTACT,
)
_NUMBERS = ("0B", "1G", "G2", "LU")
_EPSDT = "ZZ"


def fitting(pieces: Iterable[str], width: int) -> tuple[str, ...]:
    """The pieces from the first on that fit a width together; the first is never left out."""
    kept: list[str] = []
    for piece in pieces:
        if kept and len(BETWEEN.join([*kept, piece])) > width:
            break
        kept.append(piece)
    return tuple(kept)


def code_pieces(claim: ProfessionalClaim) -> tuple[str, ...]:
    """Box 10d: the condition codes."""
    return tuple(form_text(code) for code in claim.condition_codes)


def note_pieces(claim: ProfessionalClaim) -> tuple[str, ...]:
    """Box 19: the note, further notes, and the reports that support the claim."""
    notes = (claim.note, *(note.text for note in claim.other_notes))
    return tuple(form_text(text) for text in notes if text) + tuple(map(_attachment, claim.attachments))


def shaded_pieces(line: ServiceLine) -> tuple[str, ...]:
    """Box 24, shaded: the drug, what was done in words, the contract rate."""
    pieces = [_drug_text(line.drug)] if line.drug is not None else []
    pieces += [
        form_text(f"ZZ{text}") for text in (line.description, *(note.text for note in line.notes)) if text
    ]
    if line.contract is not None and line.contract.cents is not None:
        pieces.append(f"CTR{amount_text(line.contract.cents).replace(' ', '.')}")
    return tuple(pieces)


def claim_supplements(claim: ProfessionalClaim, named: Provider | None, *, medicare: bool) -> dict[str, str]:
    """The boxes of the claim; ``named`` is the provider of box 17."""
    boxes = {
        "10d": BETWEEN.join(fitting(code_pieces(claim), CODES_WIDTH)),
        "19": BETWEEN.join(fitting(note_pieces(claim), NOTES_WIDTH)),
        "20": "NO",
    }
    bought = [line.purchased_service.cents for line in claim.lines if line.purchased_service is not None]
    if bought:
        boxes.update({"20": "YES", "20.charges": amount_text(sum(bought))})
    if medicare:
        return boxes
    if named is not None:
        boxes["17a.qualifier"], boxes["17a"] = _number(named.other_numbers)
    if claim.facility is not None:
        boxes["32b"] = "".join(_number(claim.facility.other_numbers))
    boxes["33b"] = "".join(_number((*claim.coverage.billing_numbers, *claim.billing.other_numbers)))
    return boxes


def line_supplements(
    claim: ProfessionalClaim, line: ServiceLine, rendering: Provider | None, *, medicare: bool
) -> dict[str, str]:
    """The boxes of one line, without their number."""
    boxes = {
        "shaded": BETWEEN.join(fitting(shaded_pieces(line), SHADED_WIDTH)),
        "H": "Y" if line.epsdt or line.family_planning else "",
        "H.reason": next(_epsdt_codes(claim), "") if line.epsdt else "",
    }
    if rendering is not None and not medicare:
        boxes["I"], boxes["J.other"] = _number(rendering.other_numbers)
    return boxes


def _epsdt_codes(claim: ProfessionalClaim) -> Iterator[str]:
    return (code for item in claim.conditions if item.category == _EPSDT for code in item.codes if code)


def _number(numbers: Iterable[OtherNumber]) -> tuple[str, str]:
    """Qualifier and number of the first that no other payer gave and the form has a qualifier for."""
    known = (item for item in numbers if item.kind in _NUMBERS and not item.payer_id)
    return next(((item.kind, bare(item.number)) for item in known), ("", ""))


def _attachment(item: Attachment) -> str:
    return form_text(f"PWK{item.report}{item.sent_by}{item.control_number}")


def _drug_text(drug: Drug) -> str:
    return form_text(f"N4{bare(drug.ndc)} {drug.unit}{units_text(drug.quantity)}")
