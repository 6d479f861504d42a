"""SNIP type 4 of the claim sets: who the patient is, and providers that stand where they must and nowhere else.

Source of a rule: as in `rules_837`.
"""

from __future__ import annotations

from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.rules.rule import Case

_ADD = "add it"


def subscriber(claim: Instance, case: Case) -> None:
    """Source: TR3 2000B SBR02, 2010BA N3, N4, DMG, 2000C: who the patient is stands in one place."""
    level = claim.parent
    holder = level if level is not None and level.spec.id == "2000B" else claim.above("2000B")
    if level is None or holder is None:
        return
    own = holder.value("SBR", 2) == "18"
    sbr = holder.at.get("SBR")
    named = holder.one("2010BA")
    if own and level.spec.id == "2000C":
        case.say(
            4,
            "SUBSCRIBER-IS-PATIENT",
            "the subscriber is the patient (SBR02 is 18), but a patient level stands below",
            "leave out the patient level, or take 18 out of SBR02",
            level.opener(),
            "HL03",
            "2000C",
        )
    elif not own and level is holder and sbr is not None and sbr.get(2) == "":
        case.say(
            4,
            "PATIENT-MISSING",
            "SBR02 does not say that the subscriber is the patient, and no patient level stands below",
            "put 18 into SBR02, or add the patient",
            sbr,
            "SBR02",
            "2000B",
        )
    if not own or named is None:
        return
    for key, words in (("N3", "street"), ("N4", "city, state and ZIP code"), ("DMGD8", "birth date and sex")):
        if key not in named.at and named.value("NM1IL", 2) == "1":
            case.say(
                4,
                "SUBSCRIBER-INCOMPLETE",
                f"the subscriber is the patient, but the {words} ({key[:3]}) are missing",
                _ADD,
                named.opener(),
                key[:3],
                "2010BA",
            )


def member_number(claim: Instance, case: Case) -> None:
    """Source: TR3 2010BA NM109: required where the subscriber is a person."""
    holder = claim.above("2000B")
    named = holder.one("2010BA") if holder is not None else None
    if named is not None and named.value("NM1IL", 2) == "1" and not named.value("NM1IL", 9):
        case.say(
            4,
            "MEMBER-NUMBER",
            "the subscriber has no member number",
            _ADD,
            named.opener(),
            "NM109",
            "2010BA",
        )


def same_provider(claim: Instance, case: Case) -> None:
    """Source: TR3 2310B, 2310C, 2420A, 2420C: sent only where they differ from the level above."""
    billing = claim.above("2000A")
    first = billing.one("2010AA") if billing is not None else None
    number = first.value("NM185", 9) if first is not None else ""
    rendering = claim.one("2310B")
    adds = rendering is not None and any(item.id != "NM1" for _, item in rendering.segments)
    if rendering is not None and number and rendering.value("NM182", 9) == number and not adds:
        case.say(
            4,
            "RENDERING-SAME",
            "the rendering provider is the billing provider and must not be repeated",
            "leave loop 2310B out",
            rendering.opener(),
            "NM109",
            "2310B",
        )
    above = rendering.value("NM182", 9) if rendering is not None else ""
    for line in claim.below("2400"):
        own = line.one("2420A")
        if own is not None and above and own.value("NM182", 9) == above:
            case.say(
                4,
                "LINE-RENDERING-SAME",
                "the line repeats the claim's rendering provider",
                "leave loop 2420A out",
                own.opener(),
                "NM109",
                "2420A",
            )


def facility(claim: Instance, case: Case) -> None:
    """Source: TR3 2310C (2310E institutional): not sent where the address is that of the billing provider."""
    place = claim.one("2310C") if case.guide.name != "837I" else claim.one("2310E")
    level = claim.above("2000A")
    billing = level.one("2010AA") if level is not None else None
    if place is None or billing is None or case.guide.name == "837D":
        return
    same = [place.value(key, n) == billing.value(key, n) for key, n in (("N3", 1), ("N3", 2), ("N4", 3))]
    if all(same) and place.value("N3", 1) and place.value("NM177", 9) == billing.value("NM185", 9):
        case.say(
            4,
            "FACILITY-SAME",
            "the service facility is the billing provider's own address and must not be repeated",
            "leave the service facility out",
            place.opener(),
            "NM1",
            place.spec.id,
        )


def referring(claim: Instance, case: Case) -> None:
    """Source: TR3 2310A: the primary care provider (P3) comes second, after the referring one (DN)."""
    for name, where in (("2310A", claim), *(("2420F", line) for line in claim.below("2400"))):
        roles = [loop.opener().get(1) for loop in where.below(name)]
        if roles and case.guide.name == "837P" and (roles[0] != "DN" or len(set(roles)) != len(roles)):
            first = next(where.below(name)).opener()
            case.say(
                4,
                "REFERRING-ORDER",
                "the referring provider (DN) comes first, once, and the primary care provider (P3) after it",
                "correct NM101",
                first,
                "NM101",
                name,
            )


def billing_number(claim: Instance, case: Case) -> None:
    """Source: TR3 2010AA NM109 and 2010BB REF*G2: a provider without an NPI needs the payer's number."""
    level = claim.above("2000A")
    billing = level.one("2010AA") if level is not None else None
    holder = claim.above("2000B")
    payer = holder.one("2010BB") if holder is not None else None
    if billing is None or billing.value("NM185", 9):
        return
    if payer is None or "REFG2" not in payer.at:
        case.say(
            4,
            "BILLING-NUMBER",
            "the billing provider has neither an NPI nor a number at the payer",
            "add the NPI",
            billing.opener(),
            "NM109",
            "2010AA",
        )
