"""Where a history or an examination ends though no heading says so."""

from __future__ import annotations

import pytest

from cleanclaim.coding.visit.words import read_visit
from cleanclaim.coding.visit.zones import DECIDED, PAST, SEEN, TOLD
from cleanclaim.documents.reading import read_note


def zone_of(text: str, word: str) -> str:
    reading = read_visit(read_note(text))
    return reading.zone_at(reading.forms.index(word))


@pytest.mark.parametrize(
    ("text", "word", "zone"),
    [
        (
            "Exam: JVP 10, 2+ edema.\nHeart failure, worsening. Furosemide increased to 40 mg.",
            "furosemide",
            DECIDED,
        ),
        ("Exam: lungs clear.\nHeart: regular.", "heart", SEEN),
        ("PMH DM, smoker.\nECG interpreted by me: ST depression.\nNSTEMI. Admit to CCU.", "admit", TOLD),
        ("PMH: gout, asthma.\nHypertension for years.", "hypertension", PAST),
        ("MED ONC NEW PT\n58M colon cancer, newly found.", "colon", TOLD),
    ],
)
def test_zone(text: str, word: str, zone: str) -> None:
    assert zone_of(text, word) == zone
