"""SNIP type 4 of the claim sets: what must be there because of something else that is there.

Every rule is a function of one claim with its source behind ``Source:``; TR3 means the situational rule of the
named loop and segment in the claim guides 005010X222A1, X223A2 and X224A2.
"""

from __future__ import annotations

import datetime as dt

from cleanclaim.x12.formats import day, first_day, last_day
from cleanclaim.x12.instances import Instance
from cleanclaim.x12.rule import Case, Rule
from cleanclaim.x12.rules_837_money import balances
from cleanclaim.x12.rules_837_supplies import (
    certification,
    line_transport,
    passed_over,
    prior_placement,
    purchased,
    screening,
)

_ADD = "add it"
_DIAGNOSES = frozenset({"ABK", "BK", "ABF", "BF"})


def settle_values(claim: Instance, case: Case) -> None:
    """Code values that wait for a day: the last day of service or of the statement governs."""
    days = [last_day(text) for text in _service_texts(claim)]
    known = [item for item in days if item is not None]
    case.values.settle(max(known) if known else case.written_on)


def frequency(claim: Instance, case: Case) -> None:
    """Source: TR3 2300 CLM05-3 and REF*F8, required where 7 or 8 is sent."""
    code = claim.value("CLM", 5, 3)
    if code in {"7", "8"} and "REFF8" not in claim.at:
        kind = "replacement" if code == "7" else "void"
        case.say(
            4,
            "FREQUENCY-REF",
            f"a {kind} (frequency {code}) does not name the claim it is about: REF*F8 is missing",
            "add the payer's claim control number",
            claim.opener(),
            "REF02",
            "2300",
        )


def pointers(claim: Instance, case: Case) -> None:
    """Source: TR3 2400 SV107 (SV311): a pointer names one of the claim's diagnoses."""
    count = sum(
        1
        for segment in claim.all("HI")
        for text in segment.elements[1:]
        if text.partition(segment.delimiters.component)[0] in _DIAGNOSES
    )
    for line in claim.below("2400"):
        for key, element in (("SV1", 7), ("SV3", 11)):
            segment = line.at.get(key)
            if segment is None or not segment.get(element):
                continue
            texts = segment.components(element)
            if any(text.isdigit() and not 1 <= int(text) <= count for text in texts if text):
                case.say(
                    4,
                    "POINTER-DEAD",
                    f"line {line.opener().get(1)[:6]} points to a diagnosis that the claim does not have"
                    f" (it has {count})",
                    "correct the pointer",
                    segment,
                    f"{key}{element:02d}",
                    "2400",
                )
            elif len(set(texts)) != len(texts):
                case.say(
                    4,
                    "POINTER-TWICE",
                    f"line {line.opener().get(1)[:6]} points to one diagnosis twice",
                    "drop one of the pointers",
                    segment,
                    f"{key}{element:02d}",
                    "2400",
                )


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


def accident(claim: Instance, case: Case) -> None:
    """Source: TR3 2300 CLM11-1, CLM11-4 and DTP*439."""
    clm = claim.opener()
    causes = {clm.component(11, 1), clm.component(11, 2)} - {""}
    if causes & {"AA", "OA"} and "DTP439" not in claim.at:
        case.say(
            4,
            "ACCIDENT-DATE",
            "the claim tells an accident but not its day (DTP*439)",
            _ADD,
            clm,
            "DTP03",
            "2300",
        )
    if "AA" in causes and not clm.component(11, 4) and not clm.component(11, 5):
        case.say(
            4,
            "ACCIDENT-STATE",
            "the claim tells a motor accident but not its state (CLM11-4)",
            _ADD,
            clm,
            "CLM11-4",
            "2300",
        )


def admission(claim: Instance, case: Case) -> None:
    """Source: TR3 2300 DTP*435: required on professional claims for inpatient visits."""
    if claim.value("CLM", 5, 1) in {"21", "51"} and "DTP435" not in claim.at:
        case.say(
            4,
            "ADMISSION-DATE",
            "the patient was an inpatient (place of service 21 or 51), but the admission date is missing",
            _ADD,
            claim.opener(),
            "DTP03",
            "2300",
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


def ambulance(claim: Instance, case: Case) -> None:
    """Source: TR3 2300 CR1, 2310E, 2310F: a transport has a place of pick-up and one of drop-off."""
    transport = claim.at.get("CR1LB")
    if transport is None:
        return
    lines = list(claim.below("2400"))
    for name, line_name, words in (("2310E", "2420G", "pick-up"), ("2310F", "2420H", "drop-off")):
        if claim.one(name) is None and not all(line.one(line_name) is not None for line in lines):
            case.say(
                4,
                "AMBULANCE-PLACE",
                f"an ambulance transport has no {words} address",
                _ADD,
                transport,
                "NM1",
                name,
            )


def other_payers(claim: Instance, case: Case) -> None:
    """Source: TR3 2320 SBR01, 2330B, 2430 SVD01, DTP*573: other payers, their order and their answers."""
    level = claim.above("2000B")
    order = level.value("SBR", 1) if level is not None else ""
    others = list(claim.below("2320"))
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
            _adjudicated(claim, other, payer, case)
    for line in claim.below("2400"):
        for answer in line.below("2430"):
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


def _adjudicated(claim: Instance, other: Instance, payer: Instance, case: Case) -> None:
    """A payer that paid did so on a day, told for the claim or with its lines, never for both."""
    if "AMTD" not in other.at or case.guide.name == "837D":
        return
    number = payer.value("NM1PR", 9)
    answers = any(
        answer.opener().get(1) == number for line in claim.below("2400") for answer in line.below("2430")
    )
    if not answers and "DTP573" not in payer.at:
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


def attachments(claim: Instance, case: Case) -> None:
    """Source: TR3 2300 and 2400 PWK05, PWK06: an attachment sent by another way has a control number."""
    for loop in (claim, *claim.below("2400")):
        for segment in loop.all("PWK"):
            if segment.get(2) in {"BM", "EL", "EM", "FT", "FX"} and not segment.get(6):
                case.say(
                    4,
                    "ATTACHMENT-NUMBER",
                    "an attachment sent apart has no control number (PWK06)",
                    _ADD,
                    segment,
                    "PWK06",
                    loop.spec.id,
                )


def line_numbers(claim: Instance, case: Case) -> None:
    """Source: TR3 2400 LX01: lines count from 1, one by one."""
    for place, line in enumerate(claim.below("2400"), 1):
        if line.opener().get(1) != str(place):
            case.say(
                4,
                "LINE-NUMBER",
                f"line {place} of the claim is not numbered {place}",
                "number the lines from 1, one by one",
                line.opener(),
                "LX01",
                "2400",
            )
            return


def control_numbers(claim: Instance, case: Case) -> None:
    """Source: TR3 2400 REF*6R: a line control number is unique in its claim."""
    seen: set[str] = set()
    for line in claim.below("2400"):
        number = line.value("REF6R", 2)
        if number and number in seen:
            case.say(
                4,
                "LINE-CONTROL-TWICE",
                "two lines have one control number (REF*6R)",
                "give each its own",
                line.at["REF6R"],
                "REF02",
                "2400",
            )
        seen.add(number)


def claim_number(claim: Instance, case: Case) -> None:
    """Source: TR3 2300 CLM01, unique for its patient: one claim stands in a file once."""
    holder = claim.above("2000B")
    named = holder.one("2010BA") if holder is not None else None
    member = named.value("NM1IL", 9) if named is not None else ""
    key = f"{claim.value('CLM', 1)}/{member}/{claim.value('CLM', 2)}"
    if key in case.seen:
        case.say(
            4,
            "CLAIM-TWICE",
            "another claim of this transaction set has the same number, member and charge",
            "send each claim once, under a number of its own",
            claim.opener(),
            "CLM01",
            "2300",
        )
    case.seen.add(key)


def amounts(claim: Instance, case: Case) -> None:
    """Source: TR3 CLM02, SV102, SV104: charges and units are zero or more."""
    if claim.value("CLM", 2)[:1] == "-":
        case.say(
            4,
            "NEGATIVE",
            "the total charge is negative",
            "send a void (frequency 8)",
            claim.opener(),
            "CLM02",
            "2300",
        )
    for line in claim.below("2400"):
        for key, places in (("SV1", (2, 4)), ("SV2", (3, 5)), ("SV3", (2, 6))):
            segment = line.at.get(key)
            if segment is None:
                continue
            for place in places:
                if segment.get(place)[:1] == "-":
                    case.say(
                        4,
                        "NEGATIVE",
                        f"line {line.opener().get(1)[:6]}: {'charge' if place == places[0] else 'units'} are negative",
                        "correct them",
                        segment,
                        f"{key}{place:02d}",
                        "2400",
                    )


def dates(claim: Instance, case: Case) -> None:
    """Source: sense of the dates: birth, illness, admission, service, discharge and sending follow each other."""
    services = [(line, line.at.get("DTP472")) for line in claim.below("2400")]
    born = _birth(claim)
    written = case.written_on
    for line, segment in services:
        began = first_day(segment.get(3)) if segment is not None else None
        if segment is None or began is None:
            continue
        number = line.opener().get(1)[:6]
        if born is not None and began < born:
            case.say(
                4,
                "DATE-BEFORE-BIRTH",
                f"line {number} was rendered before the patient was born",
                "correct one of the dates",
                segment,
                "DTP03",
                "2400",
            )
        if written is not None and began > written:
            case.say(
                4,
                "DATE-FUTURE",
                f"line {number} was rendered after the file was written",
                "correct the date",
                segment,
                "DTP03",
                "2400",
            )
    _order(claim, case)


def _order(claim: Instance, case: Case) -> None:
    starts = [day(claim.value(key, 3)[:8]) for key in ("DTP431", "DTP435")]
    onset, admitted = starts
    discharged = day(claim.value("DTP096", 3)[:8]) if claim.value("DTP096", 2) == "D8" else None
    served = [first_day(text) for text in _service_texts(claim)]
    known = [item for item in served if item is not None]
    if admitted is not None and discharged is not None and discharged < admitted:
        case.say(
            4,
            "DATE-ORDER",
            "the discharge comes before the admission",
            "correct one of the dates",
            claim.at["DTP096"],
            "DTP03",
            "2300",
        )
    if onset is not None and known and onset > max(known):
        case.say(
            4,
            "DATE-ORDER",
            "the illness began after the last service",
            "correct one of the dates",
            claim.at["DTP431"],
            "DTP03",
            "2300",
        )
    accident_day = day(claim.value("DTP439", 3)[:8])
    if accident_day is not None and known and accident_day > max(known):
        case.say(
            4,
            "DATE-ORDER",
            "the accident came after the last service",
            "correct one of the dates",
            claim.at["DTP439"],
            "DTP03",
            "2300",
        )


def _birth(claim: Instance) -> dt.date | None:
    level = claim.parent
    if level is None:
        return None
    named = level.one("2010CA") or level.one("2010BA")
    if level.spec.id == "2000B" and level.value("SBR", 2) != "18":
        return None
    return day(named.value("DMGD8", 2)) if named is not None else None


def _service_texts(claim: Instance) -> list[str]:
    texts = [claim.value(key, 3) for key in ("DTP434", "DTP472") if key in claim.at]
    for line in claim.kids:
        if line.spec.id == "2400":
            segment = line.at.get("DTP472")
            if segment is not None:
                texts.append(segment.get(3))
    return texts


_COMMON: tuple[Rule, ...] = (
    balances,
    frequency,
    pointers,
    subscriber,
    member_number,
    accident,
    other_payers,
    medicare_second,
    billing_number,
    attachments,
    line_numbers,
    control_numbers,
    claim_number,
    amounts,
    dates,
    facility,
    passed_over,
)
PROFESSIONAL_RULES: tuple[Rule, ...] = (
    *_COMMON,
    admission,
    same_provider,
    referring,
    ambulance,
    line_transport,
    certification,
    purchased,
    screening,
    settle_values,
)
DENTAL_RULES: tuple[Rule, ...] = (*_COMMON, same_provider, prior_placement, settle_values)
SHARED_RULES = _COMMON
