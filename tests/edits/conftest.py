"""Clean claims, a context, and the way a case file changes them."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
import yaml
from attrs import evolve, frozen

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim, ProfessionalClaim, ValueCode
from cleanclaim.claims.coordination import LineAdjudication, OtherPayer
from cleanclaim.claims.coverage import Coverage, CoverageOrder, Relationship, Subscriber
from cleanclaim.claims.diagnosis import Diagnosis, HospitalProcedure, PresentOnAdmission
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Address, Patient, Payer, PersonName, Provider, Sex
from cleanclaim.claims.records import record_from_plain
from cleanclaim.codesets.book import CodeBook, open_book
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.payers import load_payer_profiles
from cleanclaim.edits.tables import (
    AddOnRow,
    CoveragePolicy,
    CoverageTable,
    EditSetting,
    EditTables,
    GlobalDaysTable,
    MueRow,
    PtpRow,
    add_on_table,
    mue_table,
    ptp_table,
)
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.identifiers import npi_from_nine
from cleanclaim.kernel.json import plain

TOWN = Address("12 Quarry Road", "Mill River", "OH", "440010001")
CLINIC = Provider(
    npi=npi_from_nine("130000001"),
    organization="Lakeside Family Medicine",
    taxonomy="207Q00000X",
    address=TOWN,
    tax_id="990000001",
)
HOSPITAL = evolve(
    CLINIC, npi=npi_from_nine("130000003"), organization="Mill River Hospital", taxonomy="282N00000X"
)
DOCTOR = Provider(npi=npi_from_nine("130000101"), name=PersonName("Quill", "Dora"), taxonomy="207Q00000X")
PPO = Payer("EXHPO", "Harbor Mutual PPO", "CI")
MEDICARE = Payer("EXMCR", "Medicare", "MB")
HOSPITAL_MEDICARE = Payer("EXMCR", "Medicare", "MA")
SUPPLEMENT = Payer("EXSUP", "Silverline Supplement", "CI")
PATIENT = Patient("P-01", PersonName("Farrow", "Ines"), dt.date(1957, 3, 4), Sex.FEMALE, TOWN)
VISIT = dt.date(2026, 10, 5)
SENT = dt.date(2026, 10, 26)
YES = PresentOnAdmission.YES

PAYERS = """
payers:
  - payer_id: EXHPO
    name: Harbor Mutual PPO
    timely_filing_days: 180
    correction_filing_days: 365
    corrections: frequency
  - payer_id: EXMCR
    name: Medicare
    timely_filing_days: 365
    correction_filing_days: 365
    corrections: frequency
  - payer_id: EXSUP
    name: Silverline Supplement
    timely_filing_days: 365
    secondary_filing_days: 90
    corrections: new-claim
"""
QUARTER = DatePeriod(dt.date(2026, 10, 1), dt.date(2026, 12, 31))


def _coverage(payer: Payer, order: CoverageOrder = CoverageOrder.PRIMARY) -> Coverage:
    holder = Subscriber("HPO000001", PATIENT.name, PATIENT.birth_date, PATIENT.sex, TOWN)
    return Coverage("C1", payer, order, Relationship.SELF, holder, DatePeriod(dt.date(2026, 1, 1)))


def _office() -> ProfessionalClaim:
    """An office visit and a finger prick, paid by a commercial plan."""
    return ProfessionalClaim(
        claim_id="V01",
        patient=PATIENT,
        coverage=_coverage(PPO),
        billing=CLINIC,
        rendering=DOCTOR,
        diagnoses=(Diagnosis("E11.65"), Diagnosis("I10")),
        place_of_service="11",
        clia_number="36D0000015",
        lines=(
            ServiceLine(1, VISIT, 21000, Decimal(1), "99214", ("25",), pointers=(1, 2), control_number="1"),
            ServiceLine(2, VISIT, 4550, Decimal(1), "83036", pointers=(1,), control_number="2"),
        ),
    )


def _secondary() -> ProfessionalClaim:
    """The same visit to a supplement, after Medicare answered line by line."""
    answered = dt.date(2026, 10, 20)
    contract, share = Adjustment("CO", "45", 11000), Adjustment("PR", "2", 2000)
    lines = (
        LineAdjudication(1, 8000, "99214", Decimal(1), answered, ("25",), "", (contract, share)),
        LineAdjudication(2, 1050, "83036", Decimal(1), answered, (), "", (Adjustment("CO", "45", 3500),)),
    )
    first = OtherPayer(_coverage(MEDICARE), 9050, answered, (), lines, "ICN26001")
    return evolve(_office(), coverage=_coverage(SUPPLEMENT, CoverageOrder.SECONDARY), other_payers=(first,))


def _outpatient() -> InstitutionalClaim:
    """An emergency visit with a film, at the hospital."""
    return InstitutionalClaim(
        claim_id="V10",
        patient=PATIENT,
        coverage=_coverage(PPO),
        billing=HOSPITAL,
        attending=DOCTOR,
        type_of_bill="0131",
        statement=DatePeriod(VISIT, VISIT),
        principal_diagnosis=Diagnosis("S93.401A"),
        other_diagnoses=(Diagnosis("W10.9XXA"),),
        reason_for_visit=(Diagnosis("M25.571"),),
        admission_date=VISIT,
        admission_type="1",
        admission_source="1",
        discharge_status="01",
        lines=(
            ServiceLine(1, VISIT, 40000, Decimal(1), "99283", ("25",), revenue_code="0450"),
            ServiceLine(2, VISIT, 20000, Decimal(1), "73610", ("RT",), revenue_code="0320"),
        ),
    )


def _inpatient() -> InstitutionalClaim:
    """A knee replacement with two nights, paid by Medicare."""
    return InstitutionalClaim(
        claim_id="V14",
        patient=PATIENT,
        coverage=_coverage(HOSPITAL_MEDICARE),
        billing=HOSPITAL,
        attending=DOCTOR,
        operating=DOCTOR,
        type_of_bill="0111",
        statement=DatePeriod(VISIT, VISIT + dt.timedelta(days=2)),
        principal_diagnosis=Diagnosis("M17.11", YES),
        other_diagnoses=(Diagnosis("I10", YES), Diagnosis("Z79.4")),
        admitting_diagnosis=Diagnosis("M25.561"),
        procedures=(HospitalProcedure("0SRC0J9", VISIT),),
        admission_date=VISIT,
        admission_type="3",
        admission_source="1",
        discharge_status="01",
        value_codes=(ValueCode("80", 200),),
        lines=(
            ServiceLine(1, VISIT, 240000, Decimal(2), unit_kind="DA", revenue_code="0120"),
            ServiceLine(2, VISIT, 1250000, Decimal(1), revenue_code="0360"),
        ),
    )


BASES = {"office": _office, "secondary": _secondary, "outpatient": _outpatient, "inpatient": _inpatient}


def invented_tables() -> EditTables:
    """Small tables of invented rows in the shape of the official ones; the codes are Level II only."""
    start = dt.date(2020, 1, 1)
    pairs = (
        PtpRow("G0101", "Q0091", "0", start),
        PtpRow("G0438", "G0444", "1", start),
        PtpRow("G0402", "G0444", "1", start, VISIT - dt.timedelta(days=1)),
        PtpRow("G0101", "G0102", "9", start, start),
        PtpRow("G0447", "G0446", "0", VISIT + dt.timedelta(days=1)),
    )
    units = (
        MueRow("G0444", Decimal(1), "2"),
        MueRow("J1885", Decimal(8), "3"),
        MueRow("J3301", Decimal(4), "1"),
    )
    extras = (
        AddOnRow("G2211", 1, frozenset({"99214", "99213"}), start),
        AddOnRow("G0500", 2, frozenset(), start),
        AddOnRow("G0316", 1, frozenset({"99223"}), start, VISIT - dt.timedelta(days=1)),
    )
    policy = CoveragePolicy("L00001", frozenset({"G0447"}), ("E66", "Z68.3"), QUARTER, frozenset({"EXHPO"}))
    bone = CoveragePolicy("NCD 000.1", frozenset({"G0130"}), ("M81",), QUARTER)
    return EditTables(
        ptp=tuple(
            ptp_table("2026Q4", setting, DatePeriod(start, QUARTER.last), pairs)
            for setting in (EditSetting.PRACTITIONER, EditSetting.HOSPITAL)
        ),
        mue=tuple(mue_table("2026Q4", setting, QUARTER, units) for setting in EditSetting),
        add_on=(add_on_table("2026Q4", QUARTER, extras),),
        coverage=(CoverageTable("2026-10", QUARTER, (policy, bone)),),
        global_days=(
            GlobalDaysTable(
                "2026",
                DatePeriod(dt.date(2026, 1, 1), QUARTER.last),
                {"29881": "090", "17110": "010", "20610": "000"},
            ),
        ),
    )


@frozen
class Workbench:
    """What a test asks for: claims by name and changes, and contexts."""

    book: CodeBook

    def claim(self, base: str = "office", change: Mapping[str, Any] | None = None) -> AnyClaim:
        """A clean claim with some fields changed; a key is a path such as ``lines.0.code``.

        ``lines.+`` adds a line like the one named by ``like`` (a place from 0), with the other keys changed.
        """
        clean = BASES[base]()
        raw = plain(clean)
        for path, value in (change or {}).items():
            _set(raw, path.split("."), value)
        return record_from_plain(type(clean), raw, where=base)

    def context(self, given: Mapping[str, Any] | None = None) -> ScrubContext:
        """A context: ``asof``, ``payers`` (as in payers.yaml), ``history`` (claims), ``tables: false`` "
        "for none."""
        given = given or {}
        payers = load_payer_profiles(
            {"payers": given["payers"]} if "payers" in given else yaml.safe_load(PAYERS)
        )
        history = given.get("history", [])
        return ScrubContext(
            asof=given.get("asof", SENT),
            book=self.book,
            tables=invented_tables() if given.get("tables", True) else EditTables(),
            payers=payers,
            history=None if history is None else tuple(self.claim(**each) for each in history),
        )

    def context_with_history(self, past: Sequence[AnyClaim] | None) -> ScrubContext:
        """The usual context over claims that are already made."""
        return evolve(self.context(), history=None if past is None else tuple(past))


def _set(raw: Any, path: Sequence[str], value: Any) -> None:
    head, *rest = path
    if head == "+":
        line = copy.deepcopy(raw[value.get("like", 0)])
        line.update({"number": len(raw) + 1, **{key: item for key, item in value.items() if key != "like"}})
        raw.append(plain(line))
    elif rest:
        _set(raw[int(head) if isinstance(raw, list) else head], rest, value)
    elif isinstance(raw, list):
        raw[int(head)] = plain(value)
    else:
        raw[head] = plain(value)


@pytest.fixture(scope="session")
def bench() -> Workbench:
    return Workbench(open_book())
