"""PAYER: the rules that one payer has of its own, kept as data; each finding bears the id of its rule."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.payer_rules import hits
from cleanclaim.kernel.because import Citation

EDIT = Edit(
    "PAYER",
    "The claim keeps the rules its payer has beyond the common ones.",
    Citation("Payer rules", "practice data", "each rule cites its own source"),
)


@EDIT.per_claim
def payer(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Run the payer's own rules, authorization aside."""
    for rule, line in hits(claim, context, authorization=False):
        yield EDIT.finding(
            rule.severity,
            claim,
            rule.message,
            rule.fix,
            line=line.number if line is not None else None,
            field=rule.field,
            citation=rule.citation,
            edit_id=rule.edit_id(),
        )
