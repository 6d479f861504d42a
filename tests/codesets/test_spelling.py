from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.codesets.sayings import icd10cm_sayings
from cleanclaim.codesets.spelling import Speller, sound_of
from cleanclaim.codesets.words import joined_words, words_of

SPELLER = Speller(
    {"breast": 400, "breath": 6, "anemia": 300, "diarrhea": 20, "cancer": 500, "chancre": 3, "rib": 9}
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("breats", "breast"),
        ("anaemia", "anemia"),
        ("diarrhoea", "diarrhea"),
        ("cancre", "cancer"),
        ("aneemia", "anemia"),
    ],
)
def test_a_word_is_corrected_to_the_likeliest(typed: str, meant: str) -> None:
    assert SPELLER.corrections(typed)[0] == meant


@pytest.mark.parametrize("typed", ["", "ri", "rbi", "12345", "zzzzzzzz"])
def test_what_is_too_short_or_like_nothing_is_left_alone(typed: str) -> None:
    assert SPELLER.corrections(typed) == []


@pytest.mark.parametrize(
    ("british", "american"),
    [("oedema", "edema"), ("tumour", "tumor"), ("haemorrhage", "hemorrhage"), ("fibre", "fiber")],
)
def test_british_and_american_spellings_sound_alike(british: str, american: str) -> None:
    assert sound_of(british) == sound_of(american)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sjögren's syndrome", ["sjogren", "syndrome"]),
        ("can't sleep", ["cant", "sleep"]),
        ("Abscesses of the legs", ["abscess", "leg"]),
        ("allergies, rabies", ["allergy", "rabies"]),
    ],
)
def test_words_lose_accents_apostrophes_and_plurals(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_what_a_hyphen_or_parenthesis_parts_is_also_one_word() -> None:
    assert joined_words("Gastro-esophageal reflux; (poly)neuropathy") == [
        "gastroesophageal",
        "polyneuropathy",
    ]


def test_every_table_of_sayings_is_read() -> None:
    sayings = icd10cm_sayings()
    assert len(sayings.by_words) > 5_000
    assert sayings.codes_of(["pressure", "blood", "high"])[0] == "I10"


@given(st.text(max_size=60))
def test_any_text_has_words(text: str) -> None:
    assert all(word.isalnum() for word in words_of(text))
    assert isinstance(SPELLER.corrections(text), list)
