"""The conditions of a payer's rule: a small vocabulary, read once and asked of a claim and its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from attrs import frozen

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim, ProfessionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.edits.facts import first_day, listed_diagnoses, place_of_service
from cleanclaim.edits.ranges import CodeRanges, code_ranges
from cleanclaim.kernel.dates import age_in_years
from cleanclaim.kernel.errors import InputError

Asked = Callable[[AnyClaim, ServiceLine | None], bool]


@frozen
class Conditions:
    """Conditions that must all hold; with ``by_line`` asked of every line, else once of the claim."""

    asked: tuple[Asked, ...]
    by_line: bool
    names: frozenset[str]
    wants_authorization: bool = False

    def hold(self, claim: AnyClaim, line: ServiceLine | None) -> bool:
        """Whether every condition holds of the claim and, where given, of the line."""
        return all(condition(claim, line) for condition in self.asked)


def read_conditions(raw: Any, *, where: str = "") -> Conditions:
    """Read the ``when`` of a rule.

    Raises:
        InputError: nothing given, an unknown condition, or a value of the wrong shape.
    """
    if not isinstance(raw, Mapping) or not raw:
        raise InputError("a rule says when it holds", where=where, fix="give at least one condition in when")
    for name in raw:
        if name not in _READERS:
            raise InputError(
                f"unknown condition {name!r}", where=where, fix=f"use one of {', '.join(sorted(_READERS))}"
            )
    return Conditions(
        asked=tuple(_READERS[name](value, f"{where}, when {name}") for name, value in raw.items()),
        by_line=any(name in _OF_LINE for name in raw),
        names=frozenset(raw),
        wants_authorization=raw.get("authorization") == "missing",
    )


def _texts(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        raise InputError(
            "the value is a list of texts", where=where, fix='write ["11", "22"], each in quotes'
        )
    return tuple(value)


def _number(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InputError("the value is a whole number from 0", where=where)
    return value


def _code_in(value: Any, where: str, *, of: Callable[[ServiceLine], str], inside: bool) -> Asked:
    ranges: CodeRanges = code_ranges(_texts(value, where), where=where)
    return lambda claim, line: line is not None and (of(line) in ranges) is inside


def _modifiers(value: Any, where: str, *, any_of: bool) -> Asked:
    wanted = frozenset(_texts(value, where))
    return lambda claim, line: line is not None and wanted.isdisjoint(line.modifiers) is not any_of


def _pos(value: Any, where: str, *, inside: bool) -> Asked:
    wanted = frozenset(_texts(value, where))
    return lambda claim, line: line is not None and (place_of_service(claim, line) in wanted) is inside


def _units_over(value: Any, where: str) -> Asked:
    limit = Decimal(_number(value, where))
    return lambda claim, line: line is not None and line.units > limit


def _charge_over(value: Any, where: str) -> Asked:
    limit = _number(value, where)
    return lambda claim, line: line is not None and line.charge_cents > limit


def _kind(value: Any, where: str) -> Asked:
    kinds: dict[str, type] = {"professional": ProfessionalClaim, "institutional": InstitutionalClaim}
    if value not in kinds:
        raise InputError(
            f"{value!r} is no kind of claim", where=where, fix="use professional or institutional"
        )
    wanted = kinds[value]
    return lambda claim, line: isinstance(claim, wanted)


def _bill_types(value: Any, where: str) -> Asked:
    beginnings = _texts(value, where)
    return lambda claim, line: (
        isinstance(claim, InstitutionalClaim) and claim.type_of_bill.startswith(beginnings)
    )


def _diagnoses(value: Any, where: str, *, any_of: bool) -> Asked:
    beginnings = _texts(value, where)
    return lambda claim, line: (
        any(item.code.startswith(beginnings) for item in listed_diagnoses(claim)) is any_of
    )


def _age(value: Any, where: str, *, least: bool) -> Asked:
    limit = _number(value, where)

    def asked(claim: AnyClaim, line: ServiceLine | None) -> bool:
        day = line.service_date if line is not None else first_day(claim)
        if day is None:
            return False
        age = age_in_years(claim.patient.birth_date, day)
        return age >= limit if least else age <= limit

    return asked


def _sex(value: Any, where: str) -> Asked:
    if value not in ("F", "M", "U"):
        raise InputError(f"{value!r} is no sex code", where=where, fix="use F, M or U")
    return lambda claim, line: claim.patient.sex.value == value


def _frequency(value: Any, where: str) -> Asked:
    wanted = frozenset(_texts(value, where))
    return lambda claim, line: claim.frequency.value in wanted


def _presence(value: Any, where: str, *, of: Callable[[AnyClaim, ServiceLine | None], object]) -> Asked:
    if value not in ("missing", "present"):
        raise InputError(f"{value!r} is neither missing nor present", where=where)
    wanted = value == "present"
    return lambda claim, line: bool(of(claim, line)) is wanted


def _authorization(claim: AnyClaim, line: ServiceLine | None) -> object:
    return (line is not None and line.authorization_number) or claim.authorization_number


def _ndc(claim: AnyClaim, line: ServiceLine | None) -> object:
    return line is not None and line.drug is not None and line.drug.ndc


def _ordering(claim: AnyClaim, line: ServiceLine | None) -> object:
    return line is not None and line.ordering


def _referring(claim: AnyClaim, line: ServiceLine | None) -> object:
    return (line is not None and line.referring) or claim.referring


def _rendering(claim: AnyClaim, line: ServiceLine | None) -> object:
    return (line is not None and line.rendering) or claim.rendering


def _clia(claim: AnyClaim, line: ServiceLine | None) -> object:
    return claim.clia_number or claim.billing.clia_number


def _of_claim(claim: AnyClaim, line: ServiceLine | None, *, name: str) -> object:
    return getattr(claim, name, None)


def _of_coverage(claim: AnyClaim, line: ServiceLine | None, *, name: str) -> object:
    return getattr(claim.coverage, name)


_OF_LINE: dict[str, Callable[[Any, str], Asked]] = {
    "codes": partial(_code_in, of=lambda line: line.code, inside=True),
    "not_codes": partial(_code_in, of=lambda line: line.code, inside=False),
    "revenue_codes": partial(_code_in, of=lambda line: line.revenue_code, inside=True),
    "modifiers_any": partial(_modifiers, any_of=True),
    "modifiers_none": partial(_modifiers, any_of=False),
    "pos": partial(_pos, inside=True),
    "not_pos": partial(_pos, inside=False),
    "units_over": _units_over,
    "charge_over_cents": _charge_over,
    "ndc": partial(_presence, of=_ndc),
    "ordering_provider": partial(_presence, of=_ordering),
}
_OF_CLAIM: dict[str, Callable[[Any, str], Asked]] = {
    "kind": _kind,
    "bill_types": _bill_types,
    "diagnoses_any": partial(_diagnoses, any_of=True),
    "diagnoses_none": partial(_diagnoses, any_of=False),
    "age_min": partial(_age, least=True),
    "age_max": partial(_age, least=False),
    "sex": _sex,
    "frequency": _frequency,
    "authorization": partial(_presence, of=_authorization),
    "referring_provider": partial(_presence, of=_referring),
    "rendering_provider": partial(_presence, of=_rendering),
    "clia": partial(_presence, of=_clia),
    "referral": partial(_presence, of=partial(_of_claim, name="referral_number")),
    "property_casualty_number": partial(_presence, of=partial(_of_coverage, name="property_casualty_number")),
    "group_number": partial(_presence, of=partial(_of_coverage, name="group_number")),
    **{
        name: partial(_presence, of=partial(_of_claim, name=name))
        for name in ("accident", "onset_date", "initial_treatment_date", "note")
    },
}
_READERS = {**_OF_LINE, **_OF_CLAIM}
