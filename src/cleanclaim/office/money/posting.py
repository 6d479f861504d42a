"""Posting an 835: raw bytes first, then every payment of it in one transaction, then what follows for each claim."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import attrs
from django.db import transaction

from cleanclaim.claims.coverage import CoverageOrder
from cleanclaim.claims.lifecycle import EventKind
from cleanclaim.claims.records import record_from_plain
from cleanclaim.claims.remittance import Payment, RemittedClaim
from cleanclaim.kernel.errors import CleanClaimError, InputError
from cleanclaim.kernel.json import canonical_json, plain
from cleanclaim.kernel.money import format_usd
from cleanclaim.ledger import SourceRef
from cleanclaim.office.audit.services import record
from cleanclaim.office.claims.corrections import send_to_next_payer
from cleanclaim.office.claims.events import EventLog, append_event
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.denials.services import open_denials
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.files.services import store_file
from cleanclaim.office.money.balances import balances_of
from cleanclaim.office.money.ledger import save_transactions
from cleanclaim.office.money.models import PayerPayment, PostedKey, RemittedClaimRow
from cleanclaim.office.money.on_file import OfficeClaims, next_payer, posted_among
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import hold
from cleanclaim.office.registry.addressed import envelope_notices
from cleanclaim.remittances import ClaimPosting, NextStep, Outcome, PaymentProposal, build_secondary, propose
from cleanclaim.x12 import read_every_835


def post_remittance(tenant: Tenant, data: bytes, name: str, *, actor: Actor) -> dict[str, Any]:
    """Post what is clean of an 835 and suspend the rest with a reason; the same file again moves no cent.

    A claim payment that cannot be read is suspended alone, a set that makes no payment is told under ``unread``.
    Returns the contract's report of one file (`cleanclaim post`).

    Raises:
        InputError: the bytes are no 835, nothing can be read of it, or it is a test file and the practice works in
            production; nothing is stored or posted then.
    """
    remittance = read_every_835(data)
    for payment in remittance.payments:
        _refuse_too_long(payment)
    notices = envelope_notices(data)
    with transaction.atomic():
        hold(tenant)
        stored, _ = store_file(tenant, data, direction="in", kind="835", name=name, actor=actor)
        record(actor, "take in remittance", "file", stored.sha256, tenant=tenant)
    reports = [_post_payment(tenant, payment, stored, actor) for payment in remittance.payments]
    return {
        "file": name,
        "sha256": stored.sha256,
        "already_posted": bool(reports) and all(report["already_posted"] for report in reports),
        "payments": reports,
        "unread": [item.sentence() for item in remittance.unread],
        "notices": list(notices),
    }


def _refuse_too_long(payment: Payment) -> None:
    """Names that the database cannot keep whole are refused before anything is stored: none is ever cut."""
    named = [(PayerPayment, "trace", payment.trace), (PayerPayment, "payer_id", payment.payer_id)]
    named.append((PayerPayment, "payer_name", payment.payer_name))
    for item in payment.claims:
        for name in ("claim_id", "payer_claim_number", "status"):
            named.append((RemittedClaimRow, name, getattr(item, name)))
    for model, name, value in named:
        longest = model._meta.get_field(name).max_length
        if len(value) > longest:
            raise InputError(
                f"the {name.replace('_', ' ')} has {len(value)} characters",
                where="835",
                why=f"it can have {longest}",
                fix="ask the payer to correct the file",
            )


@transaction.atomic
def _post_payment(tenant: Tenant, payment: Payment, stored: StoredFile, actor: Actor) -> dict[str, Any]:
    hold(tenant)
    on_file = OfficeClaims(payment)
    proposal = propose(payment, on_file, source=SourceRef(file_sha256=stored.sha256))
    if not proposal.explained():
        raise AssertionError(f"payment {payment.trace} is not explained to the cent")
    report = _report(proposal)
    if not _keep_keys(tenant, proposal):
        return report
    save_transactions(tenant, proposal.transactions(), actor=actor)
    row = _keep_payment(tenant, proposal, payment, stored, report, actor)
    worked = proposal.worked or range(len(proposal.claims))
    RemittedClaimRow.objects.bulk_create(
        _answer_row(tenant, row, place, proposal.claims[place], payment.claims[place]) for place in worked
    )
    fresh = [place for place in worked if not proposal.claims[place].already_posted]
    followed = [(proposal.claims[place], payment.claims[place]) for place in fresh]
    _FollowUp(tenant, payment, on_file, actor).work(followed)
    return report


def _keep_keys(tenant: Tenant, proposal: PaymentProposal) -> bool:
    wanted = dict.fromkeys((proposal.key, *proposal.new_keys()))
    there = posted_among(wanted)
    new = [PostedKey(tenant=tenant, key=key) for key in wanted if key not in there]
    PostedKey.objects.bulk_create(new)
    return bool(new)


def _keep_payment(
    tenant: Tenant,
    proposal: PaymentProposal,
    payment: Payment,
    stored: StoredFile,
    report: dict[str, Any],
    actor: Actor,
) -> PayerPayment:
    row = PayerPayment(
        tenant=tenant,
        key=proposal.key,
        attempt=PayerPayment.objects.filter(key=proposal.key).count() + 1,
        trace=payment.trace,
        payer_id=payment.payer_id,
        payer_name=payment.payer_name,
        bpr_cents=proposal.bpr_cents,
        posted_cents=proposal.posted_cents,
        suspended_cents=proposal.suspended_cents,
        provider_adjustment_cents=proposal.provider_adjustment_cents,
        effective_on=payment.effective_on,
        file=stored,
        report=canonical_json(report),
        posted_at=actor.now,
    )
    row.save(force_insert=True)
    record(actor, "post payment", "payment", proposal.trace, tenant=tenant)
    return row


def _answer_row(
    tenant: Tenant, payment: PayerPayment, place: int, posting: ClaimPosting, remitted: RemittedClaim
) -> RemittedClaimRow:
    row = RemittedClaimRow(
        tenant=tenant,
        payment=payment,
        position=place + 1,
        key=posting.key,
        reverses_key=posting.reverses_key,
        claim_id=posting.claim_id,
        payer_id=posting.payer_id,
        payer_claim_number=posting.payer_claim_number,
        status=posting.status,
        outcome=posting.outcome.value,
        record=canonical_json(remitted),
        posting=canonical_json(_kept_posting(posting)),
    )
    row.seal_now()
    return row


def _kept_posting(posting: ClaimPosting) -> dict[str, Any]:
    """The posting as it is kept: the ledger holds its transactions, their names are enough."""
    names = [{"key": item.key, "kind": item.kind.value} for item in posting.transactions]
    return {**attrs.asdict(attrs.evolve(posting, transactions=()), recurse=False), "transactions": names}


class _FollowUp:
    """What follows for the claims of a payment once its money is written, in the order of the work."""

    def __init__(self, tenant: Tenant, payment: Payment, on_file: OfficeClaims, actor: Actor) -> None:
        self.tenant = tenant
        self.payment = payment
        self.on_file = on_file
        self.actor = actor
        self.log = EventLog(on_file.rows.values())
        self.balances = balances_of(on_file.rows)

    def work(self, answered: Sequence[tuple[ClaimPosting, RemittedClaim]]) -> None:
        """Append the events, open the denials, ask the next payers."""
        asks_next = []
        for posting, remitted in answered:
            claim = self.on_file.claim_of(posting.claim_id)
            if claim is None:
                continue
            self._append(
                claim, _event_kind(posting), _words(posting, self.payment), _facts(posting, self.payment)
            )
            if posting.outcome is Outcome.SUSPENDED:
                continue
            self._tell_underpaid(claim, posting)
            if posting.denied:
                open_denials(self.tenant, claim, posting, remitted, self.payment, actor=self.actor)
            if posting.next is NextStep.SECONDARY:
                asks_next.append(claim)
            elif not posting.reversal and (not posting.denied or posting.next is NextStep.PATIENT):
                self._settle(claim)
        self.log.write()
        for claim in dict.fromkeys(asks_next):
            self._build_secondary(claim)

    def _append(self, claim: ClaimRow, kind: EventKind, why: str, data: dict[str, Any] | None = None) -> None:
        self.log.append(claim, kind, actor=self.actor, why=why, data=data)

    def _tell_underpaid(self, claim: ClaimRow, posting: ClaimPosting) -> None:
        """Underpaid is a fact of its own: paid, not denied, and less than the contract allows."""
        version = self.on_file.version_asked(claim.claim_id)
        if posting.denied or posting.reversal or version.payer_id != self.payment.payer_id:
            return
        expected = json.loads(version.expected) if version.expected else {}
        short = _short_cents(posting, expected)
        if short > 0:
            why = f"allowed {format_usd(short)} less than the contract: {expected['contract_id']}"
            data = {"short_cents": short, "contract": expected["contract_id"]}
            self._append(claim, EventKind.UNDERPAID, why, data)

    def _settle(self, claim: ClaimRow) -> None:
        balance = self.balances.get(claim.claim_id)
        if balance is None or balance.insurance_cents:
            return
        if balance.patient_cents > 0:
            self._append(claim, EventKind.TO_PATIENT, "the patient's share is left")
        elif balance.patient_cents == 0:
            self._append(claim, EventKind.CLOSED, "nothing is owed")

    def _build_secondary(self, claim: ClaimRow) -> None:
        version = self.on_file.version_asked(claim.claim_id)
        asked = version.read()
        later = next_payer(asked, CoverageOrder(version.payer_order))
        if later is None:
            return
        try:
            secondary = build_secondary(
                asked, later, _answers_of(claim, self.payment), adjudicated_on=self.payment.effective_on
            )
        except CleanClaimError as error:
            why = f"no claim to the next payer: {error.sentence()}"
            append_event(claim, EventKind.NOTE, actor=self.actor, why=why)
            return
        send_to_next_payer(self.tenant, claim, secondary, actor=self.actor)


def _event_kind(posting: ClaimPosting) -> EventKind:
    if posting.outcome is Outcome.SUSPENDED:
        return EventKind.SUSPENDED
    if posting.reversal:
        return EventKind.REVERSED
    if posting.denied:
        return EventKind.DENIED if posting.denial == "whole" else EventKind.PARTLY_DENIED
    return EventKind.PAID


def _words(posting: ClaimPosting, payment: Payment) -> str:
    if posting.exceptions and posting.outcome is Outcome.SUSPENDED:
        return " ".join(item.message for item in posting.exceptions)
    return f"{payment.payer_name}, payment {payment.trace}"


def _facts(posting: ClaimPosting, payment: Payment) -> dict[str, Any]:
    return {
        "trace": payment.trace,
        "paid_cents": posting.paid_cents,
        "contractual_cents": posting.contractual_cents,
        "patient_cents": posting.patient_cents,
        "denied_cents": posting.denied_cents,
        "payer_claim_number": posting.payer_claim_number,
        "reasons": [f"{item.group} {item.reason}" for item in posting.reasons],
        "exceptions": [item.code for item in posting.exceptions],
    }


def _short_cents(posting: ClaimPosting, expected: dict[str, Any]) -> int:
    """How much less was allowed than the contract says; nothing where it says nothing."""
    allowed = expected.get("allowed_cents")
    if allowed is None:
        return 0
    taken_off = posting.contractual_cents + posting.other_adjusted_cents + posting.prior_payer_cents
    agreed = expected.get("sequestration_cents", 0) + expected.get("other_payer_cents", 0)
    return taken_off - agreed - (expected["charge_cents"] - allowed - expected.get("other_payer_cents", 0))


def _answers_of(claim: ClaimRow, payment: Payment) -> list[RemittedClaim]:
    rows = RemittedClaimRow.objects.filter(
        claim_id__iexact=claim.claim_id, payer_id=payment.payer_id, outcome="posted"
    ).order_by("id")
    return [remitted_claim(row) for row in rows if not json.loads(row.posting)["already_posted"]]


def _report(proposal: PaymentProposal) -> dict[str, Any]:
    return {
        "key": proposal.key,
        "trace": proposal.trace,
        "payer": proposal.payer,
        "bpr_cents": proposal.bpr_cents,
        "posted_cents": proposal.posted_cents,
        "suspended_cents": proposal.suspended_cents,
        "provider_adjustment_cents": proposal.provider_adjustment_cents,
        "balanced": proposal.balanced,
        "already_posted": proposal.already_posted,
        "exceptions": plain(proposal.exceptions),
        "provider_adjustments": [
            {
                "reason": item.reason,
                "reference": item.reference,
                "cents": item.cents,
                "account": item.account.value,
            }
            for item in proposal.provider_adjustments
        ],
        "claims": [_claim_report(posting) for posting in proposal.claims],
    }


def _claim_report(posting: ClaimPosting) -> dict[str, Any]:
    return {
        "claim": posting.claim_id,
        "outcome": posting.outcome.value,
        "status": posting.status,
        "paid_cents": posting.paid_cents,
        "contractual_cents": posting.contractual_cents,
        "patient_cents": posting.patient_cents,
        "other_adjusted_cents": posting.other_adjusted_cents,
        "denied": posting.denied,
        "denied_cents": posting.denied_cents,
        "reversal": posting.reversal,
        "next": posting.next.value,
        "reasons": plain(posting.reasons),
        "exceptions": plain(posting.exceptions),
        "because": plain(posting.because),
    }


def remitted_claim(row: RemittedClaimRow) -> RemittedClaim:
    """The engine's record of a kept answer."""
    return record_from_plain(RemittedClaim, json.loads(row.record))
