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


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Transcribed by K. Typist. Temperature was ___ degrees.", "words left blank in the dictation"),
        ("Dictated but not read.", "the author's reading of the transcription"),
    ],
)
def test_a_transcription_is_whole_only_when_it_was_heard_and_read(line: str, what: str) -> None:
    assert _lacks(f"{_WHOLE}{line}") == {what}
    assert _lacks(f"{_WHOLE}Transcribed by K. Typist.") == set()


def test_a_diagnostic_report_without_an_interpretation() -> None:
    text = "ECG REPORT\nIndication: palpitations\nFindings: rate 72\n{}A. Reader, MD"
    assert _lacks(text.format("")) == {"interpretation"}
    assert _lacks(text.format("Impression: Normal sinus rhythm.\n")) == set()


def test_a_treatment_plan_without_goals() -> None:
    text = "TREATMENT PLAN\nDiagnosis: Major depression\n{}Plan: weekly sessions\nSigned, A. Testwright, MD"
    assert _lacks(text.format("")) == {"goals"}
    assert _lacks(text.format("Goals: sleep seven hours\n")) == set()
