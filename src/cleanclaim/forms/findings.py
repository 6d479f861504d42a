"""What a form could not show as it was given: warned about when a rule allows it, refused otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.finding import Severity


@frozen
class FormFinding:
    """One fault of one printed form.

    ``field`` is the box as a biller calls it ("CMS-1500 box 2"). A ``reject`` keeps the form from being
    printed, a ``warn`` says what the paper shows differently, an ``info`` what to do with the paper.
    The message never repeats the value: it may reach a log.
    """

    field: str
    severity: Severity
    message: str
    fix: str
    citation: Citation
    page: int = 1


def refuse_if_rejected(form: str, findings: Iterable[FormFinding]) -> None:
    """Raises Refused, naming every box, where a finding says that the form cannot carry the claim."""
    rejected = [finding for finding in findings if finding.severity is Severity.REJECT]
    if not rejected:
        return
    reasons = "; ".join(dict.fromkeys(f"{finding.field}: {finding.message}" for finding in rejected))
    fixes = "; ".join(dict.fromkeys(finding.fix for finding in rejected))
    raise Refused(f"this claim does not fit on a {form}", where=form, why=reasons, fix=fixes)
