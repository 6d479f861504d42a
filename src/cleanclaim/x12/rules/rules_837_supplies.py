"""SNIP type 4 of the claim sets: equipment, transport, purchased services, EPSDT, teeth, payers that were passed over.

As in `rules_837`, the source of every rule stands behind ``Source:``.
"""

from __future__ import annotations

from cleanclaim.kernel.money import format_cents
from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.rules.rule import Case

_ADD = "add it"


def certification(claim: Instance, case: Case) -> None:
    """Source: TR3 X222A1 2400 CR3, DTP*463 and DTP*607: a certification tells when the therapy began, and when
    it was renewed or revised."""
    for line in claim.below("2400"):
        certified = line.at.get("CR3")
        if certified is None:
            continue
        number = line.opener().get(1)[:6]
        if "DTP463" not in line.at:
            case.say(
                4,
                "THERAPY-BEGIN",
                f"line {number} has a certification of equipment, but not the day the therapy began (DTP*463)",
                _ADD,
                certified,
                "DTP03",
                "2400",
            )
        if certified.get(1) in {"R", "S"} and "DTP607" not in line.at:
            case.say(
                4,
                "CERTIFICATION-DATE",
                f"line {number} renews or revises a certification, but does not say when (DTP*607)",
                _ADD,
                certified,
                "DTP03",
                "2400",
            )


def purchased(claim: Instance, case: Case) -> None:
    """Source: TR3 X222A1 2400 PS1 and 2420B: a purchased service names what it cost and who was paid."""
    for line in claim.below("2400"):
        bought, seller = line.at.get("PS1"), line.one("2420B")
        number = line.opener().get(1)[:6]
        if bought is not None and seller is None:
            case.say(
                4,
                "PURCHASED-FROM",
                f"line {number} is a purchased service, but its provider (loop 2420B) is missing",
                _ADD,
                bought,
                "NM1",
                "2420B",
            )
        elif seller is not None and bought is None:
            case.say(
                4,
                "PURCHASED-FROM",
                f"line {number} names the provider of a purchased service, but not what it cost (PS1)",
                _ADD,
                seller.opener(),
                "PS1",
                "2400",
            )


def line_transport(claim: Instance, case: Case) -> None:
    """Source: TR3 X222A1 2400 CR1, 2420G and 2420H: a transport of a line has its places, or the claim has."""
    for line in claim.below("2400"):
        transport = line.at.get("CR1LB")
        if transport is None:
            continue
        for name, above, words in (("2420G", "2310E", "pick-up"), ("2420H", "2310F", "drop-off")):
            if line.one(name) is None and claim.one(above) is None:
                case.say(
                    4,
                    "AMBULANCE-PLACE",
                    f"line {line.opener().get(1)[:6]} is an ambulance transport without a {words} address",
                    _ADD,
                    transport,
                    "NM1",
                    name,
                )


def screening(claim: Instance, case: Case) -> None:
    """Source: TR3 X222A1 and X223A2 2300 CRC*ZZ: NU stands where no referral was given, and only there."""
    for segment in claim.all("CRC"):
        if segment.get(1) != "ZZ":
            continue
        codes = {text for text in segment.elements[3:] if text}
        given = segment.get(2) == "Y"
        if (given and "NU" in codes) or (segment.get(2) == "N" and codes != {"NU"}):
            case.say(
                4,
                "EPSDT-REFERRAL",
                "an EPSDT referral was given, but its condition says that there is none (NU)"
                if given
                else "no EPSDT referral was given, but the condition is not NU",
                "correct CRC02 or CRC03",
                segment,
                "CRC03",
                "2300",
            )


def passed_over(claim: Instance, case: Case) -> None:
    """Source: TR3 X222A1 and X223A2 2320 AMT*A8: a payer that was not asked took nothing off, of the whole charge.

    The guide's own example of MSP sends AMT*A8 beside a payment (AMT*D); then it says something else and passes.
    """
    total = claim.cents("CLM", 2)
    for other in claim.below("2320"):
        told = other.at.get("AMTA8")
        if told is None or "AMTD" in other.at:
            continue
        amount = other.cents("AMTA8", 2)
        payer = other.one("2330B")
        dated = payer is not None and "DTP573" in payer.at
        if total is not None and amount is not None and amount != total:
            case.say(
                4,
                "NON-COVERED",
                f"the other payer does not cover the claim, but the amount is not its charge of {format_cents(total)}",
                "give the total charge of the claim",
                told,
                "AMT02",
                "2320",
            )
        if dated or any(True for _ in other.all("CAS")):
            case.say(
                4,
                "NON-COVERED",
                "the other payer was not asked (AMT*A8), but an answer of it is told",
                "leave out what it paid and took off and the day, or AMT*A8",
                told,
                "AMT01",
                "2320",
            )


def prior_placement(claim: Instance, case: Case) -> None:
    """Source: TR3 X224A2 2400 SV305 and DTP*139, DTP*441: a replacement tells when the one before was placed."""
    for line in claim.below("2400"):
        service = line.at.get("SV3")
        if service is not None and service.get(5) == "R" and "DTP139" not in line.at:
            case.say(
                4,
                "PRIOR-PLACEMENT",
                f"line {line.opener().get(1)[:6]} replaces a prosthesis, but the day of the one before is missing",
                "add DTP*441, or DTP*139 where the day is estimated",
                service,
                "DTP03",
                "2400",
            )
