"""The order of the diagnoses: what is listed first, what follows what, what stands last."""

from __future__ import annotations

from cleanclaim.claims.encounter import Setting
from cleanclaim.coding.lexicon import rules
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live

_EXTERNAL = "VWXY"


def sequence(picks: Picks, setting: Setting) -> list[Pick]:
    """The proposed diagnoses in coding order, the first one with the rule that put it there."""
    data = rules()
    ordered = sorted(
        live(picks), key=lambda pick: _place(pick, setting, data["first_listed"], data["last_listed"])
    )
    for rule in data["followed_by"]:
        ordered = _pull_behind(ordered, rule["first"], rule["then"])
    if ordered:
        where, text = (
            (
                "Section II",
                "the condition established after study to be chiefly responsible for the admission",
            )
            if setting is Setting.INPATIENT
            else ("Section IV.G", "the condition chiefly responsible for the visit is listed first")
        )
        if begins_with(ordered[0].code, data["first_listed"]):
            where, text = "Section I.C.21.c.16", "this reason for the encounter is listed first"
        ordered[0] = ordered[0].explain(guideline(where, text, ("place", "first listed")))
    return ordered


def _place(pick: Pick, setting: Setting, first: list[str], last: list[str]) -> tuple[int, int, str]:
    if begins_with(pick.code, first):
        return 0, pick.first, pick.code
    if pick.code[0] in _EXTERNAL:
        return 8 if pick.code[:3] not in {"Y92", "Y99"} else 9, pick.first, pick.code
    if begins_with(pick.code, last):
        return 6, pick.first, pick.code
    principal = any(mention.section == "principal_dx" for mention in pick.mentions)
    if setting is Setting.INPATIENT and principal:
        return 1, pick.first, pick.code
    if pick.code == "Z23":
        return 5, pick.first, pick.code
    return (2 if pick.diagnostic else 4), pick.first, pick.code


def _pull_behind(ordered: list[Pick], first: list[str], then: list[str]) -> list[Pick]:
    owner = next((pick for pick in ordered if begins_with(pick.code, first)), None)
    if owner is None:
        return ordered
    followers = [pick for pick in ordered if begins_with(pick.code, then) and pick is not owner]
    rest = [pick for pick in ordered if pick not in followers]
    place = rest.index(owner) + 1
    return rest[:place] + followers + rest[place:]
