"""SNIP types 3 and 4 of the remittance: sums at line, claim and payment, reversals, dates, crossovers.

Source: the balancing section of 005010X221A1; X12 requests for interpretation 689, 791, 1604, 2370.
"""

from __future__ import annotations

from cleanclaim.kernel.money import format_cents
from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.rules.rule import Case, Rule
from cleanclaim.x12.rules.rules_837_money import adjusted
from cleanclaim.x12.syntax.amounts import parse_amount
from cleanclaim.x12.syntax.formats import day

_FIX = "ask the payer to correct the amounts"
_ASK = "ask the payer to correct it"
_MOST_REMEMBERED = 300_000


def claim_sums(claim: Instance, case: Case) -> None:
    """A line's charge less its adjustments is its payment, and so for the claim."""
    clp = claim.opener()
    charge, paid = parse_amount(clp.get(3)), parse_amount(clp.get(4))
    if paid is not None:
        case.sums["paid"] = case.sums.get("paid", 0) + paid
    else:
        case.sums["unread"] = 1
    at_claim = adjusted(claim)
    if charge is None or paid is None or at_claim is None:
        return
    total, lines_charge, lines = at_claim, 0, 0
    for line in claim.kids:
        sums = _line(line, case)
        if sums is None:
            return
        lines += 1
        lines_charge += sums[0]
        total += sums[1]
    if charge - total != paid:
        wrong = f"charge less adjustments differs from the payment by {format_cents(charge - total - paid)}"
        case.say(3, "REMITTED-CLAIM", f"claim payment: {wrong}", _FIX, clp, "CLP04", "2100")
    if lines and lines_charge != charge:
        wrong = f"the charge differs from its lines by {format_cents(charge - lines_charge)}"
        case.say(3, "REMITTED-CHARGE", f"claim payment: {wrong}", _FIX, clp, "CLP03", "2100")


def _line(line: Instance, case: Case) -> tuple[int, int] | None:
    svc = line.opener()
    charge, paid, less = parse_amount(svc.get(2)), parse_amount(svc.get(3)), adjusted(line)
    if charge is None or paid is None or less is None:
        return None
    if charge - less != paid:
        wrong = f"charge less adjustments differs from the payment by {format_cents(charge - less - paid)}"
        case.say(3, "REMITTED-LINE", f"service payment: {wrong}", _FIX, svc, "SVC03", "2110")
    return charge, less


def reversal(claim: Instance, case: Case) -> None:
    """Source: X221A1 1.10.2.8: a reversal takes back with its signs turned."""
    clp = claim.opener()
    if clp.get(2) != "22":
        return
    if (parse_amount(clp.get(3)) or 0) > 0 or (parse_amount(clp.get(4)) or 0) > 0:
        case.say(
            4,
            "REVERSAL-SIGN",
            "a reversal (status 22) carries a charge or payment that is not negative",
            _ASK,
            clp,
            "CLP03",
            "2100",
        )


def reversal_order(claim: Instance, case: Case) -> None:
    """Source: X12 request for interpretation 791: the reversal stands before the claim as it is corrected."""
    clp = claim.opener()
    number = clp.get(1)
    if clp.get(2) != "22":
        if number and len(case.seen) < _MOST_REMEMBERED:
            case.seen.add(number)
    elif number in case.seen:
        case.say(
            4,
            "REVERSAL-ORDER",
            "the reversal (status 22) stands behind the claim as it is corrected",
            "ask the payer to send the reversal first",
            clp,
            "CLP02",
            "2100",
            "warning",
        )


def service_dates(claim: Instance, case: Case) -> None:
    """Source: X221A1 2100 and 2110 DTM: the day of service stands at the line or at the claim."""
    if "DTM232" in claim.at:
        return
    for line in claim.kids:
        if "DTM150" not in line.at:
            case.say(
                4,
                "SERVICE-DATE",
                "neither the line nor the claim has a day of service (DTM)",
                _ASK,
                line.opener(),
                "DTM02",
                "2110",
            )
            return


def crossover(claim: Instance, case: Case) -> None:
    """Source: X221A1 2100 CLP02 and NM1*TT: a claim sent on names the payer it was sent on to."""
    if claim.opener().get(2) in {"19", "20", "21"} and "NM1TT" not in claim.at:
        case.say(
            4,
            "CROSSOVER-PAYER",
            "the claim was sent on to another payer (status 19 to 21) that is not named (NM1*TT)",
            _ASK,
            claim.opener(),
            "NM1",
            "2100",
            "warning",
        )


def values(claim: Instance, case: Case) -> None:
    """Adjustment and remark codes as of the day of payment."""
    case.values.settle(case.days.get("paid"))


def heading(payer: Instance, case: Case) -> None:
    """The day of the payment, known before the first claim."""
    top = payer.parent
    if top is not None:
        paid_on = day(top.value("BPRC", 16))
        if paid_on is not None:
            case.days["paid"] = paid_on
        currency = next(top.all("CUR"), None)
        if currency is not None and currency.get(2) != "USD":
            case.say(
                4,
                "CURRENCY",
                "the payment is not in US dollars (CUR02): it cannot be posted as if it were",
                "ask the payer for a remittance in US dollars",
                currency,
                "CUR02",
                severity="warning",
            )
    case.values.settle(case.days.get("paid"))


def payment(top: Instance, case: Case) -> None:
    """Source: X221A1 1.10.2.1: the payment is what the claims paid less the provider adjustments."""
    bpr = top.at.get("BPRC")
    if bpr is None:
        return
    told = parse_amount(bpr.get(2))
    adjustments = 0
    for segment in top.all("PLB"):
        for place in range(4, 15, 2):
            text = segment.get(place)
            cents = parse_amount(text) if text else 0
            if cents is None:
                return
            adjustments += cents
    if told is None or case.sums.get("unread"):
        return
    expected = case.sums.get("paid", 0) - adjustments
    if bpr.get(3) == "D":
        told = -told
    if told != expected:
        case.say(
            3,
            "PAYMENT-BALANCE",
            f"the payment is {format_cents(told)}; claims less provider adjustments make {format_cents(expected)}",
            _FIX,
            bpr,
            "BPR02",
        )
    if bpr.get(4) == "NON" and told != 0:
        case.say(
            4, "PAYMENT-NONE", "no payment is made (NON), but the amount is not zero", _ASK, bpr, "BPR02"
        )


CLAIM_RULES: tuple[Rule, ...] = (claim_sums, reversal, reversal_order, service_dates, crossover, values)
HEADING_RULES: tuple[Rule, ...] = (heading,)
PAYMENT_RULES: tuple[Rule, ...] = (payment,)
