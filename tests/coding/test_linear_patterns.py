"""Every regular expression of the source stays linear on text made to break it, whatever file or note it meets.

Patterns are found in the source itself: those that modules keep by name, alone or in a table, and those written into
a call. One that is put together while running must be named here with an example. Attacks are made from the pattern:
each thing that may repeat is repeated after what leads to it, and the end does not match. A pattern is tried with the
calls the source makes of it; in `make test` on 4,000 repetitions, in `make prove` on 50,000 in a second.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

import cleanclaim

_ROOT = Path(cleanclaim.__file__).parent
_CALLS = frozenset(("search", "match", "fullmatch", "finditer", "findall", "sub", "split"))
# (repetitions, seconds): what grows with the square takes longer than this, what is linear a hundredth of it.
_SHORT = (4_000, 0.04)
_LONG = (50_000, 1.0)

# Put together while running from single characters or from codes: module -> examples of what is put together there.
_BUILT: dict[str, tuple[str, ...]] = {
    "cleanclaim.codesets.imports.flat": (),  # the columns of layouts: constants of other modules, tried there
    "cleanclaim.codesets.note_codes": (r"fifth|5th|sixth|six|6th|7th|seventh",),
    "cleanclaim.office.web.code_book_view": (r"(\bI10\b|\bE11\.9\b)",),
    "cleanclaim.x12.syntax.rows": (r"[^ -~]|[\*\:\^\~]",),
}
_TAILS = ("\x00", "!", " ", "\n\x00")


class Found:
    """A pattern, and the calls that the source makes of it."""

    def __init__(self, pattern: re.Pattern[Any], calls: frozenset[str]) -> None:
        self.pattern, self.calls = pattern, calls


def _sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(_ROOT.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "import re\n" in text:
            name = ".".join(("cleanclaim", *path.relative_to(_ROOT).with_suffix("").parts))
            yield name.removesuffix(".__init__"), ast.parse(text)


def _kept(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from (one for item in value.values() for one in _kept(item))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from (one for item in value for one in _kept(item))


def _calls_of(tree: ast.Module, name: str) -> frozenset[str]:
    """The methods called on a name; all of them where it goes out of sight."""
    used: set[str] = set()
    seen = 0
    for node in ast.walk(tree):
        seen += isinstance(node, ast.Name) and node.id == name
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == name
            and node.attr in _CALLS
        ):
            used.add(node.attr)
            seen -= 1
    return frozenset(used) if used and seen <= 1 else _CALLS


def _written_into_calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for node in ast.walk(function):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and isinstance(node.func.value, ast.Name)
                    and node.func.value.id == "re"
                    and node.func.attr in _CALLS | {"compile"}
                ):
                    yield node, node.func.attr


@lru_cache(maxsize=1)
def _found() -> tuple[dict[str, Found], frozenset[str]]:
    """The patterns by their place, and the modules that put patterns together while running."""
    found: dict[str, Found] = {}
    built: set[str] = set()
    for module, tree in _sources():
        for name, value in vars(importlib.import_module(module)).items():
            for number, pattern in enumerate(_kept(value)):
                found[f"{module}.{name}{f'.{number}' if number else ''}"] = Found(
                    pattern, _calls_of(tree, name)
                )
        for node, call in _written_into_calls(tree):
            given = node.args[0]
            if isinstance(given, ast.Constant):
                calls = _CALLS if call == "compile" else frozenset((call,))
                found[f"{module}:{given.value!r}"] = Found(re.compile(given.value), calls)
            else:
                built.add(module)
    for module, examples in _BUILT.items():
        for number, example in enumerate(examples):
            found[f"{module}#{number}"] = Found(re.compile(example), _CALLS)
    return found, frozenset(built)


def _sample(items: Any) -> str:
    """A text that this part of a pattern matches, as short as can be."""
    return "".join(_of_one(operation, value) for operation, value in items)


def _of_one(operation: Any, value: Any) -> str:
    name = str(operation)
    if name == "LITERAL":
        return chr(value)
    if name == "NOT_LITERAL":
        return "a" if value != ord("a") else "b"
    if name == "IN":
        return _of_class(value)
    if name == "ANY":
        return "a"
    if name == "BRANCH":
        return _sample(value[1][0])
    if name == "SUBPATTERN":
        return _sample(value[3])
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        return _sample(value[2]) * value[0]
    return ""


def _of_class(items: Any) -> str:
    kinds = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_SPACE": "a"}
    if str(items[0][0]) == "NEGATE":
        pattern = re.compile(
            "|".join(re.escape(chr(v)) for o, v in items[1:] if str(o) == "LITERAL") or "(?!)"
        )
        return next(c for c in "a1 ,(-\x00" if not pattern.fullmatch(c))
    operation, value = items[0]
    if str(operation) == "RANGE":
        return chr(value[0])
    return kinds.get(str(value), "a") if str(operation) == "CATEGORY" else chr(value)


def _repeats(items: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """(what leads to it, what is repeated) for everything in the pattern that may stand more often than ten times."""
    for operation, value in items:
        name = str(operation)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            if value[1] is re._parser.MAXREPEAT or value[1] > 10:  # type: ignore[attr-defined]
                yield before, _sample(value[2]) or "a"
            yield from _repeats(value[2], before)
        elif name == "SUBPATTERN":
            yield from _repeats(value[3], before)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _repeats(branch, before)
        elif name in {"ASSERT", "ASSERT_NOT"}:
            yield from _repeats(value[1], before)
        before += _of_one(operation, value)


def _letters(items: Any) -> set[str]:
    found: set[str] = set()
    for operation, value in items:
        found.add(_of_one(operation, value)[:1])
        for part in value if isinstance(value, tuple | list) else ():
            if isinstance(part, re._parser.SubPattern):  # type: ignore[attr-defined]
                found |= _letters(part)
            elif isinstance(part, list):
                for branch in part:
                    found |= _letters(branch) if isinstance(branch, re._parser.SubPattern) else set()  # type: ignore[attr-defined]
    return found - {""}


def _attacks(pattern: re.Pattern[Any], times: int) -> Iterator[str]:
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = re._parser.parse(text, pattern.flags & ~re.UNICODE)  # type: ignore[attr-defined]
    for before, repeated in dict.fromkeys(_repeats(tree)):
        for tail in _TAILS:
            yield before + repeated * times + tail
        yield (before + repeated) * times + "\x00"
    letters = sorted(_letters(tree) | set("a1 ("))
    for letter in letters:
        yield letter * times + "\x00"
    for one in letters[:6]:
        yield from ((one + other) * times + "\x00" for other in letters[:6] if other != one)


def _seconds(call: str, pattern: re.Pattern[Any], attack: str) -> float:
    text: Any = attack if isinstance(pattern.pattern, str) else attack.encode("utf-8")
    began = time.process_time()
    if call == "sub":
        pattern.sub("" if isinstance(pattern.pattern, str) else b"", text)
    elif call in {"finditer", "findall"}:
        sum(1 for _ in pattern.finditer(text))
    else:
        getattr(pattern, call)(text)
    return time.process_time() - began


def _too_slow(name: str, times: int, most: float) -> str:
    """The first attack that takes longer, told; a second try keeps a busy machine from being blamed on a pattern."""
    found = _found()[0][name]
    for attack in _attacks(found.pattern, times):
        for call in sorted(found.calls):
            if _seconds(call, found.pattern, attack) > most and _seconds(call, found.pattern, attack) > most:
                return f"{name}: {found.pattern.pattern!r} {call} of {attack[:30]!r}..."
    return ""


def test_no_pattern_takes_more_than_its_share_of_time() -> None:
    assert not [told for name in sorted(_found()[0]) if (told := _too_slow(name, *_SHORT))]


@pytest.mark.prove
def test_every_pattern_is_linear_on_fifty_thousand_repetitions() -> None:
    assert not [told for name in sorted(_found()[0]) if (told := _too_slow(name, *_LONG))]


def test_every_pattern_that_is_put_together_while_running_is_named_here() -> None:
    assert _found()[1] == set(_BUILT)


def test_patterns_are_found_in_every_way_they_are_written() -> None:
    names = set(_found()[0])
    assert len(names) > 100
    assert "cleanclaim.documents.words._WORD" in names
    assert any(name.startswith("cleanclaim.codesets.spelling.") for name in names)
    assert any(":" in name for name in names)


def test_the_attacks_break_a_pattern_known_to_be_bad() -> None:
    for bad, times in ((r"(a+)+$", 18), (r"\s*\(x\)$", 4_000)):
        pattern = re.compile(bad)
        assert any(_seconds("search", pattern, attack) > 0.02 for attack in _attacks(pattern, times)), bad
