"""From an error to what of a file cannot be read, and back."""

from __future__ import annotations

from cleanclaim.claims.unread import Unread
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.reader import Segment


def unread(
    error: CleanClaimError, begins: Segment, ends: Segment, *, claim_id: str = "", control_number: str = ""
) -> Unread:
    """What an error says of the segments from one to another; where it names none, the first of them is meant."""
    segment, offset = begins.ordinal, begins.offset
    if isinstance(error, X12Error) and error.segment:
        segment, offset = error.segment, error.offset
    return Unread(
        claim_id=claim_id,
        segments=(begins.ordinal, ends.ordinal),
        segment=segment,
        offset=offset,
        what=error.what,
        why=error.why,
        fix=error.fix or "ask the sender to correct it",
        transaction_control_number=control_number,
    )


def error_of(item: Unread) -> X12Error:
    """The error that it is to whoever wants the whole file or nothing."""
    return X12Error(item.what, segment=item.segment, offset=item.offset, why=item.why, fix=item.fix)
