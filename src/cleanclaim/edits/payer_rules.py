"""Where a payer's rules meet a claim: which rule fires, and on which line."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.facts import first_day
from cleanclaim.edits.payers import PayerRule


def hits(
    claim: AnyClaim, context: ScrubContext, *, authorization: bool
) -> Iterator[tuple[PayerRule, ServiceLine | None]]:
    """The rules of the claim's payer that fire, by line where they ask lines.

    ``authorization`` picks the rules that ask for a missing authorization, or the others.
    """
    for rule in context.rules_of(claim.coverage.payer.payer_id):
        if rule.when.wants_authorization is not authorization:
            continue
        if rule.when.by_line:
            for line in claim.lines:
                if rule.period.contains(line.service_date) and rule.when.hold(claim, line):
                    yield rule, line
        else:
            day = first_day(claim)
            if day is not None and rule.period.contains(day) and rule.when.hold(claim, None):
                yield rule, None
