"""Claims and lines of an 835 from their segments.

Most of what payers send is written the way we would write it ourselves, which shows at a look. Only where it
is not, the record is written again and compared with what came (`unread`), the slow and certain way: both ways
carry the same segments.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import define, evolve, field

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.remittance import RemittedClaim, RemittedLine
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.kernel.money import Cents
from cleanclaim.x12.claims_837.adjudications_in import inpatient_of, outpatient_of
from cleanclaim.x12.claims_837.lines_in import adjustments
from cleanclaim.x12.claims_837.parties_in import first, value
from cleanclaim.x12.remittances_835.remittance_rows import (
    claim_payment_row,
    claim_payment_rows,
    line_payment_row,
    line_payment_rows,
)
from cleanclaim.x12.syntax.amounts import amount_at, parse_amount, plain_amount, plain_quantity, quantity_at
from cleanclaim.x12.syntax.carried import unread as not_written
from cleanclaim.x12.syntax.dates import day_or_none
from cleanclaim.x12.syntax.formats import day
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.unread import unread

# Segments that become fields, by id and qualifier, and how many elements they have where that is certain.
_CLAIM_FIELDS = {"NM1QC": 0, "NM1TT": 0, "DTM232": 3, "DTM233": 3, "DTM050": 3, "AMTI": 3}
_LINE_FIELDS = {"DTM472": 3, "DTM150": 3, "DTM151": 3, "REF6R": 3, "AMTB6": 3}
_CLAIM_REMARKS = {"MOA": range(3, 8), "MIA": (5, *range(20, 24))}
_LINE_REMARKS = {"LQHE": (2,)}
_KINDS = frozenset({"HC", "NU"})
_ONE = Decimal(1)
_LONGEST_CAS, _LONGEST_CLP, _LONGEST_SVC = 20, 12, 7
_CODE_AND_FOUR_MODIFIERS = 6


@define(eq=False)
class ClaimParts:
    """The segments of one claim payment: those before its lines, and those of each line."""

    segments: list[Segment]
    lines: list[list[Segment]] = field(factory=list)


def claim_payment(parts: ClaimParts) -> RemittedClaim:
    """A claim payment with its lines, or marked ``unread`` with the segment that cannot be read."""
    try:
        return _remitted_claim(parts)
    except CleanClaimError as error:
        return _unread_claim(parts, error)


def _unread_claim(parts: ClaimParts, error: CleanClaimError) -> RemittedClaim:
    """What can be told of a claim payment whatever else is wrong with it."""
    every = [*parts.segments, *(segment for line in parts.lines for segment in line)]
    clp = every[0]
    return RemittedClaim(
        claim_id=clp.get(1),
        status=clp.get(2),
        charge_cents=parse_amount(clp.get(3)) or 0,
        paid_cents=parse_amount(clp.get(4)) or 0,
        payer_claim_number=clp.get(7),
        segment_ordinal=clp.ordinal,
        carried=tuple(segment.text() for segment in every),
        unread=unread(error, clp, every[-1], claim_id=clp.get(1)),
    )


def _remitted_claim(parts: ClaimParts) -> RemittedClaim:
    segments = parts.segments
    clp, found = segments[0], _Found(segments, _CLAIM_FIELDS, _CLAIM_REMARKS)
    found.lost = _holds_more(clp, _LONGEST_CLP) or clp.get(10)[:1].isalnum()
    qc, tt, interest = found.at.get("NM1QC"), found.at.get("NM1TT"), found.at.get("AMTI")
    claim = RemittedClaim(
        claim_id=clp.get(1),
        status=clp.get(2),
        charge_cents=found.cents(clp, 3),
        paid_cents=found.cents(clp, 4),
        patient_responsibility_cents=found.cents(clp, 5) if clp.get(5) else 0,
        filing_indicator=clp.get(6),
        payer_claim_number=clp.get(7),
        facility_code=clp.get(8),
        frequency=clp.get(9),
        drg=clp.get(11),
        adjustments=found.adjustments(),
        remarks=found.remarks(_CLAIM_REMARKS),
        patient_last_name=qc.get(3) if qc else "",
        patient_first_name=qc.get(4) if qc else "",
        member_id=(qc.get(9) if qc else "") or value(segments, "NM1", "IL", 9),
        crossover_payer=tt.get(3) if tt else "",
        crossover_payer_id=tt.get(9) if tt else "",
        statement_from=found.day("DTM232"),
        statement_to=found.day("DTM233"),
        received_on=found.day("DTM050"),
        interest_cents=found.cents(interest, 2) if interest else 0,
        segment_ordinal=clp.ordinal,
        carried=found.carried(),
        lines=tuple([_line(clp, line) for line in parts.lines]),
        **found.whole(),
    )
    if found.sure and _claim_is_plain(found, clp, claim):
        return claim
    written = [*claim_payment_rows(claim), claim_payment_row(claim, with_zero=True)]
    return evolve(claim, carried=not_written(segments, written, clp.delimiters))


def _line(clp: Segment, segments: Sequence[Segment]) -> RemittedLine:
    svc, found = segments[0], _Found(segments, _LINE_FIELDS, _LINE_REMARKS)
    kind, code, *modifiers = [*svc.components(1), ""]
    found.lost = _holds_more(svc, _LONGEST_SVC) or (kind not in _KINDS and kind.isalnum())
    at, by_revenue = found.at, kind == "NU"
    submitted = svc.components(6) if svc.get(6) else ()
    reference, allowed = at.get("REF6R"), at.get("AMTB6")
    line = RemittedLine(
        charge_cents=found.cents(svc, 2),
        paid_cents=found.cents(svc, 3),
        code="" if by_revenue else code,
        modifiers=() if by_revenue else tuple(filter(None, modifiers[:4])),
        revenue_code=code if by_revenue else svc.get(4),
        units=found.quantity(svc, 5) if svc.get(5) else _ONE,
        submitted_code=submitted[1] if len(submitted) > 1 else "",
        submitted_modifiers=tuple(filter(None, submitted[2:6])),
        service_date=found.day("DTM472") or found.day("DTM150"),
        service_date_to=found.day("DTM151"),
        control_number=reference.get(2) if reference else "",
        allowed_cents=found.cents(allowed, 2) if allowed else None,
        adjustments=found.adjustments(),
        remarks=found.remarks(_LINE_REMARKS),
        carried=found.carried(),
    )
    if found.sure and _line_is_plain(found, svc):
        return line
    of = clp.get(1)
    written = [*line_payment_rows(of, line), line_payment_row(of, line, with_one=True)]
    return evolve(line, carried=not_written(segments, written, svc.delimiters))


class _Found:
    """The segments of one claim or line behind its first, by what they are.

    ``at`` holds the first of each that becomes a field, ``foreign`` the text of those that are never written
    again as they came. ``lost`` says that the first segment, which ``line`` is the text of, is one of them.
    ``sure`` ends as soon as another segment might not be written again just as it came.
    """

    # Written by hand: one is made per line of the file.
    __slots__ = ("at", "cas", "foreign", "line", "lost", "remarking", "sure")

    def __init__(
        self, segments: Sequence[Segment], fields: Mapping[str, int], remarks: Mapping[str, Sequence[int]]
    ) -> None:
        self.at: dict[str, Segment] = {}
        self.cas: list[Segment] = []
        self.remarking: list[Segment] = []
        self.foreign: list[str] = []
        self.sure, self.lost = True, False
        self.line = segments[0].line
        at = self.at
        for segment in segments[1:]:
            name, elements = segment.id, segment.elements
            if name == "CAS":
                self.cas.append(segment)
                continue
            key = name + elements[1] if len(elements) > 1 else name
            length = fields.get(key)
            if length is not None:
                if key in at or (length and (len(elements) != length or not elements[-1])):
                    self.sure = False
                elif not length and _is_fuller_name(elements):
                    self.foreign.append(segment.line)
                at.setdefault(key, segment)
            elif key in remarks or name in remarks:
                self.remarking.append(segment)
            else:
                self.foreign.append(segment.line)

    def carried(self) -> tuple[str, ...]:
        """The text of the segments that are never written again as they came, in order."""
        return (self.line, *self.foreign) if self.lost else tuple(self.foreign)

    def cents(self, segment: Segment, number: int) -> Cents:
        """The amount in an element. Raises X12Error as `amount_at`."""
        elements = segment.elements
        cents = plain_amount(elements[number]) if number < len(elements) else None
        if cents is None:
            self.sure = False
            return amount_at(segment, number)
        return cents

    def quantity(self, segment: Segment, number: int) -> Decimal:
        """The quantity in an element. Raises X12Error as `quantity_at`."""
        quantity = plain_quantity(segment.get(number))
        if quantity is None:
            self.sure = False
            return quantity_at(segment, number)
        return quantity

    def day(self, key: str) -> dt.date | None:
        """The day of a DTM, or None where there is none. Raises X12Error as `day_or_none`."""
        segment = self.at.get(key)
        if segment is None:
            return None
        found = day(segment.get(2))
        return day_or_none(segment, 2) if found is None else found

    def adjustments(self) -> tuple[Adjustment, ...]:
        """Every reason of every CAS. Raises X12Error as `lines_in.adjustments`."""
        if not self.cas:
            return ()
        plain = _plain_adjustments(self.cas)
        if plain is None:
            self.sure = False
            return adjustments(self.cas)
        return plain

    def remarks(self, places: Mapping[str, Sequence[int]]) -> tuple[str, ...]:
        """The codes of the segments that hold remarks."""
        if not self.remarking:
            return ()
        return tuple(
            text
            for segment in self.remarking
            for number in places.get(segment.id) or places[segment.id + segment.get(1)]
            if (text := segment.get(number))
        )

    def whole(self) -> dict[str, Any]:
        """What MIA and MOA say beyond the remarks of a lone MOA."""
        remarking = self.remarking
        if not remarking or (len(remarking) == 1 and _holds_remarks_alone(remarking[0])):
            return {}
        return {
            "inpatient": inpatient_of(first(remarking, "MIA")),
            "outpatient": outpatient_of(first(remarking, "MOA")),
        }


def _holds_remarks_alone(segment: Segment) -> bool:
    parts = segment.elements
    return segment.id == "MOA" and not any(parts[1:3]) and not any(parts[8:])


def _plain_adjustments(cas: Sequence[Segment]) -> tuple[Adjustment, ...] | None:
    """The reasons of CAS segments that we would write just so, or None where one is not like that."""
    found, groups = [], set()
    for segment in cas:
        elements = segment.elements
        size = len(elements)
        if not 4 <= size <= _LONGEST_CAS or size % 3 == 0 or not elements[-1] or elements[1] in groups:
            return None
        group = elements[1]
        groups.add(group)
        for number in range(2, size, 3):
            reason, cents = elements[number], plain_amount(elements[number + 1])
            text = elements[number + 2] if number + 2 < size else ""
            quantity = plain_quantity(text) if text else None
            if not reason or cents is None or (text and quantity is None):
                return None
            found.append(Adjustment(group, reason, cents, quantity))
    return tuple(found)


def _claim_is_plain(found: _Found, clp: Segment, claim: RemittedClaim) -> bool:
    """Whether CLP, NM1, MOA and AMT are what we would write; the rest was looked at before."""
    elements, at = clp.elements, found.at
    if "NM1TT" in at:
        return False
    if not found.lost and (len(elements) > _LONGEST_CLP or clp.get(10) or not elements[-1]):
        return False
    if "AMTI" in at and not claim.interest_cents:
        return False
    if len(found.remarking) > 1:
        return False
    for segment in found.remarking:
        parts = segment.elements
        if segment.id != "MOA" or not 4 <= len(parts) <= 8 or parts[1] or parts[2] or "" in parts[3:]:
            return False
    qc = at.get("NM1QC")
    if qc is None:
        return not claim.member_id
    parts = qc.elements
    if _is_fuller_name(parts):
        return True
    if len(parts) == 10 and parts[9]:
        return parts[2] == "1" and parts[5:9] == ["", "", "", "MI"]
    return 2 < len(parts) <= 5 and parts[2] == "1" and parts[-1] != "" and not claim.member_id


def _line_is_plain(found: _Found, svc: Segment) -> bool:
    """Whether SVC, DTM and LQ are what we would write; the rest was looked at before."""
    elements, at = svc.elements, found.at
    spans = ("DTM150" in at) + ("DTM151" in at)
    if spans == 1 or (spans and "DTM472" in at):
        return False
    for segment in found.remarking:
        if len(segment.elements) != 3 or not segment.elements[2]:
            return False
    if found.lost:
        return True
    if len(elements) > _LONGEST_SVC or not elements[-1]:
        return False
    paid = svc.components(1)
    if paid[0] == "NU":
        if len(paid) != 2 or not paid[1] or elements[4:5] not in ([], [""]):
            return False
    elif not _is_plain_procedure(paid):
        return False
    return not svc.get(6) or _is_plain_procedure(svc.components(6))


def _holds_more(segment: Segment, longest: int) -> bool:
    """Whether a segment holds something behind the elements that become fields."""
    return any(text[:1].isalnum() for text in segment.elements[longest:])


def _is_fuller_name(elements: Sequence[str]) -> bool:
    """Whether an NM1 tells more of a name than last and first."""
    return any(text.isalnum() for text in elements[5:8])


def _is_plain_procedure(parts: Sequence[str]) -> bool:
    return parts[0] == "HC" and 2 <= len(parts) <= _CODE_AND_FOUR_MODIFIERS and "" not in parts
