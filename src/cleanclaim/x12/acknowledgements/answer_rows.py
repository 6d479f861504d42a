"""One transaction set's answer in a 999: IK3 and IK4 for each finding, with the claim it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from cleanclaim.x12.acknowledgements.answer_codes import (
    ONE_OR_MORE_SEGMENTS,
    SEGMENT_HAS_ELEMENT_ERRORS,
    element_code,
    segment_code,
    set_code,
)
from cleanclaim.x12.guide.guides import find_guide
from cleanclaim.x12.judging.finding import X12Finding
from cleanclaim.x12.judging.verdict import TransactionVerdict
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.syntax.rows import Row, row
from cleanclaim.x12.syntax.writer import STANDARD

_UNITS = {"CLM01": "CLM01", "TRN02": "TRN02", "REF02": "SUBSCRIBER NUMBER REF02"}
_LONGEST_COPY = 99
_ENVELOPE = frozenset({"GS", "GE", "ISA", "IEA"})


def set_rows(
    of: str, st: Segment, verdict: TransactionVerdict | None, known: Mapping[int, Segment]
) -> tuple[list[Row], list[str]]:
    """The rows between AK2 and IK5, and the codes of IK5; ``known`` are the segments findings are about."""
    findings = verdict.findings if verdict is not None else ()
    codes = [code for one in findings if one.severity == "error" and (code := set_code(one))]
    inside = [one for one in findings if not set_code(one) and _is_inside(one, st)]
    rows: list[Row] = []
    for ordinal, group in groupby(sorted(inside, key=lambda one: one.segment), key=lambda one: one.segment):
        rows += _segment_rows(of, st, known.get(ordinal), list(group))
    if any(one.severity == "error" for one in inside) or (not codes and rows):
        codes.append(ONE_OR_MORE_SEGMENTS)
    return rows, list(dict.fromkeys(codes)) or [ONE_OR_MORE_SEGMENTS]


def _is_inside(finding: X12Finding, st: Segment) -> bool:
    return finding.segment >= st.ordinal and not _ENVELOPE & {finding.element[:2], finding.element[:3]}


def _segment_rows(
    of: str, st: Segment, segment: Segment | None, findings: Sequence[X12Finding]
) -> Iterator[Row]:
    """One IK3 per fault of the segment, then one for all faults of its elements."""
    position = str(findings[0].segment - st.ordinal + 1)
    whole = [(one, segment_code(one)) for one in findings]
    for one, code in whole:
        if code:
            yield row(of, "IK3", _name(one, segment), position, one.loop[:4], code)
            yield from _unit(of, st, one)
    parts = [one for one, code in whole if not code]
    if parts:
        name = segment.id if segment is not None else parts[0].element[:3].rstrip("0123456789")
        yield row(of, "IK3", name, position, parts[0].loop[:4], SEGMENT_HAS_ELEMENT_ERRORS)
        yield from _unit(of, st, parts[0])
        for one in parts:
            yield _element_row(of, segment, one)


def _name(finding: X12Finding, segment: Segment | None) -> str:
    """The segment at fault, which may be one that is missing; a name that is no segment's is told as its element."""
    name = finding.element[:3].rstrip("0123456789") or (segment.id if segment is not None else "")
    fit = name.isascii() and name.isalnum()
    return (name if fit else "").ljust(2, "X")[:3]


def _unit(of: str, st: Segment, finding: X12Finding) -> Iterator[Row]:
    """CTX with the number by which the sender knows the claim."""
    known = find_guide(st.get(1), st.get(3))
    if known is None or not finding.claim:
        return
    unit = _UNITS.get(f"{known.claim_key[0]}{known.claim_key[1]:02d}")
    if unit is not None and is_plain(finding.claim) and len(finding.claim) <= 35:
        yield row(of, "CTX", (unit, finding.claim))


def _element_row(of: str, segment: Segment | None, finding: X12Finding) -> Row:
    body, _, part = finding.element.partition("-")
    number = "".join(character for character in body[2:] if character.isdigit())[-2:] or _odd_one(segment)
    place = (str(int(number)), part) if part else (str(int(number)),)
    copy = ""
    if segment is not None and segment.id == body[: len(segment.id)]:
        copy = segment.component(int(number), int(part)) if part else segment.get(int(number))
    fit = copy == copy.strip() and len(copy) <= _LONGEST_COPY and is_plain(copy)
    return row(of, "IK4", place, "", element_code(finding), copy if fit else "")


def _odd_one(segment: Segment | None) -> str:
    """The element that is not plain text, or the last one."""
    elements = segment.elements[1:] if segment is not None else []
    odd = (place for place, text in enumerate(elements, 1) if not (text.isascii() and text.isprintable()))
    return str(min(next(odd, len(elements)) or 1, 99))


def is_plain(text: str) -> bool:
    """Whether a text can stand in one of our files as it is."""
    return text.isascii() and text.isprintable() and not set(text) & set(STANDARD.all())
