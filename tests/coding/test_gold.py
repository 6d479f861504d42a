"""Visit notes written against the guidelines: exact codes, order, evidence and traps; tuned and held back.

Each file was written before its notes were coded, and scored once before anything was changed for it. First figures
(exact F1, first-listed right, traps suggested): visits_4 0.869, 0.857, 0.018; visits_5 0.908, 0.885, 0.000; visits_6
0.952, 0.958, 0.010. Rules and phrases were then fitted on the first five files. The sixth is held back; three of its
misses became known by accident after its first score, and one of them (nicotine dependence without a product) was
put right for every note.

visits_7_tuned is half of what another author wrote without knowing the system; its first figures were 0.718, 0.667,
0.067. The rules of whole families (reference/lexicon/families.yaml) came of it; the other half was not looked at.
visits_9 (outpatient, written after those rules): 0.940, 0.963, 0.009; its seven misses were then put right as classes.
Emergency, inpatient, obstetric and procedure-day notes: visits_8_tuned, by another author, 0.697, 0.560, 0.065;
visits_10 0.731, 0.720, 0.009. Both were tuned on after that. visits_11_tuned, everyday visits by a third author: 0.659,
0.667, 0.057.

visits_14 (letters, one paragraph, bullets, capitals; mind, nerves, eyes, kidneys, reasons for a visit), written by the
author of its rules but in layouts not met before: 0.84, 0.78, 0.04; then tuned on.

visits_12 (infections, cancers, blood, endocrine, heart, lung, gut, skin; letters, telegrams, capitals, discharges), by
the author of their rules, in three batches as each was written: 14 notes 0.964, 0.929, 0.012; 8 notes 0.895, 1.000,
one trap; 5 notes 0.979, 0.800, none; then tuned on. The misses named at the blind files were mended as classes too,
so that the two that were read measure no more than memory now.

visits_13 (bones, injuries, pregnancies, births, aftercare; letters, prose without headings, capitals): its first
sixteen notes 0.936, 1.000, 0.015 when first scored, its last ten 0.907, 0.900, 0.023; misses mended as classes.

visits_15 (aftercare, examinations, histories, medicines), by the author of their rules: 0.914, 1.000, 0.000.
visits_15_tuned holds halves of what three further authors wrote without knowing the system: a scribe's notes of the
clinic 0.684, 0.600, 0.017, everyday and hospital notes 0.702, 0.667, 0.048, an educator's cases, seen later that day,
0.789, 0.667, 0.044.

visits_17_tuned is half of the primary care notes of an author who had not met the coder: 0.772, 0.700, 0.050. visits_21
(primary care in many layouts, by the author of the rules that came of it) 0.835, 0.667, 0.021; then tuned on.

visits_specialists holds half of the clinic notes of nineteen specialties by an author who had not met the coder; all of
them when first seen: 0.81, 0.67, 0.035.

The files called blind were written by authors who did not know the coder. First seen: blind_outpatient 0.652, 0.652,
0.070; blind_hospital 0.582, 0.467, 0.135; blind_mixed 0.774, 0.667, 0.034; blind_scribe 0.719, 0.688, 0.010;
blind_everyday 0.811, 0.773, 0.031; blind_educator 0.636, 0.765, 0.020; blind_stays 0.757, 0.615, 0.038;
blind_guidelines 0.764, 0.500, 0.037; blind_surgical 0.713, 0.522, 0.043; blind_specialties 0.788, 0.583, 0.056. Of the
last four and of two more authors one part was tuned on at once (visits_16_tuned to visits_19_tuned); when the others
had risen to 0.81 together these four were read as well. All these measure no more than memory now. Never read were
blind_primary_care, first seen 0.780, 0.714, 0.032, and blind_physicians, 0.783, 0.750, 0.017. Two authors came while
that tuning went on: blind_auditor, of which nothing was read, 0.885, 0.900, 0.021; and forty visits of an internist
(visits_24_tuned and blind_practice, both read since) 0.877, 0.750, 0.025. What is never read says how far the coder
carries to authors it has not met.

visits_community_hospital: part of the stays and emergency visits of an author who had not met the coder, 0.893, 0.870,
0.022 before they were read; then tuned on. All of them when first seen 0.879, 0.861, 0.028; blind_community_hospital
holds those that nobody read.

visits_first_sight 0.906, 0.806, 0.033 when first seen; visits_group_practice 0.872, 0.714, 0.040, its second half
0.863, 0.609, 0.051 until it was read as well; visits_specialists_2, the other half of the specialists', 0.748, 0.611,
0.046 until then. visits_short_names, whose assessments name problems by a part or a value ("Toe. BP."), 0.751, 0.472,
0.048. All were then tuned on. blind_specialists, by an author who came after the other specialists had been tuned on,
was never read: 0.904, 0.882, 0.015 when first seen. Nor was blind_mixed_practice, written when all of this stood:
0.959, 0.867, 0.000.

Seven authors came last. The first four, when first seen: family medicine 0.908, 0.875, 0.007; emergency, children and
obstetrics 0.786, 0.875, 0.028; stays 0.796, 0.773, 0.027; clinics 0.814, 0.750, 0.049. Half of each was read and tuned
on (visits_offices_and_clinics, visits_hospital_stays_2), the other half is blind_offices_and_stays. Three more came
when those rules stood: clinics 0.902, 0.875, 0.014; stays 0.842, 0.850, 0.021; emergency, children and obstetrics
0.804, 0.773, 0.046. Half of each was then read too (visits_offices_and_clinics, visits_hospital_stays_3,
visits_emergency_and_families), the other half is blind_late_comers. No note of the blind halves was read; of their
wrong first codes only the categories were looked at, and what they stand for tried on notes of our own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from attrs import frozen

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.records import CodingResult
from cleanclaim.coding.suggest import suggest

_ON = dt.date(2026, 9, 14)
_FOLDER = Path(__file__).parent / "gold"
HALVES = ("tuned", "held back")
_HELD_BACK = frozenset(("visits_6",))
_READ = (
    *("outpatient", "hospital", "mixed", "scribe", "everyday", "educator"),
    *("stays", "guidelines", "surgical", "specialties", "practice"),
)
_NEVER_READ = (
    *("primary_care", "physicians", "auditor", "community_hospital", "specialists", "mixed_practice"),
    *("offices_and_stays", "late_comers"),
)


@frozen
class Scores:
    """Over a set of notes: micro-F1 of exact codes, share with the right first code, traps, evidence."""

    notes: int
    exact_f1: float
    first_right: float
    trap_share: float
    evidence_share: float


def half(visit: dict[str, Any]) -> str:
    """The part a note belongs to."""
    return HALVES[visit["file"] in _HELD_BACK]


def gold() -> list[dict[str, Any]]:
    """Every note of the gold set."""
    found: list[dict[str, Any]] = []
    for path in sorted(_FOLDER.glob("visits_*.yaml")):
        found.extend(
            {**visit, "file": path.stem} for visit in yaml.safe_load(path.read_text(encoding="utf-8"))
        )
    return found


def coded(visit: dict[str, Any], book: CodeBook) -> CodingResult:
    return suggest(visit["note"], setting=Setting(visit.get("setting", "outpatient")), on=_ON, book=book)


def proposed(result: CodingResult) -> list[str]:
    return [one.code for one in result.suggestions if one.status == "suggested" and one.system == "ICD-10-CM"]


def score(visits: Iterable[dict[str, Any]], book: CodeBook) -> Scores:
    both = only_given = only_right = first = traps = all_traps = told = notes = 0
    for visit in visits:
        result = coded(visit, book)
        given, right = proposed(result), [code for code, _ in visit["codes"]]
        notes += 1
        both += len(set(given) & set(right))
        only_given += len(set(given) - set(right))
        only_right += len(set(right) - set(given))
        first += given[:1] == right[:1]
        traps += len(set(given) & set(visit["traps"]))
        all_traps += len(visit["traps"])
        told += sum(_evidence_meets(visit, result, code, words) for code, words in visit["codes"])
    return Scores(
        notes,
        2 * both / (2 * both + only_given + only_right),
        first / notes,
        traps / all_traps,
        told / max(1, both),
    )


def _evidence_meets(visit: dict[str, Any], result: CodingResult, code: str, words: str) -> bool:
    """Whether a code that was found stands on words that share one with the gold evidence."""
    wanted = set(words.lower().split())
    return any(
        one.code == code
        and one.status == "suggested"
        and any(wanted & set(span.text.lower().replace(",", " ").split()) for span in one.evidence)
        for one in result.suggestions
    )


@pytest.mark.parametrize("part", HALVES)
def test_the_gold_visits_reach_their_floors(part: str, book: CodeBook) -> None:
    scores = score([visit for visit in gold() if half(visit) == part], book)
    print(part, scores)
    assert scores.exact_f1 >= 0.85
    assert scores.first_right >= 0.90
    assert scores.trap_share <= 0.03


def _blind(names: Iterable[str]) -> list[dict[str, Any]]:
    paths = [_FOLDER / f"blind_{name}.yaml" for name in names]
    return [visit for path in paths for visit in yaml.safe_load(path.read_text(encoding="utf-8"))]


def test_visits_that_were_held_back_once_are_coded_no_worse_than_they_were(book: CodeBook) -> None:
    scores = score(_blind(_READ), book)
    print(scores)
    assert scores.exact_f1 >= 0.89
    assert scores.first_right >= 0.87
    assert scores.trap_share <= 0.03


def test_visits_of_authors_it_has_not_met_are_coded_no_worse_than_they_were(book: CodeBook) -> None:
    for name in _NEVER_READ:
        print(name, score(_blind((name,)), book))
    scores = score(_blind(_NEVER_READ), book)
    print(scores)
    assert scores.exact_f1 >= 0.88
    assert scores.first_right >= 0.88
    assert scores.trap_share <= 0.03


def test_the_gold_set_is_large_enough_and_names_its_paragraphs() -> None:
    visits = gold()
    assert len(visits) >= 60
    assert len({visit["id"] for visit in visits}) == len(visits)
    assert all(visit["rule"] and visit["traps"] for visit in visits)


def test_every_span_is_the_text_it_says(book: CodeBook) -> None:
    for visit in gold()[::3]:
        for one in coded(visit, book).suggestions:
            assert one.evidence
            assert all(visit["note"][span.start : span.end] == span.text for span in one.evidence)
