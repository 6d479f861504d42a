"""A title that points back ("nodule as above", "the fibroid") must call up what the story names, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]
_NODULE = (
    "Seen after a CT: 9 mm solitary nodule RUL. He also has cramps at night.\n\nExam: well.\n\nImpression\n"
)


def _diagnoses(found: list[str]) -> list[str]:
    return [code for code in found if not code.startswith(("9", "G2"))]


@pytest.mark.parametrize(
    "title", ["1. 9 mm nodule as above, probable granuloma.", "1. The nodule: PET first."]
)
def test_the_title_calls_up_what_the_story_found(title: str, codes: Codes) -> None:
    assert _diagnoses(codes(f"{_NODULE}{title}\n2. Gout, stable.")) == ["R91.1", "M10.9"]


def test_two_words_of_one_title_call_up_two_findings(codes: Codes) -> None:
    found = codes(
        "64, postmenopausal bleeding since July. Scan: endometrial stripe thickened to 11 mm.\n\nThinking:\n"
        "1. The bleeding and the stripe: polyp or malignancy to be considered.\n2. Atrophic vaginitis."
    )
    assert _diagnoses(found) == ["N95.0", "R93.89", "N95.2"]


def test_a_complaint_that_its_disease_explains_stays_out(codes: Codes) -> None:
    found = codes(f"{_NODULE}1. The cramps are from gout.\n2. Hypothyroidism.")
    assert _diagnoses(found) == ["M10.9", "E03.9"]


def test_sequelae_as_above_stand_where_the_list_names_them(codes: Codes) -> None:
    found = codes(
        "R-handed. Still has right hemiparesis from the March left MCA infarct.\n\nExam: R arm weak.\n\n"
        "1) Sequelae as above: therapy renewed.\n2) Essential hypertension."
    )
    assert _diagnoses(found) == ["I69.351", "I10"]
