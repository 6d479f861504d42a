"""Breadth of coding on CodiEsp (English), learned from its train part only, measured on its development part.

CodiEsp codes what is negated too and its English is a machine's translation, so assertion is off here and the
figures say how many conditions are found and named, not how a visit is billed. Needs the collection beside the
project; its test part is never read. Nothing learned here is kept. Run:

    python benchmarks/coding.py [--notes ../shared/data/notes/codiesp] [--folds] [--speed]

``--folds`` measures by cross-validation inside the train part instead, which is what it was tuned on; ``--speed``
measures notes a second, the start of the command, memory and the largest notes (see coding_speed.py).
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import json
import random
import statistics
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import frozen

from cleanclaim.codesets.book import open_book
from cleanclaim.coding.breadth.phrase_table import CodedEvidence, CodedNote, coded_note
from cleanclaim.coding.breadth.wide import fit_wide
from cleanclaim.coding.breadth.wide_terms import BagTerms, bag_terms, book_terms
from cleanclaim.coding.logistic import calibration_error, coverage_at
from cleanclaim.documents.words import split
from coding_speed import speed
from spanish_evidence import SpanishEvidence, align

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
_ON = dt.date(2026, 9, 14)
_LABELS = {"D": "DIAGNOSTICO", "P": "PROCEDIMIENTO"}
# A code with at least this chance is given; chosen by --folds, inside the train part.
_THRESHOLDS = {"D": 0.28, "P": 0.22}
_SURE = 0.95
_RESAMPLES = 1000
_FLOORS = {("D", "exact"): 0.60, ("D", "three"): 0.67, ("D", "MAP"): 0.54, ("P", "exact"): 0.44}
_CEILINGS = {("D", "error"): 0.05, ("P", "error"): 0.05}
Ranked = list[tuple[str, float]]


@frozen
class Part:
    """Texts by name, and per task the codes of each."""

    texts: dict[str, str]
    codes: dict[str, dict[str, set[str]]]


def read_part(folder: Path, part: str) -> Part:
    """The train or the development part."""
    texts = {
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted((folder / part / "text_files_en").glob("*.txt"))
    }
    codes: dict[str, dict[str, set[str]]] = {task: defaultdict(set) for task in _LABELS}
    for task in _LABELS:
        for row in _rows(folder / part / f"{part}{task}.tsv"):
            codes[task][row[0]].add(row[1].strip().upper())
    return Part(texts, codes)


def read_evidence(folder: Path) -> list[tuple[str, SpanishEvidence]]:
    """(task, evidence) of the train part."""
    found = []
    for name, label, code, text, places in _rows(folder / "train" / "trainX.tsv"):
        spans = tuple((int(a), int(b)) for a, b in (pair.split() for pair in places.split(";")))
        task = next(task for task, word in _LABELS.items() if word == label)
        found.append((task, SpanishEvidence(name, code.strip().upper(), text, spans)))
    return found


def _rows(path: Path) -> Iterable[list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.reader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)


def terms(shared: Path) -> BagTerms:
    """Phrases of the code book, of our lexicon, of the titles of 2019 and of the Disease Ontology."""
    rows = [*book_terms(open_book(), _ON), *_titles_of_2019(shared), *_synonyms(shared)]
    return bag_terms(rows)


def _titles_of_2019(shared: Path) -> Iterable[tuple[str, str, str]]:
    """The collection was coded with the codes of about 2018."""
    path = shared / "codesets" / "icd10cm-fy2019" / "2019-ICD-10-CM-Code-Descriptions.zip"
    if not path.exists():
        return
    with zipfile.ZipFile(path) as archive, archive.open("icd10cm_order_2019.txt") as handle:
        for line in io.TextIOWrapper(handle, "latin-1"):
            code = line[6:13].strip()
            if code[0] not in "VWXY":
                yield line[77:].strip(), code if len(code) <= 3 else f"{code[:3]}.{code[3:]}", "title"


def _synonyms(shared: Path) -> Iterable[tuple[str, str, str]]:
    path = shared / "lexicon" / "doid_icd10cm.json"
    if path.exists():
        for text, code in json.loads(path.read_text(encoding="utf-8"))["synonym_to_icd10cm"].items():
            yield text, code, "synonym"


def training_notes(part: Part, folder: Path) -> dict[str, list[CodedNote]]:
    """Per task the train notes with their codes and the English words behind them, in a fixed mixed order."""
    evidence = read_evidence(folder)
    words = {name: split(text) for name, text in part.texts.items()}
    tasks = {id(row): task for task, row in evidence}
    by_task: dict[str, dict[str, list[CodedEvidence]]] = {task: defaultdict(list) for task in _LABELS}
    for found in align(words, [row for _, row in evidence]):
        one = CodedEvidence(found.row.code, found.first, found.last, found.cover)
        by_task[tasks[id(found.row)]][found.row.note].append(one)
    names = sorted(part.texts)
    random.Random(0).shuffle(names)
    return {
        task: [
            coded_note(name, part.texts[name], part.codes[task][name], by_task[task][name]) for name in names
        ]
        for task in _LABELS
    }


@frozen
class NoteScore:
    """Of one note: (right, given too much, missed) exact and at three characters, the average precision (None
    without gold codes), and for each code that is given its chance and whether it is right."""

    exact: tuple[int, int, int]
    three: tuple[int, int, int]
    precision: float | None
    chances: list[tuple[float, bool]]


def score(ranked: Ranked, right: set[str], threshold: float) -> NoteScore:
    """What a ranking is worth against the gold codes, those with at least ``threshold`` being given."""
    chances = [(chance, code in right) for code, chance in ranked if chance >= threshold]
    given = {code for code, chance in ranked if chance >= threshold}
    return NoteScore(
        _counts(given, right),
        _counts({code[:3] for code in given}, {code[:3] for code in right}),
        _average_precision(ranked, right) if right else None,
        chances,
    )


def measures(scores: Sequence[NoteScore]) -> dict[str, float]:
    """Micro-F1 exact and at three characters, mean average precision, precision and recall; of the codes that
    are given, how far their chances are from the truth (``error``) and the largest share, surest first, of
    which 95 % are right (``sure``)."""
    both, only_given, only_right = (
        sum(column) for column in zip(*(one.exact for one in scores), strict=True)
    )
    three = [sum(column) for column in zip(*(one.three for one in scores), strict=True)]
    chances = [pair for one in scores for pair in one.chances]
    return {
        "exact": _f1(both, only_given, only_right),
        "three": _f1(*three),
        "MAP": statistics.fmean(one.precision for one in scores if one.precision is not None),
        "precision": both / max(1, both + only_given),
        "recall": both / max(1, both + only_right),
        "error": calibration_error(chances),
        "sure": coverage_at(chances, _SURE),
    }


def _counts(given: set[str], right: set[str]) -> tuple[int, int, int]:
    return len(given & right), len(given - right), len(right - given)


def _f1(both: int, only_given: int, only_right: int) -> float:
    return 2 * both / max(1, 2 * both + only_given + only_right)


def _average_precision(ranked: Ranked, right: set[str]) -> float:
    hits = total = 0.0
    for rank, (code, _) in enumerate(ranked, 1):
        if code in right:
            hits += 1
            total += hits / rank
    return total / len(right)


def intervals(scores: Sequence[NoteScore]) -> dict[str, tuple[float, float]]:
    """The middle 95 % of each measure over notes drawn with replacement."""
    draw = random.Random(1)
    runs = [measures(draw.choices(scores, k=len(scores))) for _ in range(_RESAMPLES)]
    found = {}
    for name in runs[0]:
        ordered = sorted(run[name] for run in runs)
        found[name] = (ordered[len(ordered) // 40], ordered[-1 - len(ordered) // 40])
    return found


def report(task: str, ranked: dict[str, Ranked], gold: dict[str, set[str]], names: list[str]) -> bool:
    """Print a task's figures; True when every goal is reached."""
    scores = [score(ranked[name], gold.get(name, set()), _THRESHOLDS[task]) for name in names]
    found, bounds = measures(scores), intervals(scores)
    every_goal = True
    for name, value in found.items():
        low, high = bounds[name]
        goal, reached = _goal(task, name, value)
        every_goal &= reached
        print(f"  {task} {name:<10} {value:.3f}  [{low:.3f}, {high:.3f}]{goal}")
    every = [(chance, code in gold.get(name, ())) for name in names for code, chance in ranked[name]]
    print(f"  {task} error over all {len(every)} candidates, given or not: {calibration_error(every):.3f}")
    print(f"  {task} gold codes among the candidates: {_among(ranked, gold, names):.3f}")
    return every_goal


def _goal(task: str, name: str, value: float) -> tuple[str, bool]:
    floor, ceiling = _FLOORS.get((task, name)), _CEILINGS.get((task, name))
    if floor is None and ceiling is None:
        return "", True
    reached = value >= floor if floor is not None else value <= (ceiling or 0.0)
    words = f"at least {floor:.2f}" if floor is not None else f"at most {ceiling:.2f}"
    return f"  goal {words} {'reached' if reached else 'MISSED'}", reached


def _among(ranked: dict[str, Ranked], gold: dict[str, set[str]], names: list[str]) -> float:
    found = sum(len(gold.get(name, set()) & {code for code, _ in ranked[name]}) for name in names)
    return found / max(1, sum(len(gold.get(name, ())) for name in names))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=Path, default=SHARED / "notes" / "codiesp")
    parser.add_argument("--folds", action="store_true", help="cross-validate inside the train part")
    parser.add_argument("--speed", action="store_true", help="measure speed, start and memory instead")
    arguments = parser.parse_args()
    if arguments.speed:
        return speed()
    if not arguments.notes.is_dir():
        sys.stderr.write(f"The collection is not there: {arguments.notes}\n")
        return 1
    began = time.perf_counter()
    train = read_part(arguments.notes, "train")
    notes = training_notes(train, arguments.notes)
    vocabulary = {"D": terms(SHARED), "P": bag_terms(())}
    reached = True
    print("CodiEsp, English; learned from train only; assertion off; bootstrap intervals over notes")
    for task in _LABELS:
        if arguments.folds:
            reached &= _by_folds(task, notes[task], vocabulary[task], train.codes[task])
            continue
        ranker = fit_wide(notes[task], vocabulary[task])
        held = read_part(arguments.notes, "dev")
        ranked = {name: ranker.rank(coded_note(name, text, (), ())) for name, text in held.texts.items()}
        reached &= report(task, ranked, held.codes[task], sorted(ranked))
    print(f"  {time.perf_counter() - began:.0f} s")
    return 0 if reached else 1


def _by_folds(task: str, notes: list[CodedNote], found: BagTerms, gold: dict[str, set[str]]) -> bool:
    ranked: dict[str, Ranked] = {}
    for fold in range(5):
        ranker = fit_wide([note for index, note in enumerate(notes) if index % 5 != fold], found)
        ranked.update({note.identifier: ranker.rank(note) for note in notes[fold::5]})
    return report(task, ranked, gold, sorted(ranked))


if __name__ == "__main__":
    raise SystemExit(main())
