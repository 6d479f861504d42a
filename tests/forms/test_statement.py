import datetime as dt
import io

import pypdf
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim.claims.parties import Address, PersonName
from cleanclaim.forms.statement import (
    PendingLine,
    Statement,
    StatementLine,
    StatementPlan,
    StatementPractice,
    statement_pdf,
)
from cleanclaim.kernel.errors import Refused


def test_a_statement_says_how_much_by_when_and_why(statement, read_pages):
    [page] = read_pages(statement_pdf(statement))
    for words in (
        "$108.05", "Please pay by December 20, 2026", "Office visit, new patient", "Your yearly deductible",
        "-$123.45", "-$41.00", "-$30.00", "$90.55", "Heart tracing (ECG)", "$17.50", "Tessa Jane Marlow",
        "Amount enclosed", "pay.lakeside.example", "Page 1 of 1",
    ):  # fmt: skip
        assert words in page


def test_what_waits_for_insurance_is_shown_apart_and_never_due(statement, read_pages):
    [page] = read_pages(statement_pdf(statement))
    assert "nothing to pay yet" in page
    assert "Waiting for Cedar HMO" in page
    assert page.count("$1,450.00") == 1
    assert "$1,558.05" not in page


def test_a_parent_receives_a_childs_statement(statement, read_pages):
    child = PersonName("Marlow", "Pia")
    [page] = read_pages(statement_pdf(evolve(statement, patient=child)))
    assert "Pia Marlow" in page
    assert "Tessa Jane Marlow" in page


def test_a_plan_asks_for_its_next_payment_only(statement, read_pages):
    plan = StatementPlan(2500, dt.date(2026, 12, 1), 5)
    [page] = read_pages(statement_pdf(evolve(statement, plan=plan)))
    assert "Your next plan payment" in page
    assert "$25.00" in page
    assert "Please pay by December 1, 2026" in page
    assert "$108.05" in page


def test_many_lines_run_over_pages_with_one_coupon(statement, read_pages):
    many = evolve(statement, lines=statement.lines * 12, due_cents=statement.due_cents * 12)
    pages = read_pages(statement_pdf(many))
    assert len(pages) == 3
    assert sum("Amount enclosed" in page for page in pages) == 1
    assert sum(page.count("Heart tracing (ECG)") for page in pages) == 12
    assert all(f"Page {number} of 3" in page for number, page in enumerate(pages, 1))
    assert sum("nothing to pay yet" in page for page in pages) == 1


@pytest.mark.parametrize("count", range(1, 20))
def test_the_total_never_stands_on_a_page_without_a_service(statement, read_pages, count):
    many = evolve(statement, lines=statement.lines * count, due_cents=statement.due_cents * count)
    for page in read_pages(statement_pdf(many)):
        assert "Total" not in page or "Heart tracing (ECG)" in page


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"due_cents": 0, "lines": ()}, "nothing is owed"),
        ({"due_cents": -500}, "nothing is owed"),
        ({"due_cents": 10806}, "do not sum"),
        ({"lines": ()}, "for no service"),
        ({"pay_by": dt.date(2026, 11, 19)}, "before the statement"),
        ({"as_of": dt.date(2026, 9, 1)}, "after the day"),
        ({"plan": StatementPlan(2500, dt.date(2026, 12, 1), 3)}, "does not pay off"),
        ({"plan": StatementPlan(20000, dt.date(2026, 12, 1), 1)}, "more than is owed"),
        ({"plan": StatementPlan(2500, dt.date(2026, 1, 1), 5)}, "before the statement"),
        ({"pending": (PendingLine(dt.date(2026, 10, 1), "x", 0, "y"),)}, "no charge"),
        ({"account_number": "9" * 200}, "does not fit"),
        ({"recipient": PersonName("x" * 900, "y")}, "does not fit"),
        ({"message": "word " * 4000}, "longer than a page"),
    ],
)
def test_a_statement_that_would_mislead_is_refused(statement, change, what):
    with pytest.raises(Refused, match=what) as refusal:
        statement_pdf(evolve(statement, **change))
    assert "Marlow" not in str(refusal.value)


def test_a_line_that_does_not_balance_is_refused(statement):
    wrong = evolve(statement.lines[0], insurance_paid_cents=12344)
    with pytest.raises(Refused, match="line 1 does not balance"):
        statement_pdf(evolve(statement, lines=(wrong, statement.lines[1])))


def test_a_line_says_what_and_why(statement):
    with pytest.raises(Refused, match="does not say"):
        statement_pdf(evolve(statement, lines=(evolve(statement.lines[0], why=" "), statement.lines[1])))


def test_markup_and_script_in_any_text_stay_text(statement, read_pages):
    name = PersonName(r"O)Ne\il", "<b>Zo\u00eb</b>")
    hostile = evolve(statement, recipient=name, message="<a href='http://x'>pay</a> {{config}} /OpenAction")
    pdf = statement_pdf(hostile)
    [page] = read_pages(pdf)
    assert r"<b>Zo" + "\u00eb" + r"</b> O)Ne\il" in page
    assert "<a href='http://x'>pay</a> {{config}} /OpenAction" in page
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert {"/OpenAction", "/AA", "/Names", "/AcroForm"}.isdisjoint(reader.trailer["/Root"])
    assert all("/Annots" not in page for page in reader.pages)


def test_the_same_statement_gives_the_same_bytes_and_metadata_names_nobody(statement):
    first = statement_pdf(statement)
    assert first == statement_pdf(statement)
    said = " ".join(str(value) for value in pypdf.PdfReader(io.BytesIO(first)).metadata.values())
    assert "Marlow" not in said
    assert "P-01" not in said


ADDRESS = Address("1 Elm Street", "Fairhollow", "OH", "44012")
DAY = dt.date(2026, 11, 20)
amounts = st.integers(-(10**9), 10**9)


@st.composite
def any_line(draw):
    parts = [draw(amounts) for _ in range(4)]
    return StatementLine(
        DAY, draw(st.text(max_size=90)), sum(parts), *parts[:2], parts[2], draw(st.text()), parts[3]
    )


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(any_line(), max_size=30),
    name=st.text(max_size=60),
    wrong_by=st.sampled_from([0, 0, 0, 1]),
)
def test_any_statement_is_printed_or_refused_and_never_with_a_wrong_sum(lines, name, wrong_by):
    owed = sum(line.owed_cents for line in lines)
    statement = Statement(
        practice=StatementPractice(name, ADDRESS, name),
        recipient=PersonName(name, name), recipient_address=ADDRESS, patient=PersonName(name, ""),
        account_number="A1", statement_number="S1", as_of=DAY, pay_by=DAY, lines=tuple(lines),
        due_cents=owed + wrong_by,
    )  # fmt: skip
    try:
        pdf = statement_pdf(statement)
    except Refused:
        return
    assert owed + wrong_by == owed > 0
    assert pypdf.PdfReader(io.BytesIO(pdf)).pages
