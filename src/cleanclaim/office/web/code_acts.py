"""What a coder does on the coding page, act by act: each act can be taken back, and pointers follow their diagnoses.

An act is one press of a key; it appends one or more decisions that carry its number. Nothing is erased: taking
an act back appends the decisions that restore what stood before it.
"""

from __future__ import annotations

import json
from typing import Any

from attrs import frozen
from django.db import transaction

from cleanclaim.kernel.errors import Refused
from cleanclaim.office.encounters.coding import DIAGNOSIS, chosen_codes, decide
from cleanclaim.office.encounters.models import Decision, EncounterRow
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant

TAKEN_BACK = "taken back"
BY_OFFICE = "office"
_MARKS = ("act", "undo")
_MOST_POINTERS = 4
Key = tuple[str, str]
Details = dict[str, Any]


@frozen
class Verdict:
    """What stands decided of one code: `accept`, `add` or `reject`, with details and reason."""

    action: str
    details: Details
    reason: str


def verdicts(encounter: EncounterRow) -> dict[Key, Verdict]:
    """What is decided now, by (system, code); a code whose acts were all taken back is undecided again."""
    return _fold(_acts(encounter))


def can_undo(encounter: EncounterRow) -> bool:
    """Whether there is an act to take back."""
    return bool(_acts(encounter))


@transaction.atomic
def choose(
    tenant: Tenant,
    encounter: EncounterRow,
    action: str,
    key: Key,
    details: Details,
    *,
    actor: Actor,
    reason: str = "",
) -> None:
    """Accept, add, change or reject a code as one act.

    Raises:
        Refused: as `decide`.
    """
    act = _Act(tenant, encounter, actor)
    before = _diagnoses(encounter)
    standing = {(item.system, item.code) for item in chosen_codes(encounter)}
    if action != "reject" and key[0] == DIAGNOSIS and key not in standing:
        details = {"place": _last_place(encounter) + 1, **details}
    if action != "reject" and key[0] != DIAGNOSIS and "pointers" not in details and "lines" not in details:
        details = {**details, "pointers": [], "pointers_by": BY_OFFICE}
    act.append(action, key, details, reason)
    act.repoint(before)


@transaction.atomic
def move(tenant: Tenant, encounter: EncounterRow, code: str, steps: int, *, actor: Actor) -> None:
    """Put a chosen diagnosis higher (negative) or lower in the order, as one act."""
    order = _diagnoses(encounter)
    if code not in order:
        raise Refused(f"{code} is not chosen", where=f"encounter {encounter.encounter_id}")
    wanted = [item for item in order if item != code]
    wanted.insert(max(0, min(len(wanted), order.index(code) + steps)), code)
    if wanted == order:
        return
    act = _Act(tenant, encounter, actor)
    details = {item.code: item.details for item in chosen_codes(encounter) if item.system == DIAGNOSIS}
    for place, item in enumerate(wanted, 1):
        if details[item].get("place") != place:
            act.append("accept", (DIAGNOSIS, item), {**details[item], "place": place}, "")
    act.repoint(order)


@transaction.atomic
def undo(tenant: Tenant, encounter: EncounterRow, *, actor: Actor) -> Key:
    """Take the last act back; answers with the code it was about.

    Raises:
        Refused: there is none, or the visit is released.
    """
    acts = _acts(encounter)
    if not acts:
        raise Refused("there is nothing to take back", where=f"encounter {encounter.encounter_id}")
    now, before = _fold(acts), _fold(acts[:-1])
    act = _Act(tenant, encounter, actor, undo=True)
    for key in dict.fromkeys((*before, *now)):
        was = before.get(key)
        if was == now.get(key):
            continue
        if was is None:
            act.append("reject", key, {}, TAKEN_BACK)
        else:
            act.append(was.action, key, was.details, was.reason)
    first = acts[-1][0]
    return first.system, first.code


class _Act:
    """Decisions appended under one number."""

    def __init__(self, tenant: Tenant, encounter: EncounterRow, actor: Actor, *, undo: bool = False) -> None:
        self.tenant, self.encounter, self.actor = tenant, encounter, actor
        last = encounter.decisions.order_by("-sequence").first()
        self.marks = {"act": (last.sequence if last else 0) + 1, **({"undo": True} if undo else {})}

    def append(self, action: str, key: Key, details: Details, reason: str) -> None:
        """One decision of this act."""
        body = {**without_marks(details), **self.marks}
        decide(self.tenant, self.encounter, action, *key, actor=self.actor, details=body, reason=reason)

    def repoint(self, before: list[str]) -> None:
        """Let every service point at the same diagnoses as before, wherever they now stand."""
        after = _diagnoses(self.encounter)
        for item in chosen_codes(self.encounter):
            if item.system == DIAGNOSIS:
                continue
            details = without_marks(item.details)
            changed = _repointed(item.code, details, before, after)
            if changed != details:
                self.append("accept", (item.system, item.code), changed, item.reason)


def without_marks(details: Details) -> Details:
    """The details without what only orders the acts."""
    return {name: value for name, value in details.items() if name not in _MARKS}


def _repointed(code: str, details: Details, before: list[str], after: list[str]) -> Details:
    if "lines" in details:
        lines = [
            {**line, "pointers": _follow(line.get("pointers") or [], before, after)}
            for line in details["lines"]
        ]
        return {**details, "lines": lines}
    if details.get("pointers_by") == BY_OFFICE:
        count = _MOST_POINTERS if is_visit(code) else 1
        return {**details, "pointers": list(range(1, min(count, len(after)) + 1))}
    return {**details, "pointers": _follow(details.get("pointers") or [], before, after)}


def _follow(pointers: list[int], before: list[str], after: list[str]) -> list[int]:
    codes = [before[pointer - 1] for pointer in pointers if pointer <= len(before)]
    return [after.index(code) + 1 for code in codes if code in after]


def is_visit(code: str) -> bool:
    """Whether a service is a visit: its level rests on everything that was dealt with, so it points at it all."""
    return len(code) == 5 and "99202" <= code <= "99499"


def _diagnoses(encounter: EncounterRow) -> list[str]:
    return [item.code for item in chosen_codes(encounter) if item.system == DIAGNOSIS]


def _last_place(encounter: EncounterRow) -> int:
    chosen = [item for item in chosen_codes(encounter) if item.system == DIAGNOSIS]
    return max((item.details.get("place", len(chosen)) for item in chosen), default=0)


def _acts(encounter: EncounterRow) -> list[list[Decision]]:
    acts: list[list[Decision]] = []
    numbers: list[int] = []
    taken_back = 0
    for decision in encounter.decisions.order_by("sequence"):
        body = json.loads(decision.body)
        number = body.get("act", decision.sequence)
        if body.get("undo"):
            if number != taken_back and acts:
                acts.pop()
                numbers.pop()
            taken_back = number
        elif numbers and numbers[-1] == number:
            acts[-1].append(decision)
        else:
            acts.append([decision])
            numbers.append(number)
    return acts


def _fold(acts: list[list[Decision]]) -> dict[Key, Verdict]:
    state: dict[Key, Verdict] = {}
    for act in acts:
        for decision in act:
            details = without_marks(json.loads(decision.body))
            state[decision.system, decision.code] = Verdict(decision.action, details, decision.reason)
    return state
