"""The layout of a note does not change its codes: headings, lists, line ends and capitals as systems write them."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.suggest import suggest

_ON = dt.date(2026, 9, 14)
_HEAD = re.compile(r"^([A-Z][A-Za-z/&+ ]{1,40}):(.*)$")
_NUMBER = re.compile(r"(?m)^(\s*)(\d{1,2})[.)] ")


def _by_line(change: Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    def relaid(text: str) -> str:
        lines = ((line, _HEAD.match(line)) for line in text.split("\n"))
        return "\n".join(change(head) if head else line for line, head in lines)

    return relaid


LAYOUTS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "no capitals": str.lower,
    "line ends of other systems": lambda text: text.replace("\n", "\r\n"),
    "wrapped at 72": lambda text: "\n".join(
        "\n".join(textwrap.wrap(line, 72)) if len(line) > 72 else line for line in text.split("\n")
    ),
    "no blank lines": lambda text: re.sub(r"\n\s*\n", "\n", text),
    "blank lines between all": lambda text: re.sub(r"\n+", "\n\n", text),
    "bold headings": _by_line(lambda head: f"**{head[1]}:**{head[2]}"),
    "headings in capitals": _by_line(lambda head: f"{head[1].upper()}:{head[2]}"),
    "headings on lines of their own": _by_line(
        lambda head: f"{head[1]}:\n{head[2].strip()}" if head[2].strip() else head[0]
    ),
    "headings without colons": _by_line(lambda head: f"{head[1].upper()}\n{head[2].strip()}".strip()),
    "bullets for numbers": lambda text: _NUMBER.sub(r"\1- ", text),
    "numbers in brackets": lambda text: _NUMBER.sub(r"\1(\2) ", text),
    "number signs": lambda text: _NUMBER.sub(r"\1#\2 ", text),
    "small headings under each problem": lambda text: re.sub(
        r"(?m)^(\d{1,2}[.)] .*)$",
        r"\1\nPatient Education: The plan was gone over and questions answered.",
        text,
    ),
    "indented": lambda text: textwrap.indent(text, "    "),
    "signed": lambda text: f"{text}\n\nElectronically signed by Jane Example, MD 09/14/2026 17:22",
    "spaces that do not break": lambda text: text.replace(" ", "\u00a0"),
    "curled quotes": lambda text: text.replace("'", "\u2019").replace(" - ", " \u2013 "),
}


@lru_cache(maxsize=1)
def _visits() -> list[dict[str, Any]]:
    files = sorted((Path(__file__).parent / "gold").glob("visits_*.yaml"))
    return [visit for path in files for visit in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _codes(text: str, setting: str, book: CodeBook) -> frozenset[str]:
    found = suggest(text, setting=Setting(setting), on=_ON, book=book).suggestions
    return frozenset(one.code for one in found if one.status == "suggested" and one.system == "ICD-10-CM")


@lru_cache(maxsize=1_000)
def _codes_as_written(text: str, setting: str, book: CodeBook) -> frozenset[str]:
    return _codes(text, setting, book)


def _agreement(relaid: Callable[[str], str], visits: list[dict[str, Any]], book: CodeBook) -> float:
    """Micro-F1 between the codes of the notes as written and as laid out anew."""
    both = apart = 0
    for visit in visits:
        text, setting = visit["note"], visit.get("setting", "outpatient")
        one, other = _codes_as_written(text, setting, book), _codes(relaid(text), setting, book)
        both += len(one & other)
        apart += len(one ^ other)
    return 2 * both / (2 * both + apart)


@pytest.mark.parametrize("name", LAYOUTS)
def test_another_layout_says_the_same(name: str, book: CodeBook) -> None:
    assert _agreement(LAYOUTS[name], _visits()[::12], book) >= 0.96


@pytest.mark.prove
@pytest.mark.parametrize("name", LAYOUTS)
def test_another_layout_says_the_same_of_every_gold_note(name: str, book: CodeBook) -> None:
    agreement = _agreement(LAYOUTS[name], _visits(), book)
    print(name, f"{agreement:.3f}")
    assert agreement >= 0.97
