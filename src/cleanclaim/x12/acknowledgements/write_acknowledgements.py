"""TA1 and 999 for a file received, as a clearinghouse or a payer answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cleanclaim.claims.acknowledgement import Complaint
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.envelope import Envelope
from cleanclaim.x12.syntax.formats import date_fault, day
from cleanclaim.x12.syntax.reader import Segment, segments
from cleanclaim.x12.syntax.rows import Row, render, row
from cleanclaim.x12.syntax.transactions import Transaction, transactions
from cleanclaim.x12.syntax.writer import (
    IMPLEMENTATION_ACKNOWLEDGEMENT,
    STANDARD,
    header,
    interchange,
    trailer,
)

NOTHING_REJECTED: Mapping[str, Sequence[Complaint]] = {}


def write_ta1(received: Bytes, envelope: Envelope, code: str = "000") -> bytes:
    """An interchange that says whether the envelope received was fit: ``code`` is TA105, "000" for none.

    Raises:
        X12Error: what was received has no readable ISA, or the code is not three digits.
    """
    return ta1_bytes(next(iter(segments(received))), envelope, code)


def ta1_bytes(isa: Segment, envelope: Envelope, code: str) -> bytes:
    """As `write_ta1`, for an ISA segment that is at hand.

    Where number, date or time of the interchange are none, so that no TA1 may repeat them, zeros and the time of
    the answer stand in their place; the note code says what was wrong.
    """
    if not (len(code) == 3 and code.isascii() and code.isdigit()):
        raise X12Error("the note code of a TA1 is three digits", where="TA105")
    number, on, clock = isa.get(13), isa.get(9), isa.get(10)
    number = number if _is_digits(number, 9) else "0" * 9
    on = on if _is_digits(on, 6) and day(f"20{on}") is not None else f"{envelope.created_at:%y%m%d}"
    clock = (
        clock if _is_digits(clock, 4) and not date_fault(clock, "TM", 4) else f"{envelope.created_at:%H%M}"
    )
    verdict = "A" if code == "000" else "R"
    answer = row("interchange acknowledgement", "TA1", number, on, clock, verdict, code)
    texts = [header(envelope), *render([answer], STANDARD), trailer(envelope, groups=0)]
    return "".join(f"{text}~" for text in texts).encode("ascii")


def _is_digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


def write_999(
    received: Bytes, envelope: Envelope, rejected: Mapping[str, Sequence[Complaint]] = NOTHING_REJECTED
) -> bytes:
    """One 999 per group received; sets whose ST02 is in ``rejected`` are rejected with those complaints.

    A complaint with an element becomes IK3 and IK4, one with only a segment IK3, one with neither stands
    in the verdict of the set alone.

    Raises:
        X12Error: the file received has no readable envelope or no transaction set, ``rejected`` names a
            set that is not in it, or a complaint has no code.
    """
    groups: dict[int, tuple[Segment, list[Transaction]]] = {}
    for transaction in transactions(received):
        groups.setdefault(transaction.gs.ordinal, (transaction.gs, []))[1].append(transaction)
    known = {item.control_number() for _, members in groups.values() for item in members}
    if not set(rejected) <= known:
        raise X12Error("a rejected transaction set is not in the file received", where="999")
    bodies = [_body(gs, members, rejected) for gs, members in groups.values()]
    return interchange(IMPLEMENTATION_ACKNOWLEDGEMENT, bodies, envelope)


def _body(
    gs: Segment, members: Sequence[Transaction], rejected: Mapping[str, Sequence[Complaint]]
) -> list[Row]:
    of = f"999 for group {gs.get(6)}"
    rows = [row(of, "AK1", gs.get(1), gs.get(6), gs.get(8))]
    for transaction in members:
        control = transaction.control_number()
        rows.append(row(of, "AK2", transaction.set_code(), control, transaction.st.get(3)))
        if control in rejected:
            for complaint in rejected[control]:
                rows += _complaint_rows(of, complaint)
            rows.append(row(of, "IK5", "R", "5"))
        else:
            rows.append(row(of, "IK5", "A"))
    fine = sum(item.control_number() not in rejected for item in members)
    verdict = "A" if fine == len(members) else "P" if fine else "R"
    rows.append(row(of, "AK9", verdict, str(len(members)), str(len(members)), str(fine)))
    return rows


def _complaint_rows(of: str, complaint: Complaint) -> list[Row]:
    if not complaint.segment:
        return []
    if not complaint.code:
        raise X12Error("a complaint has no code", where=of, fix="give it the code of IK304 or IK403")
    position = str(complaint.segment_position or 1)
    # IK303 holds at most four characters: loop 2010BA is told as 2010.
    place = ("IK3", complaint.segment, position, complaint.loop[:4])
    if complaint.element is None:
        return [row(of, *place, complaint.code)]
    return [row(of, *place, "8"), row(of, "IK4", (str(complaint.element),), "", complaint.code)]
