"""`cleanclaim demo` as somebody finds it who trusts nothing: every file is read again here, by nobody's help."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from pypdf import PdfReader

from cleanclaim.kernel.resources import examples_folder

# Each visit as the example says it ends (encounter.yaml: expected_end), in cents:
# state, charge, expected of the first payer, paid, adjusted, left with insurance, left with the patient.
ENDS = {
    "V01": ("patient", 32200, 14650, 14650, 14550, 0, 3000),
    "V02": ("patient", 22700, 9700, 9700, 10000, 0, 3000),
    "V03": ("patient", 42000, 9408, 9408, 24192, 0, 8400),
    "V04": ("closed", 33100, 11897, 14447, 18653, 0, 0),
    "V05": ("closed", 33800, 21050, 21050, 12750, 0, 0),
    "V06": ("patient", 42000, 0, 0, 18800, 0, 23200),
    "V07": ("patient", 39800, 12686, 12686, 23878, 0, 3236),
    "V08": ("patient", 19500, 6240, 6240, 7700, 0, 5560),
    "V09": ("patient", 26500, 12800, 12800, 10700, 0, 3000),
    "V10": ("patient", 123000, 51500, 51500, 56500, 0, 15000),
    "V11": ("closed", 4200, 1400, 950, 3250, 0, 0),
    "V12": ("closed", 298000, 78000, 78000, 220000, 0, 0),
    "V13": ("patient", 1661655, 657972, 657972, 830083, 0, 173600),
    "V14": ("patient", 3222225, 1040172, 1040172, 2008453, 0, 173600),
    "V15": ("partly-denied", 10000, 1600, 1600, 6600, 1800, 0),
    "V16": ("patient", 16500, 5645, 5645, 9415, 0, 1440),
    "V17": ("closed", 54500, 26656, 26656, 27844, 0, 0),
    "V18": ("closed", 23500, 19975, 19975, 3525, 0, 0),
    "V19": ("closed", 21000, 6800, 6800, 14200, 0, 0),
    "V20": ("closed", 19800, 8200, 8200, 11600, 0, 0),
    "V21": ("patient", 18500, None, 4000, 0, 0, 14500),
    "V22": ("denied", 118000, 31000, 0, 0, 118000, 0),
    "V23": ("denied", 18500, 8200, 0, 0, 18500, 0),
    "V24": ("closed", 41000, 15000, 15000, 26000, 0, 0),
    "V25": ("partly-denied", 32700, 14720, 12800, 10700, 6200, 3000),
    "V26": ("patient", 6900, 3214, 3214, 2866, 0, 820),
    "V27": ("partly-denied", 28400, 10150, 7050, 12150, 7200, 2000),
    "V28": ("patient", 18500, 8200, 8200, 7300, 0, 3000),
}
SELF_PAY = "V21"
REPLACED = {"V04": "the claim to the supplement", "V28": "the corrected member id"}
DENIED = {"V15": "CO-97", "V22": "CO-197", "V23": "CO-27", "V25": "CO-97", "V27": "CO-119"}


def cents(text: str) -> int:
    sign, whole, part = re.fullmatch(r"(-?)(\d+)(?:\.(\d{1,2}))?", text).groups()
    return (-1 if sign else 1) * (int(whole) * 100 + int((part or "").ljust(2, "0")))


def segments(path: Path) -> list[list[str]]:
    """An interchange as a person would cut it: by its own delimiters, with nothing but split."""
    text = path.read_bytes().decode("ascii")
    return [part.strip().split(text[3]) for part in text.split(text[105]) if part.strip()]


def adjusted(segment: list[str]) -> int:
    return sum(cents(amount) for amount in segment[3::3])


def read_835(path: Path) -> SimpleNamespace:
    """What an 835 says of money: BPR02, the provider adjustments, and charge, paid and adjusted of claim and line."""
    told = SimpleNamespace(bpr=0, plb=0, claims=[])
    for part in segments(path):
        if part[0] == "BPR":
            told.bpr = cents(part[2]) * (-1 if part[3] == "D" else 1)
        elif part[0] == "CLP":
            claim = SimpleNamespace(id=part[1], status=part[2], charge=cents(part[3]), paid=cents(part[4]))
            claim.adjusted, claim.lines = 0, []
            told.claims.append(claim)
            place = claim
        elif part[0] == "SVC":
            place = SimpleNamespace(charge=cents(part[2]), paid=cents(part[3]), adjusted=0)
            claim.lines.append(place)
        elif part[0] == "CAS":
            place.adjusted += adjusted(part)
        elif part[0] == "PLB":
            told.plb += sum(cents(amount) for amount in part[4::2])
    return told


def files(demo, *kinds: str) -> list[Path]:
    return [path for kind in kinds for path in sorted((demo.out / kind).iterdir())]


@pytest.fixture(scope="module")
def remittances(demo) -> list[SimpleNamespace]:
    return [read_835(path) for path in files(demo, "835")]


@pytest.fixture(scope="module")
def balances(demo) -> dict:
    return ask(demo.home, "balances", "--json")


def run(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "CLEANCLAIM_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "cleanclaim", *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def ask(home: Path, *words: object) -> dict:
    done = run(home, *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_visit_ends_as_the_example_says_to_the_cent(demo):
    names = ("charge", "expected", "paid", "adjusted", "insurance", "patient")
    ends = {
        visit["encounter_id"]: (visit["state"], *(visit[f"{name}_cents"] for name in names))
        for visit in demo.report["visits"]
    }
    assert ends == ENDS
    for state, charge, _, paid, adjusted_cents, insurance, patient in ends.values():
        assert charge == paid + adjusted_cents + insurance + patient
        assert (state == "closed") is (insurance == patient == 0)


def test_every_visit_of_the_folder_is_there_and_says_its_end():
    ids = set()
    for path in (examples_folder() / "encounters").glob("*/encounter.yaml"):
        visit = yaml.safe_load(path.read_text(encoding="utf-8"))
        ids.add(visit["id"])
        assert visit["expected_end"]
    assert ids == ENDS.keys()
    assert len(ids) >= 24


def test_what_was_denied_says_why_and_what_to_do_until_when(demo):
    said = {visit["encounter_id"]: visit["said"] for visit in demo.report["visits"]}
    for visit, reason in DENIED.items():
        assert said[visit].startswith(reason)
        assert re.search(r": [A-Z0-9]+ by 2027-\d\d-\d\d$", said[visit])
    assert "less than the contract" in said["V11"]
    assert said["V28"].startswith("277CA")


@pytest.mark.parametrize("kind", ["837P", "837I", "835", "999", "277CA"])
def test_pyx12_accepts_every_file(demo, pyx12_errors, kind):
    paths = files(demo, kind)
    assert paths
    for path in paths:
        assert pyx12_errors(path.read_bytes()) == [], path.name


def test_every_remittance_balances_at_file_claim_and_line(remittances):
    assert len(remittances) == 14
    for told in remittances:
        assert told.bpr == sum(claim.paid for claim in told.claims) - told.plb
        for claim in told.claims:
            lines = claim.lines
            assert claim.charge - claim.paid == claim.adjusted + sum(line.adjusted for line in lines)
            for line in lines:
                assert line.charge - line.paid == line.adjusted
            if lines:
                assert claim.charge == sum(line.charge for line in lines)
                assert claim.paid == sum(line.paid for line in lines)


def test_what_the_payers_sent_is_what_the_ledger_holds(remittances, balances, demo):
    accounts = balances["accounts"]
    assert sum(accounts.values()) == 0
    assert accounts["payer_clearing"] == sum(told.bpr for told in remittances)
    assert accounts["payer_suspense"] == 0
    paid = Counter()
    for told in remittances:
        for claim in told.claims:
            paid[claim.id] += claim.paid
    visit_payments = {"V21": 4000}
    for claim in balances["claims"]:
        assert claim["paid_cents"] == paid[claim["claim"]] + visit_payments.get(claim["claim"], 0)
    assert {claim["claim"]: claim["state"] for claim in balances["claims"]} == {
        visit: end[0] for visit, end in ENDS.items()
    }


def test_the_example_holds_every_kind_of_answer(remittances):
    claims = [claim for told in remittances for claim in told.claims]
    statuses = {claim.status for claim in claims}
    assert {"1", "2", "4", "22"} <= statuses
    assert any(told.plb for told in remittances)
    assert any(told.bpr == 0 for told in remittances) or any(claim.paid == 0 for claim in claims)


def test_every_claim_left_once_and_adds_up_to_its_lines(demo):
    sent = Counter()
    for path in files(demo, "837P", "837I"):
        claim, total, lines = None, 0, 0
        for part in [*segments(path), ["CLM", "", "0"]]:
            if part[0] == "CLM":
                assert claim is None or total == lines, (path.name, claim)
                claim, total, lines = part[1], cents(part[2]), 0
                sent[claim] += bool(claim)
            elif part[0] == "SV1":
                lines += cents(part[2])
            elif part[0] == "SV2":
                lines += cents(part[3])
    del sent[""]
    assert sent == {visit: 2 if visit in REPLACED else 1 for visit in ENDS if visit != SELF_PAY}


def test_every_envelope_counts_right_and_no_number_is_used_twice(demo):
    numbers = Counter()
    for path in files(demo, "837P", "837I"):
        parts = segments(path)
        by_id = {part[0]: part for part in parts}
        numbers[by_id["ISA"][13]] += 1
        assert by_id["IEA"][2] == by_id["ISA"][13]
        assert by_id["GE"][2] == by_id["GS"][6]
        starts = [place for place, part in enumerate(parts) if part[0] == "ST"]
        ends = [place for place, part in enumerate(parts) if part[0] == "SE"]
        assert int(by_id["GE"][1]) == len(starts) == len(ends)
        for start, end in zip(starts, ends, strict=True):
            assert parts[start][2] == parts[end][2]
            assert int(parts[end][1]) == end - start + 1
        assert by_id["ISA"][15] == "T"
    assert set(numbers.values()) == {1}


def test_every_form_and_statement_opens(demo, balances):
    forms = files(demo, "forms")
    assert len(forms) == len(ENDS) - 1 + len(REPLACED)
    assert {path.name.split("-")[0] for path in forms} == ENDS.keys() - {SELF_PAY}
    for path in (*forms, *files(demo, "statements")):
        reader = PdfReader(path)
        assert len(reader.pages) >= 1
        assert not {"/OpenAction", "/AA", "/Names"} & set(reader.trailer["/Root"])
    owing = {visit for visit, end in ENDS.items() if end[6]}
    text = " ".join(
        page.extract_text() for path in files(demo, "statements") for page in PdfReader(path).pages
    )
    assert len(files(demo, "statements")) <= len(owing)
    assert "145.00" in text


def test_the_dashboard_and_the_summary_tell_the_same_and_need_nobody_else(demo, balances):
    summary = json.loads((demo.out / "summary.json").read_text(encoding="utf-8"))
    assert summary["accounts"] == balances["accounts"]
    assert summary["visits"] == demo.report["visits"]
    page = (demo.out / "dashboard.html").read_text(encoding="utf-8")
    assert all(visit in page for visit in ENDS)
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", page)
    assert "<script" not in page


def test_the_home_is_sound_after_the_demo(demo):
    assert demo.report["sound"] is True
    assert all(check["ok"] for check in ask(demo.home, "verify", "--json")["checks"])


def test_no_column_of_the_office_holds_a_fraction(demo):
    with sqlite3.connect(demo.home / "office.sqlite3") as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kinds = {
            (table, column[1], column[2].lower())
            for table in tables
            for column in database.execute(f"PRAGMA table_info({table})")
        }
    assert not [each for each in kinds if re.search("real|float|double|decimal|numeric", each[2])]
    money = {each for each in kinds if each[1].endswith("cents")}
    assert len(money) >= 8
    assert {each[2] for each in money} == {"bigint"}


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows(home: Path) -> dict[str, list[tuple]]:
    """Everything in the database that a second run could have moved."""
    with sqlite3.connect(home / "office.sqlite3") as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [
            name
            for name in tables
            if name.split("_")[0] in ("money", "claims", "denials", "encounters", "files")
        ]
        return {name: database.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in kept}


def test_a_second_run_in_the_same_place_changes_no_cent_no_row_and_no_file(demo, balances, tmp_path):
    home, out = tmp_path / "home", tmp_path / "out"
    shutil.copytree(demo.home, home)
    shutil.copytree(demo.out, out)
    before_rows, before_files = rows(home), hashes(out)
    done = run(home, "demo", "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(visit in done.stdout for visit in ENDS)
    assert rows(home) == before_rows
    assert hashes(out) == before_files
    assert ask(home, "balances", "--json") == balances
    assert all(check["ok"] for check in ask(home, "verify", "--json")["checks"])
