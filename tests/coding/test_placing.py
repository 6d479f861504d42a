"""An entry may name more than its first words: what its title spells out, and the disease that opens a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        (
            "Hypertensive heart and kidney disease: chronic systolic heart failure, together with CKD 3b.",
            ["I13.0", "I50.22", "N18.32"],
        ),
        ("Ischemic cardiomyopathy, EF 28%. CAD, native vessels, no angina.", ["I25.5", "I25.10"]),
        ("Gout: no sign of sepsis.", ["M10.9"]),
        ("Pressure ulcer of sacrum, stage 3: calcium alginate daily.", ["L89.153"]),
        ("Gout - asthma inhaler refilled.", ["M10.9"]),
    ],
)
def test_an_entry_names_what_it_spells_out(entry: str, wanted: list[str], codes: Codes) -> None:
    assert sorted(codes(f"ASSESSMENT / PLAN:\n1. {entry}\n2. Hypothyroidism, stable.")) == sorted(
        [*wanted, "E03.9"]
    )


@pytest.mark.parametrize(
    ("note", "wanted"),
    [
        ("Assessment:\n1. Urinary retention due to BPH.", ["N40.1", "R33.8"]),
        ("Assessment:\n1. Acute urinary retention\n2. BPH", ["N40.1", "R33.8"]),
        ("Assessment:\n1. BPH\n2. Nocturia", ["N40.1", "R35.1"]),
        ("Assessment:\n1. BPH, no trouble.", ["N40.0"]),
    ],
)
def test_the_prostate_takes_its_symptoms_along(note: str, wanted: list[str], codes: Codes) -> None:
    assert sorted(codes(note)) == wanted


@pytest.mark.parametrize(
    ("note", "first"),
    [
        ("Assessment: Flu A positive, start oseltamivir.", ["J10.1"]),
        ("ASSESSMENT\n1. Flu\n2. Gout", ["J11.1", "M10.9"]),
        ("Assessment:\n1. Gout. Flu + covid at pharmacy.", ["M10.9"]),
        ("My impression is gout. Flu and RSV vaccines once he is over this.", ["M10.9"]),
    ],
)
def test_flu_is_an_illness_where_it_heads_a_diagnosis(note: str, first: list[str], codes: Codes) -> None:
    assert [code for code in codes(note) if not code.startswith(("9", "8"))] == first
