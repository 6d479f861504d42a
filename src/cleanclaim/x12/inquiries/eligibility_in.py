"""270 and 271 read: every person asked or spoken about, with nothing of the file lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve

from cleanclaim.x12.guide.loop_tree import Node, tree_of, trees
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
from cleanclaim.x12.inquiries.eligibility_out import (
    answer_branch,
    asked_rows,
    benefit_rows,
    delivery_row,
    further_row,
    request_branch,
)
from cleanclaim.x12.inquiries.judged import heading_of, refuse_loss
from cleanclaim.x12.inquiries.parties import Day, Party, Trace
from cleanclaim.x12.inquiries.party_segments import (
    carried,
    day_of,
    day_row,
    keeping,
    message_of,
    message_row,
    named,
    number_of,
    number_row,
    procedure_of,
    read_all,
    read_party,
    rejection_of,
    rejection_row,
    trace_of,
    trace_row,
)
from cleanclaim.x12.syntax.amounts import amount_or_none, parse_quantity
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.syntax.transactions import Transaction


def read_270(data: Bytes) -> tuple[EligibilityRequest, ...]:
    """Every 270 of a file.

    Raises:
        X12Error: a broken envelope, a set of another kind, or a shape that no record can hold without loss.
    """
    return tuple(_request(tree) for _, tree in trees(data, {"270"}))


def read_271(data: Bytes) -> tuple[EligibilityAnswer, ...]:
    """Every 271 of a file. Raises X12Error as `read_270` does, and for an amount that is none."""
    return tuple(_answer(tree) for _, tree in trees(data, {"271"}))


def request_of(transaction: Transaction) -> EligibilityRequest:
    """One transaction set, a 270."""
    return _request(tree_of(transaction, {"270"}))


def answer_of(transaction: Transaction) -> EligibilityAnswer:
    """One transaction set, a 271."""
    return _answer(tree_of(transaction, {"271"}))


def _request(tree: Node) -> EligibilityRequest:
    inquiries: list[EligibilityInquiry] = []
    for source in tree.below("2000A"):
        payer = _party(source, "2100A")
        for receiver in source.below("2000B"):
            provider = _party(receiver, "2100B")
            for level in receiver.below("2000C"):
                holder = _party(level, "2100C")
                below = [
                    _inquiry(one, EligibilityInquiry(payer=payer, provider=provider, subscriber=holder))
                    for one in [level, *level.below("2000D")]
                ]
                inquiries += below[1:] if len(below) > 1 and _is_silent(level) else below
    request = EligibilityRequest(heading=heading_of(tree), inquiries=tuple(inquiries))
    refuse_loss(tree, request_branch(request, None), "270")
    return request


def _answer(tree: Node) -> EligibilityAnswer:
    answers: list[PatientBenefits] = []
    for source in tree.below("2000A"):
        rejections = read_all(source.all("AAA"), rejection_of, rejection_row)
        start = PatientBenefits(payer=_party(source, "2100A"), rejections=rejections)
        start = evolve(start, carried=carried(source, map(rejection_row, rejections)))
        found = list(_below_payer(source, evolve(start, carried=())))
        if start.carried or not found:
            found.insert(0, start)
        answers += found
    answer = EligibilityAnswer(heading=heading_of(tree), answers=tuple(answers))
    refuse_loss(tree, answer_branch(answer, None), "271")
    return answer


def _below_payer(source: Node, start: PatientBenefits) -> Iterator[PatientBenefits]:
    for receiver in source.below("2000B"):
        here = evolve(start, provider=_party(receiver, "2100B"))
        levels = list(receiver.below("2000C"))
        left = carried(receiver, ())
        if left or not levels:
            yield evolve(here, carried=left)
        for level in levels:
            person = evolve(here, subscriber=_party(level, "2100C"))
            dependents = list(level.below("2000D"))
            if not (dependents and _is_silent(level)):
                yield _benefits(level, person)
            for one in dependents:
                yield _benefits(one, person)


def _is_silent(level: Node) -> bool:
    """Whether nothing is asked or said about the subscriber: only the dependents below are meant."""
    name = level.one("2100C")
    return not (
        any(segment.id != "HL" for segment in level.segments)
        or (name is not None and (name.kids or _dates(name)))
    )


def _party(level: Node, name: str) -> Party:
    return named(level, name, but=lambda node: [day_row(day) for day in _dates(node)])


def _dates(node: Node) -> tuple[Day, ...]:
    return read_all(node.all("DTP"), day_of, day_row)


def _traces(level: Node) -> tuple[Trace, ...]:
    return read_all(level.all("TRN"), trace_of, trace_row)


def _inquiry(level: Node, start: EligibilityInquiry) -> EligibilityInquiry:
    about, below = _about(level)
    return evolve(start, services=tuple(map(_asked, below)), **about)


def _about(level: Node) -> tuple[dict[str, Any], list[Node]]:
    """What a level says of its person, and the loops below the name."""
    letter = level.loop.id[-1]
    name = level.one(f"2100{letter}")
    traces = _traces(level)
    about = {
        "dependent": _party(level, "2100D") if letter == "D" else None,
        "traces": traces,
        "dates": _dates(name) if name is not None else (),
        "carried": carried(level, map(trace_row, traces)),
    }
    return about, list(name.below("2110*")) if name is not None else []


def _asked(node: Node) -> ServiceAsked:
    eq = node.segments[0]
    item = ServiceAsked(
        service_types=_repeated(eq, 1),
        procedure=procedure_of(eq, 2),
        coverage_level=eq.get(3),
        insurance_type=eq.get(4),
        pointers=procedure_of(eq, 5),
        numbers=read_all(node.all("REF"), number_of, number_row),
        dates=_dates(node),
    )
    return keeping(item, carried(node, asked_rows(item)))


def _benefits(level: Node, start: PatientBenefits) -> PatientBenefits:
    about, below = _about(level)
    return evolve(start, benefits=tuple(map(_benefit, below)), **about)


def _benefit(node: Node) -> Benefit:
    eb = node.segments[0]
    item = Benefit(
        kind=eb.get(1),
        coverage_level=eb.get(2),
        service_types=_repeated(eb, 3),
        insurance_type=eb.get(4),
        plan=eb.get(5),
        period=eb.get(6),
        cents=amount_or_none(eb, 7),
        percent=parse_quantity(eb.get(8)),
        quantity_kind=eb.get(9),
        quantity=parse_quantity(eb.get(10)),
        authorization=eb.get(11),
        in_network=eb.get(12),
        procedure=procedure_of(eb, 13),
        pointers=procedure_of(eb, 14),
        deliveries=read_all(node.all("HSD"), delivery_of, delivery_row),
        numbers=read_all(node.all("REF"), number_of, number_row),
        dates=_dates(node),
        rejections=read_all(node.all("AAA"), rejection_of, rejection_row),
        messages=read_all(node.all("MSG"), message_of, message_row),
        further=tuple(_further(kid) for kid in node.below("2115*")),
        related=tuple(read_party(kid) for kid in node.below("2120*")),
    )
    return keeping(item, carried(node, benefit_rows(item)))


def _further(node: Node) -> FurtherCode:
    iii = node.segments[0]
    item = FurtherCode(iii.get(1), iii.get(2), iii.get(3), iii.get(4))
    return keeping(item, carried(node, [further_row(item)]))


def delivery_of(hsd: Segment) -> Delivery:
    """An HSD segment."""
    return Delivery(
        hsd.get(1),
        parse_quantity(hsd.get(2)),
        hsd.get(3),
        parse_quantity(hsd.get(4)),
        hsd.get(5),
        parse_quantity(hsd.get(6)),
        hsd.get(7),
        hsd.get(8),
    )


def _repeated(segment: Segment, number: int) -> tuple[str, ...]:
    text, repetition = segment.get(number), segment.delimiters.repetition
    if not text:
        return ()
    return tuple(text.split(repetition)) if repetition else (text,)
