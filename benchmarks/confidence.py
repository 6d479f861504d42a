"""How true the confidence of a suggestion is, on our own visit notes (tests/coding/gold).

Two parts are told apart: the notes that rules were fitted to, where nearly everything is right and confidence is
therefore too low, and the notes held back. Then a pretended organisation whose coders release the gold codes: what
it learned from four fifths of all notes is asked about the last fifth, five times. Run:

    python benchmarks/confidence.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cleanclaim.codesets.book import CodeBook, open_book
from cleanclaim.coding.lessons.features import suggestion_features
from cleanclaim.coding.lessons.learning import AcceptedCode, decide, learn
from cleanclaim.coding.logistic import calibration_error, coverage_at
from cleanclaim.coding.records import CodingResult, Suggestion

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "coding"))
from test_gold import HALVES, coded, gold, half

_FOLDS = 5
_SURE = 0.95
_MOST_ERROR = 0.05
Pair = tuple[float, bool]
Visit = tuple[dict[str, Any], CodingResult]


def said_and_true(visits: Iterable[Visit]) -> list[Pair]:
    """(confidence, whether the code is a gold code) of every diagnosis that was suggested."""
    return [
        (one.confidence, one.code in _right(visit)) for visit, result in visits for one in _suggested(result)
    ]


def as_learned(visits: list[Visit]) -> list[Pair]:
    """The same with what other notes of the pretended organisation taught."""
    pairs = []
    for fold in range(_FOLDS):
        taught = [
            decide(visit["note"], result, [AcceptedCode(code) for code in sorted(_right(visit))])
            for index, (visit, result) in enumerate(visits)
            if index % _FOLDS != fold
        ]
        learned = learn("pretended", taught)
        for visit, result in visits[fold::_FOLDS]:
            for one in _suggested(result):
                chance = learned.confidence(suggestion_features(one), one.confidence)
                pairs.append((chance, one.code in _right(visit)))
    return pairs


def _right(visit: dict[str, Any]) -> set[str]:
    return {code for code, _ in visit["codes"]}


def _suggested(result: CodingResult) -> list[Suggestion]:
    return [one for one in result.suggestions if one.status == "suggested" and one.system == "ICD-10-CM"]


def _report(name: str, pairs: list[Pair]) -> float:
    error, sure = calibration_error(pairs), coverage_at(pairs, _SURE)
    right = sum(answer for _, answer in pairs)
    print(f"  {name:<26} {right} of {len(pairs)} right; error {error:.3f}; surest share at 95 %: {sure:.3f}")
    return error


def _visits(book: CodeBook) -> list[Visit]:
    return [(visit, coded(visit, book)) for visit in gold()]


def main() -> int:
    visits = _visits(open_book())
    print("Diagnoses suggested for the gold visits")
    errors = {
        part: _report(part, said_and_true([row for row in visits if half(row[0]) == part])) for part in HALVES
    }
    _report("as an organisation learned", as_learned(visits))
    return 0 if errors[HALVES[1]] <= _MOST_ERROR else 1


if __name__ == "__main__":
    raise SystemExit(main())
