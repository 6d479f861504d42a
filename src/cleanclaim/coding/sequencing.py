"""The order of the diagnoses: what is listed first, what follows what, what stands last."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook, CodeEntry
from cleanclaim.codesets.entry import Note
from cleanclaim.codesets.note_codes import covers
from cleanclaim.coding.injuries.gravest_first import gravest_first
from cleanclaim.coding.lexicon import rules
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live

_DONE_FOR_CONTACT = ("Z11", "Z23", "Z70", "Z71", "Z72")
_EXTERNAL = "VWXY"
_UNLISTED = 1 << 42
# T36-T50: the intent stands in the fifth or sixth place, 1 to 4 a poisoning, 5 an adverse effect.
_DRUG = re.compile(
    r"T(?:3[6-9]|4[0-9]|50)\.[0-9A-Z]{2}([1-6])[A-Z]|T(?:3[6-9]|4[0-9]|50)\.[0-9A-Z]([1-6])X[A-Z]"
)


def sequence(picks: Picks, setting: Setting, book: CodeBook, on: dt.date) -> list[Pick]:
    """The proposed diagnoses in coding order, the first one with the paragraph that put it there."""
    data = rules()
    ordered = sorted(live(picks), key=lambda pick: _place(pick, setting, data))
    for rule in data["followed_by"]:
        ordered = _pull_behind(ordered, rule["first"], rule["then"])
    ordered = _planned_first(_contact_first(ordered), data)
    ordered = gravest_first(_supervision_first(_causes_first(ordered, book, on), setting, data))
    if ordered:
        where, text = _why_first(ordered[0], setting, data)
        ordered[0] = ordered[0].explain(guideline(where, text, ("place", "first listed")))
    return ordered


def _planned_first(ordered: list[Pick], data: dict[str, Any]) -> list[Pick]:
    """Where an operation was not done, the disease it was planned for stays first (Section II.F)."""
    if not any(pick.code.startswith("Z53") for pick in ordered):
        return ordered
    planned = next((pick for pick in ordered if begins_with(pick.code, data["operated_on"])), None)
    if planned is None:
        return ordered
    return [planned, *(pick for pick in ordered if pick is not planned)]


def _contact_first(ordered: list[Pick]) -> list[Pick]:
    """A contact with an infection comes before the screening done because of it, where nobody is ill (I.C.21.c.1)."""
    if (
        not ordered
        or any(pick.code[0] != "Z" for pick in ordered)
        or not ordered[0].code.startswith(_DONE_FOR_CONTACT)
    ):
        return ordered
    contacts = [pick for pick in ordered if pick.code.startswith("Z20") and pick.diagnostic]
    return [*contacts, *(pick for pick in ordered if pick not in contacts)]


def _supervision_first(ordered: list[Pick], setting: Setting, data: dict[str, Any]) -> list[Pick]:
    """At a routine prenatal visit the supervision of a high-risk pregnancy is listed first (Section I.C.15.b.2)."""
    if setting is not Setting.OUTPATIENT or not ordered or ordered[0].code[0] != "O":
        return ordered
    watched = [pick for pick in ordered if pick.code.startswith("O09")]
    if not watched or any(begins_with(pick.code, data["unplanned_in_pregnancy"]) for pick in ordered):
        return ordered
    return [watched[0], *(pick for pick in ordered if pick is not watched[0])]


def _causes_first(ordered: list[Pick], book: CodeBook, on: dt.date) -> list[Pick]:
    """A disease that a "code first" note asks for stands before the code that has the note (Section I.A.13)."""
    for pick in tuple(ordered):
        entry = book.find("ICD-10-CM", pick.code, on)
        named = [reference for note in _code_first(entry) for reference in note.codes]
        if not named:
            continue
        causes = [
            other
            for other in ordered[ordered.index(pick) + 1 :]
            # The note under E09 asks for a poisoning; an adverse effect stands behind (Section I.C.19.e.5.a).
            if _intent(other.code) not in {"5", "6"}
            and any(covers(reference, other.code) for reference in named)
        ]
        for cause in causes[:1]:
            ordered = [one for one in ordered if one is not cause]
            ordered.insert(ordered.index(pick), cause)
    return ordered


def _code_first(entry: CodeEntry | None) -> tuple[Note, ...]:
    return entry.notes.code_first if entry else ()


def _why_first(pick: Pick, setting: Setting, data: dict[str, Any]) -> tuple[str, str]:
    ranked = _ranked(pick, setting, data)
    if ranked is not None and ranked["rank"] == 1:
        return ranked["where"], ranked["text"]
    if begins_with(pick.code, data["first_listed"]):
        where = next(
            (where for prefix, where in data["first_listed_where"].items() if pick.code.startswith(prefix)),
            "Section I.C.21.c.16",
        )
        return where, "this reason for the encounter is listed first"
    if setting is Setting.INPATIENT:
        return (
            "Section II",
            "the condition established after study to be chiefly responsible for the admission",
        )
    if pick.is_symptom():
        return "Section IV.D", "a symptom is listed where no diagnosis was confirmed"
    return "Section IV.G", "the condition chiefly responsible for the visit is listed first"


def _ranked(pick: Pick, setting: Setting, data: dict[str, Any]) -> dict[str, Any] | None:
    """The row of ``ranks`` that speaks of a code in a setting."""
    for row in data["ranks"]:
        if setting.value not in row.get("settings", (setting.value,)):
            continue
        intent = _intent(pick.code)
        if (
            begins_with(pick.code, row.get("codes", []) or ["-"])
            or (row.get("poisoning") and intent in "1234" and intent)
            or (row.get("adverse_effect") and intent and intent in "56")
        ):
            found: dict[str, Any] = row
            return found
    return None


def _intent(code: str) -> str:
    match = _DRUG.fullmatch(code)
    return (match.group(1) or match.group(2)) if match else ""


def _place(pick: Pick, setting: Setting, data: dict[str, Any]) -> tuple[int, int, int, str]:
    code = pick.code
    if begins_with(code, data["first_listed"]):
        return 0, pick.first, _second(pick), code
    if code[0] in _EXTERNAL:
        return 8 if code[:3] not in {"Y92", "Y93", "Y99"} else 9, pick.first, _second(pick), code
    if begins_with(code, data["last_listed"]):
        return 6, pick.first, _second(pick), code
    ranked = _ranked(pick, setting, data)
    if ranked is not None:
        # What a list names goes before what only the story tells.
        return ranked["rank"], pick.first + (0 if pick.diagnostic else _UNLISTED), _second(pick), code
    principal = any(mention.section == "principal_dx" for mention in pick.mentions)
    if setting is Setting.INPATIENT and principal:
        return 1, pick.first, _second(pick), code
    if code == "Z23":
        return 5, pick.first, _second(pick), code
    return (2 if pick.diagnostic else 4), pick.first, _second(pick), code


def _second(pick: Pick) -> int:
    """The place of the second thing a code stands on: of two complications of one disease the earlier goes first."""
    return min((m.first for m in pick.mentions if m.first != pick.first), default=pick.first)


def _pull_behind(ordered: list[Pick], first: list[str], then: list[str]) -> list[Pick]:
    """What follows goes behind the last of its owners."""
    same = first == then
    owners = [pick for pick in ordered if begins_with(pick.code, first)]
    owner = (owners[0] if same else owners[-1]) if owners else None
    if owner is None:
        return ordered
    followers = [
        pick
        for pick in ordered
        if begins_with(pick.code, then) and pick is not owner and (same or pick not in owners)
    ]
    rest = [pick for pick in ordered if pick not in followers]
    place = rest.index(owner) + 1
    return rest[:place] + followers + rest[place:]
