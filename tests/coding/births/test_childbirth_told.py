"""What a delivery or a stay around it tells in other words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Dx: intrauterine fetal demise at 30w0d, induced, stillborn delivered vaginally", "O36.4XX0"),
        (
            "Delivery summary. Dichorionic diamniotic twins at 36w2d delivered by cesarean, twin A boy, twin B girl.",
            "Z37.2",
        ),
        ("Delivery: SVD of live female at 39w2d, Apgars 8/9. Dx: fetal heart rate decelerations", "O76"),
        ("Postpartum readmission, day 6. Dx: puerperal fever of unknown origin", "O86.4"),
        ("Readmission day 10 postpartum. Dx: breast abscess, left, lactating", "O91.12"),
        ("Dx: hyperemesis gravidarum at 10w4d; dehydration", "O21.1"),
        ("Term pregnancy, 38w5d. Dx: premature rupture of membranes, labor within 6 hours", "O42.02"),
    ],
)
def test_it_has_its_own_code(note: str, expected: str, codes: Codes) -> None:
    assert expected in codes(note, "inpatient")
