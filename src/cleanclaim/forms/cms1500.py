"""The CMS-1500 (02/12): what stands in its boxes, what does not fit, and the pages as PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.forms.cms1500_boxes import claim_boxes, payers_in_order, reads_as_medicare, service_boxes
from cleanclaim.forms.cms1500_drawing import draw_cms1500
from cleanclaim.forms.cms1500_limits import cms1500_limits
from cleanclaim.forms.cms1500_sheet import CMS1500, LINES_PER_PAGE
from cleanclaim.forms.findings import FormFinding, refuse_if_rejected
from cleanclaim.forms.sheet import draw_data, new_canvas
from cleanclaim.forms.words import amount_text
from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.money import Cents


class PageTotals(StrEnum):
    """What box 28 says where a claim needs several forms.

    ``EACH_PAGE``: the charges of that form, so that each form stands alone; the NUCC manual defines item 28
    as the total of box 24F, and Medicare takes each form as a claim of its own. ``LAST_PAGE``: CONTINUED on
    all but the last form, which carries the claim's total; several Medicaid and Blue plans ask for this.
    """

    EACH_PAGE = "each page"
    LAST_PAGE = "last page"


def cms1500_fields(claim: ProfessionalClaim) -> dict[str, str]:
    """What stands in each box, over the whole claim, in full and without cutting.

    Keys are the boxes ("1a", "17b", "21A", "24.1F", "33a"); service lines are numbered through
    (``24.7A`` is the seventh line, the first of the second form). The total is the claim's. A choice is
    its word ("6": "CHILD"), amounts are dollars, a space and cents. Source: NUCC 1500 manual for 02/12,
    and Medicare Claims Processing Manual chapter 26 for original Medicare.
    """
    return {
        **claim_boxes(claim, None),
        **service_boxes(claim, claim.lines),
        **_totals(claim, claim.lines, True),
    }


def cms1500_pages(
    claim: ProfessionalClaim,
    *,
    page_totals: PageTotals = PageTotals.EACH_PAGE,
    signed_on: dt.date | None = None,
) -> tuple[dict[str, str], ...]:
    """The same boxes form by form, six service lines each, the diagnoses of the first on every one."""
    groups = [
        claim.lines[start : start + LINES_PER_PAGE] for start in range(0, len(claim.lines), LINES_PER_PAGE)
    ]
    pages = []
    for number, lines in enumerate(groups, 1):
        boxes = {**claim_boxes(claim, signed_on), **service_boxes(claim, lines)}
        if len(groups) > 1:
            boxes["page"] = f"PAGE {number} OF {len(groups)}"
        if page_totals is PageTotals.EACH_PAGE:
            boxes.update(_totals(claim, lines, number == 1))
        elif number < len(groups):
            boxes["28"] = "CONTINUED"
        else:
            boxes.update(_totals(claim, claim.lines, True))
        pages.append(boxes)
    return tuple(pages)


def cms1500_findings(claim: ProfessionalClaim) -> tuple[FormFinding, ...]:
    """Everything that the paper cannot show as the claim has it; empty when it shows all."""
    return _findings(claim, cms1500_pages(claim))


def cms1500_pdf(
    claim: ProfessionalClaim,
    *,
    background: bool = True,
    shift_right_points: float = 0.0,
    shift_down_points: float = 0.0,
    page_totals: PageTotals = PageTotals.EACH_PAGE,
    signed_on: dt.date | None = None,
) -> bytes:
    """The claim on US letter, one form for each six lines; the same claim always gives the same bytes.

    With ``background`` the form is drawn by ourselves, for reading and filing. Without it only the data is
    printed, ten characters and six lines to the inch, for the red forms that payers scan; the shifts, in
    points of 1/72 inch, align it with a printer.

    Raises:
        Refused: a box would have to be cut where no rule allows it, or the claim has no line; every such
            box is named. `cms1500_findings` gives the same as records.
    """
    if not claim.lines:
        raise Refused("a claim without a service line is no claim", where="CMS-1500", fix="add the services")
    pages = cms1500_pages(claim, page_totals=page_totals, signed_on=signed_on)
    refuse_if_rejected("CMS-1500", _findings(claim, pages))
    canvas, buffer = new_canvas("CMS-1500 claim form")
    for boxes in pages:
        canvas.translate(shift_right_points, -shift_down_points)
        if background:
            draw_cms1500(canvas)
        draw_data(canvas, CMS1500, boxes, bold=background)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _findings(claim: ProfessionalClaim, pages: Sequence[dict[str, str]]) -> tuple[FormFinding, ...]:
    return (*cms1500_limits(claim), *CMS1500.findings(pages))


def _totals(claim: ProfessionalClaim, lines: Sequence[ServiceLine], first: bool) -> dict[str, str]:
    charge_cents = sum(line.charge_cents for line in lines)
    paid_cents = _paid_cents(claim, {line.number for line in lines}, first)
    return {"28": amount_text(charge_cents), "29": amount_text(paid_cents)}


def _paid_cents(claim: ProfessionalClaim, numbers: set[int], first: bool) -> Cents:
    """What others and the patient paid towards some lines; what belongs to no line stands on the first form.

    Medicare counts only the patient's payment in box 29 (Claims Processing Manual chapter 26, 10.4).
    """
    total = claim.patient_paid_cents if first else 0
    if reads_as_medicare(claim):
        return total
    for other in payers_in_order(claim):
        paid_cents = other.paid_cents or 0
        if sum(line.paid_cents for line in other.lines) == paid_cents:
            total += sum(line.paid_cents for line in other.lines if line.line_number in numbers)
        elif first:
            total += paid_cents
    return total
