"""Running the command as a person does, and in this process where a start of its own would only cost time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from attrs import frozen

from cleanclaim.claims.records import claim_to_json
from cleanclaim.cli.main import main
from cleanclaim.kernel.resources import examples_folder
from cleanclaim.x12 import read_837


@frozen
class Done:
    """What a command did: its exit status and what it said."""

    status: int
    out: str
    err: str

    def refused(self, *words: str) -> str:
        """The one sentence of a call that could not be done: exit 2, nothing else said, no traceback."""
        assert self.status == 2, (self.status, self.out, self.err)
        assert self.out == ""
        assert self.err.startswith("cleanclaim: ")
        assert self.err.endswith(".\n")
        assert self.err.count("\n") == 1
        assert "Traceback" not in self.err
        for word in words:
            assert word in self.err
        return self.err


def run_command(
    *arguments: object,
    home: Path | None = None,
    environment: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    timeout: float = 300,
) -> Done:
    """Run `cleanclaim` in a process of its own."""
    surroundings = {**os.environ, **({"CLEANCLAIM_HOME": str(home)} if home else {}), **(environment or {})}
    surroundings.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "cleanclaim", *map(str, arguments)],
        env=surroundings,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def command() -> Callable[..., Done]:
    """`command("verify", home=...)`: in a process of its own."""
    return run_command


@pytest.fixture(scope="session")
def warm(demo) -> None:
    """The compiled books of the example, so that this process need not make its own."""
    cache = Path(os.environ["CLEANCLAIM_HOME"]) / "cache"
    shutil.copytree(demo.home / "cache", cache, dirs_exist_ok=True)


@pytest.fixture
def call(capsys, warm) -> Callable[..., Done]:
    """`call("codes", "status")`: in this process, for commands that open no office."""

    def called(*arguments: object) -> Done:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Done(status, said.out, said.err)

    return called


@pytest.fixture
def home(tmp_path) -> Path:
    """A bare home that is not there yet."""
    return tmp_path / "home"


@pytest.fixture
def contracts() -> Path:
    return examples_folder() / "contracts"


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Callable[[str], Path]]:
    """`small_disk("size=2m")`: a file system of its own, small or read-only; skips where none may be mounted."""
    mounted: list[Path] = []

    def mount(options: str) -> Path:
        place = tmp_path / f"disk{len(mounted)}"
        place.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True, check=False
        )
        if done.returncode:
            pytest.skip("no file system may be mounted here")
        mounted.append(place)
        return place

    try:
        yield mount
    finally:
        for place in mounted:
            subprocess.run(["umount", "-l", str(place)], check=False)


def remains(folder: Path) -> list[str]:
    """What lies in a folder, hidden and half-written files too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.fixture(scope="session")
def everything_in() -> Callable[[Path], list[str]]:
    return remains


@pytest.fixture(scope="session")
def sent(demo) -> SimpleNamespace:
    """Files of the example: 837P and 837I as sent, an 835, and the claims of the 837P as JSON lines."""
    professional = next((demo.out / "837P").glob("0001-*"))
    lines = [claim_to_json(item.claim) for item in read_837(professional.read_bytes())]
    return SimpleNamespace(
        professional=professional,
        institutional=next((demo.out / "837I").iterdir()),
        remittance=min((demo.out / "835").glob("EXHPO-*")),
        remittances=sorted((demo.out / "835").iterdir()),
        claim_lines=lines,
    )


@pytest.fixture
def worked(demo, tmp_path) -> Path:
    """A copy of the example's home that a test may change."""
    home = tmp_path / "worked"
    shutil.copytree(demo.home, home, ignore=shutil.ignore_patterns("cache"))
    return home
