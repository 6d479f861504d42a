"""Speed and bounds of coding: notes a second, the start of the command, and notes just below 10,000,000 bytes.

Called by `python benchmarks/coding.py --speed`. Notes are made of the gold visits; every span is checked against its
note before a figure is printed.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import open_book
from cleanclaim.coding.suggest import suggest

_ON = dt.date(2026, 9, 14)
_GOLD = Path(__file__).resolve().parents[1] / "tests" / "coding" / "gold"
_LARGEST = 9_999_900
_NOTES = 100
# The peak is read from the process itself: what wait4 tells begins with the memory of the one that started it.
_START = """
import atexit, pathlib, sys
status, kept = pathlib.Path("/proc/self/status"), pathlib.Path(sys.argv.pop(1))
atexit.register(lambda: kept.write_text(status.read_text()))
from cleanclaim.cli.main import run
run()
"""
_ODD = "lI1|0OrnmcÉ~"


def _visits() -> list[str]:
    return [
        visit["note"]
        for path in sorted(_GOLD.glob("visits_*.yaml"))
        for visit in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def _of_three_kilobytes(draw: random.Random, visits: list[str]) -> str:
    text = ""
    while len(text) < 3_000:
        text += draw.choice(visits) + "\n"
    return text[:3_000]


def _scanned(draw: random.Random, text: str) -> str:
    """The text as a bad scan reads it."""
    return "".join(draw.choice(_ODD) if draw.random() < 0.04 else letter for letter in text)


def _kinds(draw: random.Random) -> dict[str, Callable[[str], str]]:
    return {
        "visits": str,
        "ALL CAPS": str.upper,
        "one line": lambda text: text.replace("\n", " "),
        "bad scan": lambda text: _scanned(draw, text),
    }


def throughput() -> None:
    """Notes of 3 KB coded in one process, by processor time."""
    draw, visits, book = random.Random(5), _visits(), open_book()
    for name, kind in _kinds(draw).items():
        notes = [kind(_of_three_kilobytes(draw, visits)) for _ in range(_NOTES)]
        suggest(notes[0], setting=Setting.OUTPATIENT, on=_ON, book=book)
        began = time.process_time()
        results = [suggest(note, setting=Setting.OUTPATIENT, on=_ON, book=book) for note in notes]
        seconds = time.process_time() - began
        for note, result in zip(notes, results, strict=True):
            spans = [span for one in result.suggestions for span in one.evidence]
            assert all(note[span.start : span.end] == span.text for span in spans)
        print(f"  3 KB, {name:<10} {_NOTES / seconds:6.1f} notes/s of processor time")
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _large(draw: random.Random) -> Iterator[tuple[str, str]]:
    lines = [line for note in _visits() for line in note.split("\n") if line.strip()]
    prose = "\n".join(draw.choices(lines, k=_LARGEST // 40))
    prose = (prose * 2).encode()[:_LARGEST].decode(errors="ignore")
    yield "prose", prose
    yield "one line", prose.replace("\n", " ")
    yield "ALL CAPS", prose.upper()[: _LARGEST - 1000]
    yield "bad scan", _scanned(draw, prose)[: _LARGEST // 2]
    yield "50,000 times diabetes", "diabetes " * 50_000
    yield "blank lines", "\n" * 4_000_000 + "Assessment: gout\n" + "\n" * 5_000_000 + "Plan: rest\n"
    yield "rare characters", "".join(draw.choices("\t\n abc\x7f\xa0\u200b\x85\u1c20", k=_LARGEST // 2))
    yield "words seen once", " ".join(f"{number:x}q" for number in range(1_200_000))


def command(told: str, text: str, folder: Path) -> None:
    """The command on one note, from its start to its last byte."""
    path, out = folder / "note.txt", folder / "out.json"
    path.write_text(text, encoding="utf-8", newline="")
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    child = os.posix_spawn(
        sys.executable,
        [sys.executable, "-c", _START, str(folder / "status"), "code", str(path), "--on", str(_ON), "--json"],
        {**kept, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")},
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, str(out), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)],
    )
    _, status, used = os.wait4(child, 0)
    clock = time.perf_counter() - began
    assert status == 0, told
    read = path.read_bytes().decode("utf-8")
    spans = [s for one in json.loads(out.read_text("utf-8"))["suggestions"] for s in one["evidence"]]
    assert all(read[span["start"] : span["end"]] == span["text"] for span in spans)
    peak = (folder / "status").read_text().partition("VmHWM:")[2].split()[0]
    print(
        f"  {told:<32} {clock:5.2f} s by the clock, {used.ru_utime + used.ru_stime:5.2f} s of processor time,"
        f" {int(peak) / 1024:.0f} MB"
    )


def speed() -> int:
    """Print every figure."""
    throughput()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        short = "Assessment: Type 2 diabetes mellitus with hyperglycemia.\nPlan: continue metformin.\n"
        for told in ("first start of all", "start, everything compiled"):
            command(told, short, folder)
        for told, text in _large(random.Random(7)):
            command(f"{len(text.encode()) / 1e6:.1f} MB, {told}", text, folder)
    return 0
