"""The HI segments of a claim: diagnoses, procedures, occurrences, values, conditions, DRG."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from cleanclaim.claims.claim import OccurrenceCode, ValueCode
from cleanclaim.claims.diagnosis import Diagnosis, HospitalProcedure, PresentOnAdmission, pointed
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.amounts import parse_amount
from cleanclaim.x12.syntax.dates import day_in
from cleanclaim.x12.syntax.reader import Segment


@frozen
class HiCode:
    """One composite of an HI segment, with that segment for the place of an error."""

    segment: Segment
    parts: list[str]

    def part(self, number: int) -> str:
        """A component from 1, or an empty text."""
        return self.parts[number - 1] if number <= len(self.parts) else ""


@frozen
class HiCodes:
    """All HI composites of a claim, in order."""

    codes: tuple[HiCode, ...]

    def having(self, *qualifiers: str) -> list[HiCode]:
        """Those with one of these qualifiers."""
        return [code for code in self.codes if code.part(1) in qualifiers]

    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """First-listed and further diagnoses of a professional claim."""
        return self.many("ABK", "BK", "ABF", "BF")

    def many(self, *qualifiers: str) -> tuple[Diagnosis, ...]:
        """Diagnoses with these qualifiers, POA included."""
        return tuple(_diagnosis(code) for code in self.having(*qualifiers))

    def one(self, *qualifiers: str) -> Diagnosis | None:
        """The first diagnosis with one of these qualifiers."""
        return next(iter(self.many(*qualifiers)), None)

    def procedures(self) -> tuple[HospitalProcedure, ...]:
        """Principal procedure, then the others."""
        found = [*self.having("BBR", "BR"), *self.having("BBQ", "BQ")]
        return tuple(
            HospitalProcedure(
                code.part(2), day_in(code.segment, code.part(4)), icd9=not code.part(1).startswith("BB")
            )
            for code in found
        )

    def plain(self, qualifier: str) -> tuple[str, ...]:
        """Codes that stand alone, such as condition codes."""
        return tuple(code.part(2) for code in self.having(qualifier))

    def drg(self) -> str:
        """The DRG, or an empty text."""
        return next(iter(self.plain("DR")), "")

    def occurrences(self) -> tuple[OccurrenceCode, ...]:
        """Occurrence spans, then occurrences."""
        spans = []
        for code in self.having("BI"):
            began, _, ended = code.part(4).partition("-")
            spans.append(
                OccurrenceCode(code.part(2), day_in(code.segment, began), day_in(code.segment, ended))
            )
        days = [
            OccurrenceCode(code.part(2), day_in(code.segment, code.part(4))) for code in self.having("BH")
        ]
        return (*spans, *days)

    def values(self) -> tuple[ValueCode, ...]:
        """Value codes with their amounts."""
        found = []
        for code in self.having("BE"):
            cents = parse_amount(code.part(5))
            if cents is None:
                raise _bad(code, "a value code has no amount")
            found.append(ValueCode(code.part(2), cents))
        return tuple(found)


def hi_codes(head: Sequence[Segment]) -> HiCodes:
    """Every composite of every HI segment among these."""
    return HiCodes(
        tuple(
            HiCode(segment, segment.components(number))
            for segment in head
            if segment.id == "HI"
            for number in range(1, len(segment.elements))
            if segment.elements[number]
        )
    )


def _diagnosis(code: HiCode) -> Diagnosis:
    present = code.part(9)
    if present and present not in {item.value for item in PresentOnAdmission}:
        raise _bad(code, "a present-on-admission indicator is none")
    icd9 = not code.part(1).startswith("A")
    return Diagnosis(
        pointed(code.part(2), icd9=icd9), PresentOnAdmission(present) if present else None, icd9=icd9
    )


def _bad(code: HiCode, what: str) -> X12Error:
    return X12Error(
        what, segment=code.segment.ordinal, offset=code.segment.offset, fix="ask the sender to correct it"
    )
