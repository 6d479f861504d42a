"""What counts as data, each item once."""

from __future__ import annotations

import pytest

from cleanclaim.coding.visit.data import DataSeen, data_element, gather
from cleanclaim.coding.visit.words import read_visit
from cleanclaim.documents.reading import read_note


def seen(text: str, months: int | None = 600) -> DataSeen:
    return gather(read_visit(read_note(text)), (), months)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ordered CBC, CMP and TSH.", {"cbc", "cmp", "tsh"}),
        ("CBC today. CBC normal. Repeat CBC shows no change.", {"cbc"}),
        ("No labs, no imaging. Lungs clear.", set()),
        ("At the June visit I ordered CMP and TSH; results gone over today, TSH 1.9.", set()),
        ("TSH before next visit.", set()),
        ("Labs were normal at his physical this spring and are not due.", set()),
        ("Chest x-ray read by radiology: clear. Rapid strep negative.", {"cxr", "strep"}),
        ("Knee x-ray taken here, read by me and billed by us with its own report.", set()),
        ("BMP with creatinine 1.2 and potassium.", {"bmp"}),
        ("This is new to all of us and to her mother.", set()),
    ],
)
def test_unique_tests_of_this_visit(text: str, expected: set[str]) -> None:
    assert set(seen(text).tests) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I called Dr. Quill, vascular surgeon elsewhere, and we discussed the timing of surgery.",
        "Case discussed with cardiology.",
        "D/w ortho, who will operate tomorrow.",
        "Spoke to the oncologist about holding chemotherapy.",
        "Phoned her school nurse and discussed the seizure plan.",
    ],
)
def test_a_talk_with_an_outside_clinician(text: str) -> None:
    assert seen(text).discussion


@pytest.mark.parametrize(
    "text",
    [
        "Talked it over with my partner Dr. Ruiz (same group, same specialty).",
        "Discussed with the patient and her husband.",
        "Radiology called with the result: negative.",
        "Refer to cardiology.",
        "Risks discussed with patient; see cardiology.",
    ],
)
def test_no_talk_with_an_outside_clinician(text: str) -> None:
    assert not seen(text).discussion


@pytest.mark.parametrize(
    "text",
    [
        "I personally reviewed the MRI images: disc herniation at L5.",
        "ECG independently interpreted: sinus rhythm.",
        "Looked at the outside films myself; my reading is a fracture.",
        "CXR: my interpretation is a left lower infiltrate.",
    ],
)
def test_an_own_reading(text: str) -> None:
    assert seen(text).interpretation


@pytest.mark.parametrize(
    "text",
    [
        "I reviewed the MRI report.",
        "X-ray read by me, billed by our office.",
        "I reviewed the note of his cardiologist myself.",
        "Radiology read the CT as normal.",
    ],
)
def test_no_own_reading(text: str) -> None:
    assert not seen(text).interpretation


@pytest.mark.parametrize(
    ("text", "months", "expected"),
    [
        ("Mother says he coughs at night.", 30, True),
        ("History obtained from the daughter because of dementia.", 980, True),
        ("Cannot give an account; her son tells what happened.", 980, True),
        ("His wife says he snores.", 600, False),
        ("Mother had breast cancer.", 600, False),
        ("Speaks for himself, mother present in the room.", 110, False),
        ("Per EMS he was found down, unresponsive.", 600, True),
    ],
)
def test_an_independent_historian(text: str, months: int, expected: bool) -> None:
    assert bool(seen(text, months).historian) is expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Reviewed the outside cardiology note.", 1),
        ("Read the urgent care note and the hospital discharge summary.", 2),
        ("No outside records.", 0),
        ("Old records were requested but have not arrived, nothing to review.", 0),
        ("I read the consult letter of her endocrinologist.", 1),
    ],
)
def test_outside_notes(text: str, count: int) -> None:
    assert len(seen(text).notes) == count


def test_two_categories_are_extensive() -> None:
    text = "CBC, CMP, lactate. Discussed with the surgeon."
    assert data_element(read_visit(read_note(text)), (), 600).level == "high"
