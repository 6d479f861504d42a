"""The level of a visit by decision making and by time, and the notes that have none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanclaim.coding.records import CodingResult

Coder = Callable[..., CodingResult]

PREVENTIVE = "ANNUAL PREVENTIVE EXAM\n{} here for annual physical.\nExam: normal.\nA: Annual physical."
OFFICE = (
    "Established patient.\nHPI: here for follow up of the problems below, seen and examined in the office.\n"
)
BP = "A/P:\n1. Hypertension, stable. Continue lisinopril."
NEW = "New patient.\nHPI: new to this practice, here for the problems below, seen and examined today.\n"

VIGNETTES = [
    (OFFICE + "A/P:\n1. Common cold. Rest and fluids.", "99212", "mdm"),
    (OFFICE + "A/P:\n1. Viral URI. Saline, acetaminophen.", "99213", "mdm"),
    (OFFICE + "A/P:\n1. UTI. Start nitrofurantoin. Urinalysis positive.", "99213", "mdm"),
    (OFFICE + "A/P:\n1. Hypertension, stable. Continue lisinopril.", "99213", "mdm"),
    (OFFICE + BP + "\n2. Gout, stable. Continue allopurinol.", "99214", "mdm"),
    (OFFICE + "A/P:\n1. Hypertension, not at goal. Increase lisinopril.", "99214", "mdm"),
    (OFFICE + "A/P:\n1. COPD exacerbation. Prednisone and azithromycin.", "99214", "mdm"),
    (OFFICE + "A/P:\n1. Type 2 diabetes with hyperglycemia. Increase metformin.", "99214", "mdm"),
    (OFFICE + "A/P:\n1. Pneumonia. Start doxycycline.", "99214", "mdm"),
    (
        OFFICE + "A/P:\n1. Chest pain. EKG, troponin and chest x-ray ordered. Start metoprolol.",
        "99214",
        "mdm",
    ),
    (
        OFFICE + "A/P:\n1. Acute hypoxic respiratory failure. Will be admitted to the hospital.",
        "99215",
        "mdm",
    ),
    (OFFICE + "A/P:\n1. Strep pharyngitis. Amoxicillin. History from mother.", "99213", "mdm"),
    (OFFICE + BP + "\nTotal time spent 32 minutes.", "99214", "time"),
    (OFFICE + BP + "\nTotal time 45 minutes on the date of the visit.", "99215", "time"),
    (
        OFFICE + "A/P:\n1. Hypertension, not at goal. Increase lisinopril.\nTotal time 15 minutes.",
        "99214",
        "mdm",
    ),
    (NEW + "A/P:\n1. Viral URI. Saline, acetaminophen.", "99203", "mdm"),
    (NEW + "A/P:\n1. Hypertension, new diagnosis. Start amlodipine.", "99204", "mdm"),
    (NEW + "A/P:\n1. Common cold. Rest.", "99202", "mdm"),
    (NEW + "A/P:\n1. Viral URI. Acetaminophen.\nTotal time 60 minutes.", "99205", "time"),
    (PREVENTIVE.format("51 yo F established patient"), "99396", "age"),
    (PREVENTIVE.format("30 yo F new patient"), "99385", "age"),
    (
        "WELL CHILD VISIT\n12 month old boy here for well child visit.\nExam: normal.\nA: Well child.",
        "99392",
        "age",
    ),
    (
        "WELL CHILD VISIT\n6 year old girl here for well child check.\nExam: normal.\nA: Well child.",
        "99393",
        "age",
    ),
    ("Telehealth video visit\n" + OFFICE + "A/P:\n1. GAD, not at goal. Increase sertraline.", "99214", "mdm"),
    ("NEWBORN ADMISSION EXAM\nBorn vaginally today at term.\nA: Term newborn.", "99460", "kind"),
]


@pytest.mark.parametrize(("text", "code", "by"), VIGNETTES)
def test_level(coder: Coder, text: str, code: str, by: str) -> None:
    level = coder(text).em
    assert level is not None
    assert (level.code, level.by) == (code, by), level.elements
    for element in level.elements:
        for span in element.evidence:
            assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        ("Common cold. Rest.", "99282"),
        ("Right ankle sprain. RICE, ibuprofen. X-ray negative.", "99283"),
        ("Pneumonia. Start doxycycline. CBC, BMP and chest x-ray done.", "99284"),
        ("Sepsis. Blood cultures, CBC, CMP. Admitted to the hospital.", "99285"),
    ],
)
def test_emergency_level(coder: Coder, plan: str, code: str) -> None:
    text = (
        f"EMERGENCY DEPARTMENT\nHPI: walked in today with the complaint below.\nAssessment and plan: {plan}"
    )
    level = coder(text, "ed").em
    assert level is not None
    assert level.code == code, level.elements


@pytest.mark.parametrize(
    "text",
    [
        "OPERATIVE REPORT\nPREOPERATIVE DIAGNOSIS: tear\nPOSTOPERATIVE DIAGNOSIS: Torn meniscus, left knee\n",
        "RADIOLOGY REPORT\nTECHNIQUE: two views\nFINDINGS: opacity\nIMPRESSION: Pneumonia.",
        "LABORATORY REPORT\nIndication: anemia\nResults: hemoglobin 11",
        "PHYSICAL THERAPY DAILY NOTE\nS: better\nA: Low back pain\nTherapeutic exercise 30 min",
        "CHIROPRACTIC DAILY NOTE\nS: better\nA: Low back pain\nTx: lumbar adjustment",
        "Hypertension",
    ],
    ids=["operative", "radiology", "lab", "therapy", "chiropractic", "one-word"],
)
def test_no_level_with_a_reason(coder: Coder, text: str) -> None:
    result = coder(text)
    assert result.em is None
    assert result.because


def test_telehealth_prompts_for_modifier_95(coder: Coder) -> None:
    level = coder("Telehealth video visit\n" + OFFICE + "A/P:\n1. GAD, not at goal. Increase sertraline.").em
    assert level is not None
    assert level.modifiers == ("95",)


def test_minutes_of_a_treatment_are_no_visit_time(coder: Coder) -> None:
    level = coder(OFFICE + "A/P:\n1. Viral URI. Acetaminophen. Nebulizer for 45 minutes.").em
    assert level is not None
    assert level.by == "mdm"


def test_a_visit_for_a_wart_alone_has_no_separate_level(coder: Coder) -> None:
    text = (
        OFFICE
        + "Procedure: plantar wart treated by cryotherapy with liquid nitrogen.\nAssessment: Plantar wart."
    )
    assert coder(text).em is None


def test_the_levels_above_and_below_are_explained(coder: Coder) -> None:
    level = coder(OFFICE + "A/P:\n1. Hypertension, not at goal. Increase lisinopril.").em
    assert level is not None
    told = " ".join(reason.text for reason in level.because)
    assert "high would need" in told
    assert "would be low if" in told
