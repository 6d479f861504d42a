"""What is listed first where an operation was not done, and where an illness is over."""

from __future__ import annotations

from collections.abc import Callable

Codes = Callable[..., list[str]]


def test_the_disease_an_operation_was_planned_for_stays_first(codes: Codes) -> None:
    found = codes(
        "Admitted for elective left hip replacement. On arrival he developed supraventricular tachycardia and the"
        " operation was called off. End stage osteoarthritis of the left hip. SVT treated with adenosine.",
        "inpatient",
    )
    assert found == ["M16.12", "I47.10", "Z53.09"]


def test_an_infusion_visit_is_for_its_treatment(codes: Codes) -> None:
    found = codes(
        "Infusion visit: pembrolizumab dose 7 given.\nA: 1. NSCLC of the right upper lobe. 2. Gout."
    )
    assert found[0] == "Z51.12"


def test_the_follow_up_of_an_illness_that_is_over_is_first(codes: Codes) -> None:
    story = "Follow up of pneumonia treated three weeks ago.\nA/P: Pneumonia, {}."
    assert codes(story.format("resolved")) == ["Z09", "Z87.01"]
    assert codes(story.format("improving"))[0] == "J18.9"


def test_a_site_stays_with_the_phrase_that_ends_in_it(codes: Codes) -> None:
    assert codes("Dx: PJI left knee, RA.") == ["T84.54XA", "M06.9"]
