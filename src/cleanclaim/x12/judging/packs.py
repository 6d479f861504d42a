"""SNIP types 6 and 7: what one payer asks for beyond the guides, as data in `reference/x12/packs`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import yaml
from attrs import frozen

from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import reference_folder
from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.rules.rule import Case
from cleanclaim.x12.syntax.reader import Segment

_PLACES = {"2000B": "", "2010BA": "2010BA", "2010BB": "2010BB"}


@frozen
class Place:
    """An element of a claim or of the levels above it, and what is asked of it.

    Without ``among`` and ``begins`` it is asked to be there.
    """

    loop: str
    key: str
    element: int
    part: int
    among: tuple[str, ...] = ()
    begins: str = ""

    def holds(self, text: str) -> bool:
        """Whether a value is what is asked."""
        if self.among:
            return text in self.among
        return text.startswith(self.begins) if self.begins else text != ""


@frozen
class PackRule:
    """One demand of a payer."""

    code: str
    snip: int
    sets: tuple[str, ...]
    when: tuple[Place, ...]
    needs: Place
    message: str
    fix: str


@lru_cache(maxsize=1)
def packs() -> Mapping[str, tuple[PackRule, ...]]:
    """The rules of every pack at hand by payer id. Raises InputError where a pack cannot be read."""
    found = {}
    for path in sorted((reference_folder() / "x12" / "packs").glob("*.yaml")):
        try:
            raw = yaml.safe_load(path.read_text(encoding="utf-8"))
            found[str(raw["payer"])] = tuple(_rule(item) for item in raw["rules"])
        except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
            raise InputError(
                "a payer pack cannot be read",
                where=path.name,
                why=f"{type(error).__name__}: {error}",
                fix="a rule has code, snip, sets, when, needs, message and fix",
            ) from error
    return found


def payer_demands(claim: Instance, case: Case) -> None:
    """Check a claim against the pack of its payer, where there is one and SNIP 6 or 7 was asked for."""
    if case.finder.level < 6:
        return
    holder = claim.above("2000B")
    payer = holder.one("2010BB") if holder is not None else None
    for rule in packs().get(payer.value("NM1PR", 9) if payer is not None else "", ()):
        if case.guide.name not in rule.sets:
            continue
        if all(any(place.holds(text) for text, _ in _values(claim, place)) for place in rule.when):
            _demand(rule, claim, case)


def _demand(rule: PackRule, claim: Instance, case: Case) -> None:
    needs = rule.needs
    found = list(_values(claim, needs))
    if found and all(needs.holds(text) for text, _ in found):
        return
    at = next((segment for text, segment in found if segment is not None and not needs.holds(text)), None)
    case.say(
        rule.snip,
        rule.code,
        rule.message,
        rule.fix,
        at or claim.opener(),
        f"{needs.key[:3]}{needs.element:02d}",
        needs.loop,
    )


def _values(claim: Instance, place: Place) -> Iterator[tuple[str, Segment | None]]:
    for loop in _loops(claim, place.loop):
        yield loop.value(place.key, place.element, place.part), loop.at.get(place.key)


def _loops(claim: Instance, name: str) -> Iterator[Instance]:
    holder = claim.above("2000B")
    if name == "2300":
        yield claim
    elif name in _PLACES:
        if holder is not None:
            found = holder.one(_PLACES[name]) if _PLACES[name] else holder
            if found is not None:
                yield found
    else:
        yield from claim.below(name)


def _rule(raw: Mapping[str, Any]) -> PackRule:
    if raw["snip"] not in {6, 7}:
        raise ValueError("snip is 6 or 7")
    return PackRule(
        code=raw["code"],
        snip=raw["snip"],
        sets=tuple(raw["sets"]),
        when=tuple(_place(item) for item in raw.get("when", ())),
        needs=_place(raw["needs"]),
        message=raw["message"],
        fix=raw["fix"],
    )


def _place(raw: Mapping[str, Any]) -> Place:
    loop, key, element = raw["at"].split()
    number, _, part = element.partition("-")
    return Place(loop, key, int(number), int(part or 0), tuple(raw.get("in", ())), raw.get("begins", ""))
