"""Claims of an 835 posted per second into a fresh office, storing and sealing included; on SQLite.

The claims come in as an 837 by `cleanclaim import`, the payments by `cleanclaim post`, as commands in processes of
their own; the time of a command that does nothing is taken off. Checked before a figure is printed: everything
was posted, nothing waits, what was paid is what the ledger holds, and `cleanclaim verify` ends 0.

    python benchmarks/posting.py [--claims 2000] [--runs 3]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cleanclaim.x12 import read_835, write_837
from x12 import ENVELOPE, claims, remittance


class Office:
    """A fresh home and the commands on it."""

    def __init__(self, folder: Path) -> None:
        self.environment = {**os.environ, "CLEANCLAIM_HOME": str(folder)}
        self.environment.pop("DATABASE_URL", None)

    def run(self, *words: object) -> tuple[float, dict]:
        """Seconds of a command, and its answer."""
        command = [sys.executable, "-m", "cleanclaim", *map(str, words), "--json"]
        started = time.perf_counter()
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - started
        if done.returncode:
            sys.exit(f"{words[0]} ended {done.returncode}: {done.stderr or done.stdout[-2000:]}")
        return seconds, json.loads(done.stdout)


def one_run(claim_file: Path, payment_file: Path, paid_cents: int) -> tuple[float, float]:
    """Seconds of taking the claims in and of posting, in one fresh home, start-up taken off."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "home")
        taken, _ = office.run("import", claim_file)
        nothing, _ = office.run("balances", "--claim", "V0000000")
        posted, _ = office.run("post", payment_file)
        _, balances = office.run("balances")
        held = sum(claim["paid_cents"] for claim in balances["claims"])
        if held != paid_cents:
            sys.exit(f"the ledger holds {held} cents of {paid_cents}")
        office.run("verify")
        return taken - nothing, posted - nothing


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        claim_file, payment_file = Path(folder) / "claims.837", Path(folder) / "payments.835"
        claim_file.write_bytes(write_837(list(claims(arguments.claims)), ENVELOPE))
        payment_file.write_bytes(remittance(arguments.claims))
        paid_cents = sum(item.payment_cents for item in read_835(payment_file.read_bytes()).payments)
        runs = [one_run(claim_file, payment_file, paid_cents) for _ in range(arguments.runs)]
    taken, posted = (statistics.median(times) for times in zip(*runs, strict=True))
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite, wall time"
    )
    print(f"claims taken in: {arguments.claims / taken:,.0f}/s; posted: {arguments.claims / posted:,.0f}/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
