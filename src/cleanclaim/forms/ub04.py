"""The UB-04 (CMS-1450): what stands in its form locators, what does not fit, and the pages as PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from cleanclaim.claims.claim import InstitutionalClaim
from cleanclaim.forms.findings import FormFinding, refuse_if_rejected
from cleanclaim.forms.sheet import draw_data, new_canvas
from cleanclaim.forms.ub04_drawing import draw_ub04
from cleanclaim.forms.ub04_limits import ub04_limits
from cleanclaim.forms.ub04_locators import claim_locators, revenue_locators
from cleanclaim.forms.ub04_sheet import LINES_PER_PAGE, UB04
from cleanclaim.forms.words import amount_text, date_tight
from cleanclaim.kernel.errors import Refused


def ub04_fields(claim: InstitutionalClaim) -> dict[str, str]:
    """What stands in each form locator, over the whole claim, in full and without cutting.

    Keys are the locators ("4", "8b", "31a.code", "67A", "67A.poa", "74a.date", "76.npi"); revenue lines are
    numbered through (``47.23`` is the first line of the second page), line 23 is under ``total.charge``,
    ``total.non_covered`` and the like. Amounts are dollars, a space and cents. Source: Medicare Claims
    Processing Manual chapter 25, section 75.
    """
    return {**claim_locators(claim), **revenue_locators(claim, claim.lines), **_totals(claim)}


def ub04_pages(claim: InstitutionalClaim, *, created_on: dt.date | None = None) -> tuple[dict[str, str], ...]:
    """The same locators page by page, 22 revenue lines each.

    Line 23 has the page number and, on the last page only, revenue code 0001 and the total. ``created_on`` is
    its creation date, left empty when it is not given: nothing here reads a clock.
    """
    starts = range(0, len(claim.lines), LINES_PER_PAGE)
    groups = [claim.lines[start : start + LINES_PER_PAGE] for start in starts]
    pages = []
    for number, lines in enumerate(groups, 1):
        locators = {**claim_locators(claim), **revenue_locators(claim, lines)}
        locators.update({"total.page": str(number), "total.pages": str(len(groups))})
        locators["total.created_on"] = date_tight(created_on)
        if number == len(groups):
            locators.update(_totals(claim))
        pages.append(locators)
    return tuple(pages)


def ub04_findings(claim: InstitutionalClaim) -> tuple[FormFinding, ...]:
    """Everything that the paper cannot show as the claim has it; empty when it shows all."""
    return _findings(claim, ub04_pages(claim))


def ub04_pdf(
    claim: InstitutionalClaim,
    *,
    background: bool = True,
    shift_right_points: float = 0.0,
    shift_down_points: float = 0.0,
    created_on: dt.date | None = None,
) -> bytes:
    """The claim on US letter, one form for each 22 revenue lines; the same claim gives the same bytes.

    With ``background`` the form is drawn by ourselves, for reading and filing. Without it only the data is
    printed, ten characters and six lines to the inch; the shifts, in points of 1/72 inch, align it with the
    original form in a printer.

    Raises:
        Refused: a locator would have to be cut where no rule allows it, or the claim has no line; every such
            locator is named. `ub04_findings` gives the same as records.
    """
    if not claim.lines:
        raise Refused("a claim without a revenue line is no claim", where="UB-04", fix="add the services")
    pages = ub04_pages(claim, created_on=created_on)
    refuse_if_rejected("UB-04", _findings(claim, pages))
    canvas, buffer = new_canvas("UB-04 claim form")
    for locators in pages:
        canvas.translate(shift_right_points, -shift_down_points)
        if background:
            draw_ub04(canvas)
        draw_data(canvas, UB04, locators, bold=background)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _findings(claim: InstitutionalClaim, pages: Sequence[dict[str, str]]) -> tuple[FormFinding, ...]:
    return (*ub04_limits(claim), *UB04.findings(pages))


def _totals(claim: InstitutionalClaim) -> dict[str, str]:
    totals = {"total.revenue_code": "0001", "total.charge": amount_text(claim.charge_cents())}
    non_covered_cents = sum(line.non_covered_cents for line in claim.lines)
    if non_covered_cents:
        totals["total.non_covered"] = amount_text(non_covered_cents)
    return totals
