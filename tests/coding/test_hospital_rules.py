"""Hospital and emergency notes: what a rule of one family must find, and what it must leave alone."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.suggest import suggest

_ON = dt.date(2026, 9, 14)
_STAY = "DISCHARGE SUMMARY\n\nDischarge diagnoses:\n1. {}\n\nHospital course: {}\n"


def _codes(text: str, book: CodeBook, setting: Setting = Setting.INPATIENT) -> list[str]:
    result = suggest(text, setting=setting, on=_ON, book=book)
    return [one.code for one in result.suggestions if one.status == "suggested" and one.system == "ICD-10-CM"]


@pytest.mark.parametrize(
    ("listed", "course", "expected"),
    [
        ("Cellulitis of the left leg", "Hypokalemia 3.0, replaced.", "E87.6"),
        (
            "Acute embolic infarct of the right middle cerebral artery",
            "tPA at Outside Hospital before transfer.",
            "Z92.82",
        ),
        ("Diffuse large B-cell lymphoma of the mediastinum", "Chemotherapy was put off.", "C83.32"),
        ("Anaphylaxis after eating shrimp", "Epinephrine twice.", "T78.02XA"),
        ("Fractures of left ribs 5 to 7 after a fall, left pneumothorax", "Chest tube.", "S27.0XXA"),
        ("Alkali burn of the left cornea", "Drain cleaner had splashed up.", "T54.3X1A"),
    ],
)
def test_a_stay_tells_more_than_its_list(listed: str, course: str, expected: str, book: CodeBook) -> None:
    assert expected in _codes(_STAY.format(listed, course), book)


def test_what_was_excluded_in_a_row_is_not_coded(book: CodeBook) -> None:
    text = _STAY.format(
        "Syncope", "Syncope without cause.\nExcluded: seizure, pulmonary embolism, hypoglycemia."
    )
    assert not {"R56.9", "I26.99", "E16.2"}.intersection(_codes(text, book))


def test_a_newborn_watched_for_sepsis_has_no_sepsis(book: CodeBook) -> None:
    text = (
        "NEWBORN NURSERY DISCHARGE\nBoy, born vaginally here.\n"
        "Diagnoses: observed for suspected sepsis, ruled out.\n"
    )
    codes = _codes(text, book)
    assert "Z05.1" in codes
    assert "P36.9" not in codes


def test_the_worst_burn_is_listed_first(book: CodeBook) -> None:
    text = (
        "ED note\nDiagnosis: first degree burn of the left thigh; third degree burn of the right forearm.\n"
    )
    assert _codes(text, book, Setting.ED)[0].startswith("T22.31")


def test_a_stroke_stands_before_what_it_left(book: CodeBook) -> None:
    text = (
        "NEUROLOGY\nAdmitted with aphasia and right hemiplegia. "
        "MRI: embolic infarct of the left middle cerebral artery.\n"
    )
    codes = _codes(text, book)
    assert codes[0] == "I63.412"
    assert {"R47.01", "G81.91"} <= set(codes)


def test_the_hospital_and_its_teams_are_no_diseases(book: CodeBook) -> None:
    text = "ED note\nSeen by the stroke team. SpO2 96% RA. Diagnosis: vertigo.\n"
    assert not {"I63.9", "M06.9"}.intersection(_codes(text, book, Setting.ED))


def test_an_acute_stay_treats_its_injury(book: CodeBook) -> None:
    text = (
        "NEUROSURGERY\n82M fell from standing. CT: acute left subdural hematoma, never unconscious. "
        "Follow-up CT stable.\n"
    )
    assert "S06.5X0A" in _codes(text, book)
