"""Which diagnoses of a stay count as complication or comorbidity (CC) or a major one (MCC)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from attrs import frozen

from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.cc_exclusions import excluding_principals
from cleanclaim.kernel.because import Because, Citation


@frozen
class Severity:
    """``level`` is MCC, CC, NCC (neither) or "" where no version at hand says; with ``excluded`` it does not count
    beside this principal diagnosis."""

    level: str
    excluded: bool
    because: Because


def severities(codes: Sequence[str], book: CodeBook, on: dt.date) -> dict[str, Severity]:
    """The level of each secondary diagnosis on a discharge date; the first code is the principal one and has none."""
    principal = codes[0].replace(".", "") if codes else ""
    return {code: _severity(code, principal, book, on) for code in codes[1:]}


def _severity(code: str, principal: str, book: CodeBook, on: dt.date) -> Severity:
    level = book.severity(code, on)
    manual = Citation("CMS MS-DRG Definitions Manual", "", "Appendix C, complications or comorbidities")
    if level not in ("CC", "MCC"):
        text = "neither complication nor comorbidity" if level else "no MS-DRG version at hand says"
        return Severity(level, False, Because(text, manual))
    if principal in (excluding_principals(code, on) or frozenset()):
        inputs = (("principal", principal),)
        return Severity(
            level, True, Because("does not count beside this principal diagnosis", manual, inputs)
        )
    return Severity(level, False, Because(f"counts as {level} beside this principal diagnosis", manual))
