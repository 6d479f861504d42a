"""Visits per second through the whole way: note, codes, claim, scrub, price, 837, answers, 835, ledger, statement.

The example's 28 visits are worked in a fresh home each run; start-up and the compiling of code book
and lexicon are not counted. The floor beside it is the same number of
bare double-entry postings into SQLite, so that the machine's speed is in the figure. Run:

    python benchmarks/visits.py [--runs 5]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_WORK = """
import json, sys, time
from cleanclaim.cli.office import open_office
open_office()
from cleanclaim.office.example import run_example
from cleanclaim.office.people.tenancy import find_tenant, within
from cleanclaim.office.money.balances import account_cents
from cleanclaim.coding.suggest import suggest
from cleanclaim.codesets.book import open_book
from cleanclaim.claims.setting import Setting
import datetime
for day in (datetime.date(2026, 9, 14), datetime.date(2026, 10, 1)):
    suggest("CC: sore throat.", setting=Setting.OUTPATIENT, on=day, book=open_book())
tenant = find_tenant("example")
started = time.perf_counter()
with within(tenant):
    run_example(tenant)
    seconds = time.perf_counter() - started
    accounts = account_cents()
print(json.dumps({"seconds": seconds, "accounts": accounts}))
"""


def whole_way() -> dict:
    """One run of the example in a fresh process and home; seconds without start-up, and the accounts."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "CLEANCLAIM_HOME": home}
        done = subprocess.run(
            [sys.executable, "-c", _WORK], env=environment, capture_output=True, text=True, check=True
        )
    return json.loads(done.stdout.strip().splitlines()[-1])


def floor(visits: int) -> float:
    """Seconds for as many small synced SQLite transactions of six entries each: what storing alone costs."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "floor.sqlite3", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE entry (account TEXT, cents INTEGER, claim TEXT)")
        started = time.perf_counter()
        for number in range(visits):
            connection.execute("BEGIN IMMEDIATE")
            rows = [("a", 100, str(number)), ("b", -100, str(number))] * 3
            connection.executemany("INSERT INTO entry VALUES (?, ?, ?)", rows)
            connection.execute("COMMIT")
        seconds = time.perf_counter() - started
        connection.close()
    return seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    whole_way()
    visits = 28
    runs, floors, accounts = [], [], set()
    for _ in range(arguments.runs):
        result = whole_way()
        runs.append(result["seconds"])
        accounts.add(json.dumps(result["accounts"], sort_keys=True))
        floors.append(floor(visits))
    if len(accounts) != 1:
        sys.stderr.write("The runs do not agree to the cent; no figure is given.\n")
        return 1
    rate = visits / statistics.median(runs)
    bare = visits / statistics.median(floors)
    load = os.getloadavg()[0]
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f}"
    )
    print(
        f"whole way: {rate:.1f} visits/s (median of {len(runs)}: {sorted(round(item, 2) for item in runs)} s)"
    )
    print(f"floor, synced postings alone: {bare:,.0f}/s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
