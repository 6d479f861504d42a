"""New or established, in any wording, with the words that say so."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.coding.visit.patient import patient_status
from cleanclaim.coding.visit.words import read_visit
from cleanclaim.documents.reading import read_note

ON = dt.date(2026, 9, 14)


def is_new(text: str) -> bool:
    new, element = patient_status(read_visit(read_note(text)), ON)
    for span in element.evidence:
        assert text[span.start : span.end] == span.text
    return new


@pytest.mark.parametrize(
    "text",
    [
        "New patient with cough.",
        "NEW PT 44M knee pain",
        "Mr. Orr, 50, comes to our clinic for the first time.",
        "This was her first visit with any of us.",
        "She has never been seen by anyone in this group.",
        "Nobody in our practice has met him before.",
        "Patient new to the department.",
        "Not previously known to us.",
        "Here to establish care after moving.",
        "Last seen here in 2019. Knee pain.",
        "Has not been in our office for five years; last visit here six years ago.",
        "Initial consultation in our office at the kind request of Dr. May.",
        "He is without any prior contact with our practice.",
        "Thank you for referring this pleasant man with back pain.",
        "NEW PATIENT. Her PCP has followed her diabetes for years.",
        "We had not seen this child here before today's visit.",
    ],
)
def test_new(text: str) -> None:
    assert is_new(text)


@pytest.mark.parametrize(
    "text",
    [
        "Established patient with a new problem: cough.",
        "Est pt, new medication started in May.",
        "Mrs. Lo, whom I have looked after for ten years, has a rash.",
        "Return visit. New onset of knee pain.",
        "Patient of our practice since 2015, here for a rash.",
        "Seen by my partner in this clinic eight months ago; first visit with me.",
        "Last seen here in March. Doing well.",
        "Follow-up of hypertension.",
        "Known to me. Had an aura for the first time.",
        "Our long-time patient has a new lump.",
        "We have treated her since childhood.",
        "Cough for three days.",
        "Back for his 3 month check, established, new baby at home.",
    ],
)
def test_established(text: str) -> None:
    assert not is_new(text)
