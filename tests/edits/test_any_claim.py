"""Whatever a claim holds, the scrubber gives a verdict and does not fall over."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import (
    Accident,
    AccidentKind,
    AnyClaim,
    Frequency,
    InstitutionalClaim,
    OccurrenceCode,
    ProfessionalClaim,
    ValueCode,
)
from cleanclaim.claims.coordination import LineAdjudication, OtherPayer
from cleanclaim.claims.coverage import Coverage, CoverageOrder, Relationship, Subscriber
from cleanclaim.claims.diagnosis import Diagnosis, HospitalProcedure, PresentOnAdmission
from cleanclaim.claims.line import Drug, ServiceLine
from cleanclaim.claims.parties import Patient, Payer, PersonName, Provider, Sex
from cleanclaim.edits import scrub
from cleanclaim.kernel.dates import DatePeriod

days = st.dates(dt.date(1890, 1, 1), dt.date(2199, 12, 31))
some_days = st.one_of(st.none(), days)
near_days = st.dates(dt.date(2026, 9, 25), dt.date(2026, 10, 10))
texts = st.text(max_size=6)
cents = st.integers(-(10**12), 10**12)
decimals = st.one_of(st.decimals(allow_nan=True, allow_infinity=True), st.integers(-5, 5).map(Decimal))
codes = st.one_of(
    texts,
    st.sampled_from(["99213", "99214", "G0101", "Q0091", "J3301", "59400", "83036", "20610", "97110", ""]),
)
icd = st.one_of(
    texts,
    st.sampled_from(
        ["E11.65", "I10", "E10.9", "D63.1", "N18.4", "W10.9XXA", "O24.410", "Z00.129", "S93.401", ""]
    ),
)
modifiers = st.one_of(texts, st.sampled_from(["25", "RT", "LT", "50", "26", "TC", "59", "XS", "GP", "KX"]))
revenue = st.one_of(texts, st.sampled_from(["0120", "0320", "0450", "0001", "0022"]))
pointers = st.lists(st.integers(-2, 15), max_size=6).map(tuple)


def tuples(each: st.SearchStrategy[Any], most: int = 4) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(each, max_size=most).map(tuple)


def maybe(each: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), each)


names = st.builds(PersonName, texts, texts)
providers = st.builds(
    Provider,
    npi=st.one_of(texts, st.just("1300000019")),
    organization=texts,
    name=maybe(names),
    taxonomy=st.one_of(texts, st.just("207Q00000X")),
    clia_number=texts,
)
patients = st.builds(Patient, texts, names, days, st.sampled_from(Sex), st.none(), death_date=some_days)
periods = st.builds(DatePeriod, near_days, st.dates(dt.date(2026, 10, 10), dt.date(2199, 1, 1)))
payers = st.builds(
    Payer, st.sampled_from(["EXHPO", "EXMCR", "", "X"]), texts, st.sampled_from(["MB", "MC", "CI", ""])
)
coverages = st.builds(
    Coverage,
    texts,
    payers,
    st.sampled_from(CoverageOrder),
    st.sampled_from(Relationship),
    st.builds(Subscriber, texts, names),
    periods,
)
diagnoses = st.builds(Diagnosis, icd, maybe(st.sampled_from(PresentOnAdmission)))
lines = st.builds(
    ServiceLine,
    number=st.integers(-1, 5),
    service_date=st.one_of(days, near_days),
    charge_cents=cents,
    units=decimals,
    code=codes,
    modifiers=tuples(modifiers, 6),
    unit_kind=st.sampled_from(["UN", "MJ", "DA", ""]),
    service_date_to=some_days,
    pointers=pointers,
    place_of_service=st.one_of(texts, st.just("11")),
    revenue_code=revenue,
    non_covered_cents=cents,
    drug=maybe(st.builds(Drug, texts, decimals, texts)),
    rendering=maybe(providers),
    ordering=maybe(providers),
    referring=maybe(providers),
)
adjustments = tuples(st.builds(Adjustment, texts, texts, cents))
others = st.builds(
    OtherPayer,
    coverages,
    maybe(cents),
    some_days,
    adjustments,
    tuples(
        st.builds(
            LineAdjudication, st.integers(-1, 5), cents, codes, decimals, days, adjustments=adjustments
        ),
        3,
    ),
)
common = {
    "claim_id": texts,
    "patient": patients,
    "coverage": coverages,
    "other_payers": tuples(others, 2),
    "billing": providers,
    "rendering": maybe(providers),
    "facility": maybe(providers),
    "lines": tuples(lines, 5),
    "frequency": st.sampled_from(Frequency),
    "payer_claim_number": texts,
    "clia_number": texts,
    "patient_paid_cents": cents,
    "accident": maybe(st.builds(Accident, st.sampled_from(AccidentKind), days)),
}
professional = st.builds(
    ProfessionalClaim,
    **common,
    diagnoses=tuples(diagnoses, 14),
    place_of_service=st.one_of(texts, st.sampled_from(["11", "21"])),
    onset_date=some_days,
    admission_date=some_days,
    discharge_date=some_days,
)
institutional = st.builds(
    InstitutionalClaim,
    **common,
    type_of_bill=st.one_of(texts, st.sampled_from(["0111", "0131", "0117", "131"])),
    statement=st.one_of(periods, st.builds(DatePeriod, days)),
    principal_diagnosis=diagnoses,
    other_diagnoses=tuples(diagnoses, 30),
    admitting_diagnosis=maybe(diagnoses),
    reason_for_visit=tuples(diagnoses),
    external_causes=tuples(diagnoses),
    procedures=tuples(st.builds(HospitalProcedure, texts, days)),
    admission_date=some_days,
    discharge_status=st.one_of(texts, st.sampled_from(["01", "20", "30"])),
    attending=maybe(providers),
    condition_codes=tuples(texts),
    occurrence_codes=tuples(st.builds(OccurrenceCode, texts, days)),
    value_codes=tuples(st.builds(ValueCode, st.one_of(texts, st.sampled_from(["80", "81"])), cents)),
)
claims = st.one_of(professional, institutional)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(run=st.lists(claims, max_size=3), past=st.one_of(st.none(), st.lists(claims, max_size=2)))
def test_any_claim_gets_a_verdict(run: list[AnyClaim], past: list[AnyClaim] | None, bench: Any) -> None:
    context = bench.context_with_history(past)
    report = scrub(run, context)
    assert [item.claim for item in report.claims] == [claim.claim_id for claim in run]
    for outcome in report.claims:
        rejected = any(item.severity == "reject" for item in outcome.findings)
        assert (outcome.verdict == "hold") is rejected
        for finding in outcome.findings:
            assert finding.message and finding.fix and finding.citation.where
