"""MODIFIER-MISSING: a code that is refused without a modifier has one."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.edits.code_rules import CodeRule
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box, rendering_npi
from cleanclaim.edits.lookups import ranges_of, rows_about
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.finding import Severity

EDIT = Edit(
    "MODIFIER-MISSING",
    "A service that is refused without one of certain modifiers bears one of them.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 5, section 20.1"),
)


@EDIT.per_claim
def modifier_missing(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Ask every row of the table of every line."""
    for line in claim.lines:
        for rule in rows_about("modifier_needed", line.code, line.service_date):
            if _applies(rule, claim, line):
                wanted = rule.values["any_of"]
                if set(wanted).isdisjoint(line.modifiers):
                    yield EDIT.finding(
                        Severity(rule.values["severity"]),
                        claim,
                        f"{line.code} has none of the modifiers {', '.join(wanted)}: {rule.values['why']}",
                        rule.values["fix"],
                        line=line.number,
                        field=box(claim, "24D", "44"),
                        citation=rule.citation,
                    )


def _applies(rule: CodeRule, claim: AnyClaim, line: ServiceLine) -> bool:
    payers = rule.values.get("filing_indicators")
    if payers is not None and claim.coverage.payer.filing_indicator not in payers:
        return False
    if "beside" not in rule.values:
        return True
    others = ranges_of("modifier_needed", rule.rule_id, "beside")
    return any(
        other.code in others
        and other.service_date == line.service_date
        and rendering_npi(claim, other) == rendering_npi(claim, line)
        for other in claim.lines
        if other is not line
    )
