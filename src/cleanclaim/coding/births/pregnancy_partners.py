"""The disease behind a code of chapter 15 that asks for it, from wherever the note states it (Section I.C.15.a.1)."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.lexicon import rules
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.worked_out import UNREAD, add_pick


def add_pregnancy_partners(picks: Picks) -> Picks:
    """The picks with the one disease of the story that a complication of pregnancy leaves open."""
    if not any(pick.code[0] == "O" for pick in live(picks)):
        return picks
    out = dict(picks)
    for rule in rules()["pregnancy_links"]:
        owners = [pick for pick in live(out) if pick.code.startswith(rule["give"][:6])]
        if not owners or not rule["stays"] or any(begins_with(pick.code, rule["dx"]) for pick in live(out)):
            continue
        told = [
            pick
            for pick in out.values()
            if begins_with(pick.code, rule["dx"])
            and any(mention.affirmed and mention.section not in UNREAD for mention in pick.mentions)
        ]
        if not told and "otherwise" in rule:
            told_by = owners[0].mentions[0]
            reason = guideline(
                "Section I.C.15.a.1", "the code of chapter 15 asks for the disease, which is told no further"
            )
            add_pick(out, rule["otherwise"], told_by, reason)
        if len(told) == 1:
            reason = guideline("Section I.C.15.a.1", "the code of chapter 15 asks for the disease itself")
            out[told[0].code] = evolve(told[0], dropped=None).explain(reason)
    return out
