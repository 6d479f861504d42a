"""Whatever the records can hold becomes a PDF or a refusal that names the box, and never anything else."""

import datetime as dt
import io
from decimal import Decimal

import pypdf
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanclaim.claims.claim import Accident, AccidentKind, Frequency, OccurrenceCode, ValueCode
from cleanclaim.claims.coordination import OtherPayer
from cleanclaim.claims.diagnosis import Diagnosis, PresentOnAdmission
from cleanclaim.claims.line import Drug, ServiceLine
from cleanclaim.claims.parties import Address, Patient, Payer, PersonName, Sex
from cleanclaim.forms.cms1500 import PageTotals, cms1500_findings, cms1500_pages, cms1500_pdf
from cleanclaim.forms.ub04 import ub04_findings, ub04_pdf
from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.finding import Severity

texts = st.one_of(st.text(max_size=40), st.sampled_from(["", "A1", "Łódź", r")\(", "משה", "\u202eX"]))
short = st.sampled_from(["", "AB", "99213", "E11.65", "ß", "Ł"])
two = st.sampled_from(["", "05", "80", "Ñ", ")"])
days = st.dates(dt.date(1900, 1, 1), dt.date(2150, 1, 1))
maybe_day = st.none() | days
rarely = st.integers(0, 30).map(lambda number: number == 30)


def mostly(usual, wild):
    """The usual, and now and then something that no form can hold."""
    return rarely.flatmap(lambda odd: wild if odd else usual)


cents = mostly(st.integers(0, 99999), st.integers(-1000, 10**9))
units = mostly(st.integers(1, 99).map(Decimal), st.decimals(allow_nan=True, allow_infinity=True))
addresses = st.builds(Address, texts, texts, two, st.sampled_from(["44012", "440120011", ""]), texts)
names = st.builds(PersonName, texts, texts, texts, two)
diagnoses = st.builds(Diagnosis, short, st.none() | st.sampled_from(PresentOnAdmission))
drugs = st.none() | st.builds(Drug, mostly(st.just("00003029320"), texts), units, two, texts)
service_lines = st.builds(
    ServiceLine,
    number=st.integers(1, 60),
    service_date=days,
    charge_cents=cents,
    units=units,
    code=short,
    modifiers=mostly(st.lists(two, max_size=4), st.lists(short, max_size=5)).map(tuple),
    pointers=mostly(st.lists(st.integers(1, 4), max_size=4), st.lists(st.integers(-1, 14))).map(tuple),
    revenue_code=mostly(st.sampled_from(["", "0120", "0450", "x"]), st.just("0001")),
    non_covered_cents=cents,
    drug=drugs,
    description=texts,
)
forms = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
common = {
    "claim_id": mostly(short, texts),
    "lines": st.lists(service_lines, max_size=25).map(tuple),
    "frequency": mostly(st.just(Frequency.ORIGINAL), st.sampled_from(Frequency)),
    "payer_claim_number": short,
    "authorization_number": short,
    "note": texts,
    "patient_paid_cents": cents,
    "accident": st.none() | st.builds(Accident, st.sampled_from(AccidentKind), days, two),
}


def pages_or_refusal(make, findings):
    rejected = [finding for finding in findings if finding.severity is Severity.REJECT]
    try:
        pdf = make()
    except Refused as refusal:
        assert rejected or "without a" in str(refusal)
        return 0
    assert not rejected
    assert pdf == make()
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def other_payers(coverage, most):
    paid = st.builds(OtherPayer, st.just(coverage), paid_cents=st.none() | cents)
    return st.lists(paid, max_size=most).map(tuple)


@forms
@given(data=st.data())
def test_any_professional_claim(office_visit, supplement, data):
    payers = st.builds(
        Payer, st.just("X"), texts, st.sampled_from(["MB", "CI", "WC", "MC", ""]), st.none() | addresses
    )
    people = st.builds(
        Patient, st.just("P-1"), names, st.just(dt.date(1974, 5, 9)), st.sampled_from(Sex), addresses
    )
    claim = evolve(
        office_visit,
        **{name: data.draw(strategy, name) for name, strategy in common.items()},
        patient=data.draw(people),
        coverage=evolve(office_visit.coverage, payer=data.draw(payers)),
        other_payers=data.draw(other_payers(supplement, 2)),
        diagnoses=data.draw(st.lists(diagnoses, min_size=4, max_size=13).map(tuple)),
        onset_date=data.draw(maybe_day),
        last_menstrual_date=data.draw(maybe_day),
    )
    totals = data.draw(st.sampled_from(PageTotals))
    count = pages_or_refusal(
        lambda: cms1500_pdf(claim, page_totals=totals, background=False), cms1500_findings(claim)
    )
    assert count in (0, len(cms1500_pages(claim)))


@forms
@given(data=st.data())
def test_any_institutional_claim(inpatient, supplement, data):
    claim = evolve(
        inpatient,
        **{name: data.draw(strategy, name) for name, strategy in common.items()},
        patient=evolve(inpatient.patient, name=data.draw(names), address=data.draw(addresses)),
        other_payers=data.draw(other_payers(supplement, 3)),
        type_of_bill=data.draw(st.sampled_from(["0111", "0131", "", "11"])),
        other_diagnoses=data.draw(st.lists(diagnoses, max_size=18).map(tuple)),
        value_codes=data.draw(st.lists(st.builds(ValueCode, two, cents), max_size=13).map(tuple)),
        occurrence_codes=data.draw(st.lists(st.builds(OccurrenceCode, two, days), max_size=9).map(tuple)),
        admission_hour=data.draw(two),
    )
    pages_or_refusal(lambda: ub04_pdf(claim, background=False), ub04_findings(claim))


@pytest.mark.parametrize("text", ["\ud800", "\x1b[31m", "a\nb", "\u00a0", "ß" * 20, "ﬁ"])
def test_awkward_characters_never_break_a_page(office_visit, emergency, text):
    for claim, make in ((office_visit, cms1500_pdf), (emergency, ub04_pdf)):
        patient = evolve(claim.patient, name=PersonName(text, text))
        assert make(evolve(claim, patient=patient)).startswith(b"%PDF")
