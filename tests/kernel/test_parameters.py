from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.kernel.dated import OverlapError
from cleanclaim.kernel.errors import InputError, NotLoaded
from cleanclaim.kernel.parameters import parameter, read_parameter
from cleanclaim.kernel.resources import reference_folder

GOOD = """\
unit: basis points
citation: {source: An act, release: 2013, where: section 1}
values:
  - {from: 2013-04-01, to: 2020-04-30, value: 200}
  - {from: 2022-07-01, value: 200}
"""


@pytest.fixture
def read(tmp_path):
    def read_text(text: str):
        path = tmp_path / "rate.yaml"
        path.write_text(text, encoding="utf-8")
        return read_parameter(path, "rate")

    return read_text


def test_a_value_is_that_of_the_day(read):
    rate = read(GOOD)
    assert rate.unit == "basis points"
    assert rate.on(dt.date(2020, 4, 30)) == 200
    with pytest.raises(NotLoaded, match="rate"):
        rate.on(dt.date(2021, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("unit: basis points\n", "", "unit"),
        ("unit: basis points", "unit: 5", "unit"),
        ("source: An act, ", "", "source"),
        ("where: section 1", "place: section 1", "place"),
        ("value: 200}\n  - ", "}\n  - ", "value"),
        ("value: 200}\n  - ", "value: 2.5}\n  - ", "fraction"),
        ("to: 2020-04-30", "until: 2020-04-30", "until"),
        ("from: 2013-04-01", 'from: "2013-04-01"', "day"),
        ("from: 2013-04-01", "from: 2013", "day"),
        ("from: 2013-04-01", "from: 2013-04-01 10:00:00", "day"),
        ("to: 2020-04-30", "to: 2012-04-30", "before it begins"),
        ("from: 2013-04-01", "from: 2013-02-30", "rate"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(read, old, new, named):
    assert old in GOOD
    with pytest.raises(InputError, match=named):
        read(GOOD.replace(old, new, 1))


def test_two_values_on_one_day_are_refused(read):
    with pytest.raises(OverlapError, match="2022-07-01"):
        read(GOOD.replace("to: 2020-04-30", "to: 2022-07-01"))


@pytest.mark.parametrize(
    "text", ["", "[]", "values: []", "a: [", "unit: x\ncitation: {}\nvalues:", "[" * 1500]
)
def test_what_is_no_parameter_is_an_input_error(read, text):
    with pytest.raises(InputError, match=r"rate\.yaml"):
        read(text)


@given(st.binary(max_size=100))
def test_no_bytes_escape_as_anything_but_an_input_error(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("fuzz") / "p.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_parameter(path, "p")


@pytest.mark.parametrize("name", ["../../pyproject", "/etc/hosts", "a/../b", "", "A", "a b"])
def test_a_name_cannot_leave_the_folder(name):
    with pytest.raises(InputError):
        parameter(name)


def test_a_parameter_that_is_not_there_is_named():
    with pytest.raises(InputError, match="medicare/no_such_rate"):
        parameter("medicare/no_such_rate")


def test_every_parameter_of_the_project_reads():
    folder = reference_folder() / "parameters"
    names = [path.relative_to(folder).with_suffix("").as_posix() for path in sorted(folder.rglob("*.yaml"))]
    assert names
    for name in names:
        assert parameter(name).citation.source
