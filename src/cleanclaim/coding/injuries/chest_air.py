"""Air or blood in the chest after an injury is an injury: S27 in place of J93 and J94.2 (Section I.C.19.b)."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.picks import Picks, begins_with, guideline, live

_AIR = ("J93.9", "J93.83")
_BLOOD = "J94.2"
_CHEST = ("S20", "S21", "S22", "S23", "S25", "S26", "S27", "S28", "S29", "S42.0", "S42.1")


def add_chest_injury(picks: Picks) -> Picks:
    """The picks of an injured patient with the air and the blood in the chest as what the injury did."""
    found = {pick.code: pick for pick in live(picks) if pick.code in (*_AIR, _BLOOD)}
    injured = any(begins_with(pick.code, _CHEST) for pick in live(picks))
    if not found or not injured:
        return picks
    air = next((found[code] for code in _AIR if code in found), None)
    blood = found.get(_BLOOD)
    code = "S27.2XXA" if air and blood else "S27.0XXA" if air else "S27.1XXA"
    own = air or blood
    out = dict(picks)
    for pick in found.values():
        out[pick.code] = pick.drop(guideline("Section I.C.19.b", f"an injury brought it: {code}"))
    if own is not None and (code not in out or out[code].dropped is not None):
        reason = guideline("Section I.C.19.b", "the chest was injured")
        out[code] = evolve(own, code=code, inferred=True).explain(reason)
    return out
