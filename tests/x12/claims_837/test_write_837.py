"""Claims go out as the guides want them, and what they cannot carry is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module

import pytest
from attrs import evolve

from cleanclaim.claims.claim import (
    Accident,
    AccidentKind,
    AnyClaim,
    Frequency,
    InstitutionalClaim,
    OccurrenceCode,
    ProfessionalClaim,
)
from cleanclaim.claims.coverage import Relationship, Subscriber
from cleanclaim.claims.diagnosis import Diagnosis
from cleanclaim.claims.line import Drug
from cleanclaim.claims.parties import PersonName, Sex
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.x12 import Envelope, X12Error, check_claim_balance, check_envelope, read_837, write_837

Judge = Callable[[bytes], list[str]]


def texts(data: bytes) -> list[str]:
    return data.decode("ascii").split("~")


def dependant(claim: ProfessionalClaim) -> ProfessionalClaim:
    holder = Subscriber(
        "HPO000002", PersonName("Farrow", "Otto"), dt.date(1980, 1, 2), Sex.MALE, claim.patient.address
    )
    return evolve(claim, coverage=evolve(claim.coverage, relationship=Relationship.CHILD, subscriber=holder))


def work_injury(claim: ProfessionalClaim) -> ProfessionalClaim:
    firm = "Granite Works"
    coverage = evolve(
        claim.coverage,
        relationship=Relationship.EMPLOYEE,
        employer=firm,
        subscriber=Subscriber("GWC000017", PersonName(firm, "")),
        property_casualty_number="WC-26-17",
        payer=evolve(claim.coverage.payer, filing_indicator="WC"),
    )
    accident = Accident(AccidentKind.EMPLOYMENT, dt.date(2026, 9, 13))
    period = DatePeriod(dt.date(2026, 9, 13), dt.date(2026, 9, 20))
    return evolve(claim, coverage=coverage, accident=accident, unable_to_work=period)


def test_two_holders_of_one_policy_are_refused(office_claim: ProfessionalClaim, envelope: Envelope) -> None:
    claim = work_injury(office_claim)
    holder = evolve(claim.coverage.subscriber, name=PersonName("Someone", "Else"))
    with pytest.raises(X12Error, match="both hold the policy"):
        write_837([evolve(claim, coverage=evolve(claim.coverage, subscriber=holder))], envelope)


def motor_accident(claim: ProfessionalClaim) -> ProfessionalClaim:
    coverage = evolve(
        claim.coverage,
        property_casualty_number="AU-18",
        payer=evolve(claim.coverage.payer, filing_indicator="AM"),
    )
    return evolve(claim, coverage=coverage, accident=Accident(AccidentKind.AUTO, dt.date(2026, 9, 12), "OH"))


def full(claim: ProfessionalClaim) -> ProfessionalClaim:
    drug = Drug("00003029320", Decimal("2.5"), "ML", "RX77")
    line = evolve(
        claim.lines[0],
        drug=drug,
        emergency=True,
        ordering=evolve(claim.rendering, taxonomy="", address=claim.billing.address),
        rendering=claim.rendering,
        referring=evolve(claim.rendering, taxonomy=""),
        place_of_service="12",
        service_date_to=dt.date(2026, 9, 15),
        authorization_number="AUTHL1",
        description="Unlisted service, see note",
        modifiers=("25", "59", "GA", "XS"),
    )
    plain = evolve(claim.rendering, taxonomy="")
    return evolve(
        claim,
        lines=(line, *claim.lines[1:]),
        pay_to=evolve(claim.billing, taxonomy="", tax_id="", phone="", contact=""),
        referring=plain,
        supervising=plain,
        facility=evolve(claim.billing, taxonomy="", tax_id="", phone="", contact=""),
        frequency=Frequency.REPLACEMENT,
        payer_claim_number="ICN55",
        authorization_number="AUTH12",
        referral_number="REF1",
        clia_number="36D0000015",
        patient_paid_cents=3000,
        onset_date=dt.date(2026, 9, 1),
        last_menstrual_date=dt.date(2026, 8, 1),
        initial_treatment_date=dt.date(2026, 9, 2),
        admission_date=dt.date(2026, 9, 14),
        discharge_date=dt.date(2026, 9, 15),
        note="Seen after hours",
        assignment_accepted=False,
        benefits_assigned=False,
        signature_on_file=False,
        coverage=evolve(claim.coverage, insurance_type="12"),
        patient=evolve(claim.patient, death_date=dt.date(2026, 9, 20)),
    )


@pytest.mark.parametrize("change", [lambda claim: claim, dependant, work_injury, motor_accident, full])
def test_the_judge_accepts_every_professional_claim_and_it_comes_back(
    change: Callable[[ProfessionalClaim], ProfessionalClaim],
    office_claim: ProfessionalClaim,
    envelope: Envelope,
    pyx12_errors: Judge,
) -> None:
    claim = change(office_claim)
    data = write_837([claim], envelope)
    assert pyx12_errors(data) == []
    assert check_envelope(data) == ()
    (read,) = read_837(data)
    assert read.claim == claim
    assert read.carried == ()
    assert check_claim_balance(read) == ()


def test_the_judge_accepts_a_secondary_claim_and_it_comes_back(
    secondary_claim: ProfessionalClaim, envelope: Envelope, pyx12_errors: Judge
) -> None:
    data = write_837([secondary_claim], envelope)
    assert pyx12_errors(data) == []
    (read,) = read_837(data)
    assert read.claim == secondary_claim
    assert check_claim_balance(read) == ()
    assert {"SVD*EXMCR*80*HC:99214:25**1", "CAS*PR*2*20", "DTP*573*D8*20261109", "AMT*D*90.5"} <= set(
        texts(data)
    )


def test_the_judge_accepts_a_stay_and_it_comes_back(
    stay_claim: InstitutionalClaim, envelope: Envelope, pyx12_errors: Judge
) -> None:
    data = write_837([stay_claim], envelope)
    assert pyx12_errors(data) == []
    (read,) = read_837(data)
    assert read.claim == stay_claim
    assert read.carried == ()
    assert "HI*ABF:I10:::::::Y*ABF:N390:::::::N" in texts(data)
    assert "CLM*V14*14900.5***11:A:1**A*Y*Y" in texts(data)


def test_the_judge_accepts_an_emergency_visit(
    stay_claim: InstitutionalClaim, envelope: Envelope, pyx12_errors: Judge
) -> None:
    lines = tuple(
        evolve(line, code="99283", modifiers=("25",), units=Decimal(1), unit_kind="UN")
        for line in stay_claim.lines
    )
    claim = evolve(
        stay_claim,
        type_of_bill="0131",
        procedures=(),
        drg="",
        admitting_diagnosis=None,
        reason_for_visit=(Diagnosis("R07.9"), Diagnosis("M25.561")),
        principal_diagnosis=Diagnosis("M17.11"),
        other_diagnoses=tuple(Diagnosis(f"Z79.{number:02d}") for number in range(14)),
        lines=lines,
    )
    data = write_837([claim], envelope)
    assert pyx12_errors(data) == []
    assert read_837(data)[0].claim == claim


def test_claims_of_one_subscriber_share_levels_and_counts_stay_right(
    office_claim: ProfessionalClaim, envelope: Envelope, pyx12_errors: Judge
) -> None:
    child = dependant(office_claim)
    claims = [evolve(office_claim, claim_id=f"A{number}") for number in range(3)]
    claims += [evolve(child, claim_id=f"B{number}") for number in range(2)]
    data = write_837(claims, envelope)
    levels = [text for text in texts(data) if text.startswith("HL*")]
    assert levels == ["HL*1**20*1", "HL*2*1*22*0", "HL*3*1*22*1", "HL*4*3*23*0"]
    assert pyx12_errors(data) == []
    assert [read.claim for read in read_837(data)] == claims


def test_more_than_five_thousand_claims_make_a_second_set(
    office_claim: ProfessionalClaim, envelope: Envelope
) -> None:
    claims = [evolve(office_claim, claim_id=f"C{number}") for number in range(5_001)]
    data = write_837(claims, envelope)
    assert [text for text in texts(data) if text.startswith("ST*")] == [
        "ST*837*0001*005010X222A1",
        "ST*837*0002*005010X222A1",
    ]
    assert check_envelope(data) == ()
    assert data.count(b"~HL*") == 1 + 50 + 2
    assert len(read_837(data)) == 5_001


def test_sets_of_one_file_have_numbers_of_their_own_or_there_is_no_file(
    office_claim: ProfessionalClaim, envelope: Envelope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("cleanclaim.x12.claims_837.write_837"), "CLAIMS_PER_SET", 1)
    claims = [office_claim, evolve(office_claim, claim_id="V02")]
    last = evolve(envelope, first_transaction_control_number=999_999_999)
    assert b"ST*837*999999999*" in write_837(claims[:1], last)
    with pytest.raises(X12Error, match="last transaction control number"):
        write_837(claims, last)


def test_the_same_claims_give_the_same_bytes(office_claim: ProfessionalClaim, envelope: Envelope) -> None:
    assert write_837([office_claim], envelope) == write_837([office_claim], envelope)


def _line(claim: AnyClaim, **changes: object) -> AnyClaim:
    return evolve(claim, lines=(evolve(claim.lines[0], **changes), *claim.lines[1:]))


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (lambda c: evolve(c, claim_id="V*1"), "CLM01"),
        (lambda c: evolve(c, claim_id="V" * 21), "CLM01"),
        (lambda c: evolve(c, note="born in Zürich"), "NTE02"),
        (lambda c: evolve(c, note="two\nlines"), "NTE02"),
        (lambda c: evolve(c, note="x" * 81), "NTE02"),
        (lambda c: evolve(c, authorization_number="A~B"), "REF02"),
        (lambda c: _line(c, description="a:b"), "SV101"),
        (lambda c: _line(c, code=""), "procedure code"),
        (lambda c: _line(c, modifiers=("1", "2", "3", "4", "5")), "modifiers"),
        (lambda c: _line(c, pointers=(3,)), "points to no diagnosis"),
        (lambda c: _line(c, pointers=(1, 2, 1, 2, 1)), "more than four"),
        (lambda c: _line(c, control_number="V01L2"), "line control number"),
        (lambda c: _line(c, ordering=c.billing), "ordering provider is an organization"),
        (lambda c: evolve(c, referring=c.billing), "referring provider is an organization"),
        (lambda c: evolve(c, facility=c.rendering), "facility is a person"),
        (lambda c: evolve(c, lines=c.lines[:1] * 51), "1 to 50 lines"),
        (lambda c: evolve(c, lines=()), "1 to 50 lines"),
        (lambda c: evolve(c, diagnoses=c.diagnoses * 7), "diagnoses"),
        (lambda c: evolve(c, diagnoses=()), "diagnoses"),
        (lambda c: evolve(c, billing=evolve(c.billing, tax_id="")), "REF02"),
        (lambda c: evolve(c, billing=evolve(c.billing, address=None)), "address"),
        (lambda c: evolve(c, pay_to=evolve(c.billing, npi="1")), "pay-to"),
        (
            lambda c: evolve(c, patient=evolve(c.patient, name=PersonName("Other", "One"))),
            "not the patient's",
        ),
        (
            lambda c: evolve(
                c, patient=evolve(c.patient, address=evolve(c.patient.address, zip_code="44001-0001"))
            ),
            "N403",
        ),
    ],
)
def test_what_a_professional_claim_cannot_carry_is_refused_by_name(
    change: Callable[[ProfessionalClaim], ProfessionalClaim],
    names: str,
    office_claim: ProfessionalClaim,
    envelope: Envelope,
) -> None:
    with pytest.raises(X12Error) as caught:
        write_837([change(office_claim)], envelope)
    assert names in caught.value.sentence()
    assert "Farrow" not in caught.value.sentence()


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (lambda c: evolve(c, type_of_bill="111"), "type of bill"),
        (lambda c: evolve(c, frequency=Frequency.VOID), "different things"),
        (lambda c: evolve(c, type_of_bill="0117"), "different things"),
        (lambda c: evolve(c, attending=None), "attending"),
        (lambda c: evolve(c, supervising=c.attending), "supervising"),
        (lambda c: evolve(c, accident=Accident(AccidentKind.OTHER, c.statement.first)), "occurrence code"),
        (lambda c: evolve(c, admission_hour="25"), "hour"),
        (lambda c: _line(c, revenue_code=""), "revenue code"),
        (lambda c: _line(c, pointers=(1,)), "pointers"),
        (lambda c: evolve(c, lines=c.lines[:1] * 1000), "1 to 999 lines"),
    ],
)
def test_what_an_institutional_claim_cannot_carry_is_refused_by_name(
    change: Callable[[InstitutionalClaim], InstitutionalClaim],
    names: str,
    stay_claim: InstitutionalClaim,
    envelope: Envelope,
) -> None:
    with pytest.raises(X12Error) as caught:
        write_837([change(stay_claim)], envelope)
    assert names in caught.value.sentence()


def test_an_accident_with_its_occurrence_code_may_go(
    stay_claim: InstitutionalClaim, envelope: Envelope
) -> None:
    day = stay_claim.statement.first
    claim = evolve(
        stay_claim, accident=Accident(AccidentKind.OTHER, day), occurrence_codes=(OccurrenceCode("05", day),)
    )
    assert read_837(write_837([claim], envelope))[0].claim == evolve(claim, accident=None)


def test_the_two_kinds_and_one_id_twice_do_not_share_a_file(
    office_claim: ProfessionalClaim, stay_claim: InstitutionalClaim, envelope: Envelope
) -> None:
    for claims in ([], [office_claim, stay_claim], [office_claim, office_claim]):
        with pytest.raises(X12Error):
            write_837(claims, envelope)


@pytest.mark.parametrize(
    "changes",
    [
        {"sender_id": ""},
        {"sender_id": "x" * 16},
        {"sender_id": "A*B"},
        {"interchange_control_number": 0},
        {"group_control_number": 10**9},
        {"contact_phone": ""},
        {"receiver_name": ""},
    ],
)
def test_an_envelope_that_does_not_fit_is_refused(
    changes: dict[str, object], office_claim: ProfessionalClaim, envelope: Envelope
) -> None:
    with pytest.raises(X12Error):
        write_837([office_claim], evolve(envelope, **changes))
