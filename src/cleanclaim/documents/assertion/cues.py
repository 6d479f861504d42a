"""The cues of reference/lexicon/cues.yaml: phrases that say a condition is denied, past, doubted, feared, another's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import Any

from attrs import frozen

from cleanclaim.documents.lexicon import FOLDING, compiled_once, read_yaml
from cleanclaim.documents.matcher import Frame, PhraseMatcher
from cleanclaim.documents.remembered import Remembered
from cleanclaim.documents.words import phrase

# What stands for a class of numbers in a phrase and in the words of a note; no word of a note is written so.
_YEAR = "<year>"
_NUMBER = "<n>"
_SPAN = "<span>"
_SPAN_UNITS = frozenset(("d", "day", "w", "wk", "week", "m", "mo", "month", "y", "yr", "year", "h", "hr"))
_MAKERS = ("documents/assertion/cues.py", "documents/matcher.py", *FOLDING)
_UNITS = {"yr": "year", "yrs": "year", "mos": "month", "wk": "week", "wks": "week"}


class Assertion(StrEnum):
    """What a note says of a condition."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    FAMILY = "family"
    HISTORICAL = "historical"
    HYPOTHETICAL = "hypothetical"
    UNCERTAIN = "uncertain"


@frozen
class Cue:
    """One group of cues: what it says, where it looks and how far; the fields are told in cues.yaml.

    ``assertion`` is None for what is no cue: ``kind`` is then "stop", "subject", "pseudo", or the name of a group of
    signs, which say nothing alone.
    """

    assertion: Assertion | None
    kind: str
    reach: int = 0
    backward: bool = False
    opens: bool = False
    closes: bool = False
    when: bool = False
    gap: frozenset[str] | None = None
    through: frozenset[str] | None = None
    needs: frozenset[str] | None = None
    unless: frozenset[str] | None = None
    only: frozenset[str] | None = None
    without: frozenset[str] | None = None
    sign: str | None = None
    is_sign: bool = False
    over: bool = False


@lru_cache(maxsize=1)
def cue_matcher() -> PhraseMatcher[tuple[Cue, ...]]:
    """Every cue, ready to be found in words that went through ``classed``."""
    frame, groups = compiled_once("cues", ("cues.yaml",), _MAKERS, _compiled)
    cues = [cue for cue, _ in _groups(_data())]
    told: dict[tuple[int, ...], tuple[tuple[Cue, ...]]] = {}
    for numbers in set(groups):
        told[numbers] = (tuple(dict.fromkeys(cues[number] for number in numbers)),)
    return PhraseMatcher.of_frame(frame, [told[numbers] for numbers in groups])


def _compiled() -> tuple[Frame, list[tuple[int, ...]]]:
    """The frame of the matcher of all phrases, and for each of them the groups that list it, by number."""
    groups: dict[tuple[str, ...], dict[int, None]] = {}
    for number, (_, texts) in enumerate(_groups(_data())):
        for words in _phrases(texts):
            groups.setdefault(words, {})[number] = None
    return PhraseMatcher((words, None) for words in groups).frame(), [
        tuple(found) for found in groups.values()
    ]


@lru_cache(maxsize=64)
def word_list(name: str) -> frozenset[str]:
    """One of the word lists of cues.yaml, folded as the words of a note are."""
    return frozenset(form for word in _data()[name].split() for form in phrase(word))


@lru_cache(maxsize=1)
def names_of_relatives() -> frozenset[str]:
    """Every word that may name a relative, in some sentences."""
    return word_list("relatives") | word_list("owned") | word_list("short_for_relatives")


def classed(forms: Sequence[str]) -> list[str]:
    """Words with numbers as their class and a lone "t" after an apostrophe as "not"."""
    found = list(map(_CLASSES.__getitem__, forms))
    if "t" in found:
        for place in range(1, len(found)):
            if found[place] == "t" and found[place - 1].endswith("n"):
                found[place] = "not"
    return found


def _class_of(form: str) -> str:
    if form in word_list("counts"):
        return _NUMBER
    if form.isdecimal():
        first, last = _past_years()
        return _YEAR if len(form) == 4 and first <= int(form) <= last else _NUMBER
    if form[0].isdecimal() and form.lstrip("0123456789") in _SPAN_UNITS:
        return _SPAN
    return _UNITS.get(form, form)


_CLASSES = Remembered(_class_of)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml("cues.yaml")
    return data


@lru_cache(maxsize=1)
def _past_years() -> tuple[int, int]:
    first, last = _data()["years"]
    return first, last


def _groups(data: dict[str, Any]) -> Iterator[tuple[Cue, list[str]]]:
    """Each group of cues with its patterns, in an order that stays while the file does."""
    for assertion in Assertion:
        for name, group in data.get(assertion.value, {}).items():
            yield _cue(assertion, name, group), group["cues"]
    for kind in ("stop", "subject", "pseudo"):
        yield Cue(None, kind), data[kind if kind == "pseudo" else kind + "s"]
    for name, texts in data["signs"].items():
        yield Cue(None, name, is_sign=True), texts


def _cue(assertion: Assertion, name: str, group: dict[str, Any]) -> Cue:
    def words(key: str) -> frozenset[str] | None:
        return word_list(group[key]) if key in group else None

    return Cue(
        assertion,
        name,
        reach=group["reach"],
        backward=name.startswith("backward"),
        opens=group.get("opens", False),
        closes=group.get("closes", False),
        when=group.get("when", False),
        gap=words("gap"),
        through=words("through"),
        needs=words("needs"),
        unless=words("unless"),
        only=words("only"),
        without=words("without"),
        sign=group.get("sign"),
        over=group.get("over", False),
    )


def _phrases(texts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The phrases a list of patterns stands for: "{has|had} <n> {|old} scars" is four."""
    for text in texts:
        for parts in product(*_choices(text)):
            words = tuple(word for part in parts for word in part)
            if words:
                yield words


def _choices(text: str) -> list[list[tuple[str, ...]]]:
    """A pattern as its parts in order, each the ways it may be written."""
    parts: list[list[tuple[str, ...]]] = []
    for place, piece in enumerate(text.replace("{", "}").split("}")):
        ways = piece.split("|") if place % 2 else [piece]
        parts.append([_folded(way) for way in ways])
    return parts


def _folded(text: str) -> tuple[str, ...]:
    words: list[str] = []
    for word in text.split():
        words.extend((word,) if word in {_YEAR, _NUMBER, _SPAN} else classed(phrase(word)))
    return tuple(words)
