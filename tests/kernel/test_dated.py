from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.kernel.dated import Dated, DatedTable, OverlapError
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.errors import NotLoaded


def day(number: int) -> dt.date:
    return dt.date(2026, 1, 1) + dt.timedelta(days=number)


def row(first: int, last: int | None, value: object) -> Dated:
    return Dated(DatePeriod(day(first), None if last is None else day(last)), value)


SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.none() | st.integers(0, 20)).map(
        lambda span: (span[0], None if span[1] is None else span[0] + span[1])
    ),
    max_size=6,
)


@given(SPANS, st.randoms())
def test_a_table_answers_as_a_plain_search_would_or_is_refused_for_a_shared_day(spans, random):
    rows = [row(first, last, number) for number, (first, last) in enumerate(spans)]
    random.shuffle(rows)
    on_each = {n: [item.value for item in rows if item.period.contains(day(n))] for n in range(-1, 90)}
    if any(len(values) > 1 for values in on_each.values()):
        with pytest.raises(OverlapError):
            DatedTable("t", rows)
        return
    table = DatedTable("t", rows)
    for n, values in on_each.items():
        assert table.find(day(n)) == (values[0] if values else None)


def test_the_shared_day_and_the_table_are_named():
    with pytest.raises(OverlapError, match=r"fees: two values hold on 2026-01-11"):
        DatedTable("fees", [row(0, None, "a"), row(10, 20, "b")])


def test_a_gap_is_not_filled_by_the_value_before():
    table = DatedTable("fees", [row(0, 9, "a"), row(20, None, "b")])
    assert [table.find(day(n)) for n in (-1, 0, 9, 10, 19, 20, 5000)] == [
        None,
        "a",
        "a",
        None,
        None,
        "b",
        "b",
    ]
    with pytest.raises(NotLoaded, match="fees"):
        table.on(day(15))
    assert table.on(day(20)) == "b"


def test_zero_is_a_value():
    assert DatedTable("rate", [row(0, None, 0)]).on(day(3)) == 0


def test_an_empty_table_knows_nothing():
    with pytest.raises(NotLoaded):
        DatedTable("none", []).on(day(0))
