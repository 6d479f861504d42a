"""Whatever a claim of the three kinds says goes through its file unchanged, with the wide fields in play."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import pytest
from as_filed import as_filed, assert_comes_back
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import (
    Accident,
    AccidentKind,
    InstitutionalClaim,
    OccurrenceCode,
    ProfessionalClaim,
    ValueCode,
)
from cleanclaim.claims.coordination import (
    InpatientAdjudication,
    InpatientFigure,
    LineAdjudication,
    OtherPayer,
    OtherProviderNumber,
    OutpatientAdjudication,
)
from cleanclaim.claims.coverage import Contact, Coverage, CoverageOrder
from cleanclaim.claims.dental import DentalClaim, EveryClaim
from cleanclaim.claims.diagnosis import Diagnosis
from cleanclaim.claims.line import Drug, ServiceLine
from cleanclaim.claims.parties import Address, PersonName, Provider
from cleanclaim.claims.references import DateKind, NamedDate, OtherNumber, Reference, ReferenceKind
from cleanclaim.claims.supplements import (
    Attachment,
    ConditionIndicator,
    Contract,
    Equipment,
    EquipmentCertification,
    Form,
    FormAnswer,
    Note,
    PayToPlan,
    Place,
    PurchasedService,
    Repricing,
    SpinalTreatment,
    TestResult,
    Transport,
)
from cleanclaim.claims.teeth import DentalService, Orthodontics, Tooth, ToothStatus
from cleanclaim.kernel.identifiers import npi_from_nine
from cleanclaim.x12 import Envelope, write_837

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]
A_FEW, MANY = 12, 300
WIDE = settings(
    max_examples=A_FEW,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)

words = st.text(st.sampled_from("ABCdef 019#'-./&()"), max_size=9).map(lambda text: f"x{text.strip()}x")
maybe = st.just("") | words
cents = st.integers(0, 10**8)
some_cents = st.none() | cents
days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
quantities = st.decimals("0.001", 9999, places=3, allow_nan=False)
some_quantity = st.none() | quantities
yes_or_no = st.booleans()


def a_few(items: st.SearchStrategy[T], most: int = 2) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(items, max_size=most).map(tuple)


def each_once(kinds: Sequence[str], kind: type[T], values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Records of different kinds, in any order."""
    return st.lists(st.sampled_from(kinds), unique=True, max_size=3).flatmap(
        lambda drawn: st.tuples(*(st.builds(kind, st.just(each), values) for each in drawn))
    )


def named(kinds: str, enum: type[Any]) -> list[Any]:
    return [enum(code) for code in kinds.split()]


def references(kinds: str) -> st.SearchStrategy[tuple[Reference, ...]]:
    return each_once(named(kinds, ReferenceKind), Reference, words)


def dates(kinds: str) -> st.SearchStrategy[tuple[NamedDate, ...]]:
    return each_once(named(kinds, DateKind), NamedDate, days)


def optional(kind: type[T], *parts: st.SearchStrategy[Any], **more: st.SearchStrategy[Any]) -> Any:
    return st.none() | st.builds(kind, *parts, **more)


addresses = st.builds(
    Address, words, words, st.just("OH"), st.sampled_from(["44001", "440010001"]), maybe
) | st.builds(Address, words, words, st.just(""), maybe, country=st.just("FR"), subdivision=st.just("69"))
people = st.builds(
    Provider,
    st.integers(130000200, 130000300).map(str).map(npi_from_nine),
    name=st.builds(PersonName, words, words),
)
numbered_people = st.builds(
    lambda person, numbers: evolve(person, other_numbers=numbers),
    people,
    each_once(["0B", "1G", "G2"], OtherNumber, words),
)
houses = st.builds(
    Provider,
    st.integers(130000301, 130000400).map(str).map(npi_from_nine),
    organization=words,
    address=addresses,
    other_numbers=each_once(["G2", "LU"], OtherNumber, words),
)
some_person = st.none() | numbered_people
attachments = a_few(
    st.builds(Attachment, st.sampled_from(["OZ", "B3"]), st.sampled_from(["AA", "EL"]), maybe)
)
contracts = optional(
    Contract, st.sampled_from(["02", "04"]), some_cents, some_quantity, maybe, some_quantity, maybe
)
simple_repricing = optional(
    Repricing, st.sampled_from(["02", "10"]), cents, some_cents, maybe, some_quantity, maybe, some_cents
)
drugs = optional(Drug, st.just("00003029320"), quantities, st.sampled_from(["ML", "UN"]), maybe) | st.builds(
    Drug, st.just("00003029320"), quantities, st.just("GR"), link_number=words
)
places = optional(Place, addresses)
transports = optional(Transport, st.sampled_from("ABCDE"), quantities, some_quantity, maybe, maybe)
ambulance_conditions = a_few(
    st.builds(
        ConditionIndicator,
        st.just("07"),
        yes_or_no,
        st.lists(st.sampled_from(["01", "04", "09"]), min_size=1, max_size=5).map(tuple),
    ),
    3,
)
answers = (
    st.builds(FormAnswer, words, st.sampled_from(["Y", "N", "W"]))
    | st.builds(FormAnswer, words, text=words)
    | st.builds(FormAnswer, words, date=st.just("20260901"))
    | st.builds(FormAnswer, words, percent=st.just("12.5"))
)
forms = a_few(st.builds(Form, st.sampled_from(["UT", "AS"]), words, st.lists(answers, min_size=1).map(tuple)))
adjustments = a_few(
    st.builds(
        Adjustment,
        st.just("CO"),
        st.integers(1, 253).map(str),
        st.integers(-(10**6), 10**6),
        st.none() | quantities,
    ),
    8,
)


def drawn_fields(draw: st.DrawFn, **fields: st.SearchStrategy[Any]) -> dict[str, Any]:
    return {name: draw(strategy) for name, strategy in fields.items()}


@st.composite
def lines(draw: st.DrawFn, **fields: st.SearchStrategy[Any]) -> tuple[ServiceLine, ...]:
    """One to three lines with these fields, numbered, each with a control number of its own or none."""
    found = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        drawn = drawn_fields(draw, charge_cents=cents, units=quantities, service_date=days, **fields)
        told = drawn.pop("control_number", True) and draw(yes_or_no)
        found.append(ServiceLine(number=number, control_number=f"L{number}" if told else "", **drawn))
    return tuple(found)


@st.composite
def other_payers(
    draw: st.DrawFn, claim: EveryClaim, services: Sequence[ServiceLine], roles: Sequence[str], hospital: bool
) -> tuple[OtherPayer, ...]:
    """None to two payers before this one, with everything they may have said."""
    found = []
    for place, order in enumerate(list(CoverageOrder)[1:][: draw(st.integers(0, 2))]):
        holder = evolve(
            claim.coverage.subscriber, birth_date=None, sex=None, address=draw(st.none() | addresses)
        )
        coverage = evolve(
            claim.coverage,
            payer=evolve(
                claim.coverage.payer,
                payer_id=f"OTHER{place}",
                address=draw(st.none() | addresses),
                other_numbers=draw(each_once(["2U", "NF"], OtherNumber, words)),
            ),
            order=order,
            subscriber=holder,
            billing_numbers=draw(each_once(["G2", "LU"], OtherNumber, words)),
        )
        answered = draw(
            a_few(
                st.builds(
                    LineAdjudication,
                    st.sampled_from([line.number for line in services]),
                    cents,
                    words,
                    quantities,
                    days,
                    st.sampled_from([(), ("25",), ("LT", "59", "GA", "XS")]),
                    st.just("0120") if hospital else st.just(""),
                    adjustments,
                    some_cents,
                    bundled_line=st.integers(0, 3),
                ),
                3,
            )
        )
        by_place = sorted(answered, key=lambda answer: answer.line_number)
        found.append(
            OtherPayer(
                coverage=coverage,
                lines=tuple(by_place),
                provider_numbers=tuple(
                    OtherProviderNumber(role, "G2", draw(words)) for role in roles if draw(yes_or_no)
                ),
                inpatient=draw(
                    optional(
                        InpatientAdjudication,
                        quantities,
                        st.just((InpatientFigure(4, Decimal("12.5")), InpatientFigure(24, Decimal(3)))),
                        a_few(words, 5),
                    )
                )
                if hospital
                else None,
                **drawn_fields(
                    draw,
                    paid_cents=some_cents,
                    adjudicated_on=st.none() | days,
                    adjustments=adjustments,
                    payer_claim_number=maybe,
                    remaining_patient_cents=some_cents,
                    non_covered_cents=some_cents,
                    authorization_number=maybe,
                    referral_number=maybe,
                    claim_adjusted=yes_or_no,
                    outpatient=optional(
                        OutpatientAdjudication,
                        quantities,
                        some_cents,
                        a_few(words, 5),
                        some_cents,
                        some_cents,
                    ),
                ),
            )
        )
    return tuple(found)


def coverages(coverage: Coverage, *, professional: bool) -> st.SearchStrategy[Coverage]:
    return st.builds(
        lambda number, contact, billing, payer, person: evolve(
            coverage,
            property_casualty_number=number,
            property_casualty_contact=contact if professional else None,
            billing_numbers=billing,
            payer=evolve(coverage.payer, other_numbers=payer),
            subscriber=evolve(coverage.subscriber, other_numbers=person),
        ),
        maybe,
        optional(Contact, st.just("5555550177"), maybe, st.just("") | st.just("12")),
        each_once(["G2"], OtherNumber, words),
        each_once(["2U", "FY"], OtherNumber, words),
        each_once(["SY"], OtherNumber, words),
    )


def common(claim: EveryClaim, *, professional: bool = False) -> dict[str, st.SearchStrategy[Any]]:
    return {
        "coverage": coverages(claim.coverage, professional=professional),
        "facility": st.none() | houses,
        "attachments": attachments,
        "contract": contracts,
        "repricing": simple_repricing,
        "fixed_format": a_few(words),
        "delay_reason": st.just("") | st.just("7"),
        "pay_to_plan": optional(PayToPlan, words, words, addresses, words),
        "payer_claim_number": maybe,
        "authorization_number": maybe,
        "referral_number": maybe,
        "note": maybe,
        "benefits_assigned": yes_or_no,
        "signature_on_file": yes_or_no,
    }


def finished(claim: EveryClaim, services: tuple[ServiceLine, ...], **fields: Any) -> EveryClaim:
    """The claim with its lines, as a file tells it."""
    return as_filed(evolve(claim, lines=services, **fields))


def comes_back(claim: EveryClaim, envelope: Envelope) -> None:
    assert_comes_back(claim, write_837([claim], envelope))


def professional(draw: Draw, office_claim: ProfessionalClaim) -> EveryClaim:
    """A professional claim with any of its fields."""
    services = draw(
        lines(
            code=st.sampled_from(["99213", "J3301", "A0427"]),
            pointers=st.just((1,)),
            unit_kind=st.sampled_from(["UN", "MJ"]),
            emergency=yes_or_no,
            epsdt=yes_or_no,
            family_planning=yes_or_no,
            copay_exempt=yes_or_no,
            drug=drugs,
            transport=transports,
            pick_up=places,
            drop_off=places,
            conditions=ambulance_conditions,
            patients_transported=some_quantity,
            obstetric_units=some_quantity,
            equipment=optional(
                Equipment, st.just("E1390"), quantities, cents, cents, st.sampled_from(["1", "4", "6"])
            ),
            certification=optional(EquipmentCertification, st.sampled_from(["I", "R", "S"]), quantities),
            forms=forms,
            test_results=a_few(
                st.builds(TestResult, st.just("TR"), st.sampled_from(["HT", "R1"]), quantities)
            ),
            dates=dates("304 455 471 607 463 461 738 739 011 454"),
            references=references("EW X4 F4 BT 9F 9B 9D"),
            notes=each_once(["ADD", "TPO"], Note, words),
            fixed_format=a_few(words),
            attachments=attachments,
            contract=contracts,
            repricing=simple_repricing,
            sales_tax_cents=some_cents,
            postage_cents=some_cents,
            purchased_service=optional(PurchasedService, words, cents),
            facility=st.none() | houses,
            rendering=some_person,
            supervising=some_person,
            ordering=some_person,
            referring=some_person,
        )
    )
    drawn = drawn_fields(
        draw,
        **common(office_claim, professional=True),
        patient=st.builds(
            lambda pounds, pregnant, died: evolve(
                office_claim.patient, pounds=pounds, pregnant=pregnant, death_date=died
            ),
            some_quantity,
            yes_or_no,
            st.none() | days,
        ),
        accident=optional(
            Accident,
            st.sampled_from(AccidentKind),
            days,
            st.just("OH"),
            st.none() | st.just(AccidentKind.OTHER),
        ),
        transport=transports,
        conditions=ambulance_conditions,
        pick_up=places,
        drop_off=places,
        spinal_treatment=optional(SpinalTreatment, st.just("A"), maybe, maybe),
        anesthesia_procedures=st.sampled_from([(), ("27447",), ("27447", "27446")]),
        condition_codes=a_few(st.sampled_from(["AA", "AB"])),
        dates=dates("304 453 455 471 297 296 090 091 444 050"),
        references=references("4N F5 EW 9A 9C LX D9 P4 1J"),
        referring=some_person,
        supervising=some_person,
        patient_paid_cents=cents,
        patient_signature=st.sampled_from(["", "P"]),
        special_program=st.sampled_from(["", "02"]),
        clia_number=maybe,
    )
    if drawn["referring"] is not None:
        drawn["primary_care"] = draw(some_person)
    others = draw(other_payers(office_claim, services, ("DN", "82", "77", "DQ"), hospital=False))
    return finished(office_claim, services, other_payers=others, **drawn)


def institutional(draw: Draw, stay_claim: InstitutionalClaim) -> EveryClaim:
    """An institutional claim with any of its fields."""
    services = draw(
        lines(
            revenue_code=st.sampled_from(["0120", "0360"]),
            code=st.sampled_from(["", "27447"]),
            unit_kind=st.sampled_from(["UN", "DA"]),
            non_covered_cents=cents,
            drug=drugs,
            attachments=attachments,
            references=references("9B 9D"),
            notes=each_once(["TPO"], Note, words),
            repricing=simple_repricing,
            service_tax_cents=some_cents,
            facility_tax_cents=some_cents,
            rendering=some_person,
            operating=some_person,
            other_operating=some_person,
            referring=some_person,
        )
    )
    drawn = drawn_fields(
        draw,
        **common(stay_claim),
        rendering=some_person,
        referring=some_person,
        operating=some_person,
        other_operating=some_person,
        references=references("4N 9A 9C LX D9 LU P4 G4"),
        other_notes=each_once(["DCP", "MED"], Note, words),
        conditions=a_few(st.just(ConditionIndicator("ZZ", True, ("AV",))), 1),
        patient_due_cents=some_cents,
        treatment_codes=a_few(words, 13),
        condition_codes=a_few(st.sampled_from(["09", "20"]), 24),
        value_codes=a_few(st.builds(ValueCode, st.just("80"), cents), 24),
        occurrence_codes=a_few(st.builds(OccurrenceCode, st.just("11"), days), 24),
        other_diagnoses=a_few(st.just(Diagnosis("I10")), 24),
    )
    others = draw(other_payers(stay_claim, services, ("71", "72", "ZZ", "77", "82", "DN"), hospital=True))
    return finished(stay_claim, services, other_payers=others, **drawn)


def dental(draw: Draw, office_claim: ProfessionalClaim) -> EveryClaim:
    """A dental claim with any of its fields."""
    base = DentalClaim(
        claim_id="D01",
        patient=evolve(office_claim.patient, patient_id=""),
        coverage=office_claim.coverage,
        billing=office_claim.billing,
        place_of_service="11",
        lines=(),
    )
    teeth = st.builds(Tooth, st.sampled_from(["1", "32", "A", "T"]), a_few(st.sampled_from("BDFILMO"), 5))
    services = draw(
        lines(
            code=st.sampled_from(["D2392", "D8080"]),
            dental=st.builds(
                DentalService,
                a_few(teeth, 4),
                a_few(st.sampled_from(["00", "10"]), 5),
                st.sampled_from(["", "I", "R"]),
            ),
            dates=dates("441 452 446 196 198"),
            references=references("G3 9A 9C 9F"),
            authorization_number=maybe,
            fixed_format=a_few(words),
            contract=contracts,
            repricing=simple_repricing,
            sales_tax_cents=some_cents,
            facility=st.none() | houses,
            rendering=some_person,
            assistant_surgeon=some_person,
            supervising=some_person,
        )
    )
    drawn = drawn_fields(
        draw,
        **common(base),
        diagnoses=a_few(st.sampled_from([Diagnosis("K02.9"), Diagnosis("034.0", icd9=True)]), 4),
        orthodontics=optional(Orthodontics, quantities, some_quantity, yes_or_no),
        appliance_placed_on=st.none() | days,
        service_date=st.none() | days,
        tooth_status=a_few(st.builds(ToothStatus, st.sampled_from(["1", "32"]), st.sampled_from(["M", "E"]))),
        accident=optional(Accident, st.sampled_from(AccidentKind), days, st.just("OH")),
        references=references("4N G3 9A 9C D9"),
        patient_paid_cents=cents,
        predetermination=yes_or_no,
        rendering=some_person,
        referring=some_person,
        supervising=some_person,
        assistant_surgeon=some_person,
    )
    others = draw(other_payers(base, services, ("DN", "82", "DQ", "77", "DD"), hospital=False))
    return finished(base, services, other_payers=others, **drawn)


@WIDE
@given(data=st.data())
def test_a_professional_claim_comes_back(
    data: st.DataObject, office_claim: ProfessionalClaim, envelope: Envelope
) -> None:
    comes_back(professional(data.draw, office_claim), envelope)


@WIDE
@given(data=st.data())
def test_an_institutional_claim_comes_back(
    data: st.DataObject, stay_claim: InstitutionalClaim, envelope: Envelope
) -> None:
    comes_back(institutional(data.draw, stay_claim), envelope)


@WIDE
@given(data=st.data())
def test_a_dental_claim_comes_back(
    data: st.DataObject, office_claim: ProfessionalClaim, envelope: Envelope
) -> None:
    comes_back(dental(data.draw, office_claim), envelope)


@pytest.mark.prove
@settings(WIDE, max_examples=MANY)
@given(data=st.data())
def test_claims_of_every_kind_come_back_however_often(
    data: st.DataObject, office_claim: ProfessionalClaim, stay_claim: InstitutionalClaim, envelope: Envelope
) -> None:
    comes_back(professional(data.draw, office_claim), envelope)
    comes_back(institutional(data.draw, stay_claim), envelope)
    comes_back(dental(data.draw, office_claim), envelope)
