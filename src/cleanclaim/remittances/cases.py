"""Where `propose` looks claims up: a protocol for the office, and a plain collection for everyone else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from cleanclaim.claims.remittance import Payment, RemittedClaim
from cleanclaim.remittances.on_file import ClaimOnFile


class ClaimsOnFile(Protocol):
    """What a proposal needs to know of the office; both answers must not change while it is made."""

    def find(self, remitted: RemittedClaim, payment: Payment) -> tuple[ClaimOnFile, ...]:
        """Candidates for a claim payment: those with its claim id, or hints for a person where none has it.

        A candidate with another claim id is never posted to; it is only named in the exception.
        """
        ...

    def has_posted(self, key: str) -> bool:
        """Whether a key of `PaymentProposal.new_keys` was kept before."""
        ...


class FiledClaims:
    """Claims held in memory, found by claim id."""

    def __init__(self, claims: Iterable[ClaimOnFile], posted_keys: Iterable[str] = ()) -> None:
        self._by_id: dict[str, list[ClaimOnFile]] = {}
        for item in claims:
            self._by_id.setdefault(item.claim.claim_id, []).append(item)
        self._posted_keys = frozenset(posted_keys)

    def find(self, remitted: RemittedClaim, payment: Payment) -> tuple[ClaimOnFile, ...]:
        """Those with that claim id, letters in either case."""
        for claim_id in (remitted.claim_id, remitted.claim_id.strip().upper()):
            if claim_id in self._by_id:
                return tuple(self._by_id[claim_id])
        return ()

    def has_posted(self, key: str) -> bool:
        """Whether the key is among those given."""
        return key in self._posted_keys
