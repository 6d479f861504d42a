"""What the judge answers: a verdict for the file, for each transaction set and for each claim in it."""

from __future__ import annotations

from typing import NamedTuple

from attrs import frozen

from cleanclaim.x12.judging.finding import X12Finding


class ClaimVerdict(NamedTuple):
    """One claim: its number, the segment at which it begins, and "accepted" or "rejected"."""

    claim: str
    segment: int
    verdict: str


@frozen(kw_only=True)
class TransactionVerdict:
    """One transaction set. ``set`` is "837P", "835", ...; ``control`` ST02; ``segment`` the place of its ST.

    It is rejected when it has a finding of severity "error", or when the envelope around it has one. A claim
    is rejected by what is wrong with it or with the levels above it that it alone may share, never by what is
    wrong with its neighbours.
    """

    set: str
    version: str
    control: str
    segment: int
    verdict: str
    claims: tuple[ClaimVerdict, ...] = ()
    findings: tuple[X12Finding, ...] = ()


@frozen(kw_only=True)
class FileVerdict:
    """A file: "accepted", "rejected" or "unreadable"; ``findings`` are those that belong to no transaction."""

    verdict: str
    transactions: tuple[TransactionVerdict, ...] = ()
    findings: tuple[X12Finding, ...] = ()
