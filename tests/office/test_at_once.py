"""Several processes at one office: nothing double, nothing lost, nobody turned away by a lock; killed, it resumes."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

PROCESS = Path(__file__).with_name("office_process.py")


class Office:
    """A home of its own, on SQLite or in a database of its own, worked by processes."""

    def __init__(self, folder: Path, server: str = "", template: str = "template1") -> None:
        self.folder = folder
        self.server = server
        folder.mkdir(exist_ok=True)
        url = ""
        if server:
            self.name = f"at_once_{os.getpid()}_{random.randrange(10**9)}"
            self._ask(f"CREATE DATABASE {self.name} TEMPLATE {template}")
            url = urlunsplit(urlsplit(server)._replace(path=f"/{self.name}"))
        self.environment = {**os.environ, "CLEANCLAIM_HOME": str(folder / "home"), "DATABASE_URL": url}

    def _ask(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)

    def copy(self, name: str) -> Office:
        """The same office once more: its folder, and on PostgreSQL its database."""
        folder = self.folder / name
        folder.mkdir()
        shutil.copytree(self.folder / "home", folder / "home")
        return Office(folder, self.server, self.name if self.server else "")

    def drop(self) -> None:
        if self.server:
            from psycopg.errors import InsufficientPrivilege

            try:
                self._ask(f"DROP DATABASE {self.name} WITH (FORCE)")
            except InsufficientPrivilege:
                # The server was vacuuming it: that process is not ours to end, and gives way to a plain drop.
                self._ask(f"DROP DATABASE {self.name}")
        shutil.rmtree(self.folder)

    def start(self, *steps: dict) -> subprocess.Popen:
        command = [sys.executable, str(PROCESS), json.dumps(steps)]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *steps: dict) -> str:
        process = self.start(*steps)
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
        return out

    def look(self) -> dict:
        return json.loads(self.run({"do": "look"}).splitlines()[-1])

    def together(self, *jobs: list[dict]) -> None:
        processes = [self.start(*job) for job in jobs]
        for process in processes:
            _, err = process.communicate(timeout=300)
            assert process.returncode == 0, err

    def file(self, name: str, data: bytes) -> str:
        path = self.folder / name
        path.write_bytes(data)
        return str(path)

    def faults(self) -> list[str]:
        """What verify finds."""
        return json.loads(self.run({"do": "verify"}))


@pytest.fixture
def office(tmp_path):
    """An office on SQLite; in a database of its own where the run is on PostgreSQL."""
    made = Office(tmp_path / "office", os.environ.get("DATABASE_URL", ""))
    yield made
    made.drop()


def opened(office, desk, count, charges=(10_000,)):
    claims = [desk.claim(f"C{number:04d}", charges, number=number) for number in range(count)]
    office.run({"do": "import", "file": office.file("claims.x12", desk.claims_file(*claims))})
    return claims


def era(office, desk, claims, trace="T1", number=1):
    answers = [
        desk.answer(item, (7_000, "CO 45 2000, PR 2 1000"), number=f"I{item.claim_id}") for item in claims
    ]
    name = f"{trace}.835"
    return office.file(name, desk.remittance(desk.payment(*answers, trace=trace), number=number))


def test_four_processes_open_one_bare_home_at_once(office):
    office.together(*([{"do": "look"}] for _ in range(4)))
    assert office.faults() == []


def post_at_once(office, desk, count, rounds):
    claims = opened(office, desk, count * rounds)
    for place in range(rounds):
        part = claims[place * count : (place + 1) * count]
        path = era(office, desk, part, trace=f"T{place}", number=place + 1)
        office.together(*([{"do": "post", "file": path}] for _ in range(4)))
    seen = office.look()
    paid = sum(item["paid_cents"] for item in seen["money"]["claims"])
    assert paid == 7_000 * count * rounds == seen["money"]["accounts"]["payer_clearing"]
    assert seen["events"] == 3 * count * rounds
    assert office.faults() == []


def batch_at_once(office, desk, count, rounds):
    claims = opened(office, desk, count)
    names = [item.claim_id for item in claims]
    batch = {"do": "batch", "trading": desk.TRADING}
    steps = [{"do": "release", "claims": names[start::4]} for start in range(4)]
    office.together(*([step, *[batch] * rounds] for step in steps))
    office.run(batch)
    seen = office.look()
    assert seen["left"] == count
    assert len(seen["numbers"]) == len(set(seen["numbers"]))
    assert {item["state"] for item in seen["money"]["claims"]} == {"sent"}
    assert office.faults() == []


def test_four_processes_post_the_same_remittance_at_once(office, desk):
    post_at_once(office, desk, 30, 1)


def test_four_processes_make_batches_at_once(office, desk):
    batch_at_once(office, desk, 40, 3)


@pytest.mark.prove
def test_four_processes_post_the_same_remittances_over_and_over(office, desk):
    post_at_once(office, desk, 60, 20)


@pytest.mark.prove
def test_four_processes_make_batches_over_and_over(office, desk):
    batch_at_once(office, desk, 800, 40)


def prepared(office, desk, count):
    """An office with claims out, and a remittance of four payments for them."""
    claims = opened(office, desk, count, (10_000, 5_000))
    answers = [
        desk.answer(item, (7_000, "CO 45 2000, PR 2 1000"), (4_000, "CO 45 1000"), number=f"I{item.claim_id}")
        for item in claims
    ]
    payments = [desk.payment(*answers[start::4], trace=f"T{start}") for start in range(4)]
    return office.file("all.835", desk.remittance(*payments))


def kill_everywhere(office, desk, count, points, *, broken=False):
    """Kill a posting at moments spread over all its statements and commits, run it again, compare with one undisturbed.

    Returns (how far each resumed office is from the undisturbed one in cents, faults told by verify).
    """
    path = prepared(office, desk, count)
    post = {"do": "post", "file": path, "broken": broken}
    undisturbed = office.copy("undisturbed")
    moments = int(undisturbed.run(post).split()[-1])
    expected = undisturbed.look()
    assert moments > points
    assert expected["money"]["accounts"]["payer_clearing"] == 11_000 * count
    off, unsound = [], 0
    for place in range(1, points + 1):
        one = office.copy(f"kill{place}")
        process = one.start({**post, "kill_at": max(1, place * moments // (points + 1))})
        process.communicate(timeout=300)
        assert process.returncode == -signal.SIGKILL, "the kill fell outside of the posting"
        told = one.run({"do": "verify"}, {**post, "broken": False}, {"do": "look"}, {"do": "verify"})
        killed_faults, _, resumed, faults = (json.loads(line) for line in told.splitlines())
        unsound += bool(killed_faults)
        ours, theirs = resumed["money"]["accounts"], expected["money"]["accounts"]
        off.append(sum(abs(ours[name] - cents) for name, cents in theirs.items()))
        if not broken:
            assert resumed["money"] == expected["money"]
            assert resumed["events"] == expected["events"]
            assert faults == []
        one.drop()
    undisturbed.drop()
    return off, unsound


def test_a_posting_killed_anywhere_and_run_again_is_the_posting_undisturbed(office, desk):
    count, points = (60, 4) if office.server else (200, 10)
    off, unsound = kill_everywhere(office, desk, count, points)
    assert (off, unsound) == ([0] * points, 0)


def test_the_harness_catches_a_posting_that_is_not_one_transaction(office, desk):
    """The same kills at a poster that commits statement by statement: were they harmless, they would prove nothing."""
    if office.server:  # there the poster's own locks refuse to work without a transaction
        with pytest.raises(AssertionError, match="outside of a transaction"):
            kill_everywhere(office, desk, 8, 1, broken=True)
        return
    off, unsound = kill_everywhere(office, desk, 40, 4, broken=True)
    assert any(off) or unsound


@pytest.mark.prove
def test_a_great_posting_killed_at_sixty_moments_loses_and_doubles_nothing(office, desk):
    off, unsound = kill_everywhere(office, desk, 2_000, 60)
    assert (off, unsound) == ([0] * 60, 0)
