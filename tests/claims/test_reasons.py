from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.claims.reasons import BillPatient, Treatment, read_reason_table, reason_table
from cleanclaim.kernel.dated import OverlapError
from cleanclaim.kernel.errors import InputError

PAID_ON = dt.date(2026, 11, 9)
GOOD = """\
citation: {source: ours, release: 2026-10, where: here}
reasons:
  - code: '45'
    treatment: contractual
    category: contract
    label: above the contract
    fixer: nobody
    actions: [NONE]
    bill_patient: if-pr
    advice: post it
    to: 2026-06-30
  - code: '45'
    treatment: hold
    category: contract
    label: above the contract
    fixer: nobody
    actions: [VERIFY]
    bill_patient: review
    advice: look
    from: 2026-07-01
"""


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "carc.yaml"
        path.write_text(text, encoding="utf-8")
        return read_reason_table(path)

    return read_text


def test_a_reason_means_what_it_meant_on_the_day_of_the_payment(read):
    table = read(GOOD)
    assert table.find("45", dt.date(2026, 6, 30)).treatment is Treatment.CONTRACTUAL
    assert table.find("45", dt.date(2026, 7, 1)).treatment is Treatment.HOLD
    assert table.find("46", PAID_ON) is None


@pytest.mark.parametrize("written", ["45", " 45", "045", "45 "])
def test_a_code_is_found_as_payers_write_it(written):
    assert reason_table().find(written, PAID_ON).code == "45"


@given(st.text(max_size=8))
def test_a_code_that_is_not_there_is_unknown_and_no_error(text):
    found = reason_table().find(text, PAID_ON)
    assert found is None or found.code == text.strip().upper().lstrip("0")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("treatment: contractual", "treatment: forgiven"),
        ("bill_patient: if-pr", "bill_patient: maybe"),
        ("    advice: post it\n", ""),
        ("actions: [NONE]", "actions: NONE"),
        ("actions: [NONE]", "actions: [1]"),
        ("to: 2026-06-30", "until: 2026-06-30"),
        ("to: 2026-06-30", "to: '2026-06-30'"),
        ("code: '45'", "code: 45"),
        ("label: above", "label: [above]\n    x: above"),
        ("source: ours, ", ""),
        ("reasons:", "raisons:"),
        (GOOD, ""),
        (GOOD, "[]"),
        (GOOD, "[" * 1500),
        (GOOD, "\0"),
    ],
)
def test_a_wrong_table_is_refused(read, old, new):
    assert old in GOOD
    with pytest.raises(InputError, match=r"carc\.yaml"):
        read(GOOD.replace(old, new, 1))


def test_a_table_in_another_alphabet_is_refused(tmp_path):
    path = tmp_path / "carc.yaml"
    path.write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(InputError, match=r"carc\.yaml"):
        read_reason_table(path)


def test_two_meanings_on_one_day_are_refused(read):
    with pytest.raises(OverlapError, match="CARC 45"):
        read(GOOD.replace("from: 2026-07-01", "from: 2026-06-30"))


def test_every_row_of_the_table_is_whole_and_says_where_it_comes_from():
    table = reason_table()
    assert table.citation.source
    assert len(table.rows) > 100
    for code, dated in table.rows.items():
        for row in dated.rows:
            reason = row.value
            assert reason.code == code == code.upper().strip().lstrip("0")
            assert reason.label and reason.category and reason.fixer and reason.advice and reason.actions
            assert reason.checked in {"read", "recalled"}


@pytest.mark.parametrize(
    ("code", "group", "owes"),
    [
        ("1", "PR", True),
        ("2", "PR", True),
        ("3", "PR", True),
        ("45", "PR", True),
        ("45", "CO", False),
        ("1", "CO", False),
        ("1", "", False),
        ("1", "OA", False),
    ],
)
def test_the_patient_owes_only_under_the_group_that_says_so(code, group, owes):
    assert reason_table().find(code, PAID_ON).patient_owes(group) is owes


def test_what_is_never_the_patients_is_not_theirs_under_any_group():
    for dated in reason_table().rows.values():
        reason = dated.rows[-1].value
        if (
            reason.bill_patient in {BillPatient.NO, BillPatient.REVIEW}
            and reason.treatment is not Treatment.PATIENT
        ):
            assert not any(reason.patient_owes(group) for group in ("CO", "PR", "OA", "PI", "CR", ""))


def test_a_denial_is_told_from_a_reduction():
    table = reason_table()
    assert not table.find("45", PAID_ON).is_denial()
    assert table.find("50", PAID_ON).is_denial()
