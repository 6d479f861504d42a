"""A note that lists no diagnoses: complaints of the story give way to what was found (Sections I.B.5 and II.A)."""

from __future__ import annotations

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.picks import Pick, Picks, guideline, live

_DISEASES = "ABCDEFGHIJKLMNOPST"


def drop_complaints_of_story(picks: Picks, setting: Setting) -> Picks:
    """The picks without symptoms told in passing, where the story itself names the disease that was treated."""
    proposed = live(picks)
    if any(pick.diagnostic for pick in proposed):
        return picks
    treated = [
        pick for pick in proposed if _is_disease(pick) and (_acute(pick) or setting is Setting.INPATIENT)
    ]
    if not treated:
        return picks
    out = dict(picks)
    for pick in proposed:
        if pick.is_symptom() and pick not in treated and not _stands(pick, proposed):
            reason = guideline(
                "Section I.B.5", "a complaint of the story, beside what was found", ("found", treated[0].code)
            )
            out[pick.code] = pick.drop(reason)
    return out


def _is_disease(pick: Pick) -> bool:
    return pick.code[0] in _DISEASES and not pick.is_symptom() and "status" not in pick.flags


def _acute(pick: Pick) -> bool:
    return "chronic" not in pick.flags


def _stands(pick: Pick, proposed: list[Pick]) -> bool:
    """Whether a symptom is coded in its own right: the nature of an adverse effect, severe sepsis."""
    if pick.code.startswith("R65") or "named" in pick.flags:
        return True
    return pick.code in {"R11.2", "R11.0", "R21", "R50.2"} and any(
        other.code.startswith("T") and len(other.code) == 8 and other.code[-2] == "5" for other in proposed
    )
