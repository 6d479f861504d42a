"""What the engine asks of the office while it proposes a posting: claims, earlier answers, keys seen.

All of it is read once for a payment, in as many questions to the database for one claim as for thousands.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models.functions import Upper

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.coverage import Coverage, CoverageOrder
from cleanclaim.claims.remittance import Payment, RemittedClaim
from cleanclaim.ledger import Transaction, TransactionKind
from cleanclaim.office.claims.models import ClaimRow, ClaimVersion
from cleanclaim.office.in_parts import in_parts
from cleanclaim.office.money.balances import balances_of
from cleanclaim.office.money.ledger import checked, transactions_of
from cleanclaim.office.money.models import PostedKey, RemittedClaimRow
from cleanclaim.remittances import ClaimOnFile, PriorPosting
from cleanclaim.remittances.keys import payment_key, posting_keys, provider_adjustment_keys
from cleanclaim.remittances.proposal import suspense_key, taken_key


class OfficeClaims:
    """The claims of the present tenant that a payment speaks of, as `propose` looks them up."""

    def __init__(self, payment: Payment) -> None:
        self.payment = payment
        self._rows = _rows_named(item.claim_id.strip() for item in payment.claims)
        self.rows = {row.claim_id: row for rows in self._rows.values() for row in rows}
        self._versions = _versions_of(self.rows.values())
        self._answers = _answers_of(self.rows)
        self._balances = balances_of(self.rows)
        self._asked = _keys_of(payment)
        self._posted = posted_among(self._asked)
        self._filed: dict[str, ClaimOnFile] = {}

    def find(self, remitted: RemittedClaim, payment: Payment) -> tuple[ClaimOnFile, ...]:
        """The claim with that number, in either case of letters."""
        rows = self._rows.get(remitted.claim_id.strip(), ())
        return tuple(self._on_file(row) for row in rows)

    def has_posted(self, key: str) -> bool:
        """Whether that key was kept before."""
        if key not in self._asked:
            self._asked.add(key)
            self._posted |= posted_among([key])
        return key in self._posted

    def claim_of(self, claim_id: str) -> ClaimRow | None:
        """The one claim of ours that has this number; None where there is none, or where several might."""
        known = self.rows.get(claim_id)
        named = self._rows.get(claim_id.strip(), [])
        return known or (named[0] if len(named) == 1 else None)

    def version_asked(self, claim_id: str) -> ClaimVersion:
        """The version that this payer was sent last; the last one of all where none went to it."""
        return _version_asked(self._versions[claim_id], self.payment)

    def _on_file(self, row: ClaimRow) -> ClaimOnFile:
        if row.claim_id not in self._filed:
            version = self.version_asked(row.claim_id)
            claim = version.read()
            order = CoverageOrder(version.payer_order)
            self._filed[row.claim_id] = ClaimOnFile(
                claim=claim,
                order=order,
                next_payer=next_payer(claim, order),
                posted=self._answers.get(row.claim_id, ()),
                balance=self._balances.get(row.claim_id),
            )
        return self._filed[row.claim_id]


def next_payer(claim: AnyClaim, order: CoverageOrder) -> Coverage | None:
    """The coverage of a claim that is asked after the payer at that place."""
    later = [other.coverage for other in claim.other_payers if other.coverage.order.rank() > order.rank()]
    return min(later, key=lambda item: item.order.rank(), default=None)


def posted_among(keys: Iterable[str]) -> set[str]:
    """Those of the keys that were kept before."""
    found: set[str] = set()
    for part in in_parts(keys):
        found.update(PostedKey.objects.filter(key__in=part).values_list("key", flat=True))
    return found


def _rows_named(names: Iterable[str]) -> dict[str, list[ClaimRow]]:
    """The claims of each name: written just so, or else in the other case of letters."""
    wanted = set(names)
    found: dict[str, list[ClaimRow]] = defaultdict(list)
    for part in in_parts(wanted):
        for row in ClaimRow.objects.filter(claim_id__in=part):
            found[row.claim_id].append(row)
    for part in in_parts(name for name in wanted if name not in found):
        by_upper: dict[str, list[ClaimRow]] = defaultdict(list)
        known = ClaimRow.objects.annotate(upper=Upper("claim_id"))
        for row in known.filter(upper__in=[name.upper() for name in part]):
            by_upper[row.claim_id.upper()].append(row)
        for name in part:
            found[name] = by_upper.get(name.upper(), [])
    return dict(found)


def _versions_of(rows: Iterable[ClaimRow]) -> dict[str, list[ClaimVersion]]:
    by_number = {row.pk: row.claim_id for row in rows}
    versions: dict[str, list[ClaimVersion]] = defaultdict(list)
    for part in in_parts(by_number):
        for item in ClaimVersion.objects.filter(claim__in=part).order_by("-version"):
            versions[by_number[item.claim_id]].append(item)
    return versions


def _version_asked(versions: list[ClaimVersion], payment: Payment) -> ClaimVersion:
    to_this_payer = [item for item in versions if item.payer_id == payment.payer_id]
    return (to_this_payer or versions)[0]


def _answers_of(claim_ids: Iterable[str]) -> dict[str, tuple[PriorPosting, ...]]:
    rows: list[RemittedClaimRow] = []
    for part in in_parts(claim_ids):
        rows += RemittedClaimRow.objects.filter(claim_id__in=part, outcome="posted").order_by("id")
    reversed_keys = {row.reverses_key for row in rows if row.reverses_key}
    postings = [(row, json.loads(row.posting)) for row in rows]
    first_time = [(row, posting) for row, posting in postings if not posting["already_posted"]]
    written = {
        item.key: checked(item)
        for item in transactions_of(key for _, posting in first_time for key in _remittance_keys(posting))
    }
    answers: dict[str, tuple[PriorPosting, ...]] = {}
    for row, posting in first_time:
        prior = _prior(row, [written[key] for key in _remittance_keys(posting)], row.key in reversed_keys)
        answers[row.claim_id] = (*answers.get(row.claim_id, ()), prior)
    return answers


def _remittance_keys(posting: dict[str, Any]) -> list[str]:
    return [
        item["key"] for item in posting["transactions"] if item["kind"] == TransactionKind.REMITTANCE.value
    ]


def _prior(row: RemittedClaimRow, transactions: list[Transaction], is_reversed: bool) -> PriorPosting:
    remitted = json.loads(row.record)
    return PriorPosting(
        key=row.key,
        payer_id=row.payer_id,
        status=row.status,
        charge_cents=remitted["charge_cents"],
        paid_cents=remitted["paid_cents"],
        payer_claim_number=row.payer_claim_number,
        transactions=tuple(transactions),
        reversed=is_reversed,
    )


def _keys_of(payment: Payment) -> set[str]:
    key = payment_key(payment)
    of_claims = posting_keys(payment)
    return {
        taken_key(key),
        suspense_key(key),
        *of_claims,
        *(suspense_key(item) for item in of_claims),
        *provider_adjustment_keys(payment),
    }
