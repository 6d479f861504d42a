"""Code sets: import of 2.6 million invented pairs, look-ups, search at every prefix, and groups a second.

Each figure is given with the machine's load, for a busy machine makes all of them worse. Run:

    python benchmarks/codesets.py [--pairs 2600000]
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from cleanclaim.codesets.book import open_book
from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.grouping.drg import DrgCase, group_drg
from cleanclaim.grouping.hcc import HccCase, group_hcc

ON = dt.date(2026, 10, 15)
_LISTS = Path(__file__).parents[1] / "tests" / "codesets"
QUERIES = (_LISTS / "search_queries.txt", _LISTS / "search_queries_fresh.txt")
_HEADER = (
    "CPT only\t\t\t\t\t\t\nColumn1/Column2 Edits\t\t\t\t\t\t\n"
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\n"
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t\n\t\t\t\t*=no data\t1=allowed\t\n\t\t\t\t\t9=not applicable\t\n"
)
_IMPORT = """
import datetime, pathlib, resource, sys, time
from cleanclaim.codesets.imports.load import ImportChoices, import_files
started = time.perf_counter()
import_files([pathlib.Path(sys.argv[1])], pathlib.Path(sys.argv[2]), now=datetime.datetime.now(datetime.UTC),
             choices=ImportChoices(setting="practitioner"))
print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, time.process_time())
"""


def pairs(count: int) -> Iterator[str]:
    """Invented pairs in the official layout, in the order of their codes, as the official files are."""
    chance = random.Random(7)
    made = first = 0
    while made < count:
        one = f"{chr(65 + first % 26)}{first // 26:04d}"
        first += 1
        for second in sorted(chance.sample(range(200_000), min(650, count - made))):
            began = chance.choice(("20100101", "20150401", "20220101", "20261001"))
            ended = chance.choice(("*", "*", "*", "20251231")) if began < "2025" else "*"
            two = f"{chr(65 + second % 20)}{second // 20:04d}"
            made += 1
            yield f"{one}\t{two}\t\t{began}\t{ended}\t{chance.choice('0119')}\tinvented\n"


def bench_pairs(count: int, folder: Path) -> None:
    """Seconds and memory of the import in a process of its own; microseconds of a look-up of random pairs."""
    file, store = folder / "pairs.txt", folder / "codesets.sqlite3"
    with file.open("w") as stream:
        stream.write(_HEADER)
        stream.writelines(pairs(count))
    command = [sys.executable, "-c", _IMPORT, str(file), str(store)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    print(
        f"import of {count:,} pairs: {float(told[0]):.1f} s by the clock, {float(told[2]):.1f} s of processor time, "
        f"{float(told[1]):.0f} MB at most"
    )
    with file.open() as stream:
        lines = [
            line.split("\t")[:2] for number, line in enumerate(stream) if number > 5 and number % 97 == 0
        ]
    random.Random(3).shuffle(lines)
    opened = ImportedStore(store)
    times = []
    for one, two in lines[:20_000]:
        started = time.perf_counter()
        opened.ptp("practitioner", one, two, ON)
        times.append(time.perf_counter() - started)
    _tell("look-up of a pair", times, 1e6, "us")


def bench_search() -> None:
    """Milliseconds of a search for every beginning of every query of the test lists, each once, in order."""
    book = open_book()
    started = time.process_time()
    book.search("warm", on=ON)
    print(f"first search of a process: {(time.process_time() - started) * 1e3:.0f} ms of processor time")
    lines = [
        line.split("|")[0].strip()
        for path in QUERIES
        for line in path.read_text().splitlines()
        if "|" in line and not line.startswith("#")
    ]
    times, busy = [], []
    for query in lines:
        for length in range(1, len(query) + 1):
            started, worked = time.perf_counter(), time.process_time()
            book.search(query[:length], on=ON)
            busy.append(time.process_time() - worked)
            times.append(time.perf_counter() - started)
    _tell(f"search at any prefix ({len(times):,} searches), by the clock", times, 1e3, "ms")
    _tell("search at any prefix, processor time", busy, 1e3, "ms")


def bench_find() -> None:
    """Microseconds of looking a code up for the first time and again."""
    book = open_book()
    codes = [entry.code for entry in book.entries("ICD-10-CM", ON)][::37]
    for words in ("code found for the first time", "code found again"):
        times = []
        for code in codes:
            started = time.perf_counter()
            book.find("ICD-10-CM", code, ON)
            times.append(time.perf_counter() - started)
        _tell(words, times, 1e6, "us")


def bench_drg(count: int = 10_000) -> None:
    """Cases a second through our interface on one core, reasons included."""
    chance = random.Random(5)
    secondary = ["I10", "E11.9", "N18.6", "J96.01", "I50.21", "E87.1", "D62", "N17.9", "Z79.4", "I48.91"]
    principal = ["J18.9", "I50.20", "M17.11", "I63.9", "A41.9", "K35.80", "S72.001A"]
    cases = [
        DrgCase(
            case_id=str(number),
            discharge_date=ON,
            age=chance.randint(20, 95),
            sex=chance.choice("MF"),
            discharge_status="01",
            diagnoses=(
                (chance.choice(principal), "Y"),
                *((code, "Y") for code in chance.sample(secondary, 5)),
            ),
        )
        for number in range(count)
    ]
    group_drg(cases[0])
    started, worked = time.perf_counter(), time.process_time()
    grouped = sum(group_drg(case).grouped() for case in cases)
    seconds, busy = time.perf_counter() - started, time.process_time() - worked
    print(
        f"DRG: {count / seconds:,.0f} cases/s by the clock, {count / busy:,.0f}/s of processor time "
        f"({grouped:,} of {count:,} grouped)"
    )


def bench_hcc(count: int = 2_000) -> None:
    """Persons a second of processor time for each model, categories and reasons included."""
    chance = random.Random(5)
    codes = ["E11.22", "I50.9", "N18.4", "J44.9", "F32.2", "C34.90", "I48.91", "G20.A1", "M06.9", "I10"]
    for model in ("V24", "V28", "RXHCC", "ESRD"):
        cases = [
            HccCase(case_id=str(number), age=chance.randint(66, 95), sex=chance.choice("MF"), model=model,
                    crec="2" if model == "ESRD" else "0", diagnoses=tuple(chance.sample(codes, 5)))
            for number in range(count)
        ]  # fmt: skip
        group_hcc(cases[0])
        worked = time.process_time()
        scored = sum(group_hcc(case).grouped() for case in cases)
        busy = time.process_time() - worked
        print(
            f"HCC {model}: {count / busy:,.0f} persons/s of processor time ({scored:,} of {count:,} scored)"
        )


def _tell(words: str, times: list[float], scale: float, unit: str) -> None:
    ordered = sorted(times)
    p99 = ordered[int(len(ordered) * 0.99)]
    print(f"{words}: p50 {statistics.median(times) * scale:.2f}, p99 {p99 * scale:.2f}, "
          f"mean {statistics.fmean(times) * scale:.2f} {unit}")  # fmt: skip


def main() -> int:
    """Run every benchmark and print its figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=2_600_000)
    arguments = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f}"
    )
    bench_search()
    bench_find()
    bench_drg()
    bench_hcc()
    with tempfile.TemporaryDirectory() as folder:
        bench_pairs(arguments.pairs, Path(folder))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"this process: {most:.0f} MB at most; load {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
