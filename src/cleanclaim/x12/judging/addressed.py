"""Is this file for us, from whom we deal with, and meant in earnest? By its ISA and GS alone (SNIP type 1)."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from cleanclaim.x12.judging.finding import X12Finding
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.reader import Segment, tokens

_ENVELOPES = frozenset({"ISA", "GS"})
_USAGE = {
    "T": ("TEST-FILE", "this is a test file (T), where only files of production are taken"),
    "P": ("PRODUCTION-FILE", "this is a file of production (P), where files are only tested"),
}


@frozen(kw_only=True)
class Addressee:
    """Who may be named in a file that reaches us; what is empty or None is not asked about.

    ``receiver_ids`` are our own numbers (ISA08, GS03), ``sender_ids`` those of the partner who delivers
    (ISA06, GS02), ``production`` says whether ISA15 must be P or T.
    """

    receiver_ids: tuple[str, ...] = ()
    sender_ids: tuple[str, ...] = ()
    production: bool | None = None


def check_addressed(data: Bytes, who: Addressee) -> tuple[X12Finding, ...]:
    """What says that a file is not meant for us; empty when all is well or the file has no envelope.

    A file with a finding is to be put aside: money and answers in it are somebody else's, or none at all.
    """
    return tuple(_findings(data, who))


def _findings(data: Bytes, who: Addressee) -> Iterator[X12Finding]:
    for token in tokens(data):
        if not isinstance(token, Segment) or token.id not in _ENVELOPES:
            continue
        outer = token.id == "ISA"
        sender, receiver = (6, 8) if outer else (2, 3)
        if who.sender_ids and token.get(sender).strip() not in who.sender_ids:
            yield _finding(
                token, sender, "WRONG-SENDER", "this file does not come from the partner it should"
            )
        if who.receiver_ids and token.get(receiver).strip() not in who.receiver_ids:
            yield _finding(token, receiver, "WRONG-RECEIVER", "this file is for another receiver")
        usage = _USAGE.get(token.get(15)) if outer and who.production is not None else None
        if usage is not None and (token.get(15) == "P") is not who.production:
            yield _finding(token, 15, *usage)


def _finding(segment: Segment, number: int, code: str, message: str) -> X12Finding:
    element = f"{segment.id}{number:02d}"
    return X12Finding(
        snip=1,
        severity="error",
        code=code,
        message=f"{message} ({element})",
        fix="put it aside and ask who sent it",
        segment=segment.ordinal,
        offset=segment.offset,
        element=element,
    )
