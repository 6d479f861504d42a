"""Claims told in words: who, what, for whom, to whom, and then everything else that the claim says.

Nothing that a claim holds is passed over: what has no sentence of its own is told by the name of its field.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleanclaim.claims.claim import InstitutionalClaim
from cleanclaim.claims.coordination import LineAdjudication, OtherPayer
from cleanclaim.claims.coverage import Coverage, Relationship
from cleanclaim.claims.dental import EveryClaim
from cleanclaim.claims.diagnosis import Diagnosis
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import PersonName
from cleanclaim.kernel.money import format_usd
from cleanclaim.x12.claims_837.claim_sentences import adjusted, facts, said
from cleanclaim.x12.claims_837.read_837 import EveryClaimInFile
from cleanclaim.x12.inquiries.code_words import words
from cleanclaim.x12.syntax.amounts import format_quantity


def _fields(names: str) -> frozenset[str]:
    return frozenset(names.split())


_TOLD = _fields(
    "claim_id version patient coverage other_payers billing lines diagnoses principal_diagnosis other_diagnoses "
    "admitting_diagnosis reason_for_visit external_causes place_of_service type_of_bill frequency predetermination "
    "encounter_id carried"
)
_TOLD_OF_LINES = _fields(
    "number service_date service_date_to charge_cents units unit_kind code modifiers revenue_code date_told "
    "code_kind pointers place_of_service"
)
_TOLD_OF_PATIENTS = _fields("name birth_date sex address")
_TOLD_OF_COVERAGES = _fields("coverage_id payer order relationship subscriber period")
_TOLD_OF_PAYERS = _fields("coverage paid_cents adjudicated_on adjustments lines")


def claim_told(read: EveryClaimInFile) -> Iterator[str]:
    """One claim of an 837, a line per fact."""
    claim, coverage = read.claim, read.claim.coverage
    yield (
        f"  {'Predetermination' if claim.predetermination else 'Claim'} {claim.claim_id}: "
        f"{claim.patient.name.shown()}, born {claim.patient.birth_date}, {claim.patient.sex.name.lower()}, "
        f"{format_usd(read.charge_cents)} to {_payer(coverage)}"
    )
    yield from (f"    {line}" for line in _who(claim))
    codes = _diagnoses(claim)
    if codes:
        yield f"    diagnoses {', '.join(codes)}"
    yield from (f"    {fact}" for fact in facts(claim, _TOLD))
    for line in claim.lines:
        yield from _line(claim, line)
    for other in claim.other_payers:
        yield from _other_payer(claim, other)
    for text in read.carried:
        yield f"    also there: {text}"


def _who(claim: EveryClaim) -> Iterator[str]:
    patient = claim.patient
    if patient.address.line1 or patient.address.city:
        yield f"lives at {said('', patient.address)}"
    yield from (f"patient's {fact}" for fact in facts(patient, _TOLD_OF_PATIENTS))
    yield _policy(claim.coverage, patient.name)
    yield from facts(claim.coverage, _TOLD_OF_COVERAGES)
    yield f"billed by {said('', claim.billing)}"
    yield _kind(claim)


def _payer(coverage: Coverage) -> str:
    filing = words("filing", coverage.payer.filing_indicator, "{}")
    kind = f", {filing}" if filing and filing.lower() != coverage.payer.name.lower() else ""
    place = coverage.order.name.lower() if coverage.order.value != "U" else "place in line unknown"
    return f"{coverage.payer.name} {coverage.payer.payer_id} ({place}{kind})"


def _policy(coverage: Coverage, patient: PersonName) -> str:
    """Whose policy: "policy HPO000001 of the patient"."""
    holder = coverage.subscriber
    own = coverage.relationship is Relationship.SELF or holder.name == patient
    who = "of the patient" if own else f"of {coverage.employer or holder.name.shown()}"
    if not own:
        who += f", whose {words('patient-relationship', coverage.relationship.value, 'relation {}')} the patient is"
    parts = [f"policy {holder.member_id} {who}" if holder.member_id else f"policy {who}"]
    if not own and holder.birth_date is not None:
        parts.append(f"born {holder.birth_date}")
    if not own and holder.address is not None:
        parts.append(said("", holder.address))
    return ", ".join([*parts, *(said("", item) for item in holder.other_numbers)])


def _line(claim: EveryClaim, line: ServiceLine) -> Iterator[str]:
    modifiers = "".join(f"-{modifier}" for modifier in line.modifiers)
    code = " ".join(part for part in (line.revenue_code, line.code + modifiers) if part)
    units = f"{format_quantity(line.units)} {words('charge-unit', line.unit_kind, '{}')}"
    units = units.removesuffix("s") if line.units == 1 else units
    days = f"{line.service_date} " if line.date_told else ""
    if line.service_date_to is not None:
        days = f"{line.service_date} to {line.service_date_to} "
    place = f", at {_place(line.place_of_service)}" if line.place_of_service else ""
    pointed = _pointed(claim, line)
    yield f"    {line.number}. {days}{code}, {units}, {format_usd(line.charge_cents)}{place}{pointed}"
    yield from (f"       {fact}" for fact in facts(line, _TOLD_OF_LINES))


def _pointed(claim: EveryClaim, line: ServiceLine) -> str:
    codes: Sequence[Diagnosis] = () if isinstance(claim, InstitutionalClaim) else claim.diagnoses
    named = [
        codes[place - 1].code if 1 <= place <= len(codes) else f"diagnosis {place}, which is not there"
        for place in line.pointers
    ]
    return f", for {', '.join(named)}" if named else ""


def _place(code: str) -> str:
    told = words("place-of-service", code, "")
    return f"{code} ({told})" if told else code


def _kind(claim: EveryClaim) -> str:
    sent = words("claim-frequency", claim.frequency.value, "frequency {}")
    if isinstance(claim, InstitutionalClaim):
        return f"type of bill {claim.type_of_bill}, {sent}"
    return f"place of service {_place(claim.place_of_service)}, {sent}"


def _diagnoses(claim: EveryClaim) -> list[str]:
    if not isinstance(claim, InstitutionalClaim):
        return [diagnosis.code for diagnosis in claim.diagnoses]
    groups = (
        ("", claim.all_diagnoses()),
        ("admitting", (claim.admitting_diagnosis,) if claim.admitting_diagnosis else ()),
        ("reason for visit", claim.reason_for_visit),
        ("external cause", claim.external_causes),
    )
    return [_diagnosis(item, kind) for kind, items in groups for item in items]


def _diagnosis(item: Diagnosis, kind: str) -> str:
    admitted = item.present_on_admission
    told = [kind] if kind else []
    told += [f"present on admission: {admitted.name.lower()}"] if admitted is not None else []
    return f"{item.code} ({', '.join(told)})" if told else item.code


def _other_payer(claim: EveryClaim, other: OtherPayer) -> Iterator[str]:
    paid = "has not answered" if other.paid_cents is None else f"paid {format_usd(other.paid_cents)}"
    day = f" on {other.adjudicated_on}" if other.adjudicated_on is not None else ""
    yield f"    other payer {_payer(other.coverage)}: {paid}{day}{adjusted(other.adjustments)}"
    yield f"       {_policy(other.coverage, claim.patient.name)}"
    yield from (f"       {fact}" for fact in facts(other.coverage, _TOLD_OF_COVERAGES))
    yield from (f"       {fact}" for fact in facts(other, _TOLD_OF_PAYERS))
    for answer in other.lines:
        yield f"       {_answer(answer)}"


def _answer(answer: LineAdjudication) -> str:
    code = "-".join([answer.code, *answer.modifiers]) if answer.code else answer.revenue_code
    left = answer.remaining_patient_cents
    owed = f", the patient still owes {format_usd(left)}" if left is not None else ""
    joined = f", joined with line {answer.bundled_line}" if answer.bundled_line else ""
    return (
        f"line {answer.line_number}: paid {format_usd(answer.paid_cents)} for {format_quantity(answer.paid_units)} "
        f"of {code} on {answer.adjudicated_on}{adjusted(answer.adjustments)}{owed}{joined}"
    )
