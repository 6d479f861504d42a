"""Rows into an interchange: ISA, GS, ST to SE, GE, IEA, with every count and control number right."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.delimiters import Delimiters
from cleanclaim.x12.syntax.envelope import Envelope
from cleanclaim.x12.syntax.rows import Row, render, row

STANDARD = Delimiters()


@frozen
class Guide:
    """A transaction set with its implementation guide: ST01, GS01 and the version of GS08."""

    set_code: str
    functional_code: str
    version: str
    states_version: bool = True


PROFESSIONAL = Guide("837", "HC", "005010X222A1")
INSTITUTIONAL = Guide("837", "HC", "005010X223A2")
DENTAL = Guide("837", "HC", "005010X224A2")
PROFESSIONAL_PREDETERMINATION = Guide("837", "HC", "005010X291")
INSTITUTIONAL_PREDETERMINATION = Guide("837", "HC", "005010X292")
# ST03 is not used in the 835.
REMITTANCE = Guide("835", "HP", "005010X221A1", states_version=False)
IMPLEMENTATION_ACKNOWLEDGEMENT = Guide("999", "FA", "005010X231A1")
CLAIM_ACKNOWLEDGEMENT = Guide("277", "HN", "005010X214")


def interchange(guide: Guide, bodies: Sequence[Sequence[Row]], envelope: Envelope) -> bytes:
    """One interchange with one group; each body becomes a transaction set.

    Raises:
        X12Error: there is no body, a control number or an id does not fit, or a row cannot be written.
    """
    if not bodies:
        raise X12Error("there is nothing to write", why="a group holds at least one transaction set")
    texts = [header(envelope, sets=len(bodies)), *render([_group_header(guide, envelope)], STANDARD)]
    for index, body in enumerate(bodies):
        control = envelope.transaction_control_number(index)
        opening = row("transaction set", "ST", guide.set_code, control)
        if guide.states_version:
            opening = row("transaction set", "ST", guide.set_code, control, guide.version)
        texts += render([opening, *body], STANDARD)
        texts.append(f"SE*{len(body) + 2}*{control}")
    texts.append(f"GE*{len(bodies)}*{envelope.group_control_number}")
    texts.append(trailer(envelope, groups=1))
    return "".join(f"{text}~" for text in texts).encode("ascii")


def header(envelope: Envelope, *, sets: int = 1) -> str:
    """The ISA segment without its terminator, always 105 characters, for so many transaction sets."""
    _refuse_control_numbers(envelope, sets)
    fields = [
        "ISA",
        "00",
        " " * 10,
        "00",
        " " * 10,
        _padded(envelope.sender_qualifier, 2, "sender qualifier"),
        _padded(envelope.sender_id, 15, "sender id"),
        _padded(envelope.receiver_qualifier, 2, "receiver qualifier"),
        _padded(envelope.receiver_id, 15, "receiver id"),
        f"{envelope.created_at:%y%m%d}",
        f"{envelope.created_at:%H%M}",
        STANDARD.repetition,
        "00501",
        f"{envelope.interchange_control_number:09d}",
        "1" if envelope.acknowledgement_requested else "0",
        "T" if envelope.test else "P",
        STANDARD.component,
    ]
    return STANDARD.element.join(fields)


def trailer(envelope: Envelope, *, groups: int) -> str:
    """The IEA segment without its terminator."""
    return f"IEA*{groups}*{envelope.interchange_control_number:09d}"


def _group_header(guide: Guide, envelope: Envelope) -> Row:
    return row(
        "functional group",
        "GS",
        guide.functional_code,
        envelope.sender_id,
        envelope.receiver_id,
        f"{envelope.created_at:%Y%m%d}",
        f"{envelope.created_at:%H%M}",
        str(envelope.group_control_number),
        "X",
        guide.version,
    )


def _padded(text: str, width: int, field: str) -> str:
    render([row(f"envelope, {field}", "ISA", text)], STANDARD)
    if not text.strip() or len(text) > width:
        raise X12Error(
            f"the {field} must have 1 to {width} characters", where="envelope", fix="correct the envelope"
        )
    return text.ljust(width)


def _refuse_control_numbers(envelope: Envelope, sets: int) -> None:
    numbers = {
        "interchange control number": envelope.interchange_control_number,
        "group control number": envelope.group_control_number,
        "transaction control number": envelope.first_transaction_control_number,
        "last transaction control number": envelope.first_transaction_control_number + sets - 1,
    }
    for name, number in numbers.items():
        if not 1 <= number <= 999_999_999:
            raise X12Error(f"the {name} must lie in 1 to 999999999", where="envelope")
