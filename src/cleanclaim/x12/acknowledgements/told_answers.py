"""TA1, 999 and 277CA told in words, against the claims that were sent where those are at hand."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.acknowledgement import (
    Acknowledgement,
    AcknowledgementKind,
    ClaimStatus,
    Complaint,
    TransactionVerdict,
    Verdict,
)
from cleanclaim.kernel.money import format_usd
from cleanclaim.x12.acknowledgements.sent_claims import SentClaim, SentFile, SentSet, field_told
from cleanclaim.x12.guide.loop_tree import Node
from cleanclaim.x12.inquiries.claim_status import StatusCode
from cleanclaim.x12.inquiries.claim_status_words import status_code_words
from cleanclaim.x12.inquiries.code_words import code_list, words

_MOST_LISTED = 50


def acknowledgement_told(answer: Acknowledgement, sent: SentFile | None = None) -> Iterator[str]:
    """One acknowledgement, line by line; with ``sent``, in the words of the claims it is about."""
    number = answer.interchange_control_number or answer.group_control_number or answer.batch_reference
    yield f"  {answer.kind.value} for {number}: {answer.verdict.value}"
    for complaint in answer.complaints:
        yield f"    {complaint_words(complaint)}"
    if answer.kind is AcknowledgementKind.TA1 and sent is not None:
        yield from _interchange(answer, sent)
    for item in answer.transactions:
        yield f"    set {item.set_code} number {item.control_number}: {item.verdict.value}"
        there = sent.find_set(answer.group_control_number, item.control_number) if sent is not None else None
        yield from _set(item, there, asked=sent is not None)
    for claim in answer.claims:
        yield from _claim(claim, sent)


def complaint_words(complaint: Complaint) -> str:
    """A fault as the answer gives it: what, where, about which claim."""
    place = complaint.segment
    if complaint.element is not None:
        part = f"-{complaint.component}" if complaint.component is not None else ""
        place = f"{place}{complaint.element:02d}{part}"
    where = f" at {place}" if place else ""
    if complaint.segment_position is not None:
        where += f", segment {complaint.segment_position} of the set"
    where += f", loop {complaint.loop}" if complaint.loop else ""
    where += f", claim {complaint.claim_id}" if complaint.claim_id else ""
    return f"{complaint.message} (code {complaint.code}){where}"


def _interchange(answer: Acknowledgement, sent: SentFile) -> Iterator[str]:
    if answer.interchange_control_number != sent.interchange_number:
        yield "    the claims given were sent in another interchange"
    elif answer.verdict is Verdict.REJECTED:
        count = sum(len(item.claims) for item in sent.sets)
        yield f"    none of your {count} claims in it went on: correct the envelope and send them all again"


def _set(item: TransactionVerdict, there: SentSet | None, *, asked: bool) -> Iterator[str]:
    if there is None:
        for complaint in item.complaints:
            yield f"      {complaint_words(complaint)}"
        if asked:
            yield "      the claims given hold no set of that number"
        return
    if item.verdict is Verdict.REJECTED:
        count = len(there.claims)
        yield (
            f"      none of its {count} claims went on" if count != 1 else "      its one claim did not go on"
        )
    blamed: list[SentClaim] = []
    for complaint in item.complaints:
        claim = _claim_of(complaint, there)
        if claim is not None:
            blamed.append(claim)
        yield f"      {_translated(complaint, claim, there)}"
    if item.verdict is Verdict.REJECTED:
        clean = [one for one in there.claims if one not in blamed]
        for one in clean[:_MOST_LISTED]:
            yield f"      {one.told()}: nothing is said against it; send it again with the corrected set"
        if len(clean) > _MOST_LISTED:
            yield f"      and {len(clean) - _MOST_LISTED} more claims against which nothing is said"


def _claim_of(complaint: Complaint, there: SentSet) -> SentClaim | None:
    by_number = next((one for one in there.claims if one.claim_id == complaint.claim_id), None)
    if by_number is not None or complaint.segment_position is None:
        return by_number
    return there.claim_at(complaint.segment_position)


def _translated(complaint: Complaint, claim: SentClaim | None, there: SentSet) -> str:
    whose = claim.told() if claim is not None else "all claims below it"
    found = there.at(complaint.segment_position) if complaint.segment_position is not None else None
    if found is None:
        return f"{whose}: {complaint_words(complaint)}"
    path, segment = found
    if complaint.element is None or segment.id != complaint.segment:
        where = f"{complaint.segment} in {path[-1].loop.words or 'the transaction set'}"
        return f"{whose}: {complaint.message} (code {complaint.code}): {where}"
    part = complaint.component or 0
    value = segment.component(complaint.element, part) if part else segment.get(complaint.element)
    sent = f"; you sent {value!r}" if value else "; you sent nothing there"
    told = field_told(path, segment, complaint.element, part, there.form)
    return f"{whose}: {told}: {complaint.message} (code {complaint.code}){sent}"


def _claim(claim: ClaimStatus, sent: SentFile | None) -> Iterator[str]:
    there = sent.find_claim(claim.claim_id) if sent is not None else None
    code = StatusCode(claim.category, claim.status, claim.entity)
    number = f", payer's number {claim.payer_claim_number}" if claim.payer_claim_number else ""
    charge = f", {format_usd(claim.charge_cents)}" if claim.charge_cents is not None and there is None else ""
    whose = there.told() if there is not None else f"claim {claim.claim_id}{charge}"
    yield f"    {whose}: {claim.verdict.value}: {status_code_words(code)}{number}"
    if claim.message:
        yield f"      the payer writes: {claim.message}"
    if sent is not None and there is None:
        yield "      the claims given hold none of that number"
    if claim.verdict is Verdict.REJECTED:
        for line in _fields(code, there) if there is not None else ():
            yield f"      {line}"
        todo = words("status-action", claim.category, "")
        if todo:
            yield f"      to do: {todo}"


def _fields(code: StatusCode, claim: SentClaim) -> Iterator[str]:
    """The fields of the claim that a status speaks of, with what was sent in them."""
    wanted = code_list("status-field").get(code.status, "")
    for place in wanted.split():
        name, _, rest = place.partition("/")
        qualifier, _, at = rest.rpartition("/")
        number, _, part = at.partition("-")
        for node in claim.loops():
            if (
                code.entity
                and name in {"NM1", "N3", "N4", "PRV", "DMG"}
                and not _is_entity(node, code.entity)
            ):
                continue
            for segment in node.segments:
                first = segment.component(1, 1)
                if segment.id != name or (qualifier and first not in qualifier.split(",")):
                    continue
                element, component = int(number), int(part or 0)
                value = segment.component(element, component) if component else segment.get(element)
                told = field_told((node,), segment, element, component, claim.form)
                yield f"{told}: you sent {value!r}" if value else f"{told}: you sent nothing"


def _is_entity(node: Node, entity: str) -> bool:
    return bool(node.segments) and node.segments[0].id == "NM1" and node.segments[0].get(1) == entity
