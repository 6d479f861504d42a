"""What a check says: a finding, or the admission that it could not be made."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from cleanclaim.kernel.because import Citation


class Severity(StrEnum):
    """How much a finding weighs: a reject holds the claim, a warn asks a person, an info only tells."""

    REJECT = "reject"
    WARN = "warn"
    INFO = "info"


@frozen
class Finding:
    """One fault found by one edit, with what to do about it.

    ``edit`` is the edit's upper-case id ("NPI-INVALID"), ``claim`` the patient control number, ``line``
    the line number from 1 or None for the whole claim, ``field`` the field's name as a biller knows it
    ("CMS-1500 box 24J").
    """

    edit: str
    severity: Severity
    message: str
    fix: str
    citation: Citation
    claim: str = ""
    line: int | None = None
    field: str = ""


@frozen
class NotChecked:
    """A check that was not made, and why; silence would read as a pass."""

    edit: str
    reason: str
