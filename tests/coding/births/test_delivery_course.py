"""Why a cesarean was done, labor before its time, anemia after the birth, and what a newborn's letters stand for."""

from __future__ import annotations

from collections.abc import Callable

Codes = Callable[..., list[str]]


def test_the_indication_of_a_cesarean_is_the_principal_diagnosis(codes: Codes) -> None:
    note = (
        "OBSTETRICS DISCHARGE\nGA: 39w1d\n\n"
        "INDICATION: repeat cesarean, two previous low transverse cesareans. Not in labor.\n\n"
        "PROBLEMS:\n  - Gestational diabetes, insulin controlled\n  - Obesity complicating pregnancy, class 2\n\n"
        "PROCEDURE: Repeat low transverse cesarean. Spinal. QBL 610. No adhesions. Foley out. Skin closed. Stable."
        " No dehiscence.\n\nINFANT: liveborn male, Apgars 8 and 9.\n"
    )
    found = codes(note, "inpatient")
    assert found[0] == "O34.211"
    assert {"O24.424", "O99.214", "E66.812", "Z37.0", "Z3A.39"} <= set(found)


def test_labor_that_began_by_itself_at_36_weeks_is_preterm(codes: Codes) -> None:
    note = (
        "Postpartum discharge. Dx: preeclampsia with severe features at 36w1d."
        " Labor began spontaneously; vaginal birth, liveborn boy."
    )
    assert "O60.14X0" in codes(note, "inpatient")


def test_anemia_of_the_blood_lost_at_birth_is_of_the_puerperium(codes: Codes) -> None:
    note = (
        "OB discharge. IUP 38w4d, spontaneous labor. NSVD, liveborn male.\nProblems:\n"
        "- Postpartum hemorrhage\n- Acute blood loss anemia after delivery"
    )
    assert {"O72.1", "O90.81", "D62"} <= set(codes(note, "inpatient"))


def test_the_letters_of_a_nursery_are_its_own(codes: Codes) -> None:
    note = (
        "NICU SUMMARY - Baby Girl\nBorn here by cesarean at 34 2/7 weeks, BW 1890 g, preterm.\n"
        "Resp: RDS, surfactant, CPAP then RA. Neuro: HUS normal. Hypoglycemia 28, resolved. Mom not diabetic."
    )
    assert sorted(codes(note, "inpatient")) == ["P07.17", "P07.37", "P22.0", "P70.4", "Z38.01"]


def test_low_sugar_of_the_child_of_a_diabetic_mother_is_its_syndrome(codes: Codes) -> None:
    note = "NEWBORN DISCHARGE\nBaby boy born vaginally at 38 weeks. Mom has GDM. Hypoglycemia 34, gel x2, resolved."
    found = codes(note, "inpatient")
    assert "P70.0" in found
    assert "P70.4" not in found
