"""Learning which words stand for which codes from notes that a coder has coded."""

from __future__ import annotations

import os
import subprocess
import sys

from cleanclaim.coding.breadth.phrase_table import CodedEvidence, CodedNote, coded_note, learn_phrases
from cleanclaim.coding.breadth.profiles import Profiles, term_profiles
from cleanclaim.coding.breadth.wide import fit_wide
from cleanclaim.coding.breadth.wide_terms import bag_terms
from cleanclaim.coding.logistic import calibration_error, coverage_at, fit, probability
from cleanclaim.coding.phrases.bags import GapFinder, bag_of_text, grams, segments
from cleanclaim.documents.words import split


def _note(number: int, text: str, code: str, evidence: str) -> CodedNote:
    forms = split(text).forms
    first = forms.index(evidence.split()[0])
    return coded_note(str(number), text, {code}, [CodedEvidence(code, first, first + len(evidence.split()))])


def test_order_and_ending_of_the_words_do_not_matter() -> None:
    assert (
        bag_of_text("abdominal pain")
        == bag_of_text("Pain, abdominal")
        == bag_of_text("pains of the abdominal")
    )


def test_the_longer_of_two_phrases_takes_its_words() -> None:
    found = grams(split("severe abdominal pain"))
    known = {bag_of_text("pain"), bag_of_text("abdominal pain")}
    assert [gram.bag for gram in segments(found, known)] == [bag_of_text("abdominal pain")]


def test_words_apart_are_found_within_reach_only() -> None:
    finder = GapFinder([bag_of_text("lung contusion")])
    assert finder.find(split("lung on the left side with contusion"))
    assert not finder.find(split("lung. Contusion"))
    far = "lung " + "filler " * 12 + "contusion"
    assert not finder.find(split(far))


def test_a_phrase_that_is_mostly_no_evidence_stands_for_nothing() -> None:
    notes = [_note(0, "examination showed marbling", "R23.1", "examination")]
    notes += [coded_note(str(n), "examination was normal", {"I10"}, ()) for n in range(1, 20)]
    assert bag_of_text("examination") not in learn_phrases(notes).codes


def test_what_coders_tied_to_a_code_is_found_again() -> None:
    notes = [_note(n, f"seen for woolly throat number {n}", "J02.9", "woolly throat") for n in range(20)]
    notes += [_note(n, f"seen for brassy bark number {n}", "J05.0", "brassy bark") for n in range(20, 40)]
    ranker = fit_wide(notes, bag_terms([("gout", "M10.9", "title")]))
    best = ranker.rank(coded_note("new", "now a throat that is woolly again", (), ()))[0]
    assert best[0] == "J02.9"
    assert best[1] > 0.5


_RANKING = """
from cleanclaim.coding.breadth.phrase_table import CodedEvidence, coded_note
from cleanclaim.coding.breadth.wide import fit_wide
from cleanclaim.coding.breadth.wide_terms import bag_terms
said = [("woolly throat", "J02.9"), ("brassy bark", "J05.0"), ("wrist fracture", "S62.1")]
notes = [
    coded_note(str(n), f"{words} with number {n} and left sided pain", {code}, [CodedEvidence(code, 0, 2)])
    for n in range(20) for words, code in said
]
terms = bag_terms([("fracture of wrist", "S62.1", "title"), ("fracture of wrist, left", "S62.2", "title")])
print(fit_wide(notes, terms).rank(coded_note("x", "left wrist, fracture; woolly bark with pain", (), ())))
"""


def test_the_same_notes_give_the_same_ranking_in_every_process() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", _RANKING],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
    assert b"S62.1" in told.pop()


def test_words_that_are_only_partly_there_still_speak_for_their_code() -> None:
    notes = [
        _note(n, f"woolly throat of the left side number {n}", "J02.9", "woolly throat") for n in range(9)
    ]
    terms = bag_terms([("fracture of the left wrist", "S62.1", "title"), ("gout", "M10.9", "title")])
    profiles = Profiles(notes, term_profiles(notes, terms))
    alike = profiles.find(split("a fracture seen at the wrist; throat clear"))
    assert alike["S62.1"] > 0.8
    assert 0 < alike["J02.9"] < 0.8
    assert "M10.9" not in alike


def test_a_word_on_the_other_side_of_a_break_does_not_count() -> None:
    profiles = Profiles([], term_profiles([], bag_terms([("wrist fracture", "S62.1", "title")])))
    assert profiles.find(split("wrist fracture"))["S62.1"] > profiles.find(split("wrist. Fracture"))["S62.1"]


def test_weights_are_the_same_each_time_and_separate_yes_from_no() -> None:
    examples = [(("a", "b"), True), (("b",), False)] * 50
    weights = fit(examples)
    assert weights == fit(examples)
    assert probability(weights, ("a", "b")) > 0.8 > 0.2 > probability(weights, ("b",))


def test_calibration_and_coverage_are_what_they_say() -> None:
    pairs = [(0.95, True)] * 19 + [(0.95, False)] + [(0.05, False)] * 20
    assert calibration_error(pairs) < 0.03
    assert coverage_at(pairs, 0.95) == 0.5
    assert calibration_error([(0.9, False)] * 10) > 0.8
