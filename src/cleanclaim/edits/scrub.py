"""The scrubber: every edit over every claim, in one order, nothing swallowed."""

from __future__ import annotations

from collections.abc import Sequence

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim, ProfessionalClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import AnyEdit, ClaimEdit, ClaimsEdit
from cleanclaim.edits.registry import EDITS
from cleanclaim.edits.report import ClaimScrub, ScrubReport, ScrubVerdict
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.kernel.finding import Finding, NotChecked, Severity


class EditCrashed(CleanClaimError):
    """An edit failed in itself: no verdict is given, for a check that broke is no check that passed."""


def scrub(
    claims: Sequence[AnyClaim], context: ScrubContext, *, edits: Sequence[AnyEdit] = EDITS
) -> ScrubReport:
    """Run the edits over the claims.

    The claims come back in their order, findings in the order of the edits, then of the lines. A claim is on
    hold when at least one finding is a reject. ``not_checked`` names every check that was not made, each
    reason once, in order of edit id.

    Raises:
        EditCrashed: an edit raised; the message names the edit and the claim, the cause is chained.
    """
    per_claim = [edit for edit in edits if isinstance(edit, ClaimEdit)]
    by_kind = {
        kind: [edit for edit in per_claim if kind in edit.kinds]
        for kind in (ProfessionalClaim, InstitutionalClaim)
    }
    unchecked: dict[NotChecked, None] = {}
    found: list[list[Finding]] = [
        _scrub_one(claim, context, by_kind[type(claim)], unchecked) for claim in claims
    ]
    for edit in edits:
        if isinstance(edit, ClaimsEdit):
            _scrub_all(claims, context, edit, found, unchecked)
    place = {edit.about.edit_id: number for number, edit in enumerate(edits)}
    return ScrubReport(
        tuple(_outcome(claim, findings, place) for claim, findings in zip(claims, found, strict=True)),
        tuple(sorted(unchecked, key=lambda item: (item.edit, item.reason))),
    )


def _scrub_one(
    claim: AnyClaim, context: ScrubContext, edits: Sequence[ClaimEdit], unchecked: dict[NotChecked, None]
) -> list[Finding]:
    findings: list[Finding] = []
    for edit in edits:
        try:
            for said in edit.check(claim, context):
                if isinstance(said, Finding):
                    findings.append(said)
                else:
                    unchecked[said] = None
        except Exception as error:
            raise _crashed(edit, claim.claim_id) from error
    return findings


def _scrub_all(
    claims: Sequence[AnyClaim],
    context: ScrubContext,
    edit: ClaimsEdit,
    found: list[list[Finding]],
    unchecked: dict[NotChecked, None],
) -> None:
    try:
        for said in edit.check(claims, context):
            if isinstance(said, NotChecked):
                unchecked[said] = None
            else:
                found[said[0]].append(said[1])
    except Exception as error:
        raise _crashed(edit, "") from error


def _crashed(edit: AnyEdit, claim_id: str) -> EditCrashed:
    return EditCrashed(
        f"the edit {edit.about.edit_id} failed and gave no answer",
        where=f"claim {claim_id}" if claim_id else "",
        why="this is a fault of the program, not of the claim",
        fix="report it; the claim was not scrubbed",
    )


def _outcome(claim: AnyClaim, findings: list[Finding], place: dict[str, int]) -> ClaimScrub:
    ordered = sorted(findings, key=lambda item: (place.get(item.edit, len(place)), item.line or 0))
    held = any(item.severity is Severity.REJECT for item in ordered)
    return ClaimScrub(claim.claim_id, ScrubVerdict.HOLD if held else ScrubVerdict.CLEAN, tuple(ordered))
