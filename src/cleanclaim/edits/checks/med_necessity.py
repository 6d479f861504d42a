"""MED-NECESSITY: a service with a coverage policy has a diagnosis that the policy covers."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import MEDICARE, box, pointed_diagnoses
from cleanclaim.edits.tables import CoveragePolicy
from cleanclaim.kernel.because import Citation

_NOTICE_GIVEN = frozenset({"GA", "GZ", "GY", "GX"})
EDIT = Edit(
    "MED-NECESSITY",
    "A service under a national or local coverage policy has a diagnosis the policy lists.",
    Citation("Social Security Act", "2026", "section 1862(a)(1)(A)"),
)


@EDIT.per_claim
def med_necessity(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Hold the diagnoses of every line against the policies that name its code."""
    if isinstance(claim, InstitutionalClaim) and claim.is_inpatient():
        return
    for line in claim.lines:
        if not line.code or not _NOTICE_GIVEN.isdisjoint(line.modifiers):
            continue
        table = context.tables.coverage_on(line.service_date)
        if table is None:
            yield EDIT.not_checked(
                f"coverage policies for {line.service_date.year} not loaded: medical necessity not checked"
            )
            continue
        for policy in table.policies:
            if _binds(policy, claim, line) and not _covered(policy, claim, line):
                codes = ", ".join(item.code for item in pointed_diagnoses(claim, line)) or "none"
                yield EDIT.reject(
                    claim,
                    f"{line.code} is covered only for listed diagnoses; the line has {codes}",
                    "Point to the diagnosis in the note that explains the service. If there is none that "
                    "is covered, "
                    "give the patient an advance notice and add GA.",
                    line=line.number,
                    field=box(claim, "24E", "67"),
                    citation=Citation("Coverage policy", table.release, policy.policy_id),
                )


def _binds(policy: CoveragePolicy, claim: AnyClaim, line: ServiceLine) -> bool:
    payer = claim.coverage.payer
    bound = payer.payer_id in policy.payers if policy.payers else payer.filing_indicator in MEDICARE
    return bound and line.code in policy.codes and policy.period.contains(line.service_date)


def _covered(policy: CoveragePolicy, claim: AnyClaim, line: ServiceLine) -> bool:
    return any(item.code.startswith(policy.diagnoses) for item in pointed_diagnoses(claim, line))
