"""Services a note says were done, with units and modifiers, and those it only orders."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanclaim.coding.records import CodingResult

Coder = Callable[..., CodingResult]

DONE = [
    ("Results: 12 lead EKG done today, sinus rhythm.", "93000", (), 1),
    ("Results: hemoglobin A1c in house 8.1.", "83036", (), 1),
    ("Results: blood drawn by venipuncture.", "36415", (), 1),
    ("Results: rapid strep positive.", "87880", (), 1),
    ("Labs: comprehensive metabolic panel run here today.", "80053", (), 1),
    ("Immunizations: influenza vaccine 0.5 mL given IM left deltoid.", "90471", (), 1),
    ("Immunizations: influenza vaccine 0.5 mL given IM left deltoid.", "90686", (), 1),
    ("Procedure: left knee injection with triamcinolone 40 mg.", "20610", ("LT",), 1),
    ("Procedure: left knee injection with triamcinolone 40 mg.", "J3301", (), 4),
    ("Procedure: right knee injection with kenalog 80 mg.", "J3301", (), 8),
    ("Procedure: plantar wart, cryotherapy with liquid nitrogen.", "17110", (), 1),
    ("Procedure: laceration repair with simple interrupted sutures.", "12001", (), 1),
    ("In-office treatment: albuterol by nebulizer.", "94640", (), 1),
]


@pytest.mark.parametrize(("text", "code", "modifiers", "units"), DONE)
def test_a_service_that_was_done(
    coder: Coder, text: str, code: str, modifiers: tuple[str, ...], units: int
) -> None:
    found = {one.code: one for one in coder(f"HPI: seen today.\n{text}\nAssessment: Gout.").suggestions}
    assert code in found
    assert (found[code].modifiers, found[code].units) == (modifiers, units)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Plan: order EKG.", "93000"),
        ("Plan: repeat A1c in 3 months.", "83036"),
        ("Results: A1c 8.1 last month.", "83036"),
        ("Plan: CMP at outside lab.", "80053"),
        ("Plan: influenza vaccine declined.", "90686"),
        ("Plan: flu shot will be given at the pharmacy next week.", "90471"),
        ("Plan: consider knee injection next visit.", "20610"),
        ("PSH: cryotherapy of a wart.", "17110"),
        ("Instructions: albuterol by nebulizer.", "94640"),
    ],
)
def test_a_service_that_was_not_done(coder: Coder, text: str, code: str) -> None:
    found = {one.code for one in coder(f"HPI: seen today.\n{text}\nAssessment: Gout.").suggestions}
    assert code not in found


@pytest.mark.parametrize(("minutes", "units"), [(8, 1), (15, 1), (22, 1), (23, 2), (38, 3), (45, 3), (53, 4)])
def test_timed_units_by_the_eight_minute_rule(coder: Coder, minutes: int, units: int) -> None:
    text = (
        f"PHYSICAL THERAPY DAILY NOTE\nA: Low back pain\nInterventions: Therapeutic exercise {minutes} min."
    )
    found = {one.code: one for one in coder(text).suggestions}
    assert (found["97110"].units, found["97110"].modifiers) == (units, ("GP",))


def test_a_dose_that_is_not_stated_is_asked_for(coder: Coder) -> None:
    result = coder(
        "HPI: seen.\nProcedure: right knee injection, triamcinolone injected.\nAssessment: Right knee OA."
    )
    assert any("J3301" in question for question in result.holds)


@pytest.mark.parametrize(
    ("regions", "code"),
    [("lumbar", "98940"), ("lumbar, sacral and thoracic", "98941"), ("3 spinal regions", "98941")],
)
def test_spinal_regions_decide_the_manipulation(coder: Coder, regions: str, code: str) -> None:
    text = f"CHIROPRACTIC DAILY NOTE\nA: Low back pain\nTx: manual adjustment, {regions}"
    assert code in {one.code for one in coder(text).suggestions}


def test_active_chiropractic_treatment_takes_at_and_maintenance_does_not(coder: Coder) -> None:
    text = "CHIROPRACTIC DAILY NOTE\nA: Low back pain. {}.\nTx: manual adjustment, lumbar"
    active = {one.code: one.modifiers for one in coder(text.format("Acute care")).suggestions}
    kept = {one.code: one.modifiers for one in coder(text.format("Maintenance care")).suggestions}
    assert (active["98940"], kept["98940"]) == (("AT",), ())


def test_a_joint_replaced_in_hospital_is_coded_when_every_axis_is_stated(coder: Coder) -> None:
    text = (
        "DISCHARGE SUMMARY\nPRINCIPAL DIAGNOSIS: Primary osteoarthritis, right knee\n"
        "PROCEDURE: Right total knee arthroplasty{}\nHOSPITAL COURSE: uneventful"
    )
    stated = coder(text.format(", cemented"), "inpatient")
    assert [one.code for one in stated.suggestions if one.system == "ICD-10-PCS"] == ["0SRC0J9"]
    open_axis = coder(text.format(""), "inpatient")
    assert not [one for one in open_axis.suggestions if one.system == "ICD-10-PCS"]
    assert any("cement" in question for question in open_axis.holds)
