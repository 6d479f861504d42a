"""The scrubber as a whole: verdicts, order, what is not checked, and that nothing is swallowed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.edits import EditCrashed, ScrubContext, scrub
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.registry import EDITS
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.json import canonical_json

ARCHITECTURE_IDS = {
    "NCCI-PTP",
    "MUE",
    "ADD-ON",
    "DX-UNKNOWN",
    "DX-NOT-BILLABLE",
    "DX-EXCLUDES1",
    "DX-CODE-FIRST",
    "DX-MANIFESTATION-FIRST",
    "DX-EXTERNAL-CAUSE-FIRST",
    "DX-AGE",
    "DX-SEX",
    "DX-LATERALITY",
    "DX-DUPLICATE",
    "PX-UNKNOWN",
    "PX-AGE",
    "PX-SEX",
    "MODIFIER-INVALID",
    "MODIFIER-MISSING",
    "MED-NECESSITY",
    "POINTER-DEAD",
    "UNITS",
    "CHARGE-ZERO",
    "TOTAL",
    "DATE-FUTURE",
    "DATE-ORDER",
    "DATE-BEFORE-BIRTH",
    "DUPLICATE-LINE",
    "DUPLICATE-CLAIM",
    "TIMELY-FILING",
    "NPI-INVALID",
    "TAXONOMY-UNKNOWN",
    "POS-INVALID",
    "POS-MISMATCH",
    "NDC-MISSING",
    "CLIA-MISSING",
    "AUTH-MISSING",
    "REFERRING-MISSING",
    "FREQUENCY-REF",
    "COB-BALANCE",
    "TOB-INVALID",
    "REVENUE-HCPCS",
    "POA-MISSING",
    "VALUE-CODE",
    "DISCHARGE-STATUS",
    "GLOBAL-PERIOD",
    "NEW-PATIENT",
}


@pytest.mark.parametrize("base", ["office", "secondary", "outpatient", "inpatient"])
def test_a_clean_claim_has_no_finding_at_all(base: str, bench: Any) -> None:
    outcome = scrub([bench.claim(base)], bench.context()).claims[0]
    assert outcome.findings == ()
    assert outcome.verdict == "clean"


def test_every_edit_of_the_contract_is_registered_once() -> None:
    ids = [edit.about.edit_id for edit in EDITS]
    assert len(ids) == len(set(ids))
    assert set(ids) == ARCHITECTURE_IDS | {"PAYER"}


def test_a_reject_holds_and_a_warning_does_not(bench: Any) -> None:
    held = scrub([bench.claim("office", {"lines.0.charge_cents": 0})], bench.context()).claims[0]
    warned = scrub([bench.claim("office", {"lines.1.modifiers": ["25"]})], bench.context()).claims[0]
    assert held.verdict == "hold"
    assert warned.verdict == "clean"
    assert [item.severity for item in warned.findings] == ["warn"]


def test_one_bad_claim_does_not_touch_its_neighbours(bench: Any) -> None:
    claims = [
        bench.claim("office", {"claim_id": "A", "patient.patient_id": "P-A"}),
        bench.claim("office", {"claim_id": "B", "patient.patient_id": "P-B", "lines": []}),
        bench.claim("inpatient", {"claim_id": "C"}),
    ]
    report = scrub(claims, bench.context())
    assert [(item.claim, item.verdict) for item in report.claims] == [
        ("A", "clean"),
        ("B", "hold"),
        ("C", "clean"),
    ]
    assert not report.is_clean()


def test_findings_come_in_one_order_and_the_same_bytes_twice(bench: Any) -> None:
    change = {
        "lines.1.pointers": [9],
        "lines.0.charge_cents": 0,
        "lines.1.charge_cents": 0,
        "diagnoses.1.code": "E10.9",
        "rendering.npi": "1",
    }
    first = scrub([bench.claim("office", change)], bench.context())
    again = scrub([bench.claim("office", change)], bench.context())
    assert canonical_json(first) == canonical_json(again)
    order = {edit.about.edit_id: place for place, edit in enumerate(EDITS)}
    places = [(order[item.edit], item.line or 0) for item in first.claims[0].findings]
    assert places == sorted(places)
    assert len(places) == 5


def test_what_was_not_checked_is_told_once_for_the_run(bench: Any) -> None:
    claims = [
        bench.claim("office", {"claim_id": f"C{number}", "patient.patient_id": str(number)})
        for number in (1, 2)
    ]
    report = scrub(claims, bench.context({"tables": False, "history": None}))
    told = [(item.edit, item.reason) for item in report.not_checked]
    assert len(told) == len(set(told))
    assert told == sorted(told)
    assert ("NCCI-PTP", "NCCI PTP for 2026Q4 not loaded: bundling not checked") in told
    missing = {"NCCI-PTP", "MUE", "ADD-ON", "MED-NECESSITY", "GLOBAL-PERIOD", "DUPLICATE-CLAIM", "PX-UNKNOWN"}
    assert missing <= {edit for edit, _ in told}


def test_a_crashed_edit_is_never_taken_for_a_pass(bench: Any) -> None:
    broken = Edit("BROKEN", "Nothing.", Citation("none", "none", "none"))

    @broken.per_claim
    def check(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
        yield from ()
        raise ZeroDivisionError("1/0 for Ines Farrow")

    with pytest.raises(EditCrashed) as caught:
        scrub([bench.claim()], bench.context(), edits=(*EDITS, check))
    assert "BROKEN" in str(caught.value) and "V01" in str(caught.value)
    assert "Farrow" not in str(caught.value)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_every_finding_tells_where_why_and_what_to_do(bench: Any) -> None:
    worst = {
        "lines.0.pointers": [],
        "lines.0.modifiers": ["50", "RT"],
        "lines.1.units": "0",
        "lines.1.charge_cents": -5,
        "diagnoses.0.code": "W10.9XXA",
        "billing.npi": "",
        "clia_number": "",
        "frequency": "7",
        "place_of_service": "21",
    }
    outcome = scrub([bench.claim("office", worst)], bench.context({"asof": dt.date(2029, 1, 1)})).claims[0]
    assert len({item.edit for item in outcome.findings}) >= 9
    for item in outcome.findings:
        assert item.claim == "V01"
        assert item.field.startswith("CMS-1500 box ")
        assert item.message.startswith(item.field)
        assert item.fix.endswith(".")
        assert item.citation.source and item.citation.release and item.citation.where


def test_no_finding_shows_who_the_patient_is(bench: Any) -> None:
    claim = bench.claim("office", {"diagnoses.0.code": "Z00.129", "lines.0.service_date": "1950-01-01"})
    outcome = scrub([claim], bench.context()).claims[0]
    text = " ".join(item.message + item.fix for item in outcome.findings)
    assert outcome.findings
    for secret in ("Farrow", "Ines", "1957-03-04", "HPO000001"):
        assert secret not in text


def test_a_claim_without_findings_in_an_empty_run(bench: Any) -> None:
    report = scrub([], bench.context())
    assert report.claims == () and report.is_clean()


def test_the_context_is_not_changed_by_a_run(bench: Any) -> None:
    context = bench.context()
    scrub([bench.claim()], context)
    assert context == evolve(context)
