"""The ladder from a remitted line to ours."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest

from cleanclaim.remittances import Rung
from cleanclaim.remittances.matching import match_lines

SERVED = dt.date(2026, 9, 14)


def told(matches):
    return [(one.line_number, one.rung) for one in matches]


def test_our_control_number_decides_over_everything_else(office):
    visit = office.claim(charges=(100, 200), codes=("99213", "93000"))
    remitted = office.line(999, 0, code="93000", control_number="V01L1")
    assert told(match_lines(visit.lines, [remitted])) == [(1, Rung.CONTROL_NUMBER)]


def test_a_control_number_that_is_not_ours_falls_to_the_next_rung(office):
    visit = office.claim(charges=(100, 200), codes=("99213", "93000"))
    remitted = office.line(200, 0, code="93000", control_number="SOMEBODY")
    assert told(match_lines(visit.lines, [remitted])) == [(2, Rung.CODE_MODIFIERS_CHARGE)]


def test_an_unbundled_line_comes_back_in_several(office):
    visit = office.claim(charges=(300,), codes=("80053",))
    parts = [office.line(100, 100, code=code, control_number="V01L1") for code in ("82040", "82247", "82310")]
    assert told(match_lines(visit.lines, parts)) == [(1, Rung.CONTROL_NUMBER)] * 3


def test_a_dropped_modifier_is_matched_by_code_and_charge(office):
    visit = office.claim(charges=(100,), codes=("99213",), modifiers=(("25",),), controls=False)
    assert told(match_lines(visit.lines, [office.line(100, 50, code="99213")])) == [(1, Rung.CODE_CHARGE)]


def test_a_changed_charge_is_matched_by_code_date_and_units(office):
    visit = office.claim(charges=(100,), codes=("99213",), controls=False)
    remitted = office.line(90, 50, code="99213", service_date=SERVED, units=Decimal(1))
    assert told(match_lines(visit.lines, [remitted])) == [(1, Rung.CODE_DATE_UNITS)]


def test_a_recoded_line_is_matched_by_the_code_we_sent(office):
    visit = office.claim(charges=(100,), codes=("99214",), controls=False)
    remitted = office.line(100, 50, code="99213", submitted_code="99214")
    assert told(match_lines(visit.lines, [remitted])) == [(1, Rung.CODE_MODIFIERS_CHARGE)]


def test_a_surer_rung_of_a_later_line_goes_first(office):
    visit = office.claim(
        charges=(100, 100), codes=("73610", "73610"), modifiers=(("LT",), ("RT",)), controls=False
    )
    remitted = [office.line(100, 0, code="73610"), office.line(100, 0, code="73610", modifiers=("LT",))]
    assert told(match_lines(visit.lines, remitted)) == [
        (2, Rung.CODE_CHARGE),
        (1, Rung.CODE_MODIFIERS_CHARGE),
    ]


def test_left_and_right_without_modifiers_are_not_guessed(office):
    visit = office.claim(
        charges=(100, 100), codes=("73610", "73610"), modifiers=(("LT",), ("RT",)), controls=False
    )
    remitted = [office.line(100, 60, code="73610"), office.line(100, 40, code="73610")]
    assert told(match_lines(visit.lines, remitted)) == [(None, Rung.SUSPENDED)] * 2


def test_twin_lines_are_taken_in_order(office):
    visit = office.claim(charges=(100, 100), codes=("97110", "97110"), controls=False)
    remitted = [office.line(100, 60, code="97110"), office.line(100, 40, code="97110")]
    assert [one.line_number for one in match_lines(visit.lines, remitted)] == [1, 2]


def test_the_service_date_settles_equal_lines(office):
    visit = office.claim(charges=(100, 100), codes=("97110", "97110"), controls=False)
    later = attrs.evolve(visit.lines[1], service_date=dt.date(2026, 9, 15))
    remitted = [office.line(100, 40, code="97110", service_date=dt.date(2026, 9, 15))]
    assert [one.line_number for one in match_lines((visit.lines[0], later), remitted)] == [2]


@pytest.mark.parametrize(("revenue", "expected"), [("0450", 1), ("0320", 2)])
def test_a_hospital_line_without_a_code_is_matched_by_its_revenue_code(office, revenue, expected):
    visit = office.claim(charges=(100, 100), controls=False)
    first = attrs.evolve(visit.lines[0], code="", revenue_code="0450")
    second = attrs.evolve(visit.lines[1], code="", revenue_code="0320")
    remitted = office.line(100, 40, code="", revenue_code=revenue)
    assert match_lines((first, second), [remitted])[0].line_number == expected


def test_one_line_of_ours_is_not_taken_by_two(office):
    visit = office.claim(charges=(100,), codes=("97110",), controls=False)
    remitted = [office.line(100, 60, code="97110"), office.line(100, 40, code="97110")]
    assert [one.line_number for one in match_lines(visit.lines, remitted)] == [1, None]
