from __future__ import annotations

import pytest

from cleanclaim.claims.parties import PersonName, Provider


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (PersonName("Farrow", "Ines"), "Farrow, Ines"),
        (PersonName("Farrow", "Otto", "M", "JR"), "Farrow JR, Otto M"),
        (PersonName("Farrow", ""), "Farrow"),
    ],
)
def test_a_name_stands_in_the_order_of_a_form(name, shown):
    assert name.shown() == shown


def test_a_person_and_an_organization_are_told_apart():
    doctor, clinic = Provider("1", name=PersonName("Quill", "Dora")), Provider("2", organization="Lakeside")
    assert (doctor.is_person(), doctor.shown()) == (True, "Quill, Dora")
    assert (clinic.is_person(), clinic.shown()) == (False, "Lakeside")
