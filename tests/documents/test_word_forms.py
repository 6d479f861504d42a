"""However a word is written, it is compared in one form."""

from __future__ import annotations

import pytest

from cleanclaim.documents.words import phrase


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("dia\u00adbetes", "diabetes"),
        ("ﬁbroids", "fibroid"),
        ("dіabetes", "diabetes"),
        ("DIABETES", "diabetes"),
        ("naïve", "naive"),
        ("fibroids", "fibroid"),
        ("kidney stones", "kidney stone"),
        ("allergies", "allergy"),
        ("diagnosis", "diagnosis"),
        ("R knee", "right knee"),
        ("knee, L", "knee left"),
    ],
)
def test_tricks_of_the_text_do_not_hide_a_word(written: str, folded: str) -> None:
    assert phrase(written) == phrase(folded)


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("polycythaemia vera", "polycythemia vera"),
        ("oesophagitis", "esophagitis"),
        ("coeliac disease", "celiac disease"),
        ("diarrhoea", "diarrhea"),
        ("dyspnoea", "dyspnea"),
        ("gynaecology", "gynecology"),
        ("breast tumours", "breast tumor"),
        ("sleep apnoea", "sleep apnea"),
    ],
)
def test_british_spellings_are_read_as_american_ones(british: str, american: str) -> None:
    assert phrase(british) == phrase(american)


@pytest.mark.parametrize("word", ["toe", "raised", "advised", "aerobic", "michael", "coexist", "poem"])
def test_words_that_only_look_british_stay(word: str) -> None:
    assert phrase(word) == (word,)
