"""What a payer asks beyond the common rules, as data: filing limits, its way with corrections, its own "
"rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from attrs import frozen

from cleanclaim.edits.conditions import Conditions, read_conditions
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.errors import CleanClaimError, InputError
from cleanclaim.kernel.finding import Severity

_RULE_KEYS = {"id", "when", "severity", "message", "fix", "field", "citation", "from", "to"}
_RULE_ID = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")


class CorrectionMethod(StrEnum):
    """How a payer takes a correction: as frequency 7 or 8 with its own claim number, or as a new claim."""

    FREQUENCY = "frequency"
    NEW_CLAIM = "new-claim"


@frozen
class PayerRule:
    """One rule of one payer; it fires on a claim, or on a line, for which all conditions hold.

    ``period`` are the days of service on which the rule holds.
    """

    payer_id: str
    rule_id: str
    when: Conditions
    severity: Severity
    message: str
    fix: str
    citation: Citation
    period: DatePeriod
    field: str = ""

    def edit_id(self) -> str:
        """The id of its findings: ``PAYER-EXCHM-MRI-SIDE``."""
        name = re.sub(r"[^A-Z0-9]+", "-", self.payer_id.upper()).strip("-")
        return f"PAYER-{name}-{self.rule_id}"


@frozen
class PayerProfile:
    """A payer as the practice keeps it; days are calendar days, None where the practice does not know.

    ``timely_filing_days`` count from the last day of service, ``secondary_filing_days`` from the day on
    which the earlier payer answered; ``correction_filing_days`` bound frequencies 7 and 8.
    """

    payer_id: str
    name: str
    timely_filing_days: int | None = None
    corrections: CorrectionMethod | None = None
    correction_filing_days: int | None = None
    secondary_filing_days: int | None = None
    rules: tuple[PayerRule, ...] = ()


def load_payer_profiles(raw: Mapping[str, Any]) -> tuple[PayerProfile, ...]:
    """Read the ``payers`` of a parsed payers.yaml. Keys of a payer that other rooms read are left alone.

    Raises:
        InputError: a missing or ill-shaped field, an unknown key in a rule or its conditions, a payer or
            rule id given twice; the message names the payer and the rule.
    """
    entries = raw.get("payers") if isinstance(raw, Mapping) else None
    if not isinstance(entries, Sequence) or isinstance(entries, str):
        raise InputError("there is no list of payers", where="payers", fix='begin the file with "payers:"')
    profiles = tuple(_read_profile(entry, f"payer {number}") for number, entry in enumerate(entries, 1))
    _refuse_twice([profile.payer_id for profile in profiles], "payers", "payer_id")
    return profiles


def read_payer_rule(raw: Mapping[str, Any], payer_id: str) -> PayerRule:
    """Read one rule of a payer. Raises InputError as `load_payer_profiles` does."""
    where = f"payer {payer_id}"
    _require_mapping(raw, where, "rule")
    rule_id = _text(raw, "id", where)
    where = f"payer {payer_id}, rule {rule_id}"
    if not _RULE_ID.fullmatch(rule_id):
        raise InputError(f"{rule_id!r} is no rule id", where=where, fix="use upper-case words, as MRI-SIDE")
    unknown = sorted(set(raw) - _RULE_KEYS)
    if unknown:
        raise InputError(
            f"unknown key {unknown[0]!r}", where=where, fix=f"use {', '.join(sorted(_RULE_KEYS))}"
        )
    return PayerRule(
        payer_id=payer_id,
        rule_id=rule_id,
        when=read_conditions(raw.get("when"), where=where),
        severity=_severity(raw, where),
        message=_text(raw, "message", where),
        fix=_text(raw, "fix", where),
        citation=_citation(raw, where),
        period=_period(raw, where),
        field=str(raw.get("field", "")),
    )


def _read_profile(raw: Any, where: str) -> PayerProfile:
    _require_mapping(raw, where, "payer")
    payer_id = _text(raw, "payer_id", where)
    where = f"payer {payer_id}"
    rules = tuple(read_payer_rule(rule, payer_id) for rule in raw.get("rules") or ())
    _refuse_twice([rule.rule_id for rule in rules], where, "rule id")
    return PayerProfile(
        payer_id=payer_id,
        name=_text(raw, "name", where),
        timely_filing_days=_days(raw, "timely_filing_days", where),
        corrections=_corrections(raw, where),
        correction_filing_days=_days(raw, "correction_filing_days", where),
        secondary_filing_days=_days(raw, "secondary_filing_days", where),
        rules=rules,
    )


def _require_mapping(raw: Any, where: str, kind: str) -> None:
    if not isinstance(raw, Mapping):
        raise InputError(f"a {kind} is given as keys and values", where=where)


def _text(raw: Mapping[str, Any], key: str, where: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{key} is missing or no text", where=where, fix=f"give {key}, in quotes")
    return value.strip()


def _days(raw: Mapping[str, Any], key: str, where: str) -> int | None:
    value = raw.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise InputError(f"{key} is {value!r}", where=where, fix="give a whole number of days from 1")
    return value


def _corrections(raw: Mapping[str, Any], where: str) -> CorrectionMethod | None:
    value = raw.get("corrections")
    if value is None:
        return None
    try:
        return CorrectionMethod(value)
    except ValueError:
        raise InputError(f"corrections is {value!r}", where=where, fix="use frequency or new-claim") from None


def _severity(raw: Mapping[str, Any], where: str) -> Severity:
    try:
        return Severity(raw.get("severity", ""))
    except ValueError:
        raise InputError(
            f"severity is {raw.get('severity')!r}", where=where, fix="use reject, warn or info"
        ) from None


def _citation(raw: Mapping[str, Any], where: str) -> Citation:
    given = raw.get("citation")
    _require_mapping(given, where, "citation")
    assert isinstance(given, Mapping)
    return Citation(*(_text(given, key, f"{where}, citation") for key in ("source", "release", "where")))


def _period(raw: Mapping[str, Any], where: str) -> DatePeriod:
    first, last = raw.get("from"), raw.get("to")
    if type(first) is not dt.date or (last is not None and type(last) is not dt.date):
        raise InputError("from and to are days", where=where, fix="give from (and to) as YYYY-MM-DD")
    try:
        return DatePeriod(first, last)
    except CleanClaimError as error:
        raise InputError(error.what, where=where) from None


def _refuse_twice(names: Sequence[str], where: str, kind: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"{kind} {twice[0]!r} is given twice", where=where, fix="keep one of them")
