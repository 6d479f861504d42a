"""A claim as a file tells it, and the proof that it comes back from one."""

from __future__ import annotations

from typing import TypeVar

from attrs import evolve

from cleanclaim.claims.dental import EveryClaim
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.x12 import Unread, read_every_837

C = TypeVar("C", bound=EveryClaim)


def as_filed(claim: C) -> C:
    """The claim with what a file does not tell as it is read: coverage begins on the first day of service."""
    period = DatePeriod(claim.first_service_date())
    others = tuple(
        evolve(other, coverage=evolve(other.coverage, period=period)) for other in claim.other_payers
    )
    return evolve(claim, coverage=evolve(claim.coverage, period=period), other_payers=others)


def assert_comes_back(claim: EveryClaim, data: bytes) -> None:
    """The one claim of a file is this one, with nothing carried beside its fields."""
    (read,) = read_every_837(data)
    assert not isinstance(read, Unread), read.sentence()
    assert read.claim == claim
    assert read.carried == ()
