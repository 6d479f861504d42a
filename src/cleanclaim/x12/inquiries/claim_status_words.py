"""Claim status questions and answers told in words: what became of the claim and what to do now."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.kernel.money import format_usd
from cleanclaim.x12.inquiries.claim_status import (
    ClaimAsked,
    ClaimTold,
    LevelTold,
    Status,
    StatusAnswer,
    StatusCode,
    StatusInquiry,
    StatusLine,
    StatusReport,
    StatusRequest,
)
from cleanclaim.x12.inquiries.code_words import words
from cleanclaim.x12.inquiries.eligibility_words import code_words, number_words, person_words
from cleanclaim.x12.inquiries.parties import Party
from cleanclaim.x12.syntax.amounts import format_quantity


def status_code_words(code: StatusCode) -> str:
    """Category, status and entity in words, with their numbers: "finished, denied: ... (F2:88:QC)"."""
    category = words("status-category", code.category, "category {}")
    list_name = "pharmacy status {}" if code.code_list == "RX" else "status {}"
    told = (
        list_name.format(code.status) if code.code_list == "RX" else words("status", code.status, list_name)
    )
    entity = words("role", code.entity, "entity {}")
    number = ":".join(part for part in (code.category, code.status, code.entity) if part)
    if entity and told:
        told = told.replace("the entity", f"the {entity}") if "the entity" in told else f"{told} [{entity}]"
    return f"{category}: {told} ({number})" if told else f"{category} ({number})"


def what_to_do(status: Status) -> str:
    """What a biller does about a status, or an empty text where there is nothing to do."""
    first = status.codes[0].category if status.codes else ""
    return words("status-action", first, "")


def status_words(status: Status) -> str:
    """One status with its day, its money and its payment."""
    parts = ["; ".join(map(status_code_words, status.codes))]
    parts += [f"as of {status.effective_on}"] if status.effective_on is not None else []
    parts += [f"charged {format_usd(status.charge_cents)}"] if status.charge_cents is not None else []
    parts += [f"paid {format_usd(status.paid_cents)}"] if status.paid_cents is not None else []
    parts += [f"on {status.paid_on}"] if status.paid_on is not None else []
    how = words("payment-method", status.payment_method, "method {}")
    check = f"{how or 'check'} {status.check_number}".strip() if status.check_number or how else ""
    parts += [f"by {check}" + (f" of {status.check_on}" if status.check_on else "")] if check else []
    parts += [f"the payer writes: {status.message}"] if status.message else []
    return ", ".join(parts)


def status_request_told(request: StatusRequest) -> Iterator[str]:
    """A 276, one line per claim asked about."""
    for inquiry in request.inquiries:
        for claim in inquiry.claims:
            yield f"  {_asked(inquiry, claim)}"
            for line in claim.lines:
                yield f"    {_line(line)}"
            yield from _also(claim.carried)
        yield from _also(inquiry.carried)


def _asked(inquiry: StatusInquiry, claim: ClaimAsked) -> str:
    patient = inquiry.dependent or inquiry.subscriber
    parts = [
        (
            f"What became of the claim of {person_words(patient, inquiry.subscriber)} at {inquiry.payer.shown()}? "
            f"Asked by {inquiry.receiver.shown()} for {inquiry.providers[0].shown()}, trace {claim.trace.number}"
        )
    ]
    parts += map(number_words, claim.numbers)
    parts += [format_usd(claim.charge_cents)] if claim.charge_cents is not None else []
    parts += [f"{words('date', day.kind, 'date {}')} {day.shown()}" for day in claim.dates]
    return ", ".join(parts)


def status_report_told(report: StatusReport) -> Iterator[str]:
    """A 277, one line per claim told about and one for what to do."""
    for answer in report.answers:
        yield from _level(answer.about_receiver, "all questions of", _shown(answer.receiver))
        provider = answer.providers[0] if answer.providers else None
        yield from _level(answer.about_provider, "all questions about", _shown(provider))
        for claim in answer.claims:
            yield from _told(answer, claim)
        yield from _also(answer.carried)


def _shown(party: Party | None) -> str:
    return party.shown() if party is not None else "the receiver"


def _level(told: LevelTold | None, what: str, name: str) -> Iterator[str]:
    if told is None:
        return
    for status in told.statuses:
        yield f"  {what} {name}: {status_words(status)}"
        if what_to_do(status):
            yield f"    to do: {what_to_do(status)}"
    yield from _also(told.carried)


def _told(answer: StatusAnswer, claim: ClaimTold) -> Iterator[str]:
    patient = answer.patient()
    assert patient is not None
    parts = [f"Claim of {person_words(patient, answer.subscriber)} at {answer.payer.shown()}"]
    parts += [f"trace {claim.trace.number}", *map(number_words, claim.numbers)]
    parts += [f"{words('date', day.kind, 'date {}')} {day.shown()}" for day in claim.dates]
    yield f"  {', '.join(parts)}"
    for status in claim.statuses:
        yield f"    {status_words(status)}"
    todo = next((text for status in claim.statuses if (text := what_to_do(status))), "")
    if todo:
        yield f"    to do: {todo}"
    for line in claim.lines:
        yield f"    {_line(line)}"
        for status in line.statuses:
            yield f"      {status_words(status)}"
        yield from _also(line.carried)
    yield from _also(claim.carried)


def _line(line: StatusLine) -> str:
    units = f" x{format_quantity(line.units)}" if line.units is not None else ""
    paid = f", paid {format_usd(line.paid_cents)}" if line.paid_cents is not None else ""
    revenue = f" revenue code {line.revenue_code}" if line.revenue_code else ""
    dates = "".join(f", {words('date', day.kind, 'date {}')} {day.shown()}" for day in line.dates)
    numbers = "".join(f", {number_words(number)}" for number in line.numbers)
    return (
        f"line {code_words(line.procedure)}{revenue}{units}: charged {format_usd(line.charge_cents)}"
        f"{paid}{dates}{numbers}"
    )


def _also(carried: tuple[str, ...]) -> Iterator[str]:
    for text in carried:
        yield f"    also there: {text}"
