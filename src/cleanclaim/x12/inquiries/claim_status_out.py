"""276 and 277 written: questions and answers about claims as the loops of 005010X212."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cleanclaim.x12.claims_837.branches import Branch
from cleanclaim.x12.inquiries.claim_status import (
    ClaimAsked,
    ClaimTold,
    LevelTold,
    Status,
    StatusAnswer,
    StatusInquiry,
    StatusLine,
    StatusReport,
    StatusRequest,
)
from cleanclaim.x12.inquiries.judged import judged_interchange, top_branch
from cleanclaim.x12.inquiries.level_groups import hang, runs
from cleanclaim.x12.inquiries.parties import Party
from cleanclaim.x12.inquiries.party_segments import (
    day_row,
    demographic_rows,
    number_row,
    party_rows,
    plain_row,
    short_day,
    trace_row,
)
from cleanclaim.x12.syntax.amounts import format_amount, format_quantity
from cleanclaim.x12.syntax.envelope import Envelope
from cleanclaim.x12.syntax.rows import Row
from cleanclaim.x12.syntax.writer import Guide

STATUS_INQUIRY = Guide("276", "HR", "005010X212")
STATUS_REPORT = Guide("277", "HN", "005010X212")
_Person = StatusInquiry | StatusAnswer


def write_276(requests: Sequence[StatusRequest], envelope: Envelope) -> bytes:
    """One interchange of questions about claims, a transaction set for each request.

    Raises:
        X12Error: no request, text that X12 cannot carry, or what the guide (005010X212) refuses.
    """
    tops = [request_branch(item, envelope, index) for index, item in enumerate(requests)]
    return judged_interchange(STATUS_INQUIRY, "276", tops, envelope)


def write_277(reports: Sequence[StatusReport], envelope: Envelope) -> bytes:
    """One interchange of answers about claims, a transaction set for each report. Raises as `write_276`."""
    tops = [report_branch(item, envelope, index) for index, item in enumerate(reports)]
    return judged_interchange(STATUS_REPORT, "277", tops, envelope)


def request_branch(request: StatusRequest, envelope: Envelope | None, index: int = 0) -> Branch:
    """A 276 as loops."""
    return top_branch("0010", request.heading, envelope, index, below=_levels(request.inquiries))


def report_branch(report: StatusReport, envelope: Envelope | None, index: int = 0) -> Branch:
    """A 277 as loops."""
    return top_branch("0010", report.heading, envelope, index, below=_levels(report.answers))


def _levels(persons: Iterable[_Person]) -> Iterator[Branch]:
    for payer, of_payer in runs(persons, lambda one: one.payer):
        source = Branch("2000A", kids=[_party("2100A", payer)])
        hang(source, of_payer, lambda one: one.receiver, _receiver, _fill)
        yield source


def _receiver(party: object, persons: Sequence[_Person]) -> Branch:
    level = Branch("2000B", kids=[_party("2100B", party)])
    level.kids += _told("2200B", persons[0], "about_receiver")
    hang(level, persons, _first_provider, _provider, _fill)
    return level


def _first_provider(person: _Person) -> object:
    return person.providers[0] if person.providers else None


def _provider(_: object, persons: Sequence[_Person]) -> Branch:
    level = Branch("2000C", kids=[_party("2100C", party) for party in persons[0].providers])
    level.kids += _told("2200C", persons[0], "about_provider")
    hang(level, persons, lambda one: one.subscriber, _subscriber, _fill)
    return level


def _subscriber(holder: object, persons: Sequence[_Person]) -> Branch:
    level = _person("D", holder)
    hang(level, persons, lambda one: one.dependent, _dependent, _fill)
    return level


def _dependent(party: object, persons: Sequence[_Person]) -> Branch:
    level = _person("E", party)
    _fill(level, persons)
    return level


def _person(letter: str, party: object) -> Branch:
    assert isinstance(party, Party)
    name = Branch(f"2100{letter}").add(party_rows(party, demographics=False), party.carried)
    return Branch(f"2000{letter}", kids=[name]).add(demographic_rows(party))


def _fill(level: Branch, persons: Iterable[_Person]) -> None:
    letter = level.name[-1]
    for person in persons:
        level.add((), person.carried)
        for claim in person.claims:
            level.kids.append(
                _asked(claim, letter) if isinstance(claim, ClaimAsked) else _answer(claim, letter)
            )


def _party(name: str, party: object) -> Branch:
    assert isinstance(party, Party)
    return Branch(name).add(party_rows(party), party.carried)


def _told(name: str, person: _Person, which: str) -> Iterator[Branch]:
    told: LevelTold | None = getattr(person, which, None)
    if told is not None:
        yield Branch(name).add(level_rows(told), told.carried)


def level_rows(told: LevelTold) -> Iterator[Row]:
    """The rows of an answer about a whole level."""
    yield trace_row(told.trace)
    yield from map(status_row, told.statuses)


def _asked(claim: ClaimAsked, letter: str) -> Branch:
    branch = Branch(f"2200{letter}").add(asked_rows(claim), claim.carried)
    branch.kids += [Branch(f"2210{letter}").add(line_rows(line), line.carried) for line in claim.lines]
    return branch


def asked_rows(claim: ClaimAsked) -> Iterator[Row]:
    """The rows of a claim asked about."""
    yield trace_row(claim.trace)
    yield from map(number_row, claim.numbers)
    if claim.charge_cents is not None:
        yield plain_row("claim asked about", "AMT", "T3", format_amount(claim.charge_cents))
    yield from map(day_row, claim.dates)


def _answer(claim: ClaimTold, letter: str) -> Branch:
    branch = Branch(f"2200{letter}").add(told_rows(claim), claim.carried)
    branch.kids += [Branch(f"2220{letter}").add(line_rows(line), line.carried) for line in claim.lines]
    return branch


def told_rows(claim: ClaimTold) -> Iterator[Row]:
    """The rows of an answer about a claim."""
    yield trace_row(claim.trace)
    yield from map(status_row, claim.statuses)
    yield from map(number_row, claim.numbers)
    yield from map(day_row, claim.dates)


def line_rows(line: StatusLine) -> Iterator[Row]:
    """The rows of a line asked or told about."""
    yield plain_row(
        "line",
        "SVC",
        line.procedure,
        format_amount(line.charge_cents),
        "" if line.paid_cents is None else format_amount(line.paid_cents),
        line.revenue_code,
        "",
        "",
        "" if line.units is None else format_quantity(line.units),
    )
    yield from map(status_row, line.statuses)
    yield from map(number_row, line.numbers)
    yield from map(day_row, line.dates)


def status_row(status: Status) -> Row:
    """An STC segment."""
    codes = [(one.category, one.status, one.entity, one.code_list) for one in status.codes[:3]]
    codes += [("", "", "", "")] * (3 - len(codes))
    return plain_row(
        "status",
        "STC",
        codes[0],
        short_day(status.effective_on),
        status.action,
        "" if status.charge_cents is None else format_amount(status.charge_cents),
        "" if status.paid_cents is None else format_amount(status.paid_cents),
        short_day(status.paid_on),
        status.payment_method,
        short_day(status.check_on),
        status.check_number,
        codes[1],
        codes[2],
        status.message,
    )
