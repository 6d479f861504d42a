"""A 277CA (005010X214): for each claim received, whether it is accepted for adjudication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleanclaim.claims.acknowledgement import ClaimStatus, Verdict
from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.parties import Provider
from cleanclaim.kernel.dates import format_compact_date
from cleanclaim.x12.claims_837.party_rows import provider_name_row
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.amounts import format_amount
from cleanclaim.x12.syntax.dates import day_row
from cleanclaim.x12.syntax.envelope import Envelope
from cleanclaim.x12.syntax.rows import Row, required, row
from cleanclaim.x12.syntax.writer import CLAIM_ACKNOWLEDGEMENT, interchange

_Pair = tuple[ClaimStatus, AnyClaim]


def write_277ca(
    statuses: Sequence[ClaimStatus],
    claims: Sequence[AnyClaim],
    envelope: Envelope,
    *,
    payer_name: str,
    payer_id: str,
    received_reference: str,
) -> bytes:
    """One interchange that answers claim by claim: providers and the claims of each in the order of ``statuses``.

    ``received_reference`` is BHT03 of the file answered. Receiver name and id of the envelope are those
    of the submitter who sent it.

    Raises:
        X12Error: no status, a status for a claim that is not given, or text that X12 cannot carry.
    """
    by_id = {claim.claim_id: claim for claim in claims}
    missing = [status.claim_id for status in statuses if status.claim_id not in by_id]
    if missing or not statuses:
        raise X12Error("a status has no claim" if missing else "there is no status", where="277CA")
    pairs = [(status, by_id[status.claim_id]) for status in statuses]
    rows = list(_source_rows(envelope, payer_name, payer_id))
    rows += _receiver_rows(pairs, envelope, received_reference)
    level = 2
    for members in _by_billing_provider(pairs):
        level += 1
        billing_level = level
        rows += _billing_rows(members, billing_level)
        for status, claim in members:
            level += 1
            rows += _claim_rows(status, claim, envelope, level, billing_level)
    return interchange(CLAIM_ACKNOWLEDGEMENT, [rows], envelope)


def _by_billing_provider(pairs: Sequence[_Pair]) -> Iterator[list[_Pair]]:
    """One level per provider, so that its totals (2200C QTY and AMT) count each claim once."""
    groups: dict[Provider, list[_Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair[1].billing, []).append(pair)
    yield from groups.values()


def _source_rows(envelope: Envelope, payer_name: str, payer_id: str) -> Iterator[Row]:
    day, clock = f"{envelope.created_at:%Y%m%d}", f"{envelope.created_at:%H%M}"
    yield row("277CA", "BHT", "0085", "08", envelope.reference(0), day, clock, "TH")
    yield row("277CA", "HL", "1", "", "20", "1")
    yield row("payer", "NM1", "PR", "2", payer_name, "", "", "", "", "PI", payer_id)
    yield row("277CA", "TRN", "1", envelope.reference(0))
    yield row("277CA", "DTP", "050", "D8", day)
    yield row("277CA", "DTP", "009", "D8", day)


def _receiver_rows(pairs: Sequence[_Pair], envelope: Envelope, received_reference: str) -> Iterator[Row]:
    name = required(envelope.receiver_name, "envelope", "the receiver's name")
    yield row("277CA", "HL", "2", "1", "21", "1")
    yield row("submitter", "NM1", "41", "2", name, "", "", "", "", "46", envelope.receiver_id)
    yield row("277CA", "TRN", "2", received_reference)
    total = format_amount(sum(claim.charge_cents() for _, claim in pairs))
    yield row("277CA", "STC", ("A1", "19", "PR"), f"{envelope.created_at:%Y%m%d}", "WQ", total)
    yield from _totals(pairs, "90", "AA")


def _billing_rows(pairs: Sequence[_Pair], level: int) -> Iterator[Row]:
    yield row("277CA", "HL", str(level), "2", "19", "1")
    yield provider_name_row("billing provider", "85", pairs[0][1].billing)
    yield row("277CA", "TRN", "1", "0")
    total = format_amount(sum(claim.charge_cents() for _, claim in pairs))
    yield row("277CA", "STC", ("A1", "19", "PR"), "", "WQ", total)
    yield from _totals(pairs, "QA", "QC")


def _claim_rows(
    status: ClaimStatus, claim: AnyClaim, envelope: Envelope, level: int, parent: int
) -> Iterator[Row]:
    of, name = f"claim {claim.claim_id}", claim.patient.name
    member = claim.coverage.subscriber.member_id
    yield row(of, "HL", str(level), str(parent), "PT")
    yield row(of, "NM1", "QC", "1", name.last, name.first, name.middle, "", name.suffix, "MI", member)
    yield row(of, "TRN", "2", claim.claim_id)
    action = "U" if status.verdict is Verdict.REJECTED else "WQ"
    charge = claim.charge_cents() if status.charge_cents is None else status.charge_cents
    code = (required(status.category, of, "the status category"), status.status, status.entity)
    on = format_compact_date(status.effective_on or envelope.created_at.date())
    yield row(of, "STC", code, on, action, format_amount(charge), *[""] * 7, status.message)
    if status.payer_claim_number:
        yield row(of, "REF", "1K", status.payer_claim_number)
    yield day_row(of, "472", claim.first_service_date(), claim.last_service_date())


def _totals(pairs: Sequence[_Pair], accepted_count: str, rejected_count: str) -> Iterator[Row]:
    accepted = [claim for status, claim in pairs if status.verdict is not Verdict.REJECTED]
    rejected = [claim for status, claim in pairs if status.verdict is Verdict.REJECTED]
    counts = ((accepted_count, accepted), (rejected_count, rejected))
    amounts = (("YU", accepted), ("YY", rejected))
    for qualifier, members in counts:
        if members:
            yield row("277CA", "QTY", qualifier, str(len(members)))
    for qualifier, members in amounts:
        if members:
            yield row(
                "277CA", "AMT", qualifier, format_amount(sum(claim.charge_cents() for claim in members))
            )
