"""In a note without headings the disease it comes to must stand first, and its complaints must not be coded."""

from __future__ import annotations

from collections.abc import Callable

Codes = Callable[..., list[str]]


def test_the_disease_found_stands_before_the_background_and_its_complaints(codes: Codes) -> None:
    text = (
        "She is 52 and tired, with low desire for months. She also has type 2 diabetes, which is steady. Morning levels"
        " were low twice and everything else was normal on examination today. Male hypogonadism. Gel to start."
    )
    assert codes(text)[0] == "E29.1"
    assert "R53.83" not in codes(text)


def test_a_healed_wound_whose_stitches_come_out_keeps_its_own_code(codes: Codes) -> None:
    text = "Here to get stitches out.\n\nA: Laceration of left shin, healed, 7 sutures removed.\nP: cream on scar."
    assert codes(text) == ["S81.812D"]


def test_a_form_answers_each_entry_in_capitals(codes: Codes) -> None:
    text = "DOT exam. Seizures NO. Diabetes NO. Heart disease NO. High blood pressure YES (lisinopril). Glasses YES."
    found = codes(text)
    assert "I10" in found
    assert not {"R56.9", "E11.9", "I51.9", "I11.9"} & set(found)


def test_a_finding_that_the_letter_takes_up_again_is_coded(codes: Codes) -> None:
    text = (
        "She has been coughing more for five days. Her CT shows a 6 mm solitary nodule in the right upper lobe."
        " There is wheeze in both bases.\n\nMy impression is an acute exacerbation of her COPD. Prednisone."
        " {} I shall see her in a month."
    )
    assert codes(text.format("As for the nodule, a CT in six months is arranged.")) == ["J44.1", "R91.1"]
    assert codes(text.format("As for her work, she may go back.")) == ["J44.1"]
