"""An answer belongs to the question whose trace number it gives back, and to no other."""

from __future__ import annotations

from answer_samples import ANSWER, ASKED, DECIDED, REPORT, REQUEST, REVIEW
from attrs import evolve

from cleanclaim.x12 import Trace, TraceMatch, match_traces


def test_answers_are_matched_by_their_traces() -> None:
    assert match_traces(REQUEST, ANSWER) == TraceMatch(("93175",), (), ())
    assert match_traces(ASKED, REPORT) == TraceMatch(("Q1",), ("Q2",), ())
    assert match_traces(REVIEW, DECIDED) == TraceMatch(("R1",), (), ())


def test_an_answer_to_somebody_else_is_seen() -> None:
    stranger = evolve(ANSWER.answers[0], traces=(Trace("2", "77"), Trace("1", "THEIRS")))
    assert match_traces(REQUEST, evolve(ANSWER, answers=(stranger,))) == TraceMatch((), ("93175",), ("77",))
