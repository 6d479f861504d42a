"""TA1, 999 and 277CA files read: three different facts, never mixed up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, evolve, field

from cleanclaim.claims.acknowledgement import (
    Acknowledgement,
    AcknowledgementKind,
    ClaimStatus,
    Complaint,
    TransactionVerdict,
    Verdict,
)
from cleanclaim.x12.acknowledgements.acknowledgement_words import (
    ACCEPTED_CATEGORIES,
    ELEMENT_FAULTS,
    GROUP_FAULTS,
    INTERCHANGE_FAULTS,
    SEGMENT_FAULTS,
    SET_FAULTS,
    VERDICTS,
)
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.amounts import amount_or_none
from cleanclaim.x12.syntax.dates import day_or_none
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.reader import Segment, segments
from cleanclaim.x12.syntax.transactions import Transaction, transactions


def read_acknowledgements(data: Bytes) -> tuple[Acknowledgement, ...]:
    """Every TA1, 999 and 277CA of a file: first the TA1s, then the others in order.

    Raises:
        X12Error: no X12, a broken envelope, a file that holds something else or none of the three, or a
            verdict that is none.
    """
    found = [interchange_answer(segment) for segment in segments(data) if segment.id == "TA1"]
    found += [acknowledgement_of(transaction) for transaction in transactions(data)]
    if not found:
        raise X12Error("the file holds no acknowledgement", fix="choose a TA1, 999 or 277CA")
    return tuple(found)


def interchange_answer(ta1: Segment) -> Acknowledgement:
    """The answer of one TA1 segment. Raises X12Error where its verdict is none."""
    code = ta1.get(5)
    complaint = Complaint(code, INTERCHANGE_FAULTS.get(code, "unknown note code"))
    return Acknowledgement(
        kind=AcknowledgementKind.TA1,
        verdict=_verdict(ta1, 4),
        interchange_control_number=ta1.get(1),
        complaints=() if code == "000" else (complaint,),
    )


def acknowledgement_of(transaction: Transaction) -> Acknowledgement:
    """The answer of one transaction set, a 999 or a 277CA. Raises X12Error for any other."""
    code, version = transaction.set_code(), transaction.version()
    if code == "999":
        return _implementation(transaction)
    if code == "277" and version.startswith("005010X214"):
        return _claim_answers(transaction)
    raise X12Error(
        f"this is a {code[:3]} of the guide {version[:12] or '(none)'} and no acknowledgement",
        segment=transaction.st.ordinal,
        offset=transaction.st.offset,
        why="TA1, 999 (005010X231) and 277CA (005010X214) are read",
        fix="choose a file of that kind",
    )


@define
class _Set:
    """A 999's answer for one transaction set while it is read; ``started`` is where the last IK3 began."""

    ak2: Segment
    complaints: list[Complaint] = field(factory=list)
    verdict: Verdict | None = None
    envelope: list[Complaint] = field(factory=list)
    started: int = 0
    claim: str = ""

    def begin(self, ik3: Segment) -> None:
        """A segment in error: its own fault, where it has one, and perhaps those of its elements."""
        self.started, self.claim = len(self.complaints), ""
        if ik3.get(4) != "8":
            self.complaints.append(_segment_complaint(ik3))

    def add(self, ik4: Segment, ik3: Segment | None) -> None:
        """A fault of an element."""
        self.complaints.append(evolve(_element_complaint(ik4, ik3), claim_id=self.claim))

    def about(self, ctx: Segment) -> None:
        """CTX names the claim that the segment in error belongs to."""
        if ctx.component(1, 1) in {"CLM01", "TRN02"}:
            self.claim = ctx.component(1, 2)
            for place in range(self.started, len(self.complaints)):
                self.complaints[place] = evolve(self.complaints[place], claim_id=self.claim)


def _implementation(transaction: Transaction) -> Acknowledgement:
    group, verdict = "", None
    complaints: tuple[Complaint, ...] = ()
    sets: list[_Set] = []
    ik3: Segment | None = None
    for segment in transaction.body:
        name = segment.id
        if name == "AK1":
            group = segment.get(2)
        elif name == "AK2":
            sets.append(_Set(segment))
        elif name == "AK9":
            verdict = _verdict(segment, 1)
            complaints = tuple(_set_complaints(segment, GROUP_FAULTS))
        elif name in {"IK3", "IK4", "IK5"} and not sets:
            raise _shape(segment, f"{name} stands before any AK2")
        elif name == "IK3":
            ik3 = segment
            sets[-1].begin(segment)
        elif name == "IK4":
            sets[-1].add(segment, ik3)
        elif name == "CTX" and ik3 is not None:
            sets[-1].about(segment)
        elif name == "IK5":
            sets[-1].verdict = _verdict(segment, 1)
            sets[-1].envelope = list(_set_complaints(segment, SET_FAULTS))
            ik3 = None
    if verdict is None:
        raise _shape(transaction.st, "the 999 has no verdict for the group (AK9)")
    return Acknowledgement(
        kind=AcknowledgementKind.IMPLEMENTATION,
        verdict=verdict,
        group_control_number=group,
        transactions=tuple(_finished(item) for item in sets),
        complaints=complaints,
    )


def _set_complaints(segment: Segment, words: Mapping[str, str]) -> Iterator[Complaint]:
    """The codes of IK502 or AK905 on, but for "segments are in error", which the segments say themselves."""
    for code in segment.elements[2 if segment.id == "IK5" else 5 :]:
        if code and not (segment.id == "IK5" and code in {"5", "I5"}):
            yield Complaint(code, words.get(code, "unknown fault"), segment.id)


def _finished(item: _Set) -> TransactionVerdict:
    if item.verdict is None:
        raise _shape(item.ak2, "a transaction set has no verdict (IK5)")
    item.complaints += item.envelope
    return TransactionVerdict(item.ak2.get(2), item.ak2.get(1), item.verdict, tuple(item.complaints))


def _segment_complaint(ik3: Segment) -> Complaint:
    code = ik3.get(4)
    return Complaint(
        code=code,
        message=SEGMENT_FAULTS.get(code, "unknown fault of a segment"),
        segment=ik3.get(1),
        segment_position=_number(ik3.get(2)),
        loop=ik3.get(3),
    )


def _element_complaint(ik4: Segment, ik3: Segment | None) -> Complaint:
    if ik3 is None:
        raise _shape(ik4, "IK4 stands before any IK3")
    code = ik4.get(3)
    return evolve(
        _segment_complaint(ik3),
        code=code,
        message=ELEMENT_FAULTS.get(code, "unknown fault of an element"),
        element=_number(ik4.component(1, 1)),
        component=_number(ik4.component(1, 2)),
        copied=ik4.get(4),
    )


def _claim_answers(transaction: Transaction) -> Acknowledgement:
    reference, level = "", ""
    complaints: list[Complaint] = []
    claims: list[ClaimStatus] = []
    for group in _levels(transaction.body):
        level = group[0].get(3) if group[0].id == "HL" else level
        if level == "21":
            reference = next((item.get(2) for item in group if item.id == "TRN"), reference)
        if level in {"21", "19"}:
            complaints += [_status_complaint(item) for item in group if item.id == "STC" and _stops(item)]
        elif level == "PT":
            claims += _claims(group)
    rejected = bool(complaints) or (claims and all(item.verdict is Verdict.REJECTED for item in claims))
    some = any(item.verdict is Verdict.REJECTED for item in claims)
    verdict = Verdict.ACCEPTED_WITH_ERRORS if some else Verdict.ACCEPTED
    return Acknowledgement(
        kind=AcknowledgementKind.CLAIM,
        verdict=Verdict.REJECTED if rejected else verdict,
        batch_reference=reference,
        claims=tuple(claims),
        complaints=tuple(complaints),
    )


def _levels(body: Iterable[Segment]) -> Iterator[list[Segment]]:
    group: list[Segment] = []
    for segment in body:
        if segment.id == "HL" and group:
            yield group
            group = []
        group.append(segment)
    if group:
        yield group


def _claims(group: Sequence[Segment]) -> Iterator[ClaimStatus]:
    starts = [index for index, item in enumerate(group) if item.id == "TRN" and item.get(1) == "2"]
    if not starts:
        raise _shape(group[0], "a patient has no claim that is answered (TRN*2)")
    for start, stop in zip(starts, [*starts[1:], len(group)], strict=True):
        yield _claim(group[start:stop])


def _claim(part: Sequence[Segment]) -> ClaimStatus:
    head = []
    for item in part:
        if item.id == "SVC":
            break
        head.append(item)
    answers = [item for item in head if item.id == "STC"]
    if not answers:
        raise _shape(part[0], "a claim has no status (STC)")
    told = next((item for item in answers if _stops(item)), answers[0])
    number = next((item.get(2) for item in head if item.id == "REF" and item.get(1) == "1K"), "")
    return ClaimStatus(
        claim_id=part[0].get(2),
        verdict=Verdict.REJECTED if _stops(told) else Verdict.ACCEPTED,
        category=told.component(1, 1),
        status=told.component(1, 2),
        entity=told.component(1, 3),
        message=_message(told),
        payer_claim_number=number,
        charge_cents=amount_or_none(told, 4),
        effective_on=day_or_none(told, 2),
    )


def _message(stc: Segment) -> str:
    further = [stc.get(number).replace(stc.delimiters.component, ":") for number in (10, 11)]
    return "; ".join(part for part in (stc.get(12), *further) if part)


def _status_complaint(stc: Segment) -> Complaint:
    code = ":".join(part for part in stc.components(1) if part)
    return Complaint(code, _message(stc) or "the submitter or provider is rejected", "STC", stc.ordinal)


def _stops(stc: Segment) -> bool:
    return stc.component(1, 1) not in ACCEPTED_CATEGORIES


def _verdict(segment: Segment, number: int) -> Verdict:
    verdict = VERDICTS.get(segment.get(number))
    if verdict is None:
        raise _shape(segment, f"{segment.id}{number:02d} is no verdict")
    return verdict


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _shape(segment: Segment, what: str) -> X12Error:
    return X12Error(what, segment=segment.ordinal, offset=segment.offset, fix="ask the sender to correct it")
