"""What comes back the same day: TA1 for the envelope, 999 for each set, 277CA for each claim."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleanclaim.claims.acknowledgement import ClaimStatus, Complaint
from cleanclaim.claims.claim import AnyClaim
from cleanclaim.payersim.acceptance import accept, refuse_total
from cleanclaim.payersim.answer import Answer, Route
from cleanclaim.payersim.faults import NO_FAULTS, Faults, spoil_bytes
from cleanclaim.payersim.intake import ReceivedSet, received_sets
from cleanclaim.payersim.numbers import Numbers
from cleanclaim.payersim.plan import Plans
from cleanclaim.x12 import Envelope, X12Finding, check_envelope, write_277ca, write_999, write_ta1
from cleanclaim.x12.syntax.reader import segments

_FIT = "000"
_CONTROL_STRUCTURE = "022"
_INTERCHANGE_FAULTS = {
    ("NUMBERS-DIFFER", "IEA02"): "001",
    ("WRONG-COUNT", "IEA01"): "021",
    ("CUT-OFF", ""): "023",
    ("NO-TRAILER", ""): "023",
}
_ON_DEMAND = Complaint("2", "rejected on demand", segment="ST", segment_position=1)


def receive(
    data: bytes, plans: Plans, *, on: dt.datetime, numbers: Numbers, faults: Faults = NO_FAULTS
) -> tuple[Answer, ...]:
    """The answers to an 837 on the day it comes in: TA1 where asked for or needed, one 999, 277CAs.

    A rejected interchange gets its TA1 and nothing else; a rejected set is in the 999 and in no 277CA.
    There is one 277CA per set and payer.

    Raises:
        X12Error: the file has no readable ISA, so that nobody can be answered.
    """
    isa = next(segments(data))
    route = Route.of_claims(isa)
    code = faults.reject_interchange or _interchange_code(data)
    answers: list[Answer] = []
    if isa.get(14) == "1" or code != _FIT:
        envelope = _envelope(route, on, numbers)
        name = f"{envelope.interchange_control_number:09d}.ta1"
        answers.append(Answer("TA1", "", name, write_ta1(data, envelope, code)))
    if code == _FIT:
        sets = received_sets(data)
        if faults.reject_transactions:
            sets = tuple(evolve(item, claims=(), complaint=_ON_DEMAND) for item in sets)
        answers.append(_syntax_answer(data, sets, _envelope(route, on, numbers)))
        for item in sets:
            answers += _claim_answers(item, plans, route, on, numbers)
    return tuple(evolve(answer, data=spoil_bytes(answer.data, faults)) for answer in answers)


def _interchange_code(data: bytes) -> str:
    """TA105 for the first fault of the envelope; faults of one set are the 999's."""
    faults = [item for item in check_envelope(data) if not item.element.startswith("SE")]
    return _note_code(faults[0]) if faults else _FIT


def _note_code(finding: X12Finding) -> str:
    return _INTERCHANGE_FAULTS.get((finding.code, finding.element), _CONTROL_STRUCTURE)


def _syntax_answer(data: bytes, sets: tuple[ReceivedSet, ...], envelope: Envelope) -> Answer:
    rejected = {item.control_number: [item.complaint] for item in sets if item.complaint is not None}
    content = write_999(data, envelope, rejected)
    return Answer("999", "", f"{envelope.interchange_control_number:09d}.999", content)


def _claim_answers(
    received: ReceivedSet, plans: Plans, route: Route, on: dt.datetime, numbers: Numbers
) -> list[Answer]:
    pairs = [(accept(claim, plans, on.date()), claim) for claim in received.claims]
    pairs += [(refuse_total(claim, on.date()), claim) for claim in received.unbalanced]
    by_payer: dict[str, list[tuple[ClaimStatus, AnyClaim]]] = {}
    for status, claim in pairs:
        by_payer.setdefault(claim.coverage.payer.payer_id, []).append((status, claim))
    answers = []
    for payer_id, members in by_payer.items():
        plan = plans.get(payer_id)
        envelope = evolve(
            _envelope(route, on, numbers), receiver_name=received.submitter_name or route.submitter_id
        )
        content = write_277ca(
            [status for status, _ in members],
            [claim for _, claim in members],
            envelope,
            payer_name=plan.name if plan is not None else members[0][1].coverage.payer.name,
            payer_id=payer_id,
            received_reference=received.reference,
        )
        name = f"{payer_id}-{envelope.interchange_control_number:09d}.277ca"
        answers.append(Answer("277CA", payer_id, name, content))
    return answers


def _envelope(route: Route, on: dt.datetime, numbers: Numbers) -> Envelope:
    number = numbers.next()
    return Envelope(
        sender_id=route.clearinghouse_id,
        receiver_id=route.submitter_id,
        created_at=on,
        interchange_control_number=number,
        group_control_number=number,
        sender_qualifier=route.clearinghouse_qualifier,
        receiver_qualifier=route.submitter_qualifier,
        test=route.test,
        acknowledgement_requested=False,
    )
