"""A man's breast cancer and hot flushes must not have a woman's codes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanclaim.coding.patient_sex import patients_sex
from cleanclaim.documents.reading import read_note

Codes = Callable[..., list[str]]
_NOTE = (
    "{who} seen today.\nAssessment:\n"
    "1. Cancer of the right breast, upper outer quadrant, on chemotherapy.\n2. Hot flashes."
)


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        ("63-year-old man", {"C50.421", "R23.2"}),
        ("63 F", {"C50.411", "N95.1"}),
        ("The patient was", {"C50.411", "N95.1"}),
    ],
)
def test_codes_fit_the_patient(who: str, wanted: set[str], codes: Codes) -> None:
    assert set(codes(_NOTE.format(who=who))) == wanted


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("Age/Sex: 71 M", "male"),
        ("27M HbSS", "male"),
        ("56 y/o F truck dispatcher", "female"),
        ("Mrs. L. is an 81-year-old widow.", "female"),
        ("He says his wife told her doctor about his gout, and he agrees.", "male"),
        ("She tells of her father and his gout.", ""),
        ("Metoprolol 25 MG daily.", ""),
    ],
)
def test_the_sex_is_read_where_it_is_told(text: str, sex: str) -> None:
    assert patients_sex(read_note(text)) == sex
