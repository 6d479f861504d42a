"""What stands in each form locator of a UB-04: pure, from the claim, with nothing cut to fit."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from cleanclaim.claims.claim import Frequency, InstitutionalClaim, OccurrenceCode
from cleanclaim.claims.coordination import OtherPayer
from cleanclaim.claims.coverage import Coverage
from cleanclaim.claims.diagnosis import Diagnosis
from cleanclaim.claims.line import Drug, ServiceLine
from cleanclaim.claims.parties import Provider
from cleanclaim.claims.references import ReferenceKind
from cleanclaim.forms.ub04_sheet import (
    CODE_LETTERS,
    CONDITION_LOCATORS,
    DIAGNOSIS_LETTERS,
    PAYER_LETTERS,
    PROCEDURE_PLACES,
)
from cleanclaim.forms.words import (
    address_text,
    amount_text,
    bare,
    city_line,
    date_tight,
    form_text,
    name_with_commas,
    phone_text,
    street_text,
    units_text,
    zip_text,
)
from cleanclaim.kernel.money import Cents

OCCURRENCE_PLACES, VALUE_PLACES = 8, 12
REMARK_WIDTHS = (18, 25, 25, 25)
_ACCOMMODATION = range(100, 220)


def payer_rows(claim: InstitutionalClaim) -> tuple[tuple[Coverage, OtherPayer | None], ...]:
    """The payers of rows A, B and C in order; the one this version goes to has no OtherPayer."""
    rows: list[tuple[Coverage, OtherPayer | None]] = [(claim.coverage, None)]
    rows += [(other.coverage, other) for other in claim.other_payers]
    return tuple(sorted(rows, key=lambda row: row[0].order.rank()))


def claim_locators(claim: InstitutionalClaim) -> dict[str, str]:
    """Everything but the revenue lines: the locators that repeat on every page."""
    return {
        **_head(claim),
        **_patient(claim),
        **_stay(claim),
        **_occurrences(claim),
        **_values(claim),
        **_payers(claim),
        **_diagnoses(claim),
        **_procedures(claim),
        **_providers(claim),
        **_remarks(claim),
    }


def revenue_locators(claim: InstitutionalClaim, lines: Sequence[ServiceLine]) -> dict[str, str]:
    """FL 42 to 48 for some lines, numbered from 1 in the order given: ``42.1`` to ``48.n``."""
    locators: dict[str, str] = {}
    for place, line in enumerate(lines, 1):
        locators.update({f"{key}.{place}": value for key, value in _revenue_line(claim, line).items()})
    return locators


def type_of_bill(claim: InstitutionalClaim) -> str:
    """FL 4 with its leading zero; a replacement or void puts its frequency in the last place."""
    bill = form_text(claim.type_of_bill)
    return bill if claim.frequency is Frequency.ORIGINAL else bill[:-1] + claim.frequency.value


def span_codes(claim: InstitutionalClaim) -> tuple[OccurrenceCode, ...]:
    """Occurrence codes with a last day: FL 35 and 36."""
    return tuple(code for code in claim.occurrence_codes if code.last is not None)


def day_codes(claim: InstitutionalClaim) -> tuple[OccurrenceCode, ...]:
    """Occurrence codes of one day: FL 31 to 34."""
    return tuple(code for code in claim.occurrence_codes if code.last is None)


def other_operators(claim: InstitutionalClaim) -> tuple[tuple[str, Provider], ...]:
    """Providers for FL 78 and 79 with the qualifier of their role; the form holds two."""
    ranked = (("ZZ", claim.other_operating), ("82", claim.rendering), ("DN", claim.referring))
    return tuple((role, provider) for role, provider in ranked if provider is not None)


def remark_lines(note: str) -> list[str]:
    """FL 80: the note over its lines, broken between words; more lines than four do not fit."""
    text = form_text(note)
    lines: list[str] = []
    for width in REMARK_WIDTHS:
        head = textwrap.wrap(text, width, break_on_hyphens=False)[:1]
        if not head:
            break
        lines += head
        text = text[len(head[0]) :].lstrip()
    return [*lines, text] if text else lines


def _head(claim: InstitutionalClaim) -> dict[str, str]:
    billing = claim.billing
    locators = {f"1.{place}": text for place, text in enumerate(_place(billing), 1)}
    if claim.pay_to is not None:
        locators.update({f"2.{place}": text for place, text in enumerate(_place(claim.pay_to), 1)})
    locators.update(
        {
            "3a": form_text(claim.claim_id),
            "3b": form_text(claim.patient.patient_id),
            "4": type_of_bill(claim),
            "5": _tax_id(billing),
            "6.from": date_tight(claim.statement.first),
            "6.through": date_tight(claim.statement.last or claim.statement.first),
            "56": bare(billing.npi),
        }
    )
    addressee = claim.coverage.payer
    lines = [form_text(addressee.name)]
    if addressee.address is not None:
        lines += [address_text(addressee.address.line1), address_text(addressee.address.line2)]
        lines.append(city_line(addressee.address))
    locators.update({f"38.{place}": text for place, text in enumerate(filter(None, lines), 1)})
    return locators


def _place(provider: Provider) -> tuple[str, ...]:
    name = name_with_commas(provider.name) if provider.name else form_text(provider.organization)
    if provider.address is None:
        return (name,)
    return (name, street_text(provider.address), city_line(provider.address), phone_text(provider.phone))


def _tax_id(provider: Provider) -> str:
    digits = bare(provider.tax_id)
    return f"{digits[:2]}-{digits[2:]}" if len(digits) == 9 and provider.tax_id_kind == "EI" else digits


def _patient(claim: InstitutionalClaim) -> dict[str, str]:
    patient = claim.patient
    born = patient.birth_date
    return {
        "8b": name_with_commas(patient.name),
        "9a": street_text(patient.address),
        "9b": address_text(patient.address.city),
        "9c": form_text(patient.address.state),
        "9d": zip_text(patient.address.zip_code),
        "10": f"{born.month:02d}{born.day:02d}{born.year:04d}",
        "11": patient.sex.value,
    }


def _stay(claim: InstitutionalClaim) -> dict[str, str]:
    locators = {
        "12": date_tight(claim.admission_date),
        "13": form_text(claim.admission_hour),
        "14": form_text(claim.admission_type),
        "15": form_text(claim.admission_source),
        "16": form_text(claim.discharge_hour),
        "17": form_text(claim.discharge_status),
        "29": form_text(_accident_state(claim)),
    }
    codes = sorted(form_text(code) for code in claim.condition_codes)
    return {**locators, **dict(zip(CONDITION_LOCATORS, codes, strict=False))}


def _accident_state(claim: InstitutionalClaim) -> str:
    if claim.accident is not None and claim.accident.state:
        return claim.accident.state
    states = (item.number for item in claim.references if item.kind is ReferenceKind.ACCIDENT_STATE)
    return next(states, "")


def _occurrences(claim: InstitutionalClaim) -> dict[str, str]:
    locators = {}
    day_places = [f"{number}{letter}" for letter in "ab" for number in (31, 32, 33, 34)]
    for place, code in zip(day_places, day_codes(claim), strict=False):
        locators[f"{place}.code"] = form_text(code.code)
        locators[f"{place}.date"] = date_tight(code.first)
    span_places = [f"{number}{letter}" for letter in "ab" for number in (35, 36)]
    for place, code in zip(span_places, span_codes(claim), strict=False):
        locators[f"{place}.code"] = form_text(code.code)
        locators[f"{place}.from"] = date_tight(code.first)
        locators[f"{place}.through"] = date_tight(code.last)
    return locators


def _values(claim: InstitutionalClaim) -> dict[str, str]:
    places = [f"{number}{letter}" for letter in "abcd" for number in (39, 40, 41)]
    codes = sorted(claim.value_codes, key=lambda value: value.code)
    locators = {}
    for place, value in zip(places, codes, strict=False):
        locators[f"{place}.code"] = form_text(value.code)
        locators[f"{place}.amount"] = amount_text(value.cents)
    return locators


def _revenue_line(claim: InstitutionalClaim, line: ServiceLine) -> dict[str, str]:
    show_date = bool(line.code) or not claim.is_inpatient()
    return {
        "42": form_text(line.revenue_code),
        "43": _drug_text(line.drug) if line.drug else form_text(line.description),
        "44": form_text(line.code + "".join(line.modifiers)) if line.code else _daily_rate(line),
        "45": date_tight(line.service_date) if show_date else "",
        "46": units_text(line.units),
        "47": amount_text(line.charge_cents),
        "48": amount_text(line.non_covered_cents) if line.non_covered_cents else "",
    }


def _drug_text(drug: Drug) -> str:
    return form_text(f"N4{bare(drug.ndc)}{drug.unit}{units_text(drug.quantity)}")


def _daily_rate(line: ServiceLine) -> str:
    """The rate of a room and board line, where the charge divides by its days to the cent."""
    code = line.revenue_code
    if not code.isascii() or not code.isdigit() or int(code) not in _ACCOMMODATION:
        return ""
    if not line.units.is_finite() or line.units != line.units.to_integral_value() or line.units < 1:
        return ""
    days = int(line.units)
    if line.charge_cents % days:
        return ""
    return amount_text(line.charge_cents // days).replace(" ", ".")


def _payers(claim: InstitutionalClaim) -> dict[str, str]:
    locators: dict[str, str] = {}
    for letter, (coverage, other) in zip(PAYER_LETTERS, payer_rows(claim), strict=False):
        subscriber = coverage.subscriber
        row = {
            "50": form_text(coverage.payer.name),
            "51": form_text(coverage.payer.payer_id),
            "52": "Y"
            if _as_claim(other.signature_on_file if other else None, claim.signature_on_file)
            else "I",
            "53": "Y"
            if _as_claim(other.benefits_assigned if other else None, claim.benefits_assigned)
            else "N",
            "54": _paid(other.paid_cents) if other else "",
            "57": next((bare(item.number) for item in coverage.billing_numbers), ""),
            "58": name_with_commas(subscriber.name),
            "59": coverage.relationship.value,
            "60": bare(subscriber.member_id),
            "61": form_text(coverage.group_name or coverage.plan_name),
            "62": form_text(coverage.group_number),
            "63": form_text((other or claim).authorization_number or (other or claim).referral_number),
            "64": _control_number(claim) if other is None else "",
            "65": form_text(coverage.employer),
        }
        locators.update({f"{locator}{letter}": value for locator, value in row.items() if value})
    return locators


def _as_claim(told: bool | None, of_claim: bool) -> bool:
    """A fact of another payer, which is the claim's where the payer has none of its own."""
    return of_claim if told is None else told


def _paid(cents: Cents | None) -> str:
    return "" if cents is None else amount_text(cents)


def _control_number(claim: InstitutionalClaim) -> str:
    return "" if claim.frequency is Frequency.ORIGINAL else form_text(claim.payer_claim_number)


def _diagnoses(claim: InstitutionalClaim) -> dict[str, str]:
    locators = {
        "66": "9" if claim.principal_diagnosis.icd9 else "0",
        **_diagnosis("67", claim.principal_diagnosis),
    }
    for letter, diagnosis in zip(DIAGNOSIS_LETTERS, claim.other_diagnoses, strict=False):
        locators.update(_diagnosis(f"67{letter}", diagnosis))
    if claim.admitting_diagnosis is not None:
        locators["69"] = form_text(claim.admitting_diagnosis.compact())
    for letter, diagnosis in zip("abc", claim.reason_for_visit, strict=False):
        locators[f"70{letter}"] = form_text(diagnosis.compact())
    for letter, diagnosis in zip("abc", claim.external_causes, strict=False):
        locators.update(_diagnosis(f"72{letter}", diagnosis))
    return {**locators, "71": form_text(claim.drg)}


def _diagnosis(locator: str, diagnosis: Diagnosis) -> dict[str, str]:
    poa = diagnosis.present_on_admission
    shown = {locator: form_text(diagnosis.compact())}
    return shown if poa is None else {**shown, f"{locator}.poa": poa.value}


def _procedures(claim: InstitutionalClaim) -> dict[str, str]:
    locators = {}
    for place, procedure in zip(PROCEDURE_PLACES, claim.procedures, strict=False):
        locators[f"74{place}.code"] = form_text(procedure.code)
        locators[f"74{place}.date"] = date_tight(procedure.performed_on)
    return locators


def _providers(claim: InstitutionalClaim) -> dict[str, str]:
    locators: dict[str, str] = {}
    for locator, provider in (("76", claim.attending), ("77", claim.operating)):
        if provider is not None:
            locators.update(_operator(locator, provider))
    for locator, (role, provider) in zip(("78", "79"), other_operators(claim), strict=False):
        locators.update({**_operator(locator, provider), f"{locator}.role": role})
    return locators


def _operator(locator: str, provider: Provider) -> dict[str, str]:
    name = provider.name
    kind, number = _other_number(provider)
    last = f"{name.last} {name.suffix}" if name else provider.organization
    return {
        f"{locator}.npi": bare(provider.npi),
        f"{locator}.qualifier": kind,
        f"{locator}.other": number,
        f"{locator}.last": form_text(last),
        f"{locator}.first": form_text(name.first) if name else "",
    }


def _other_number(provider: Provider) -> tuple[str, str]:
    """Qualifier and number beside the NPI: state licence, UPIN or one that the payer gave."""
    known = (item for item in provider.other_numbers if item.kind in {"0B", "1G", "G2"} and not item.payer_id)
    return next(((item.kind, bare(item.number)) for item in known), ("", ""))


def remarks(claim: InstitutionalClaim) -> str:
    """What stands in FL 80: the note and all further notes."""
    return " ".join(text for text in (claim.note, *(note.text for note in claim.other_notes)) if text)


def _remarks(claim: InstitutionalClaim) -> dict[str, str]:
    locators = {f"80.{place}": text for place, text in enumerate(remark_lines(remarks(claim))[:4], 1)}
    for letter, (qualifier, code, value) in zip(CODE_LETTERS, code_rows(claim), strict=False):
        locators.update({f"81{letter}.qualifier": qualifier, f"81{letter}": code, f"81{letter}.value": value})
    return locators


def code_rows(claim: InstitutionalClaim) -> tuple[tuple[str, str, str], ...]:
    """FL 81, qualifier, code and value: the billing taxonomy, then codes that their own locators have no room for.

    A1 conditions, A2 occurrences, A4 values. More rows than four do not fit.
    """
    rows = [("B3", bare(claim.billing.taxonomy), "")] if claim.billing.taxonomy else []
    conditions = sorted(form_text(code) for code in claim.condition_codes)
    rows += [("A1", code, "") for code in conditions[len(CONDITION_LOCATORS) :]]
    rows += [
        ("A2", form_text(item.code), date_tight(item.first)) for item in day_codes(claim)[OCCURRENCE_PLACES:]
    ]
    values = sorted(claim.value_codes, key=lambda value: value.code)
    rows += [("A4", form_text(item.code), amount_text(item.cents)) for item in values[VALUE_PLACES:]]
    return tuple(rows)
