"""270 and 271 written: persons and benefits as the loops of 005010X279A1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cleanclaim.x12.claims_837.branches import Branch
from cleanclaim.x12.inquiries.eligibility import (
    Benefit,
    Delivery,
    EligibilityAnswer,
    EligibilityInquiry,
    EligibilityRequest,
    FurtherCode,
    PatientBenefits,
    ServiceAsked,
)
from cleanclaim.x12.inquiries.judged import judged_interchange, top_branch
from cleanclaim.x12.inquiries.level_groups import hang, runs
from cleanclaim.x12.inquiries.parties import Party
from cleanclaim.x12.inquiries.party_segments import (
    day_row,
    message_row,
    number_row,
    party_rows,
    plain_row,
    rejection_row,
    trace_row,
)
from cleanclaim.x12.syntax.amounts import format_amount, format_quantity
from cleanclaim.x12.syntax.envelope import Envelope
from cleanclaim.x12.syntax.rows import Repeated, Row
from cleanclaim.x12.syntax.writer import Guide

ELIGIBILITY_INQUIRY = Guide("270", "HS", "005010X279A1")
ELIGIBILITY_ANSWER = Guide("271", "HB", "005010X279A1")


def write_270(requests: Sequence[EligibilityRequest], envelope: Envelope) -> bytes:
    """One interchange of eligibility inquiries, a transaction set for each request.

    Raises:
        X12Error: no request, text that X12 cannot carry, or what the guide (005010X279A1) refuses.
    """
    tops = [request_branch(item, envelope, index) for index, item in enumerate(requests)]
    return judged_interchange(ELIGIBILITY_INQUIRY, "270", tops, envelope)


def write_271(answers: Sequence[EligibilityAnswer], envelope: Envelope) -> bytes:
    """One interchange of eligibility answers, a transaction set for each.

    Raises:
        X12Error: no answer, text that X12 cannot carry, or what the guide (005010X279A1) refuses.
    """
    tops = [answer_branch(item, envelope, index) for index, item in enumerate(answers)]
    return judged_interchange(ELIGIBILITY_ANSWER, "271", tops, envelope)


def request_branch(request: EligibilityRequest, envelope: Envelope | None, index: int = 0) -> Branch:
    """A 270 as loops."""
    return top_branch("0022", request.heading, envelope, index, below=_levels(request.inquiries))


def answer_branch(answer: EligibilityAnswer, envelope: Envelope | None, index: int = 0) -> Branch:
    """A 271 as loops."""
    return top_branch("0022", answer.heading, envelope, index, below=_levels(answer.answers))


_Person = EligibilityInquiry | PatientBenefits


def _levels(persons: Iterable[_Person]) -> Iterator[Branch]:
    for payer, of_payer in runs(persons, lambda one: one.payer):
        source = Branch("2000A", kids=[party_branch("2100A", payer)])
        hang(source, of_payer, lambda one: one.provider, _receiver, _fill)
        if isinstance(of_payer[0], PatientBenefits):
            source.add(map(rejection_row, of_payer[0].rejections))
        yield source


def _receiver(provider: object, persons: Sequence[_Person]) -> Branch:
    level = Branch("2000B", kids=[party_branch("2100B", provider)])
    hang(level, persons, lambda one: one.subscriber, _subscriber, _fill)
    return level


def _subscriber(holder: object, persons: Sequence[_Person]) -> Branch:
    level = Branch("2000C", kids=[party_branch("2100C", holder)])
    hang(level, persons, lambda one: one.dependent, _dependent, _fill)
    return level


def _dependent(party: object, persons: Sequence[_Person]) -> Branch:
    level = Branch("2000D", kids=[party_branch("2100D", party)])
    _fill(level, persons)
    return level


def _fill(level: Branch, persons: Iterable[_Person]) -> None:
    """What is asked or said about a person goes into the level and into the loop of the name."""
    letter = level.name[-1]
    for person in persons:
        level.add(map(trace_row, person.traces), person.carried)
        level.kids[0].add(map(day_row, person.dates))
        if isinstance(person, EligibilityInquiry):
            level.kids[0].kids += [_asked(item, letter) for item in person.services]
        else:
            level.kids[0].kids += [_benefit(item, letter) for item in person.benefits]


def party_branch(name: str, party: object) -> Branch:
    """A loop of one party."""
    assert isinstance(party, Party)
    return Branch(name).add(party_rows(party), party.carried)


def _asked(item: ServiceAsked, letter: str) -> Branch:
    return Branch(f"2110{letter}").add(asked_rows(item), item.carried)


def asked_rows(item: ServiceAsked) -> Iterator[Row]:
    """The rows of one thing asked about."""
    yield plain_row(
        "inquiry",
        "EQ",
        Repeated(item.service_types),
        item.procedure,
        item.coverage_level,
        item.insurance_type,
        item.pointers,
    )
    yield from map(number_row, item.numbers)
    yield from map(day_row, item.dates)


def _benefit(item: Benefit, letter: str) -> Branch:
    branch = Branch(f"2110{letter}").add(benefit_rows(item), item.carried)
    for code in item.further:
        branch.kids.append(Branch(f"2115{letter}").add([further_row(code)], code.carried))
    for party in item.related:
        branch.kids.append(party_branch(f"2120{letter}", party))
    if item.related:
        branch.add([plain_row("benefit", "LS", "2120"), plain_row("benefit", "LE", "2120")])
    return branch


def benefit_rows(item: Benefit) -> Iterator[Row]:
    """The rows of a benefit's own loop."""
    yield plain_row(
        "benefit",
        "EB",
        item.kind,
        item.coverage_level,
        Repeated(item.service_types),
        item.insurance_type,
        item.plan,
        item.period,
        "" if item.cents is None else format_amount(item.cents),
        "" if item.percent is None else format_quantity(item.percent),
        item.quantity_kind,
        "" if item.quantity is None else format_quantity(item.quantity),
        item.authorization,
        item.in_network,
        item.procedure,
        item.pointers,
    )
    yield from map(delivery_row, item.deliveries)
    yield from map(number_row, item.numbers)
    yield from map(day_row, item.dates)
    yield from map(rejection_row, item.rejections)
    yield from map(message_row, item.messages)


def delivery_row(item: Delivery) -> Row:
    """An HSD segment."""
    numbers = ["" if one is None else format_quantity(one) for one in (item.quantity, item.per, item.periods)]
    return plain_row(
        "delivery",
        "HSD",
        item.quantity_kind,
        numbers[0],
        item.unit,
        numbers[1],
        item.period,
        numbers[2],
        item.frequency,
        item.time_of_day,
    )


def further_row(item: FurtherCode) -> Row:
    """An III segment."""
    return plain_row("further information", "III", item.code_list, item.code, item.category, item.text)
