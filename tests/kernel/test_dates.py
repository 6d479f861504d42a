from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.kernel.dates import (
    EARLIEST,
    LATEST,
    DateError,
    DatePeriod,
    age_in_years,
    format_compact_date,
    parse_compact_date,
    parse_date,
)

DAYS = st.dates(EARLIEST, LATEST)


@given(DAYS)
def test_every_day_comes_back_from_both_its_forms(day):
    assert parse_date(day.isoformat()) == day
    assert parse_compact_date(format_compact_date(day)) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20260914",
        "2026-9-14",
        "26-09-14",
        "2026-09-14 ",
        "2026-09-14T00:00:00",
        "2026-W38-1",
        "2026-257",
        "２０２６-09-14",
        "2026-02-30",
        "2026-13-01",
        "2026-00-10",
        "0000-00-00",
        "9999-12-31",
        "1889-12-31",
        "2200-01-01",
        "2027-02-29",
        None,
        20260914,
        dt.date(2026, 9, 14),
    ],
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(DateError):
        parse_date(text)


@pytest.mark.parametrize(
    "text", ["2026-09-14", "20260230", "00000000", "99991231", "2026091", "202609141", "2026091٤"]
)
def test_what_is_no_compact_day_is_refused(text):
    with pytest.raises(DateError):
        parse_compact_date(text)


@given(st.text(max_size=12))
def test_any_text_is_a_day_or_a_date_error(text):
    for read in (parse_date, parse_compact_date):
        with contextlib.suppress(DateError):
            assert EARLIEST <= read(text) <= LATEST


@pytest.mark.parametrize("text", ["1957-02-30", "Farrow", "1957/03/04", "1857-03-04"])
def test_a_refusal_names_the_place_and_not_the_text(text):
    with pytest.raises(DateError) as caught:
        parse_date(text, where="patient 3: birth_date")
    assert text not in caught.value.sentence()
    assert "patient 3: birth_date" in caught.value.sentence()


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("1957-03-04", "2026-03-03", 68),
        ("1957-03-04", "2026-03-04", 69),
        ("2024-02-29", "2025-02-28", 0),
        ("2024-02-29", "2025-03-01", 1),
        ("2024-02-29", "2028-02-29", 4),
        ("2026-10-09", "2026-10-09", 0),
    ],
)
def test_age_counts_completed_years(born, on, years):
    assert age_in_years(dt.date.fromisoformat(born), dt.date.fromisoformat(on)) == years


@given(DAYS, DAYS)
def test_age_never_falls_with_time(born, on):
    if on < LATEST:
        assert age_in_years(born, on) <= age_in_years(born, on + dt.timedelta(days=1))


PERIODS = st.tuples(DAYS, st.none() | st.integers(0, 40_000)).map(
    lambda drawn: DatePeriod(
        drawn[0], None if drawn[1] is None else min(LATEST, drawn[0] + dt.timedelta(days=drawn[1]))
    )
)


@given(PERIODS, PERIODS)
def test_two_periods_overlap_when_the_later_beginning_lies_in_both(one, other):
    later = max(one.first, other.first)
    assert one.overlaps(other) is (one.contains(later) and other.contains(later))
    assert one.overlaps(other) is other.overlaps(one)


@given(PERIODS)
def test_a_period_holds_its_ends_and_nothing_outside(period):
    assert period.contains(period.first)
    if period.last is not None:
        assert period.contains(period.last)
        assert not period.contains(period.last + dt.timedelta(days=1))
    assert not period.contains(period.first - dt.timedelta(days=1))


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(DateError):
        DatePeriod(dt.date(2026, 2, 2), dt.date(2026, 2, 1))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-01", None),
        (dt.date(2026, 1, 1), "2026-12-31"),
        (dt.datetime(2026, 1, 1), None),
        (2026, None),
        (None, None),
    ],
)
def test_a_period_is_made_of_days_only(first, last):
    with pytest.raises(DateError):
        DatePeriod(first, last)
