"""The README's own examples: what it shows at a prompt is run, and what it shows as the answer is looked for.

A fenced block of the language `console` is one sitting beside the project's examples, in the home of the worked
example: the first run of all is what the fixture `demo` made. A line
that begins with "$ cleanclaim" is run; the lines below it, up to the next prompt, must all stand in its answer in
their order, "..." standing for anything. `serve`, which does not end, is only asked for its help.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleanclaim.cli.main import main
from cleanclaim.kernel.resources import examples_folder

README = Path(__file__).resolve().parents[2] / "README.md"
PROMPT = "$ "


def blocks(text: str) -> list[str]:
    return re.findall(r"^```console\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def sittings(block: str) -> list[tuple[str, list[str]]]:
    """The commands of a block, each with the lines it is shown to answer."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith(PROMPT):
            found.append((line.removeprefix(PROMPT).partition("  #")[0].strip(), []))
        elif found and found[-1][0].endswith("\\"):
            found[-1] = (found[-1][0].removesuffix("\\") + line.strip(), [])
        elif found and line.strip():
            found[-1][1].append(line.strip())
    return found


def answered(said: str, shown: list[str]) -> str:
    """The first line that the answer does not hold in its place, or nothing."""
    rest = " ".join(said.split())
    for line in shown:
        pattern = ".*?".join(re.escape(" ".join(part.split())) for part in line.split("..."))
        match = re.search(pattern, rest)
        if match is None:
            return line
        rest = rest[match.end() :]
    return ""


def test_a_block_is_cut_into_commands_and_their_answers():
    block = "$ cleanclaim codes show I10 \\\n    --json\n{\n  ...\n}\n$ ls  # what is there\n"
    assert sittings(block) == [("cleanclaim codes show I10 --json", ["{", "...", "}"]), ("ls", [])]
    assert blocks(f"a\n```console\n{block}```\n```sh\n$ x\n```\n") == [block]


def test_an_answer_is_looked_for_line_by_line():
    assert answered("one  two\nthree", ["one two", "three ... four"]) == "three ... four"
    assert answered("one  two\nthree and four", ["one two", "three ... four"]) == ""
    assert answered("three one", ["one", "three"]) == "three"


@pytest.mark.parametrize(
    "block", blocks(README.read_text(encoding="utf-8")), ids=lambda block: block.split("\n")[0][2:60]
)
def test_what_the_readme_shows_is_what_happens(demo, tmp_path, block):
    (tmp_path / "examples").symlink_to(examples_folder())
    home = tmp_path / "home"
    shutil.copytree(demo.home, home)
    environment = {**os.environ, "CLEANCLAIM_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    for command, shown in sittings(block):
        words = shlex.split(command)
        if words[:1] != ["cleanclaim"]:
            continue
        if words[1:2] == ["serve"]:
            words.append("--help")
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, 1), (command, done.stderr)
        assert "Traceback" not in done.stderr
        if words[-1] != "--help":
            assert answered(done.stdout, shown) == "", (command, done.stdout[-2000:])


def named() -> list[tuple[str, ...]]:
    """The commands that the README's table names, `codes show`, `search` meaning `codes show` and `codes search`."""
    found = []
    for cell in re.findall(r"^\| (`[^|]*) \|", README.read_text(encoding="utf-8"), flags=re.MULTILINE):
        group: tuple[str, ...] = ()
        for quoted in re.findall(r"`([^`]*)`", cell):
            words = tuple(word for word in quoted.split() if word.islower() and not word.startswith("-"))
            group = words[:-1] if len(words) > 1 else group
            found.append((*group, words[-1]))
    return found


@pytest.mark.parametrize("words", named(), ids=" ".join)
def test_every_command_that_the_readme_names_is_there(capsys, words):
    assert main([*words, "--help"]) == 0
    assert f"cleanclaim {' '.join(words)}" in capsys.readouterr().out
