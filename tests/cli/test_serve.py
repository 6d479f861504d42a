from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest


@contextlib.contextmanager
def serving(home, *words):
    environment = {**os.environ, "CLEANCLAIM_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "cleanclaim", "serve", "--port", "0", *words]
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Tests that were started in the background are deaf to the interrupt, and so is what they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as server:
        try:
            yield server
        finally:
            server.kill()


def page(address):
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.status, answer.read().decode()


def test_a_bare_home_serves_a_sign_in_page_and_a_link_that_works_once(home):
    with serving(home, "--json") as server:
        told = json.loads(server.stdout.readline())
        assert told["address"].startswith("http://127.0.0.1:")
        assert told["first_sign_in"].startswith(told["address"])
        status, text = page(told["address"])
        assert status == 200
        assert "<form" in text
        assert page(told["first_sign_in"])[0] == 200
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0


def test_a_person_is_told_the_address_at_once_and_no_password(home):
    with serving(home) as server:
        lines = [server.stdout.readline() for _ in range(3)]
    assert lines[0].startswith("Office: http://127.0.0.1:")
    assert lines[1].startswith("First sign-in: http://127.0.0.1:")
    assert "Ctrl+C" in lines[2]
    assert not any("password" in line.lower() for line in lines)


def test_a_stop_by_the_system_ends_it(home):
    with serving(home) as server:
        server.stdout.readline()
        server.terminate()
        assert server.wait(30) in (0, -signal.SIGTERM)


def test_a_port_in_use_is_one_sentence_and_makes_no_home(command, home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command("serve", "--port", port, home=home).refused(str(port), "in use", "--port")
    assert not home.exists()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--port", "70000"), "70000"),
        (("--port", "-1"), "-1"),
        (("--host", "203.0.113.9"), "203.0.113.9"),
        (("--host", "no such host"), "no such host"),
        (("--host", "a" * 300), "--host"),
        (("--host", ""), "--host"),
    ],
)
def test_a_place_that_cannot_be_listened_at_is_one_sentence(command, home, words, named):
    command("serve", *words, home=home).refused(named)
    assert not home.exists()


def test_the_sign_in_page_is_there_within_three_seconds_of_work(home):
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    with serving(home, "--json") as server:
        page(json.loads(server.stdout.readline())["address"])
        waited = time.monotonic() - started
        server.kill()
        server.wait(30)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # On a machine that does nothing else the two are the same; on a busy one only the work is the product's.
    assert min(work, waited) < 3
