"""The operations of reference/lexicon/hospital_procedures.yaml: their phrases, their PCS pattern, their axes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from attrs import evolve, frozen

from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.matcher import PhraseMatcher
from cleanclaim.documents.words import phrase

_SIDES = ("right", "left", "bilateral")
_SIDE_WORDS = {"right": ["right", "rt"], "left": ["left", "lt"], "bilateral": ["bilateral", "bilaterally"]}

Words = tuple[tuple[str, ...], ...]


@frozen
class Choice:
    """One value of an axis: its characters, our label, and the words that state it.

    Several ``values`` make several codes (both sides of a pair without a bilateral body part). ``near`` words count
    only in the operation's own sentence, ``weak`` words only where nothing else of the axis is stated; ``letter`` is
    a side's letter directly before the operation; ``hours`` is a span of duration, both ends included. ``also`` are
    codes reported besides, with their labels; ``note`` is a question that the choice opens. ``anywhere`` means:
    stated anywhere in the report, it goes before all others. ``once``: stated twice it is no longer this value.
    """

    values: tuple[str, ...]
    label: str
    says: Words = ()
    weak: Words = ()
    near: Words = ()
    letter: str = ""
    hours: tuple[float, float] | None = None
    also: tuple[tuple[str, str], ...] = ()
    note: str = ""
    anywhere: bool = False
    once: bool = False


@frozen
class Axis:
    """What has to be known of one place of the code.

    ``pick``: "one" takes the only value stated, "first" the first in the order of the choices, "each" every one,
    "count" as many as different names of ``groups`` are stated (none where one of ``unsure`` is).
    ``within``: "sentence" looks no further than the sentences of the operation and of the axes before, "nearby"
    two sentences further, "titles" also at the titles and diagnoses of the report, "report" everywhere in it.
    ``otherwise`` is the value that PCS itself gives to what is not specified; without it silence is a question.
    """

    name: str
    ask: str
    choices: tuple[Choice, ...]
    pick: str = "one"
    within: str = "report"
    groups: tuple[Words, ...] = ()
    unsure: Words = ()
    otherwise: Choice | None = None


@frozen(eq=False)
class Operation:
    """An operation: its phrases and the pattern of its code, ``{name}`` standing for an axis.

    ``needs``: one of these words must stand in the sentence. ``done_by``: the same, but not where the section is
    one of procedures. ``unless``: none of these may. ``not_in``: kinds of sections where it is no procedure.
    ``covers`` names the operations that are no procedure of their own beside it. ``question`` stands instead of a
    code: what the report must say. ``repeats``: it may be done more than once, each time with a code of its own.
    """

    name: str
    label: str
    says: Words
    code: str
    axes: dict[str, Axis]
    guideline: str
    why: str
    needs: Words = ()
    done_by: Words = ()
    unless: Words = ()
    not_in: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    question: str = ""
    repeats: bool = False


@lru_cache(maxsize=1)
def operations() -> tuple[Operation, ...]:
    """Every operation, in the order of the file."""
    data = read_yaml("hospital_procedures.yaml")
    shared = {name: _axis(name, told) for name, told in data["axes"].items()}
    return tuple(_operation(told, shared) for told in data["operations"])


@lru_cache(maxsize=1)
def operation_matcher() -> PhraseMatcher[Operation]:
    """The phrases of every operation, ready to be found in a note."""
    return PhraseMatcher((words, one) for one in operations() for words in one.says)


def possible_codes(operation: Operation) -> Iterator[str]:
    """Every code that the pattern of an operation can lead to, those reported besides included."""
    open_patterns = [operation.code] if operation.code else []
    while open_patterns:
        pattern = open_patterns.pop()
        head, found, rest = pattern.partition("{")
        if not found:
            yield pattern
            continue
        name, _, tail = rest.partition("}")
        axis = operation.axes[name]
        for choice in (*axis.choices, *((axis.otherwise,) if axis.otherwise else ())):
            open_patterns += [head + value + tail for value in choice.values]
            yield from (code for code, _ in choice.also)


def _operation(told: dict[str, Any], shared: dict[str, Axis]) -> Operation:
    axes = {
        name: evolve(shared[axis], name=name) if isinstance(axis, str) else _axis(name, axis)
        for name, axis in told.get("axes", {}).items()
    }
    return Operation(
        name=told["name"],
        label=told["label"],
        says=_phrases(told["says"]),
        code=told.get("code", ""),
        axes=axes,
        guideline=told["rule"][0],
        why=told["rule"][1],
        needs=_phrases(told.get("needs", ())),
        done_by=_phrases(told.get("done_by", ())),
        unless=_phrases(told.get("unless", ())),
        not_in=tuple(told.get("not_in", ())),
        covers=tuple(told.get("covers", ())),
        question=told.get("question", ""),
        repeats=told.get("repeats", False),
    )


def _axis(name: str, told: dict[str, Any]) -> Axis:
    if "sides" in told:
        return Axis(
            name, told.get("ask", "Which side?"), tuple(_side_choices(told["sides"])), within="titles"
        )
    otherwise = told.get("otherwise")
    return Axis(
        name,
        told["ask"],
        tuple(_choice(one) for one in told["choices"]),
        told.get("pick", "one"),
        told.get("within", "report"),
        tuple(_phrases(group) for group in told.get("groups", ())),
        _phrases(told.get("unsure", ())),
        _choice(otherwise) if otherwise else None,
    )


def _side_choices(values: list[Any]) -> Iterator[Choice]:
    for side, value in zip(_SIDES, values, strict=False):
        letter = side[0] if side != "bilateral" else ""
        yield Choice(_listed(value), side, _phrases(_SIDE_WORDS[side]), letter=letter)


def _choice(told: dict[str, Any]) -> Choice:
    hours = told.get("hours")
    return Choice(
        _listed(told["value"]),
        told["label"],
        _phrases(told.get("says", ())),
        _phrases(told.get("weak", ())),
        _phrases(told.get("near", ())),
        hours=(float(hours[0]), float(hours[1])) if hours else None,
        also=tuple((one[0], one[1]) for one in told.get("also", ())),
        note=told.get("note", ""),
        anywhere=told.get("anywhere", False),
        once=told.get("once", False),
    )


def _listed(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _phrases(texts: Any) -> Words:
    return tuple(phrase(text) for text in texts)
