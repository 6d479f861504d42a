"""SNIP type 4 of the claim sets: other payers, their order and their answers.

Source of a rule: as in `rules_837`.
"""

from __future__ import annotations

from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.rules.rule import Case

_ADD = "add it"


def other_payers(claim: Instance, case: Case) -> None:
    """Source: TR3 2320 SBR01, 2330B, 2430 SVD01, DTP*573: other payers, their order and their answers."""
    level = claim.above("2000B")
    order = level.value("SBR", 1) if level is not None else ""
    others = list(claim.below("2320"))
    if not others and not any(line.kids for line in claim.below("2400")):
        return
    answers = [(line, answer) for line in claim.below("2400") for answer in line.below("2430")]
    answering = {answer.opener().get(1) for _, answer in answers}
    seen = {order}
    numbers = set()
    for other in others:
        own = other.value("SBR", 1)
        if own in seen and own not in {"", "U"}:
            case.say(
                4,
                "PAYER-ORDER",
                f"two payers stand at the same place of the order ({own[:1]})",
                "give each its own place",
                other.opener(),
                "SBR01",
                "2320",
            )
        seen.add(own)
        payer = other.one("2330B")
        if payer is not None:
            numbers.add(payer.value("NM1PR", 9))
            _adjudicated(other, payer, answering, case)
    for line, answer in answers:
        if answer.opener().get(1) not in numbers:
            case.say(
                4,
                "SVD-PAYER",
                f"line {line.opener().get(1)[:6]} has the answer of a payer that the claim does not name",
                "use the number of NM109 in loop 2330B",
                answer.opener(),
                "SVD01",
                "2430",
            )


def _adjudicated(other: Instance, payer: Instance, answering: set[str], case: Case) -> None:
    """A payer that paid did so on a day, told for the claim or with its lines, never for both."""
    if "AMTD" not in other.at or case.guide.name == "837D":
        return
    if payer.value("NM1PR", 9) not in answering and "DTP573" not in payer.at:
        case.say(
            4,
            "ADJUDICATION-DATE",
            "the other payer's answer has no day (DTP*573)",
            _ADD,
            payer.opener(),
            "DTP03",
            "2330B",
        )


def medicare_second(claim: Instance, case: Case) -> None:
    """Source: TR3 2000B SBR05: required where Medicare is the payer and not the first."""
    level = claim.above("2000B")
    if level is None or level.value("SBR", 9) not in {"MA", "MB"}:
        return
    if level.value("SBR", 1) != "P" and not level.value("SBR", 5) and case.guide.name == "837P":
        case.say(
            4,
            "MSP-TYPE",
            "Medicare is not the first payer, but the reason (SBR05) is missing",
            "say why Medicare pays second",
            level.at["SBR"],
            "SBR05",
            "2000B",
        )
