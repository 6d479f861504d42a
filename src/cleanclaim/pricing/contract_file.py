"""Contract files: YAML in, a `Contract` out, and a refusal that names the place when something is off."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from attrs import evolve

from cleanclaim.kernel.dated import Dated, DatedTable, OverlapError
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.fields import Fields, fields_from, read_fields
from cleanclaim.kernel.money import Cents
from cleanclaim.pricing.benefits import Benefits, Visit
from cleanclaim.pricing.contract import (
    BundledRule,
    CaseRule,
    ChargeRule,
    Contract,
    CoordinationRule,
    FeeRule,
    LineRule,
    ModifierRate,
    PerDiemRule,
    Scope,
    Terms,
)

_LINE_METHODS = ("fee_schedule", "percent_of_charge", "per_diem", "bundled")
_METHODS = (*_LINE_METHODS, "case_rate", "coordinates")
_CLAIM_KINDS = {"professional", "outpatient", "inpatient"}

Schedules = dict[str, dict[str, Cents]]


def load_contract(path: Path) -> Contract:
    """Read one contract file (its layout is told by example in `examples/contracts/`).

    Raises:
        OverlapError: two terms hold on one day; both are named.
        InputError: a field is missing, unknown, given twice or of the wrong kind.
    """
    return _contract(read_fields(Path(path)))


def contract_from_text(text: str, *, where: str) -> Contract:
    """Read a contract from the text of its file. Raises as `load_contract` does."""
    return _contract(fields_from(text.encode(), where))


def _contract(fields: Fields) -> Contract:
    contract_id, payer_id = fields.text("contract"), fields.text("payer")
    document = fields.text("document")
    schedules: Schedules = {
        name: _schedule(section) for name, section in fields.named_sections("schedules").items()
    }
    terms = [_terms(section, schedules) for section in fields.sections("terms", required=True)]
    fields.done()
    if not terms:
        raise InputError(
            "the contract has no terms", where=fields.where, fix="give at least one entry in terms"
        )
    _refuse_overlaps(terms, fields.where)
    rows = [Dated(item.period, item) for item in terms]
    return Contract(contract_id, payer_id, document, DatedTable(fields.where, rows))


def _refuse_overlaps(terms: list[Terms], where: str) -> None:
    for one, other in combinations(sorted(terms, key=lambda item: item.period.first), 2):
        if one.period.overlaps(other.period):
            raise OverlapError(
                f"{_named(one)} and {_named(other)} both hold on {other.period.first}",
                where=where,
                why="a service has one price on a day",
                fix=f"end {one.edition!r} before {other.period.first}, or begin the other one later",
            )


def _named(terms: Terms) -> str:
    until = f"to {terms.period.last}" if terms.period.last else "without an end"
    return f"{terms.edition!r} (from {terms.period.first} {until})"


def _schedule(fields: Fields) -> dict[str, Cents]:
    fees = fields.price_table("fees")
    fields.text("where", "")
    fields.done()
    return fees


def _terms(fields: Fields, schedules: Schedules) -> Terms:
    period, edition = fields.period(), fields.text("edition")
    rules = fields.sections("rules", required=True)
    terms = Terms(
        period=period,
        edition=edition,
        default=_default(fields, schedules),
        modifiers={name: _modifier(each) for name, each in fields.named_sections("modifiers").items()},
        lesser_of_charge=fields.flag("lesser_of_charge", default=True),
        sequestration_parameter=fields.text("sequestration_parameter", ""),
        usual_benefits=read_benefits(fields.section("usual_benefits"))
        if "usual_benefits" in fields
        else None,
    )
    fields.text("comment", "")
    if "usual_benefits" not in fields:
        fields.table("usual_benefits", {})
    fields.done()
    for rule in rules:
        terms = _with_rule(terms, rule, schedules)
    return terms


def _default(fields: Fields, schedules: Schedules) -> LineRule | None:
    if "default" not in fields:
        fields.table("default", {})
        return None
    section = fields.section("default")
    rule = _line_rule(section, section.choice("method", _LINE_METHODS), schedules)
    section.done()
    return rule


def _with_rule(terms: Terms, fields: Fields, schedules: Schedules) -> Terms:
    method = fields.choice("method", _METHODS)
    if method == "case_rate":
        terms = evolve(terms, case_rules=(*terms.case_rules, _case_rule(fields)))
    elif method == "coordinates":
        if terms.coordination is not None:
            raise InputError("a second coordination rule", where=fields.where, fix="keep one")
        reasons = fields.texts("pays_reasons", None)
        terms = evolve(terms, coordination=CoordinationRule(fields.text("where"), reasons))
    else:
        terms = evolve(terms, rules=(*terms.rules, _line_rule(fields, method, schedules)))
    fields.done()
    return terms


def _line_rule(fields: Fields, method: str, schedules: Schedules) -> LineRule:
    where, scope = fields.text("where"), _scope(fields)
    if method == "bundled":
        return BundledRule(where, scope)
    lesser = fields.flag("lesser_of_charge") if "lesser_of_charge" in fields else None
    if method == "percent_of_charge":
        return ChargeRule(where, scope, fields.basis_points("percent"), lesser)
    if method == "per_diem":
        return PerDiemRule(where, scope, fields.cents("per_day"), lesser)
    name, fees = _fees(fields, schedules)
    per_unit = fields.choice("units", ("each", "once"), "each") == "each"
    return FeeRule(where, scope, name, fees, fields.basis_points("percent", 10_000), per_unit, lesser)


def _fees(fields: Fields, schedules: Schedules) -> tuple[str, dict[str, Cents]]:
    if ("schedule" in fields) == ("fees" in fields):
        raise InputError(
            "a fee schedule names a schedule or lists fees, one of the two",
            where=fields.where,
            fix="give either schedule or fees",
        )
    if "fees" in fields:
        return "", fields.price_table("fees")
    name = fields.text("schedule")
    if name not in schedules:
        raise InputError(
            f"the schedule {name!r} is not in this contract",
            where=fields.where,
            fix=f"schedules here: {', '.join(sorted(schedules)) or 'none'}",
        )
    return name, schedules[name]


def _case_rule(fields: Fields) -> CaseRule:
    rates = fields.price_table("rates", {})
    base = fields.cents("base_rate", 0)
    weights = {
        drg: _weight(text, f"{fields.where}: weights {drg}")
        for drg, text in fields.table("weights", {}).items()
    }
    if bool(base) != bool(weights) or not (rates or weights):
        raise InputError(
            "a case rate needs rates by DRG, or a base_rate with weights",
            where=fields.where,
            fix="give rates, or both base_rate and weights",
        )
    lesser = fields.flag("lesser_of_charge")
    return CaseRule(fields.text("where"), _scope(fields), rates, base, weights, lesser)


def _weight(text: object, where: str) -> int:
    """A relative weight with at most four decimals, as ten-thousandths."""
    whole, _, part = text.partition(".") if isinstance(text, str) else ("", "", "")
    digits = whole + part
    if not (digits.isascii() and digits.isdigit() and whole and len(whole) <= 4 and len(part) <= 4):
        raise InputError(f"{text!r} is no weight", where=where, fix="write it like 1.3013")
    return int(whole) * 10_000 + int(part.ljust(4, "0"))


def _scope(fields: Fields) -> Scope:
    claims = fields.texts("claims")
    unknown = sorted(set(claims) - _CLAIM_KINDS)
    if unknown:
        raise InputError(
            f"{unknown[0]!r} is no kind of claim",
            where=fields.where,
            fix=f"use {', '.join(sorted(_CLAIM_KINDS))}",
        )
    return Scope(claims, fields.codes("codes"), fields.codes("revenue_codes"), fields.texts("places"))


def _modifier(fields: Fields) -> ModifierRate:
    rate = ModifierRate(fields.text("where"), fields.basis_points("percent"))
    fields.done()
    return rate


def read_benefits(fields: Fields) -> Benefits:
    """Benefits as a contract or an eligibility answer in YAML gives them. Raises InputError."""
    benefits = Benefits(
        deductible_remaining_cents=fields.cents("deductible_remaining", 0),
        coinsurance_basis_points=fields.basis_points("coinsurance_percent", 0),
        visits=tuple(_visit(each) for each in fields.sections("visits")),
        out_of_pocket_remaining_cents=fields.cents("out_of_pocket_remaining", None),
        stay_deductible_cents=fields.cents("stay_deductible", None),
        stay_deductible_parameter=fields.text("stay_deductible_parameter", ""),
        source=fields.text("source", ""),
    )
    fields.done()
    return benefits


def _visit(fields: Fields) -> Visit:
    visit = Visit(
        kind=fields.text("kind"),
        codes=fields.codes("codes"),
        revenue_codes=fields.codes("revenue_codes"),
        copay_cents=fields.cents("copay", 0),
        coinsurance_basis_points=fields.basis_points("coinsurance_percent", 0),
        deductible_applies=fields.flag("deductible"),
        whole_claim=fields.flag("whole_claim"),
    )
    fields.done()
    return visit
