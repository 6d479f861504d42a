"""Which claim of ours a claim payment is for, which payer is answering, and who comes after it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from cleanclaim.claims.coverage import Coverage, CoverageOrder
from cleanclaim.claims.remittance import Payment, RemittedClaim
from cleanclaim.remittances.on_file import ClaimOnFile
from cleanclaim.remittances.proposal import PostingException

FORWARDED = frozenset({"19", "20", "21"})
_ORDER_BY_STATUS = {
    "1": CoverageOrder.PRIMARY,
    "19": CoverageOrder.PRIMARY,
    "2": CoverageOrder.SECONDARY,
    "20": CoverageOrder.SECONDARY,
    "3": CoverageOrder.TERTIARY,
    "21": CoverageOrder.TERTIARY,
}


@frozen
class Answer:
    """Who is answering: the place in line, the coverage if it is known, and the one to ask next."""

    order: CoverageOrder
    payer_id: str
    coverage: Coverage | None
    next_payer: Coverage | None


def resolve(
    remitted: RemittedClaim, payment: Payment, candidates: Sequence[ClaimOnFile]
) -> tuple[ClaimOnFile | None, PostingException | None]:
    """The one claim that a payment is for, or the exception that suspends it."""
    same = [item for item in candidates if _id(item.claim.claim_id) == _id(remitted.claim_id)]
    if not same:
        hints = ", ".join(sorted({item.claim.claim_id for item in candidates}))
        message = "No claim of ours has this number" + (f"; it may be one of {hints}." if hints else ".")
        return None, PostingException("CLAIM-NOT-FOUND", message)
    for narrower in (_of_payer, _of_payer_claim_number, _of_charge):
        if len(same) > 1:
            same = [item for item in same if narrower(item, remitted, payment)] or same
    if len(same) > 1:
        message = f"{len(same)} claims of ours have this number and nothing tells them apart."
        return None, PostingException("CLAIM-AMBIGUOUS", message)
    if _is_someone_else(same[0], remitted):
        message = "The claim number is ours, but neither the name nor the member number is this patient's."
        return None, PostingException("PATIENT-DIFFERS", message)
    return same[0], None


def answering(item: ClaimOnFile, remitted: RemittedClaim, payment: Payment) -> Answer:
    """Who answers: told by the payer's identifier, its name or CLP02, or else the payer that was asked."""
    known = _by_identity(item, payment)
    if known is not None:
        order = known.order
    else:
        order = _ORDER_BY_STATUS.get(remitted.status, item.order)
    at_place = [one for one in item.coverages() if one.order is order]
    coverage = at_place[0] if at_place else None
    payer_id = coverage.payer.payer_id if coverage is not None else payment.payer_id
    return Answer(order, payer_id, coverage, item.after(order))


def _by_identity(item: ClaimOnFile, payment: Payment) -> Coverage | None:
    by_id = [one for one in item.coverages() if one.payer.payer_id == payment.payer_id]
    by_name = [one for one in item.coverages() if _plain(one.payer.name) == _plain(payment.payer_name)]
    for fitting in (by_id, by_name):
        if len(fitting) == 1:
            return fitting[0]
    return None


def _id(claim_id: str) -> str:
    return claim_id.strip().upper()


def _of_payer(item: ClaimOnFile, remitted: RemittedClaim, payment: Payment) -> bool:
    return any(one.payer.payer_id == payment.payer_id for one in item.coverages())


def _of_payer_claim_number(item: ClaimOnFile, remitted: RemittedClaim, payment: Payment) -> bool:
    known = {prior.payer_claim_number for prior in item.posted} | {item.claim.payer_claim_number}
    return bool(remitted.payer_claim_number) and remitted.payer_claim_number in known


def _of_charge(item: ClaimOnFile, remitted: RemittedClaim, payment: Payment) -> bool:
    return item.claim.charge_cents() == abs(remitted.charge_cents)


def _is_someone_else(item: ClaimOnFile, remitted: RemittedClaim) -> bool:
    """Only where the name and the member number are both given and both differ: payers misspell either."""
    if not remitted.patient_last_name or not remitted.member_id:
        return False
    holders = [one.subscriber for one in item.coverages()]
    names = {_plain(item.claim.patient.name.last)} | {_plain(one.name.last) for one in holders}
    members = {_plain(one.member_id) for one in holders}
    return _plain(remitted.patient_last_name) not in names and _plain(remitted.member_id) not in members


def _plain(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())
