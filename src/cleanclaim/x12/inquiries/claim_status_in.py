"""276 and 277 read: every claim asked or told about, with nothing of the file lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from attrs import evolve

from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.guide.loop_tree import Node, tree_of, trees
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
from cleanclaim.x12.inquiries.claim_status_out import (
    asked_rows,
    level_rows,
    line_rows,
    report_branch,
    request_branch,
    status_row,
    told_rows,
)
from cleanclaim.x12.inquiries.judged import heading_of, refuse_loss
from cleanclaim.x12.inquiries.parties import Party
from cleanclaim.x12.inquiries.party_segments import (
    carried,
    day_of,
    day_row,
    demographic_rows,
    keeping,
    named,
    number_of,
    number_row,
    procedure_of,
    read_all,
    read_party,
    trace_of,
)
from cleanclaim.x12.syntax.amounts import amount_at, amount_or_none, parse_quantity
from cleanclaim.x12.syntax.dates import day_or_none
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.syntax.transactions import Transaction

P = TypeVar("P", StatusInquiry, StatusAnswer)


def read_276(data: Bytes) -> tuple[StatusRequest, ...]:
    """Every 276 of a file.

    Raises:
        X12Error: a broken envelope, a set of another kind, an amount that is none, or a shape that no record can
            hold without loss.
    """
    return tuple(_request(tree) for _, tree in trees(data, {"276"}))


def read_277(data: Bytes) -> tuple[StatusReport, ...]:
    """Every 277 of a file that answers a 276; a 277CA is read by `read_acknowledgements`. Raises as `read_276`."""
    return tuple(_report(tree) for _, tree in trees(data, {"277"}))


def status_request_of(transaction: Transaction) -> StatusRequest:
    """One transaction set, a 276."""
    return _request(tree_of(transaction, {"276"}))


def status_report_of(transaction: Transaction) -> StatusReport:
    """One transaction set, a 277."""
    return _report(tree_of(transaction, {"277"}))


def _request(tree: Node) -> StatusRequest:
    inquiries: list[StatusInquiry] = []
    for source in tree.below("2000A"):
        payer = named(source, "2100A")
        for level in source.below("2000B"):
            receiver = named(level, "2100B")
            for provider in level.below("2000C"):
                start = StatusInquiry(
                    payer=payer,
                    receiver=receiver,
                    providers=_providers(provider),
                    subscriber=payer,
                    claims=(),
                )
                inquiries += _persons_below(provider, start, _asked)
    request = StatusRequest(heading=heading_of(tree), inquiries=tuple(inquiries))
    refuse_loss(tree, request_branch(request, None), "276")
    return request


def _persons_below(provider: Node, start: P, claim_of: Callable[[Node], Any]) -> Iterator[P]:
    """The subscribers and dependents of a provider, each with the claims asked or told about."""
    for level in provider.below("2000D"):
        subscriber = _person(level)
        holder = evolve(start, subscriber=subscriber)
        below = list(level.below("2000E"))
        claims = tuple(map(claim_of, level.below("2200D")))
        left = _level_left(level, subscriber)
        if claims or left or not below:
            yield evolve(holder, claims=claims, carried=left)
        for one in below:
            dependent = _person(one)
            claims = tuple(map(claim_of, one.below("2200E")))
            yield evolve(holder, dependent=dependent, claims=claims, carried=_level_left(one, dependent))


def _report(tree: Node) -> StatusReport:
    answers: list[StatusAnswer] = []
    for source in tree.below("2000A"):
        start = StatusAnswer(payer=named(source, "2100A"))
        left = carried(source, ())
        found = [answer for level in source.below("2000B") for answer in _below_receiver(level, start)]
        if left or not found:
            found.insert(0, evolve(start, carried=left))
        answers += found
    report = StatusReport(heading=heading_of(tree), answers=tuple(answers))
    refuse_loss(tree, report_branch(report, None), "277")
    return report


def _below_receiver(level: Node, start: StatusAnswer) -> Iterator[StatusAnswer]:
    here = evolve(start, receiver=named(level, "2100B"), about_receiver=_level_told(level.one("2200B")))
    providers = list(level.below("2000C"))
    left = carried(level, ())
    if left or not providers:
        yield evolve(here, carried=left)
    for provider in providers:
        told = _level_told(provider.one("2200C"))
        one = evolve(here, providers=_providers(provider), about_provider=told)
        left, persons = carried(provider, ()), list(_persons_below(provider, one, _told))
        if left or not persons:
            yield evolve(one, carried=left)
        yield from persons


def _providers(level: Node) -> tuple[Party, ...]:
    found = tuple(read_party(node) for node in level.below("2100C"))
    if not found:
        opener = level.segments[0]
        raise X12Error("a provider level has no name", segment=opener.ordinal, offset=opener.offset)
    return found


def _person(level: Node) -> Party:
    return named(level, f"2100{level.loop.id[-1]}", demographics_above=True)


def _level_left(level: Node, party: Party) -> tuple[str, ...]:
    return carried(level, demographic_rows(party))


def _level_told(node: Node | None) -> LevelTold | None:
    if node is None:
        return None
    told = LevelTold(trace=trace_of(node.segments[0]), statuses=_statuses(node))
    return keeping(told, carried(node, level_rows(told)))


def _asked(node: Node) -> ClaimAsked:
    amount = node.first("AMT", "T3")
    claim = ClaimAsked(
        trace=trace_of(node.segments[0]),
        numbers=read_all(node.all("REF"), number_of, number_row),
        charge_cents=amount_at(amount, 2) if amount is not None else None,
        dates=read_all(node.all("DTP"), day_of, day_row),
        lines=tuple(map(_line, node.below("2210*"))),
    )
    return keeping(claim, carried(node, asked_rows(claim)))


def _told(node: Node) -> ClaimTold:
    claim = ClaimTold(
        trace=trace_of(node.segments[0]),
        statuses=_statuses(node),
        numbers=read_all(node.all("REF"), number_of, number_row),
        dates=read_all(node.all("DTP"), day_of, day_row),
        lines=tuple(map(_line, node.below("2220*"))),
    )
    return keeping(claim, carried(node, told_rows(claim)))


def _line(node: Node) -> StatusLine:
    svc = node.segments[0]
    line = StatusLine(
        procedure=procedure_of(svc, 1),
        charge_cents=amount_at(svc, 2),
        paid_cents=amount_or_none(svc, 3),
        revenue_code=svc.get(4),
        units=parse_quantity(svc.get(7)),
        statuses=_statuses(node),
        numbers=read_all(node.all("REF"), number_of, number_row),
        dates=read_all(node.all("DTP"), day_of, day_row),
    )
    return keeping(line, carried(node, line_rows(line)))


def _statuses(node: Node) -> tuple[Status, ...]:
    return read_all(node.all("STC"), status_of, status_row)


def status_of(stc: Segment) -> Status:
    """An STC segment. Raises X12Error for a date or an amount that is none."""
    composites = [stc.components(place) for place in (1, 10, 11) if stc.get(place)]
    return Status(
        codes=tuple(StatusCode(*[*parts, "", "", ""][:4]) for parts in composites),
        effective_on=day_or_none(stc, 2),
        action=stc.get(3),
        charge_cents=amount_or_none(stc, 4),
        paid_cents=amount_or_none(stc, 5),
        paid_on=day_or_none(stc, 6),
        payment_method=stc.get(7),
        check_on=day_or_none(stc, 8),
        check_number=stc.get(9),
        message=stc.get(12),
    )
