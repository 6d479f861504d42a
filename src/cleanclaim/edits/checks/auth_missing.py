"""AUTH-MISSING: a service that the payer wants authorized has an authorization number."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box
from cleanclaim.edits.payer_rules import hits
from cleanclaim.kernel.because import Citation

EDIT = Edit(
    "AUTH-MISSING",
    "A service on the payer's authorization list has an authorization number.",
    Citation("Payer rules", "practice data", "rules with the condition authorization: missing"),
)


@EDIT.per_claim
def auth_missing(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Run the payer's rules that ask for an authorization."""
    for rule, line in hits(claim, context, authorization=True):
        yield EDIT.finding(
            rule.severity,
            claim,
            rule.message,
            rule.fix,
            line=line.number if line is not None else None,
            field=rule.field or box(claim, "23", "63"),
            citation=rule.citation,
        )
