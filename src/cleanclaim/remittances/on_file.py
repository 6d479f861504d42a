"""What we know of a claim before its money arrives."""

from __future__ import annotations

from attrs import frozen

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.coverage import Coverage, CoverageOrder
from cleanclaim.kernel.money import Cents
from cleanclaim.ledger import ClaimBalance, Transaction


@frozen(kw_only=True)
class PriorPosting:
    """An answer posted to this claim before, as the office kept it.

    ``key`` is `ClaimPosting.key`, ``transactions`` those of kind ``remittance`` that it made (none where no
    money moved), ``reversed`` whether a reversal has taken it back already.
    """

    key: str
    payer_id: str
    status: str
    charge_cents: Cents
    paid_cents: Cents
    payer_claim_number: str = ""
    transactions: tuple[Transaction, ...] = ()
    reversed: bool = False
    line_cents: tuple[tuple[int | None, Cents], ...] = ()


@frozen(kw_only=True)
class ClaimOnFile:
    """A claim as we hold it.

    ``claim`` is the version last sent, ``order`` the place of the payer it was sent to, ``next_payer`` the
    coverage to ask after that one (None: the patient). ``posted`` are the answers so far, ``balance`` the
    ledger's balance of the claim now (None: nothing but the charge).
    """

    claim: AnyClaim
    order: CoverageOrder = CoverageOrder.PRIMARY
    next_payer: Coverage | None = None
    posted: tuple[PriorPosting, ...] = ()
    balance: ClaimBalance | None = None

    def coverages(self) -> tuple[Coverage, ...]:
        """Every coverage known of the claim, first payer first, each place once."""
        known = (self.claim.coverage, *(other.coverage for other in self.claim.other_payers))
        if self.next_payer is not None:
            known = (*known, self.next_payer)
        by_order = {item.order: item for item in reversed(known)}
        return tuple(by_order[order] for order in CoverageOrder if order in by_order)

    def after(self, order: CoverageOrder) -> Coverage | None:
        """The coverage to ask after the payer at that place, or None."""
        places = list(CoverageOrder)
        later = [item for item in self.coverages() if places.index(item.order) > places.index(order)]
        return later[0] if later else None

    def opening_balance(self) -> ClaimBalance:
        """The balance given, or that of a claim with nothing but its charge."""
        if self.balance is not None:
            return self.balance
        charge_cents = self.claim.charge_cents()
        return ClaimBalance(
            claim_id=self.claim.claim_id, charge_cents=charge_cents, insurance_cents=charge_cents
        )
