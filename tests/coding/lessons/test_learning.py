"""What coders teach: their words, their refusals, and nothing across organisations."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.lessons.learning import (
    FEWEST_NOTES,
    AcceptedCode,
    Decision,
    decide,
    from_json,
    learn,
    to_json,
)
from cleanclaim.coding.records import CodingResult
from cleanclaim.coding.suggest import suggest
from cleanclaim.documents.note import Span
from cleanclaim.kernel.errors import InputError

Coder = Callable[..., CodingResult]
NOTE = (
    "HPI: seen today, number {}.\nAssessment:\n1. Sugar sickness, steady.\n2. Gout, stable.\n3. Snagged back."
)


def _decisions(coder: Coder, number: int) -> list[Decision]:
    found = []
    for index in range(number):
        text = NOTE.format(index)
        start = text.index("Sugar sickness")
        span = Span(start, start + 14, "Sugar sickness")
        found.append(decide(text, coder(text), [AcceptedCode("E11.9", (span,))]))
    return found


def _with(text: str, book: CodeBook, learned: object) -> dict[str, tuple[str, float]]:
    import datetime as dt

    result = suggest(text, setting=Setting.OUTPATIENT, on=dt.date(2026, 9, 14), book=book, learned=learned)  # type: ignore[arg-type]
    return {one.code: (one.status.value, one.confidence) for one in result.suggestions}


def test_nothing_changes_before_ten_notes(coder: Coder, book: CodeBook) -> None:
    learned = learn("org-a", _decisions(coder, FEWEST_NOTES - 1))
    assert not learned.phrases
    assert not learned.weights
    assert "E11.9" not in _with(NOTE.format("x"), book, learned)
    assert "1 are missing" in " ".join(learned.report())


def test_words_a_coder_tied_to_a_code_are_found_from_ten_notes_on(coder: Coder, book: CodeBook) -> None:
    learned = learn("org-a", _decisions(coder, FEWEST_NOTES))
    found = _with("Assessment: Sugar sickness.", book, learned)
    assert found["E11.9"][0] == "suggested"
    assert any("sugar sickness" in line and "E11.9" in line for line in learned.report())


def test_what_coders_always_turn_down_is_no_longer_proposed(coder: Coder, book: CodeBook) -> None:
    learned = learn("org-a", _decisions(coder, FEWEST_NOTES))
    assert _with("Assessment: Gout.", book, learned)["M10.9"][0] == "suppressed"
    assert any("M10.9 is no longer proposed" in line for line in learned.report())


def test_confidence_follows_what_coders_accept(coder: Coder, book: CodeBook) -> None:
    text = "Assessment: Hypertension. Asthma."
    half = [
        decide(
            text + f" {n}",
            coder(text + f" {n}"),
            [AcceptedCode("I10"), *([AcceptedCode("J45.909")] if n % 2 else [])],
        )
        for n in range(20)
    ]
    learned = learn("org-a", half)
    found = _with(text, book, learned)
    assert found["I10"][1] > found["J45.909"][1] + 0.2
    assert 0.3 < found["J45.909"][1] < 0.7


def _changed(coder: Coder, number: int) -> list[Decision]:
    text = "Assessment: Low back pain after gardening, visit {}."
    found = []
    for index in range(number):
        result = coder(text.format(index))
        old = next(one.code for one in result.suggestions if one.code.startswith("M54.5"))
        new = "M54.51" if old != "M54.51" else "M54.59"
        found.append(decide(text.format(index), result, [AcceptedCode(new, instead_of=old)]))
    return found


def test_a_code_that_coders_change_is_told_and_its_words_move_to_the_new_one(
    coder: Coder, book: CodeBook
) -> None:
    decisions = _changed(coder, FEWEST_NOTES)
    learned = learn("org-a", decisions)
    change = learned.changes[0]
    assert (change.times, change.given) == (FEWEST_NOTES, FEWEST_NOTES)
    assert any(f"{change.old} was changed to {change.new}" in line for line in learned.report())
    found = _with("Assessment: Low back pain.", book, learned)
    assert found[change.new][0] == "suggested"
    assert change.old not in found or found[change.old][0] == "suppressed"


def test_the_report_says_what_is_trusted_less(coder: Coder) -> None:
    text = "Assessment: Hypertension. Asthma. Gout. Number {}."
    decisions = [
        decide(text.format(n), coder(text.format(n)), [AcceptedCode("I10"), AcceptedCode("M10.9")])
        for n in range(20)
    ]
    told = " ".join(learn("org-a", decisions).report())
    assert "Trusted less than others: " in told
    assert "J45" in told


def test_what_one_organisation_taught_changes_nothing_for_another(coder: Coder, book: CodeBook) -> None:
    text = "Assessment: Sugar sickness. Gout."
    before = _with(text, book, None)
    taught = learn("org-a", _decisions(coder, FEWEST_NOTES))
    assert _with(text, book, taught) != before
    assert _with(text, book, learn("org-b", [])) == before == _with(text, book, None)


def test_the_file_is_the_same_again_and_belongs_to_one_organisation(coder: Coder) -> None:
    learned = learn("org-a", _decisions(coder, FEWEST_NOTES), version=7)
    text = to_json(learned)
    back = from_json(text, organisation="org-a")
    assert to_json(back) == text
    assert back.version == 7
    with pytest.raises(InputError, match="another organisation"):
        from_json(text, organisation="org-b")


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"layout": 99}', '{"layout": 2, "organisation": "a"}', "\x00"]
)
def test_a_damaged_file_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        from_json(text, organisation="a")


def test_a_span_that_is_not_of_the_note_is_refused(coder: Coder) -> None:
    text = "Assessment: Gout."
    with pytest.raises(InputError, match="span"):
        decide(text, coder(text), [AcceptedCode("M10.9", (Span(0, 4, "gout"),))])


def test_learning_twice_gives_the_same(coder: Coder) -> None:
    decisions = _decisions(coder, FEWEST_NOTES)
    assert to_json(learn("a", decisions)) == to_json(learn("a", decisions))
