"""What the claim page shows: where the claim stands, what comes next, its findings, its money, its history."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from attrs import frozen

from cleanclaim.claims.lifecycle import ClaimState
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.ledger import ClaimBalance
from cleanclaim.office.claims.models import Batch, ClaimRow, ClaimVersion
from cleanclaim.office.claims.versions import current_version
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.money.balances import balances_of_claims
from cleanclaim.office.money.models import PayerPayment
from cleanclaim.office.registry.services import trading_partner
from cleanclaim.office.web.form_view import form_view
from cleanclaim.office.web.queues import filing_limits
from cleanclaim.office.web.segment_view import segment_lines
from cleanclaim.office.web.words import EVENT_WORDS

_SEVERITIES = ("reject", "warn", "info")
_S = ClaimState
_NEXT = {
    _S.DRAFT: ("Scrub it", "r"),
    _S.HELD: ("Correct what the edits name, then scrub again; or let it go with a reason", "o"),
    _S.READY: ("Send it with the other ready claims", "s"),
    _S.BATCHED: ("Its file has not left: send the file", ""),
    _S.SENT: ("Wait for the clearinghouse's answer (TA1, 999, 277CA) and take it in", ""),
    _S.FILE_ACCEPTED: ("Wait for the payer to take the claim up (277CA)", ""),
    _S.ACCEPTED: ("Wait for the remittance (835)", ""),
    _S.REJECTED: (
        "Correct what the answer names; it was never decided, so it goes out again as an original",
        "",
    ),
    _S.PAID: ("Compare what was paid with what was expected", ""),
    _S.PARTLY_DENIED: ("Work the denial below", ""),
    _S.DENIED: ("Work the denial below", ""),
    _S.REVERSED: ("The payer took its payment back: wait for its corrected answer", ""),
    _S.PATIENT: ("The patient's share is open: see the patient's ledger", ""),
    _S.CLOSED: ("Nothing: nobody owes anything", ""),
    _S.VOIDED: ("Nothing: the claim is void", ""),
}


@frozen
class Moment:
    """One event of the claim's life, with the raw files that prove it."""

    words: str
    kind: str
    why: str
    who: str
    at: dt.datetime
    version: int
    state: str
    facts: tuple[tuple[str, str], ...]
    files: tuple[StoredFile, ...]
    payments: tuple[PayerPayment, ...]


def claim_page(row: ClaimRow, *, version_number: int | None = None) -> dict[str, Any]:
    """Everything on the page, for the current version or an earlier one."""
    current = current_version(row)
    version = row.versions.filter(version=version_number).first() or current if version_number else current
    claim = version.read()
    scrub = version.scrubs.last()
    findings = (
        sorted(json.loads(scrub.findings), key=lambda item: _SEVERITIES.index(item["severity"]))
        if scrub
        else []
    )
    action, key = _NEXT[ClaimState(row.state)]
    segments, fault = _segments(claim, version)
    balance = balances_of_claims(claim_id=row.claim_id).get(row.claim_id) or ClaimBalance(row.claim_id)
    return {
        "row": row,
        "version": version,
        "is_current": version.pk == current.pk,
        "claim": claim,
        "patient": row.patient,
        "payer": claim.coverage.payer,
        "deadline": _deadline(row, claim),
        "next_action": action,
        "next_key": key,
        "form": form_view(claim),
        "segments": segments,
        "segments_fault": fault,
        "scrub": scrub,
        "findings": findings,
        "holding": sum(item["severity"] == "reject" for item in findings),
        "not_checked": json.loads(scrub.not_checked) if scrub else [],
        "balance": balance,
        "expected": expected_of(version),
        "variance": _variance(version, balance, row),
        "moments": moments(row),
        "versions": list(row.versions.all()),
        "denials": list(row.denials.order_by("-opened_on", "id")),
        "open_denials": row.denials.filter(state="open").count(),
    }


def expected_of(version: ClaimVersion) -> dict[str, Any] | None:
    """The expected price with its steps, or None where there is no contract."""
    if not version.expected:
        return None
    priced = json.loads(version.expected)
    lines = {line.number: line for line in version.read().lines}
    for item in priced["lines"]:
        line = lines.get(item["line_number"])
        item["code"] = (line.code or line.revenue_code) if line else ""
        names = ("deductible_cents", "copay_cents", "coinsurance_cents", "other_patient_cents")
        item["patient_cents"] = sum(item[name] for name in names)
    return priced


def _variance(version: ClaimVersion, balance: ClaimBalance, row: ClaimRow) -> int | None:
    answered = {_S.PAID.value, _S.PATIENT.value, _S.CLOSED.value}
    expected = expected_of(version)
    first = row.versions.count() == 1
    if expected is None or expected["allowed_cents"] is None or row.state not in answered or not first:
        return None
    expected_cents = expected["allowed_cents"] - expected["sequestration_cents"]
    return balance.charge_cents - balance.adjusted_cents - expected_cents


def _deadline(row: ClaimRow, claim: Any) -> dt.date | None:
    days = filing_limits().get(row.payer_id)
    return claim.last_service_date() + dt.timedelta(days=days) if days else None


def _segments(claim: Any, version: ClaimVersion) -> tuple[list[Any], str]:
    try:
        return segment_lines(claim, trading_partner(), version.made_at), ""
    except CleanClaimError as error:
        return [], error.sentence()


def moments(row: ClaimRow) -> list[Moment]:
    """The claim's life, the latest first."""
    batches = {
        batch.number: batch
        for batch in Batch.objects.filter(members__version__claim=row).select_related("file")
    }
    remitted = (
        PayerPayment.objects.filter(claims__claim_id__iexact=row.claim_id).select_related("file").distinct()
    )
    by_trace: dict[str, list[PayerPayment]] = {}
    for payment in remitted:
        by_trace.setdefault(payment.trace, []).append(payment)
    made = [_moment(event, batches, by_trace) for event in row.events.all()]
    return made[::-1]


def _moment(event: Any, batches: dict[int, Batch], by_trace: dict[str, list[PayerPayment]]) -> Moment:
    data = json.loads(event.data)
    batch = batches.get(data.get("batch"))
    payments = by_trace.get(data.get("trace", ""), [])
    hashes = [data["sha256"]] if data.get("sha256") else []
    files = [batch.file] if batch else list(StoredFile.objects.filter(sha256__in=hashes)[:1])
    return Moment(
        words=EVENT_WORDS.get(event.kind, event.kind),
        kind=event.kind,
        why=event.why,
        who=event.who,
        at=event.at,
        version=event.version,
        state=event.state_after,
        facts=tuple(_facts(data)),
        files=tuple(files),
        payments=tuple(payments),
    )


def _facts(data: dict[str, Any]) -> list[tuple[str, str]]:
    shown = []
    if data.get("edits"):
        shown.append(("edits", ", ".join(data["edits"])))
    if data.get("reasons"):
        shown.append(("reasons", ", ".join(data["reasons"])))
    if data.get("category"):
        shown.append(("status", f"{data['category']} {data.get('status', '')}".strip()))
    if data.get("payer_claim_number"):
        shown.append(("payer's number", data["payer_claim_number"]))
    return shown
