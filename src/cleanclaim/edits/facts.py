"""What many edits ask of a claim: its diagnoses with their places on the form, its days, its providers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import frozen

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim, ProfessionalClaim
from cleanclaim.claims.diagnosis import Diagnosis
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Provider

_LETTERS = "ABCDEFGHIJKL"
_OTHER_LETTERS = "ABCDEFGHIJKLMNOPQ"
MEDICARE = frozenset({"MA", "MB"})


@frozen
class PlacedDiagnosis:
    """A diagnosis with its place on the form ("CMS-1500 box 21A", "UB-04 FL 67") and its role.

    ``role`` is "listed", "admitting", "reason" or "cause"; ``days`` are the days that govern it: discharge on
    an institutional claim, otherwise those of the lines that point to it, or of all lines where none does.
    """

    diagnosis: Diagnosis
    field: str
    role: str
    days: tuple[dt.date, ...]

    @property
    def code(self) -> str:
        """The code with its point."""
        return self.diagnosis.code


def is_professional(claim: AnyClaim) -> bool:
    """Whether this claim goes on a CMS-1500."""
    return isinstance(claim, ProfessionalClaim)


def box(claim: AnyClaim, cms_1500: str, ub_04: str) -> str:
    """The field's name on the form of this claim: ``box(claim, "24D", "44")``."""
    if isinstance(claim, ProfessionalClaim):
        return f"CMS-1500 box {cms_1500}" if cms_1500 else ""
    return f"UB-04 FL {ub_04}" if ub_04 else ""


def listed_diagnoses(claim: AnyClaim) -> tuple[Diagnosis, ...]:
    """The diagnoses in order: first-listed or principal first."""
    if isinstance(claim, ProfessionalClaim):
        return claim.diagnoses
    return claim.all_diagnoses()


def placed_diagnoses(claim: AnyClaim) -> list[PlacedDiagnosis]:
    """Every diagnosis on the claim with its place and its days, the listed ones first."""
    if isinstance(claim, ProfessionalClaim):
        all_days = tuple(sorted({line.service_date for line in claim.lines}))
        return [
            PlacedDiagnosis(diagnosis, _box_21(place), "listed", _pointing_days(claim, place, all_days))
            for place, diagnosis in enumerate(claim.diagnoses)
        ]
    days = (claim.statement.last or claim.statement.first,)
    placed = [
        PlacedDiagnosis(diagnosis, _field_67(place), "listed", days)
        for place, diagnosis in enumerate(claim.all_diagnoses())
    ]
    if claim.admitting_diagnosis is not None:
        placed.append(PlacedDiagnosis(claim.admitting_diagnosis, "UB-04 FL 69", "admitting", days))
    placed.extend(PlacedDiagnosis(item, "UB-04 FL 70", "reason", days) for item in claim.reason_for_visit)
    placed.extend(PlacedDiagnosis(item, "UB-04 FL 72", "cause", days) for item in claim.external_causes)
    return placed


def _box_21(place: int) -> str:
    return f"CMS-1500 box 21{_LETTERS[place : place + 1]}"


def _field_67(place: int) -> str:
    return f"UB-04 FL 67{_OTHER_LETTERS[place - 1 : place] if place else ''}"


def _pointing_days(
    claim: ProfessionalClaim, place: int, all_days: tuple[dt.date, ...]
) -> tuple[dt.date, ...]:
    if len(all_days) < 2:
        return all_days
    pointing = {line.service_date for line in claim.lines if place + 1 in line.pointers}
    return tuple(sorted(pointing)) or all_days


def first_day(claim: AnyClaim) -> dt.date | None:
    """The first day of the claim: of the statement period, or of the lines; None without any line."""
    if isinstance(claim, InstitutionalClaim):
        return claim.statement.first
    return min((line.service_date for line in claim.lines), default=None)


def last_day(claim: AnyClaim) -> dt.date | None:
    """The last day of the claim: of the statement period, or of the lines; None without any line."""
    if isinstance(claim, InstitutionalClaim):
        return claim.statement.last or claim.statement.first
    return max((line.last_service_date() for line in claim.lines), default=None)


def pointed_diagnoses(claim: AnyClaim, line: ServiceLine) -> list[Diagnosis]:
    """The diagnoses a line points to; on an institutional claim, all that are listed."""
    if isinstance(claim, InstitutionalClaim):
        return list(claim.all_diagnoses())
    return [claim.diagnoses[place - 1] for place in line.pointers if 1 <= place <= len(claim.diagnoses)]


def place_of_service(claim: AnyClaim, line: ServiceLine) -> str:
    """The line's place of service, else the claim's; empty on an institutional claim."""
    if line.place_of_service or isinstance(claim, InstitutionalClaim):
        return line.place_of_service
    return claim.place_of_service


def rendering_npi(claim: AnyClaim, line: ServiceLine) -> str:
    """Who did it: the line's rendering provider, else the claim's, else the billing provider."""
    return (line.rendering or claim.rendering or claim.billing).npi


def placed_providers(claim: AnyClaim) -> Iterator[tuple[str, str, Provider, int | None]]:
    """Every provider on the claim: its role in words, its field on the form, itself, and its line."""
    heads: list[tuple[str, str, Provider | None]] = [
        ("billing provider", box(claim, "33a", "56"), claim.billing),
        ("pay-to provider", box(claim, "33", "2"), claim.pay_to),
        ("rendering provider", box(claim, "24J", "78"), claim.rendering),
        ("referring provider", box(claim, "17b", "78"), claim.referring),
        ("supervising provider", box(claim, "17b", "79"), claim.supervising),
        ("service facility", box(claim, "32a", "1"), claim.facility),
    ]
    if isinstance(claim, InstitutionalClaim):
        heads.append(("attending provider", "UB-04 FL 76", claim.attending))
        heads.append(("operating provider", "UB-04 FL 77", claim.operating))
    for role, field, provider in heads:
        if provider is not None:
            yield role, field, provider, None
    for line in claim.lines:
        if line.rendering is not None:
            yield "rendering provider", box(claim, "24J", "78"), line.rendering, line.number
        if line.ordering is not None:
            yield "ordering provider", box(claim, "17b", "78"), line.ordering, line.number
        if line.referring is not None:
            yield "referring provider", box(claim, "17b", "78"), line.referring, line.number


def plural(count: int, word: str) -> str:
    """``plural(1, "diagnosis")``: the count with the word; a word ending in "is" gets "es"."""
    if count == 1:
        return f"1 {word}"
    return f"{count} {word[:-2]}es" if word.endswith("is") else f"{count} {word}s"
