"""What a run of the scrubber says: a verdict and findings per claim, and every check that was not made."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from cleanclaim.kernel.finding import Finding, NotChecked


class ScrubVerdict(StrEnum):
    """Clean may go out; hold waits for a person because of at least one reject finding."""

    CLEAN = "clean"
    HOLD = "hold"


@frozen
class ClaimScrub:
    """The outcome of one claim, named by its patient control number."""

    claim: str
    verdict: ScrubVerdict
    findings: tuple[Finding, ...]

    @property
    def claim_id(self) -> str:
        """The patient control number."""
        return self.claim


@frozen
class ScrubReport:
    """The outcome of a run: the claims in the order given, and what was not checked, each reason once."""

    claims: tuple[ClaimScrub, ...]
    not_checked: tuple[NotChecked, ...]

    def is_clean(self) -> bool:
        """Whether no claim is on hold."""
        return all(claim.verdict is ScrubVerdict.CLEAN for claim in self.claims)
