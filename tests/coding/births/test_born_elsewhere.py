"""A newborn who was brought in has no code of birth here; early vomiting of the pregnancy is none of the birth."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("note", "born_here"),
    [
        ("NICU. Term male, born at Elm Hospital by vaginal delivery, transferred to us at 30 hours.", False),
        ("Newborn record. Term girl born here by NSVD, transferred from the delivery room.", True),
    ],
)
def test_the_birth_is_coded_where_it_took_place(note: str, born_here: bool, codes: Codes) -> None:
    found = codes(f"{note} GBS sepsis of newborn, ampicillin.", "inpatient")
    assert any(code.startswith("Z38") for code in found) is born_here
    assert "P36.0" in found


@pytest.mark.parametrize(
    ("said", "code"), [("Respiratory distress syndrome", "P22.0"), ("Respiratory distress", "P22.9")]
)
def test_distress_is_the_syndrome_where_it_is_called_so(said: str, code: str, codes: Codes) -> None:
    assert code in codes(f"NICU. Term boy.\nDiagnoses:\n- {said}", "inpatient")


@pytest.mark.parametrize(
    ("organism", "code"), [("E coli", "P36.4"), ("GBS", "P36.0"), ("Staph aureus", "P36.2")]
)
def test_sepsis_of_a_newborn_is_of_its_organism(organism: str, code: str, codes: Codes) -> None:
    assert codes(f"NICU. Term boy.\nDiagnoses:\n- {organism} sepsis", "inpatient")[:1] == [code]


def test_sickness_of_the_first_weeks_leaves_a_normal_delivery(codes: Codes) -> None:
    note = (
        "Delivery summary: G2P1 at 39w2d. Morning sickness to 13 weeks. NSVD of live male, intact perineum."
    )
    assert codes(note, "inpatient")[:1] == ["O80"]
