"""What stands in each box of a CMS-1500 (02/12): pure, from the claim, with nothing cut to fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cleanclaim.claims.claim import Accident, AccidentKind, Frequency, ProfessionalClaim
from cleanclaim.claims.coordination import OtherPayer
from cleanclaim.claims.coverage import Coverage, CoverageOrder, Relationship
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Address, Provider, Sex
from cleanclaim.claims.references import ReferenceKind
from cleanclaim.forms.cms1500_supplements import DATES_OF_BOX_15, claim_supplements, line_supplements
from cleanclaim.forms.words import (
    address_text,
    amount_text,
    bare,
    city_line,
    date_spaced,
    date_spaced_short,
    form_text,
    name_in_order,
    name_with_commas,
    phone_text,
    street_text,
    units_text,
    zip_text,
)

SIGNATURE_ON_FILE = "SIGNATURE ON FILE"
POINTER_LETTERS = "ABCDEFGHIJKL"

# Box 1 by claim filing indicator; whatever is not named here is OTHER, or GROUP with a group number.
_BOX_1 = {
    "MA": "MEDICARE",
    "MB": "MEDICARE",
    "16": "MEDICARE",
    "MC": "MEDICAID",
    "CH": "TRICARE",
    "VA": "CHAMPVA",
    "OF": "FECA",
}
_NEVER_GROUP = {"WC", "AM", "LM", "09"}
# Medicare reads boxes 4, 7, 9, 11 and 29 its own way (Claims Processing Manual chapter 26, 10.2-10.4).
_READS_AS_MEDICARE = {"MA", "MB"}
# Only Medicaid programs ask for the billing taxonomy on paper; Medicare returns a claim with box 33b filled.
_WANTS_TAXONOMY = {"MC"}
_RELATIONSHIPS = {Relationship.SELF: "SELF", Relationship.SPOUSE: "SPOUSE", Relationship.CHILD: "CHILD"}
_AT_HOME = {"10", "12"}
_OF_BOX_23 = {ReferenceKind.MAMMOGRAPHY_CERTIFICATION, ReferenceKind.INVESTIGATIONAL_DEVICE}
_SEX_MARKS = {Sex.MALE: "M", Sex.FEMALE: "F"}


def reads_as_medicare(claim: ProfessionalClaim) -> bool:
    """Whether the payer of this version is original Medicare."""
    return claim.coverage.payer.filing_indicator in _READS_AS_MEDICARE


def payers_in_order(claim: ProfessionalClaim) -> tuple[OtherPayer, ...]:
    """The other payers, primary first."""
    return tuple(sorted(claim.other_payers, key=lambda other: other.coverage.order.rank()))


def claim_boxes(claim: ProfessionalClaim, signed_on: dt.date | None) -> dict[str, str]:
    """Everything but the service lines and the totals: the boxes that repeat on every page."""
    return {
        **_carrier(claim),
        **_patient(claim),
        **_insured(claim),
        **_other_insured(claim),
        **_causes(claim.accident),
        **_signatures(claim),
        **_dates(claim),
        **_referral(claim),
        **_supplements(claim),
        **_diagnoses(claim),
        **_numbers(claim),
        **_billing(claim, signed_on),
    }


def service_boxes(claim: ProfessionalClaim, lines: Iterable[ServiceLine]) -> dict[str, str]:
    """Box 24 for some lines, numbered from 1 in the order given: ``24.1A`` to ``24.nJ``."""
    boxes: dict[str, str] = {}
    for place, line in enumerate(lines, 1):
        boxes.update({f"24.{place}{part}": value for part, value in _line(claim, line).items()})
    return boxes


def ordering_provider(claim: ProfessionalClaim) -> Provider | None:
    """The first ordering provider of any line."""
    return next((line.ordering for line in claim.lines if line.ordering is not None), None)


def box_17_candidates(claim: ProfessionalClaim) -> tuple[tuple[str, Provider], ...]:
    """Who could stand in box 17, in the order in which the NUCC manual puts them."""
    referring = claim.referring or next((line.referring for line in claim.lines if line.referring), None)
    ranked = (("DN", referring), ("DK", ordering_provider(claim)), ("DQ", claim.supervising))
    return tuple((qualifier, provider) for qualifier, provider in ranked if provider is not None)


def box_23_candidates(claim: ProfessionalClaim) -> tuple[str, ...]:
    """Every number that asks for box 23, which holds one: authorization, referral, CLIA, mammography, device.

    For Medicare also the ZIP code where an ambulance took the patient up (Claims Processing Manual chapter 26, 10.4).
    """
    numbers = (
        claim.authorization_number,
        *(line.authorization_number for line in claim.lines),
        claim.referral_number,
        claim.clia_number,
        *(item.number for item in claim.references if item.kind in _OF_BOX_23 and not item.payer_id),
        _picked_up_at(claim),
    )
    return tuple(dict.fromkeys(bare(number) for number in numbers if number))


def _picked_up_at(claim: ProfessionalClaim) -> str:
    places = (claim.pick_up, *(line.pick_up for line in claim.lines))
    first = next((place for place in places if place is not None), None)
    return first.address.zip_code[:5] if first is not None and reads_as_medicare(claim) else ""


def box_14_candidates(claim: ProfessionalClaim) -> tuple[tuple[str, dt.date], ...]:
    """Dates for box 14 with their qualifier: onset, last menstrual period, or the day of the accident."""
    accident = claim.accident.occurred_on if claim.accident else None
    ranked = (("431", claim.onset_date), ("484", claim.last_menstrual_date), ("431", accident))
    return tuple(dict.fromkeys((qualifier, day) for qualifier, day in ranked if day is not None))


def box_15_candidates(claim: ProfessionalClaim) -> tuple[tuple[str, dt.date], ...]:
    """Dates for box 15 with their qualifier: first treatment, an accident that is not in box 14, and others."""
    accident = claim.accident.occurred_on if claim.accident else None
    taken = {day for _, day in box_14_candidates(claim)[:1]}
    ranked = [("454", claim.initial_treatment_date), ("439", None if accident in taken else accident)]
    ranked += [
        (item.kind.value, item.on) for kind in DATES_OF_BOX_15 for item in claim.dates if item.kind is kind
    ]
    return tuple((qualifier, day) for qualifier, day in ranked if day is not None)


def _carrier(claim: ProfessionalClaim) -> dict[str, str]:
    payer = claim.coverage.payer
    boxes = {"carrier.1": form_text(payer.name)}
    if payer.address is not None:
        streets = (address_text(payer.address.line1), address_text(payer.address.line2))
        rest = [line for line in (*streets, city_line(payer.address)) if line]
        boxes.update({f"carrier.{place}": line for place, line in enumerate(rest, 2)})
    return boxes


def _patient(claim: ProfessionalClaim) -> dict[str, str]:
    patient = claim.patient
    return {
        "1": _program(claim.coverage),
        "1a": bare(claim.coverage.subscriber.member_id),
        "2": name_with_commas(patient.name),
        "3": date_spaced(patient.birth_date),
        "3.sex": _SEX_MARKS.get(patient.sex, ""),
        **_address("5", patient.address, patient.phone),
    }


def _program(coverage: Coverage) -> str:
    indicator = coverage.payer.filing_indicator
    named = _BOX_1.get(indicator)
    if named is not None:
        return named
    return "GROUP" if coverage.group_number and indicator not in _NEVER_GROUP else "OTHER"


def _insured_coverage(claim: ProfessionalClaim) -> Coverage | None:
    """Whose policy boxes 4, 6, 7 and 11 speak of: for Medicare the payer before it, if there is one."""
    if not reads_as_medicare(claim):
        return claim.coverage
    if claim.coverage.order is CoverageOrder.PRIMARY:
        return None
    earlier = payers_in_order(claim)
    return earlier[0].coverage if earlier else None


def _insured(claim: ProfessionalClaim) -> dict[str, str]:
    coverage = _insured_coverage(claim)
    if coverage is None:
        return {"11": "NONE"}
    subscriber = coverage.subscriber
    is_patient = coverage.relationship is Relationship.SELF
    address = subscriber.address or (claim.patient.address if is_patient else None)
    boxes = {
        "4": name_with_commas(subscriber.name),
        "6": _RELATIONSHIPS.get(coverage.relationship, "OTHER"),
        "11": form_text(coverage.group_number or (subscriber.member_id if reads_as_medicare(claim) else "")),
        "11a": date_spaced(_birth_date(claim, coverage)),
        "11a.sex": _SEX_MARKS.get(_sex(claim, coverage), ""),
        "11c": form_text(coverage.plan_name or coverage.payer.name),
    }
    if address is not None:
        boxes.update(_address("7", address, claim.patient.phone if is_patient else ""))
    if coverage.property_casualty_number:
        boxes["11b.qualifier"] = "Y4"
        boxes["11b"] = form_text(coverage.property_casualty_number)
    return boxes


def _birth_date(claim: ProfessionalClaim, coverage: Coverage) -> dt.date | None:
    is_patient = coverage.relationship is Relationship.SELF
    return coverage.subscriber.birth_date or (claim.patient.birth_date if is_patient else None)


def _sex(claim: ProfessionalClaim, coverage: Coverage) -> Sex:
    is_patient = coverage.relationship is Relationship.SELF
    return coverage.subscriber.sex or (claim.patient.sex if is_patient else Sex.UNKNOWN)


def _other_insured(claim: ProfessionalClaim) -> dict[str, str]:
    others = payers_in_order(claim)
    if reads_as_medicare(claim):
        others = others if claim.coverage.order is CoverageOrder.PRIMARY else ()
    if not others:
        return {} if reads_as_medicare(claim) else {"11d": "NO"}
    coverage = others[0].coverage
    boxes = {
        "9": name_with_commas(coverage.subscriber.name),
        "9a": form_text(coverage.group_number or coverage.subscriber.member_id),
        "9d": form_text(coverage.plan_name or coverage.payer.name),
    }
    return boxes if reads_as_medicare(claim) else {**boxes, "11d": "YES"}


def _causes(accident: Accident | None) -> dict[str, str]:
    kind = accident.kind if accident else None
    boxes = {
        "10a": "YES" if kind is AccidentKind.EMPLOYMENT else "NO",
        "10b": "YES" if kind is AccidentKind.AUTO else "NO",
        "10c": "YES" if kind is AccidentKind.OTHER else "NO",
    }
    if accident is not None and kind is AccidentKind.AUTO:
        boxes["10b.state"] = form_text(accident.state)
    return boxes


def _signatures(claim: ProfessionalClaim) -> dict[str, str]:
    return {
        "12": SIGNATURE_ON_FILE if claim.signature_on_file else "",
        "13": SIGNATURE_ON_FILE if claim.benefits_assigned else "",
    }


def _dates(claim: ProfessionalClaim) -> dict[str, str]:
    boxes: dict[str, str] = {}
    for box, candidates in (("14", box_14_candidates(claim)), ("15", box_15_candidates(claim))):
        if candidates:
            boxes[f"{box}.qualifier"], day = candidates[0]
            boxes[box] = date_spaced(day)
    if claim.unable_to_work is not None:
        boxes["16.from"] = date_spaced(claim.unable_to_work.first)
        boxes["16.to"] = date_spaced(claim.unable_to_work.last)
    boxes["18.from"] = date_spaced(claim.admission_date)
    boxes["18.to"] = date_spaced(claim.discharge_date)
    return boxes


def _referral(claim: ProfessionalClaim) -> dict[str, str]:
    candidates = box_17_candidates(claim)
    if not candidates:
        return {}
    qualifier, provider = candidates[0]
    return {"17.qualifier": qualifier, "17": _provider_name(provider), "17b": bare(provider.npi)}


def _supplements(claim: ProfessionalClaim) -> dict[str, str]:
    named = next((provider for _, provider in box_17_candidates(claim)), None)
    return claim_supplements(claim, named, medicare=reads_as_medicare(claim))


def _provider_name(provider: Provider) -> str:
    return name_in_order(provider.name) if provider.name else form_text(provider.organization)


def _diagnoses(claim: ProfessionalClaim) -> dict[str, str]:
    letters = zip(POINTER_LETTERS, claim.diagnoses, strict=False)
    codes = {f"21{letter}": form_text(diagnosis.compact()) for letter, diagnosis in letters}
    old = bool(claim.diagnoses) and all(diagnosis.icd9 for diagnosis in claim.diagnoses)
    return {"21.indicator": "9" if old else "0", **codes}


def _numbers(claim: ProfessionalClaim) -> dict[str, str]:
    boxes = {"23": next(iter(box_23_candidates(claim)), "")}
    if claim.frequency is not Frequency.ORIGINAL:
        boxes["22.code"] = claim.frequency.value
        boxes["22.reference"] = form_text(claim.payer_claim_number)
    return boxes


def _line(claim: ProfessionalClaim, line: ServiceLine) -> dict[str, str]:
    rendering = line.rendering or claim.rendering
    same_as_billing = rendering is not None and rendering.npi == claim.billing.npi
    return {
        **line_supplements(claim, line, rendering, medicare=reads_as_medicare(claim)),
        "A.from": date_spaced_short(line.service_date),
        "A.to": date_spaced_short(line.last_service_date()),
        "B": form_text(line.place_of_service or claim.place_of_service),
        "C": "Y" if line.emergency else "",
        "D": form_text(line.code),
        "D.modifiers": form_text(" ".join(line.modifiers)),
        "E": "".join(pointer_letter(pointer) for pointer in line.pointers),
        "F": amount_text(line.charge_cents),
        "G": units_text(line.units),
        "J": "" if rendering is None or same_as_billing else bare(rendering.npi),
    }


def pointer_letter(pointer: int) -> str:
    """The letter of a diagnosis by its place from 1, ``?`` where box 21 has no such place."""
    return POINTER_LETTERS[pointer - 1] if 1 <= pointer <= len(POINTER_LETTERS) else "?"


def _address(box: str, address: Address, phone: str) -> dict[str, str]:
    return {
        box: street_text(address),
        f"{box}.city": address_text(address.city),
        f"{box}.state": form_text(address.state),
        f"{box}.zip": zip_text(address.zip_code),
        f"{box}.phone": phone_text(phone),
    }


def _billing(claim: ProfessionalClaim, signed_on: dt.date | None) -> dict[str, str]:
    billing = claim.billing
    signer = claim.rendering or claim.billing
    boxes = {
        "25": bare(billing.tax_id),
        "25.kind": "SSN" if billing.tax_id_kind == "SY" else "EIN",
        "26": form_text(claim.claim_id),
        "27": "YES" if claim.assignment_accepted else "NO",
        "31.name": _provider_name(signer),
        "31": SIGNATURE_ON_FILE if claim.signature_on_file else "",
        "31.date": date_spaced(signed_on),
        "33.phone": phone_text(billing.phone),
        "33a": bare(billing.npi),
        **_place("33", billing),
    }
    if claim.coverage.payer.filing_indicator in _WANTS_TAXONOMY and billing.taxonomy:
        boxes["33b"] = f"ZZ{bare(billing.taxonomy)}"
    facility = claim.facility or (None if claim.place_of_service in _AT_HOME else billing)
    if facility is not None:
        boxes.update({**_place("32", facility), "32a": bare(facility.npi)})
    return boxes


def _place(box: str, provider: Provider) -> dict[str, str]:
    boxes = {f"{box}.1": _provider_name(provider)}
    if provider.address is not None:
        boxes[f"{box}.2"] = street_text(provider.address)
        boxes[f"{box}.3"] = city_line(provider.address)
    return boxes
