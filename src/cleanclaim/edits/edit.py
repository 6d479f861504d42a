"""What an edit is: an id, what it guards, the rule it rests on, and one pure function that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from attrs import frozen

from cleanclaim.claims.claim import AnyClaim, Claim, InstitutionalClaim, ProfessionalClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.finding import Finding, NotChecked, Severity

Said = Finding | NotChecked
"""What an edit may say of one claim: a fault, or that it could not look."""

SaidOf = tuple[int, Finding] | NotChecked
"""What an edit over several claims may say: the fault of the claim at a place, or that it could not look."""

C = TypeVar("C", bound=Claim)


@frozen
class Edit:
    """The head of an edit: ``edit_id`` in upper-case words, ``guards`` in one sentence, and its citation.

    The methods build what the edit says, so that every finding carries the id, the place on the form and
    the citation.
    """

    edit_id: str
    guards: str
    citation: Citation

    def reject(self, claim: Claim, message: str, fix: str, **place: Any) -> Finding:
        """A fault for which the payer would refuse the claim; it holds it."""
        return self.finding(Severity.REJECT, claim, message, fix, **place)

    def warn(self, claim: Claim, message: str, fix: str, **place: Any) -> Finding:
        """A likely fault that a person must look at; it does not hold the claim."""
        return self.finding(Severity.WARN, claim, message, fix, **place)

    def info(self, claim: Claim, message: str, fix: str, **place: Any) -> Finding:
        """Something worth knowing."""
        return self.finding(Severity.INFO, claim, message, fix, **place)

    def finding(
        self,
        severity: Severity,
        claim: Claim,
        message: str,
        fix: str,
        *,
        line: int | None = None,
        field: str = "",
        citation: Citation | None = None,
        edit_id: str = "",
    ) -> Finding:
        """A finding of this edit; the message begins with the form's field and the line."""
        place = ", ".join(part for part in (field, f"line {line}" if line is not None else "") if part)
        return Finding(
            edit=edit_id or self.edit_id,
            severity=severity,
            message=f"{place}: {message}" if place else message,
            fix=fix,
            citation=citation or self.citation,
            claim=claim.claim_id,
            line=line,
            field=field,
        )

    def not_checked(self, reason: str) -> NotChecked:
        """The admission that this edit could not be made."""
        return NotChecked(self.edit_id, reason)

    def per_claim(self, check: Callable[[AnyClaim, ScrubContext], Iterable[Said]]) -> ClaimEdit:
        """Make a function the check of this edit, for claims of both kinds."""
        return ClaimEdit(self, (ProfessionalClaim, InstitutionalClaim), check)

    def per_professional(
        self, check: Callable[[ProfessionalClaim, ScrubContext], Iterable[Said]]
    ) -> ClaimEdit:
        """Make a function the check of this edit, for professional claims only."""
        return ClaimEdit(self, (ProfessionalClaim,), check)

    def per_institutional(
        self, check: Callable[[InstitutionalClaim, ScrubContext], Iterable[Said]]
    ) -> ClaimEdit:
        """Make a function the check of this edit, for institutional claims only."""
        return ClaimEdit(self, (InstitutionalClaim,), check)

    def over_claims(
        self, check: Callable[[Sequence[AnyClaim], ScrubContext], Iterable[SaidOf]]
    ) -> ClaimsEdit:
        """Make a function the check of this edit, over all claims of a run at once."""
        return ClaimsEdit(self, check)


@frozen
class ClaimEdit:
    """An edit that looks at one claim at a time; ``kinds`` are the claims it applies to."""

    about: Edit
    kinds: tuple[type[Claim], ...]
    check: Callable[[Any, ScrubContext], Iterable[Said]]


@frozen
class ClaimsEdit:
    """An edit that must see the claims of a run beside each other."""

    about: Edit
    check: Callable[[Sequence[AnyClaim], ScrubContext], Iterable[SaidOf]]


AnyEdit = ClaimEdit | ClaimsEdit
