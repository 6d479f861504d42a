"""A visit that lacks what its bill stands on."""

from __future__ import annotations

import pytest

from cleanclaim.documents.completeness import missing_to_bill
from cleanclaim.documents.reading import read_note

_WHOLE = """OFFICE VISIT
CC: cough
HPI: 40 year old man, cough for a week.
Exam: lungs clear.
Assessment: Acute bronchitis.
Plan: fluids.
Electronically signed by T. Okonjo, MD
"""


def _lacks(text: str) -> set[str]:
    return {one.what for one in missing_to_bill(read_note(text))}


def test_a_whole_note_lacks_nothing() -> None:
    assert _lacks(_WHOLE) == set()


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Assessment: Acute bronchitis.\n", "assessment"),
        ("Plan: fluids.\n", "plan"),
        ("Electronically signed by T. Okonjo, MD\n", "signature of the clinician"),
    ],
)
def test_a_note_without_a_part_names_it(line: str, what: str) -> None:
    assert what in _lacks(_WHOLE.replace(line, ""))


def test_a_report_of_an_image_without_an_order_or_an_impression() -> None:
    text = "RADIOLOGY REPORT\nEXAM: chest two views\nFINDINGS: Lungs are clear.\nA. Reader, MD"
    assert _lacks(text) == {"order", "impression"}
