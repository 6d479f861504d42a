"""Claims scrubbed per second, warm, on one core: all edits over copies of the example's claims.

The example practice is worked first, in a fresh home; its 837s are read back and copied under claim numbers of
their own, on days of their own, so that no copy is a duplicate of another. Checked before timing: each copy has
the findings of its original. The floor beside it reads the same claims from X12, which every scrubber must do.

    python benchmarks/edits.py [--claims 5000] [--runs 5]
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import attrs

from cleanclaim import x12
from cleanclaim.claims.claim import AnyClaim
from cleanclaim.codesets.book import open_book
from cleanclaim.edits import ScrubContext, ScrubReport, scrub

ASOF = dt.date(2026, 12, 31)


def example_files() -> list[bytes]:
    """The 837s of the example practice."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "CLEANCLAIM_HOME": f"{folder}/home"}
        command = [sys.executable, "-m", "cleanclaim", "demo", "--out", f"{folder}/out"]
        subprocess.run(command, env=environment, check=True, capture_output=True)
        return [path.read_bytes() for path in sorted(Path(folder, "out").glob("837?/*.x12"))]


def copies(claims: list[AnyClaim], count: int) -> list[AnyClaim]:
    """``count`` claims, each with a number and a patient of its own."""
    made = []
    for number in range(count):
        claim = claims[number % len(claims)]
        patient = attrs.evolve(claim.patient, patient_id=f"B{number}")
        made.append(attrs.evolve(claim, claim_id=f"B{number}", patient=patient))
    return made


def says(report: ScrubReport) -> list[list[str]]:
    return [sorted(finding.edit for finding in item.findings) for item in report.claims]


def cpu_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    files = example_files()
    originals = [item.claim for data in files for item in x12.read_837(data)]
    claims = copies(originals, arguments.claims)
    context = ScrubContext(asof=ASOF, book=open_book())
    ours = says(scrub(claims, context))
    alone = [says(scrub([claim], context))[0] for claim in originals]
    for number, found in enumerate(ours):
        if found != alone[number % len(alone)]:
            sys.exit(f"copy {number} has {found}, its original {alone[number % len(alone)]}")
    edits, floors = [], []
    for _ in range(arguments.runs):
        edits.append(cpu_seconds(lambda: scrub(claims, context)))
        floors.append(cpu_seconds(lambda: [x12.read_837(data) for data in files]) / len(originals))
    rate = arguments.claims / statistics.median(edits)
    floor = 1 / statistics.median(floors)
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    print(f"edits: {rate:,.0f} claims/s of processor time (floor: {floor:,.0f} claims/s read from X12)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
