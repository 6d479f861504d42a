"""Invented questions and answers about coverage, claims and services, and how to make many of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

from hypothesis import strategies as st

from cleanclaim.claims.parties import Address
from cleanclaim.kernel.identifiers import npi_from_nine
from cleanclaim.x12 import (
    Benefit,
    ClaimAsked,
    ClaimTold,
    Contact,
    Day,
    Decision,
    Delivery,
    EligibilityAnswer,
    EligibilityInquiry,
    EligibilityRequest,
    Envelope,
    FurtherCode,
    Heading,
    LevelTold,
    Number,
    Party,
    PatientBenefits,
    Rejection,
    Review,
    ReviewDiagnosis,
    ReviewedCode,
    ReviewedService,
    ReviewEvent,
    ServiceAsked,
    ServicesReview,
    Status,
    StatusAnswer,
    StatusCode,
    StatusInquiry,
    StatusLine,
    StatusReport,
    StatusRequest,
    Trace,
)

ENVELOPE = Envelope(
    sender_id="EXSUBMIT1",
    receiver_id="EXCLEAR01",
    created_at=dt.datetime(2026, 10, 26, 9, 30),
    interchange_control_number=7,
    group_control_number=7,
)
NPI = npi_from_nine("130000001")
TOWN = Address("12 Quarry Road", "Mill River", "OH", "440010001")
PAYER = Party(role="PR", last="Harbor Mutual", identifier_kind="PI", identifier="EXHPO")
CLINIC = Party(role="1P", last="Lakeside Family Medicine", identifier_kind="XX", identifier=NPI)
SUBMITTER = Party(role="41", last="Mill River Billing", identifier_kind="46", identifier="EXSUBMIT1")
HOLDER = Party(
    role="IL",
    is_person=True,
    last="Farrow",
    first="Otto",
    identifier_kind="MI",
    identifier="HPO000001",
    birth_date=dt.date(1980, 1, 2),
    sex="M",
)
CHILD = Party(
    role="03",
    is_person=True,
    last="Farrow",
    first="Ines",
    birth_date=dt.date(2015, 3, 4),
    sex="F",
    relationship="19",
    address=TOWN,
)
TRACE = Trace("1", "93175", "9EXCLEAR01")

REQUEST = EligibilityRequest(
    inquiries=(
        EligibilityInquiry(
            payer=PAYER,
            provider=CLINIC,
            subscriber=HOLDER,
            traces=(TRACE,),
            dates=(Day("291", dt.date(2026, 9, 14)),),
            services=(ServiceAsked(service_types=("30", "98")),),
        ),
        EligibilityInquiry(
            payer=PAYER,
            provider=CLINIC,
            subscriber=HOLDER,
            dependent=CHILD,
            services=(ServiceAsked(procedure=("HC", "99213", "25"), coverage_level="FAM"),),
        ),
    )
)
BENEFITS = (
    Benefit(kind="1", service_types=("30",), insurance_type="PR", plan="Harbor PPO Gold"),
    Benefit(
        kind="B",
        coverage_level="IND",
        service_types=("98", "UC"),
        period="27",
        cents=2500,
        in_network="Y",
        messages=("Waived for telehealth",),
    ),
    Benefit(kind="A", service_types=("30",), percent=Decimal("0.2"), in_network="N"),
    Benefit(
        kind="C", coverage_level="FAM", period="23", cents=300000, dates=(Day("291", dt.date(2026, 1, 1)),)
    ),
    Benefit(kind="C", coverage_level="FAM", period="29", cents=120050),
    Benefit(kind="G", coverage_level="IND", period="23", cents=650000),
    Benefit(
        kind="F",
        service_types=("PT",),
        quantity_kind="VS",
        quantity=Decimal(20),
        period="23",
        authorization="Y",
        deliveries=(Delivery("VS", Decimal(3), "WK", None, "34", Decimal(2)),),
        numbers=(Number("G1", "AUTH1"),),
        further=(FurtherCode("ZZ", "11"),),
    ),
    Benefit(
        kind="R",
        related=(
            Party(
                role="PRP",
                last="Silverline",
                identifier_kind="PI",
                identifier="EXSUP",
                contacts=(Contact("Claims", (("TE", "5555550100"),)),),
            ),
        ),
    ),
    Benefit(kind="L", related=(Party(role="P3", is_person=True, last="Quill", first="Dora"),)),
)
ANSWER = EligibilityAnswer(
    answers=(
        PatientBenefits(
            payer=PAYER,
            provider=CLINIC,
            subscriber=HOLDER,
            traces=(Trace("2", "93175", "9EXCLEAR01"),),
            dates=(Day("346", dt.date(2026, 1, 1)),),
            benefits=BENEFITS,
        ),
    )
)


def refused(reason: str, follow_up: str) -> EligibilityAnswer:
    """A 271 that does not find the subscriber."""
    holder = Party(
        role="IL",
        is_person=True,
        last="Farrow",
        first="Otto",
        identifier_kind="MI",
        identifier="HPO000009",
        rejections=(Rejection(reason, follow_up),),
    )
    return EligibilityAnswer(answers=(PatientBenefits(payer=PAYER, provider=CLINIC, subscriber=holder),))


PATIENT = Party(
    role="QC", is_person=True, last="Farrow", first="Ines", birth_date=dt.date(2015, 3, 4), sex="F"
)
STATUS_HOLDER = HOLDER
ASKED = StatusRequest(
    inquiries=(
        StatusInquiry(
            payer=PAYER,
            receiver=SUBMITTER,
            providers=(CLINIC,),
            subscriber=STATUS_HOLDER,
            claims=(
                ClaimAsked(
                    trace=Trace("1", "Q1"),
                    numbers=(Number("1K", "ICN1"), Number("EJ", "V01")),
                    charge_cents=25550,
                    dates=(Day("472", dt.date(2026, 9, 14)),),
                    lines=(
                        StatusLine(
                            procedure=("HC", "99214", "25"),
                            charge_cents=21000,
                            units=Decimal(1),
                            numbers=(Number("FJ", "V01L1"),),
                            dates=(Day("472", dt.date(2026, 9, 14)),),
                        ),
                    ),
                ),
            ),
        ),
        StatusInquiry(
            payer=PAYER,
            receiver=SUBMITTER,
            providers=(CLINIC,),
            subscriber=STATUS_HOLDER,
            dependent=PATIENT,
            claims=(
                ClaimAsked(
                    trace=Trace("1", "Q2"),
                    dates=(Day("472", dt.date(2026, 9, 1), dt.date(2026, 9, 3), is_span=True),),
                ),
            ),
        ),
    )
)
PLAIN_HOLDER = Party(
    role="IL", is_person=True, last="Farrow", first="Otto", identifier_kind="MI", identifier="HPO000001"
)
REPORT = StatusReport(
    answers=(
        StatusAnswer(
            payer=PAYER,
            receiver=SUBMITTER,
            providers=(CLINIC,),
            subscriber=PLAIN_HOLDER,
            claims=(
                ClaimTold(
                    trace=Trace("2", "Q1"),
                    statuses=(
                        Status(
                            codes=(StatusCode("F1", "65"),),
                            effective_on=dt.date(2026, 10, 1),
                            charge_cents=25550,
                            paid_cents=9050,
                            paid_on=dt.date(2026, 10, 2),
                            check_on=dt.date(2026, 10, 2),
                            check_number="EFT1",
                        ),
                    ),
                    numbers=(Number("1K", "ICN1"), Number("EJ", "V01")),
                    dates=(Day("472", dt.date(2026, 9, 14)),),
                    lines=(
                        StatusLine(
                            procedure=("HC", "99214"),
                            charge_cents=21000,
                            paid_cents=8000,
                            units=Decimal(1),
                            statuses=(
                                Status(codes=(StatusCode("F1", "107"),), effective_on=dt.date(2026, 10, 1)),
                            ),
                            dates=(Day("472", dt.date(2026, 9, 14)),),
                        ),
                    ),
                ),
            ),
        ),
    )
)
REFUSED_REPORT = StatusReport(
    answers=(
        StatusAnswer(
            payer=PAYER,
            receiver=SUBMITTER,
            about_receiver=LevelTold(
                trace=Trace("2", "B1"),
                statuses=(Status(codes=(StatusCode("E0", "24", "41"),), effective_on=dt.date(2026, 10, 1)),),
            ),
        ),
    )
)
REVIEWER = Party(role="X3", last="Harbor Mutual Review", identifier_kind="PI", identifier="EXHPO")
REVIEW = ServicesReview(
    reviewer=REVIEWER,
    requester=CLINIC,
    subscriber=PLAIN_HOLDER,
    events=(
        ReviewEvent(
            traces=(Trace("1", "R1", "9EXCLEAR01"),),
            review=Review(request="HS", kind="I", service_type="PT", facility=("11", "B")),
            dates=(Day("AAH", dt.date(2026, 9, 14), dt.date(2026, 11, 14), is_span=True),),
            diagnoses=(ReviewDiagnosis("ABK", "M5450"), ReviewDiagnosis("ABF", "I10")),
            deliveries=(Delivery("VS", Decimal(3), "WK", None, "34", Decimal(2)),),
            parties=(Party(role="SJ", is_person=True, last="Tarn", first="Nils"),),
            services=(
                ReviewedService(
                    code=ReviewedCode(
                        form="SV1", procedure=("HC", "97110", "GP"), unit_kind="UN", units=Decimal(24)
                    )
                ),
            ),
        ),
    ),
)
DECIDED = ServicesReview(
    heading=Heading("11", "R1", kind="18"),
    reviewer=REVIEWER,
    requester=CLINIC,
    subscriber=PLAIN_HOLDER,
    events=(
        ReviewEvent(
            traces=(Trace("2", "R1", "9EXCLEAR01"),),
            review=Review(request="HS", kind="I", service_type="PT", facility=("11", "B")),
            decision=Decision("A6", "AUTH77"),
            dates=(Day("036", dt.date(2026, 12, 31)),),
            messages=("Two units less than asked",),
            services=(
                ReviewedService(
                    decision=Decision("A1", "AUTH77"),
                    code=ReviewedCode(
                        form="SV1", procedure=("HC", "97110", "GP"), unit_kind="UN", units=Decimal(22)
                    ),
                ),
                ReviewedService(
                    decision=Decision("A3", reason="0F"),
                    code=ReviewedCode(form="SV2", procedure=("HC", "97140"), revenue_code="0420"),
                ),
            ),
        ),
    ),
)


def contents(data: bytes) -> Counter[str]:
    """What a file says below its envelope, in standard delimiters: levels and trailers are numbered anew."""
    text = data.decode("latin-1")
    element, component, repetition, terminator = text[3], text[104], text[82], text[105]
    swapped = text.replace(element, "*").replace(component, ":").replace(terminator, "~")
    if not repetition.isalnum():
        swapped = swapped.replace(repetition, "^")
    lines = [line.strip("\r\n ") for line in swapped.split("~")]
    outer = {"ISA", "GS", "ST", "SE", "GE", "IEA", "HL", ""}
    return Counter(plain(line) for line in lines if line.split("*")[0] not in outer)


def plain(line: str) -> str:
    """A segment with its amounts written the short way."""
    parts = line.rstrip("*").split("*")
    return "*".join(
        format(Decimal(part).normalize(), "f")
        if part.count(".") == 1 and part.replace(".", "").isdigit()
        else part
        for part in parts
    )


WORD = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=2, max_size=12)
DAYS = st.dates(dt.date(2016, 1, 1), dt.date(2030, 12, 31))
CENTS = st.integers(0, 99_999_999)
SERVICES = st.lists(
    st.sampled_from(["30", "98", "UC", "MH", "PT", "48"]), min_size=1, max_size=4, unique=True
)
