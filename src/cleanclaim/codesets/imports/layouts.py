"""The official tables that are known by their header, and how a row of each becomes a `Row`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from cleanclaim.codesets.imports.coverage import COVERAGE
from cleanclaim.codesets.imports.dates import NONE, Days, quarter_of
from cleanclaim.codesets.imports.flat import Layout, Make
from cleanclaim.codesets.imports.rows import Row
from cleanclaim.codesets.imports.values import code_of, day_of, number
from cleanclaim.codesets.periods import OPEN, day_from, day_number

_TAXONOMY = re.compile(r"[0-9]{3}[0-9A-Z]{6}X")
_DRG = re.compile(r"[0-9]{3}")
_NUCC_DAY = re.compile(r"\[?([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\s*:")
_OFFICE = re.compile(r"[0-9]{4,5}")


def _hcpcs(v: dict[str, str], line: int) -> Row | None:
    code = v["code"].strip().upper()
    if not re.fullmatch(r"[A-Z][0-9]{4}|[0-9A-Z]{2}", code):
        raise ValueError(f"{code[:12]!r} is neither a HCPCS code nor a modifier")
    title = v["long"] or v["short"]
    data: dict[str, Any] = {"record": v["record"], "short": v["short"], "action": v.get("action", "")}
    for name in ("coverage", "betos", "pricing", "cross_reference"):
        data[name] = v.get(name, "")
    data["acted"] = day_of(v["acted"])
    return Row(code, title, data, day_of(v["added"]), day_of(v["ended"]) or OPEN, line)


def _runs_on(v: dict[str, str]) -> str:
    """The text of a second line of a description (records 4 and 8), or nothing."""
    return v["long"] if v["record"] in ("4", "8") else ""


def _acted_quarter(rows: Iterator[Row]) -> Days:
    """The quarter of the newest action: what an alpha-numeric release says of its own day."""
    newest = max((row.data["acted"] for row in rows), default=0)
    day = day_from(newest)
    return quarter_of(day) if day else NONE


def _taxonomy(v: dict[str, str], line: int) -> Row:
    if not _TAXONOMY.fullmatch(v["code"]):
        raise ValueError(f"{v['code'][:12]!r} is no taxonomy code")
    title = v.get("display") or ", ".join(t for t in (v["classification"], v["specialization"]) if t)
    days = [_us_day(match) for match in _NUCC_DAY.finditer(v.get("notes", ""))]
    return Row(v["code"], title, {"grouping": v["grouping"], "changed": max(days, default=0)}, line=line)


def _us_day(match: re.Match[str]) -> int:
    return day_of("/".join(match.groups()))


def _taxonomy_days(rows: Iterator[Row]) -> Days:
    newest = day_from(max((row.data["changed"] for row in rows), default=0))
    if newest is None:
        return NONE
    half = dt.date(newest.year, 1 if newest.month < 7 else 7, 1)
    last = dt.date(half.year, 6, 30) if half.month == 1 else dt.date(half.year, 12, 31)
    return day_number(half), day_number(last)


def _mue(v: dict[str, str], line: int) -> Row:
    indicator = v["indicator"][:1]
    if indicator not in ("1", "2", "3"):
        raise ValueError(f"{v['indicator'][:12]!r} is no adjudication indicator")
    if not v["units"].isdigit():
        raise ValueError(f"{v['units'][:12]!r} is no number of units")
    data = {"units": v["units"], "indicator": indicator, "rationale": v.get("rationale", "")}
    return Row(code_of(v["code"]), "", data, line=line)


def _mue_setting(header: list[str]) -> str:
    text = " ".join(header)
    if "practitioner" in text:
        return "practitioner"
    return "hospital" if "hospital" in text else "supplier"


def _add_on(v: dict[str, str], line: int) -> Row:
    kind, primary = v["kind"].strip()[:1], v["primary"].strip().upper()
    if kind not in ("1", "2", "3"):
        raise ValueError(f"{v['kind'][:12]!r} is no type of add-on code")
    code = code_of(v["code"])
    first = day_of(v["effective"])
    ends = [day for day in (day_of(v.get(k, "")) for k in ("deleted", "code_ended", "primary_ended")) if day]
    if primary != "CCCCC":
        primary = code_of(primary) if primary else ""
    data = {"code": code, "kind": kind, "primary": "" if primary == "CCCCC" else primary}
    return Row(f"{code}/{primary}", "", data, first, min(ends, default=OPEN), line)


def _newest_first_day(rows: Iterator[Row]) -> Days:
    newest = day_from(max((row.first for row in rows), default=0))
    return quarter_of(newest) if newest else NONE


def _drg(v: dict[str, str], line: int) -> Row:
    drg = v["drg"].zfill(3)
    if not _DRG.fullmatch(drg):
        raise ValueError(f"{v['drg'][:12]!r} is no MS-DRG")
    data = {name: number(v[name].lstrip("*")) for name in ("weight", "capped_weight", "gmlos", "amlos")}
    data |= {name: v[name] for name in ("post_acute", "special_pay", "mdc", "kind")}
    return Row(drg, v["title"], data, line=line)


def _gpci(v: dict[str, str], line: int) -> Row | None:
    data = {name: number(v[name]) for name in ("work", "practice_expense", "malpractice")}
    return Row(f"{_locality(v)}/{v['state']}", v["name"], data, line=line)


def _locality(v: dict[str, str]) -> str:
    office, area = v["contractor"].strip(), v["locality"].strip()
    if not _OFFICE.fullmatch(office) or not area.isdigit():
        raise ValueError("the contractor or locality is no number")
    return f"{office.zfill(5)}/{area.zfill(2)}"


def _county(v: dict[str, str], line: int) -> Row | None:
    area = v["area"].strip()
    data = {"state": v["state"].strip(), "counties": " ".join(v["counties"].split())}
    return Row(f"{_locality(v)}", area, data, line=line)


def _anesthesia(v: dict[str, str], line: int) -> Row:
    return Row(_locality(v), v["name"], {"factor": number(v["factor"])}, line=line)


def _fields(
    key: str, title: str, numbers: tuple[str, ...], texts: tuple[str, ...], parts: tuple[str, ...] = ()
) -> Make:
    """A maker for a plain table: the key column is a HCPCS code, with further columns to tell rows apart."""
    return partial(_plain, key, title, numbers, texts, parts)


def _plain(
    key: str,
    title: str,
    numbers: tuple[str, ...],
    texts: tuple[str, ...],
    parts: tuple[str, ...],
    v: dict[str, str],
    line: int,
) -> Row:
    found = code_of(v[key])
    whole = "/".join((found, *(v.get(part, "") for part in parts))) if parts else found
    data: dict[str, Any] = {name: number(v.get(name, "")) for name in numbers}
    return Row(whole, v.get(title, ""), data | {name: v.get(name, "") for name in texts}, line=line)


def _apc(v: dict[str, str], line: int) -> Row:
    if not re.fullmatch(r"[0-9]{4,5}", v["apc"]):
        raise ValueError(f"{v['apc'][:12]!r} is no APC")
    data = {name: number(v.get(name, "")) for name in ("weight", "rate", "copay")}
    return Row(v["apc"], v["title"], data | {"status": v["status"]}, line=line)


def _laboratory(v: dict[str, str], line: int) -> Row:
    code = code_of(v["code"])
    key = f"{code}/{v['modifier']}" if v["modifier"] else code
    first = day_of(v["effective"]) if v.get("effective") else 0
    return Row(
        key, v.get("short", ""), {"rate": number(v["rate"]), "year": v["year"], "from": first}, line=line
    )


def _laboratory_days(rows: Iterator[Row]) -> Days:
    newest = day_from(max((row.data["from"] for row in rows), default=0))
    return quarter_of(newest) if newest else NONE


def _equipment(v: dict[str, str], line: int) -> Row:
    code = code_of(v["code"])
    key = "/".join((code, v["modifier"], v.get("modifier_2", "")))
    data: dict[str, Any] = {name: v.get(name, "") for name in ("jurisdiction", "category")}
    data |= {name: number(v.get(name, "")) for name in ("ceiling", "floor")}
    fees: dict[str, dict[str, str]] = {}
    for name, text in v.items():
        state, _, area = name.partition(" ")
        if area in ("nr", "r") and number(text):
            fees.setdefault(state.upper(), {})["rural" if area == "r" else "other"] = number(text)
    data["fees"] = fees
    return Row(key, v.get("description", ""), data, line=line)


def _crosswalk(v: dict[str, str], line: int) -> Row:
    data = {name: v.get(name, "") for name in ("ndc", "drug", "dosage", "labeler", "bill_units")}
    return Row(f"{code_of(v['code'])}/{v['ndc']}", v["short"], data, line=line)


def _cpt(v: dict[str, str], line: int) -> Row:
    code = code_of(v["code"])
    data = {name: v.get(name, "") for name in ("long", "medium", "short") if v.get(name)}
    return Row(code, v.get("long", ""), data, line=line)


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "HCPCS", "quarter", "code",
        {"code": "hcpcs?(?: code)?", "sequence": "seqnum|seq num", "record": "recid|rec id",
         "long": "long description", "short": "short description", "pricing": "price ?1", "coverage": "cov",
         "betos": "betos", "cross_reference": "xref ?1", "added": "add dt", "acted": "act eff dt",
         "ended": "term dt", "action": "action cd"},
        ("code", "sequence", "record", "long", "short", "added", "acted", "ended"),
        _hcpcs, days=_acted_quarter, runs_on=_runs_on,
    ),
    Layout(
        "TAXONOMY", "half", "code",
        {"code": "code", "grouping": "grouping", "classification": "classification",
         "specialization": "specialization", "notes": "notes", "display": "display name"},
        ("code", "grouping", "classification", "specialization"), _taxonomy, days=_taxonomy_days,
    ),
    Layout(
        "MUE", "quarter", "code",
        {"code": "hcpcs cpt code", "units": ".*mue values?", "indicator": "mue adjudication indicator",
         "rationale": "mue rationale"},
        ("code", "units", "indicator"), _mue, setting=_mue_setting,
    ),
    Layout(
        "ADD-ON", "quarter", "code",
        {"code": "aoc|add on code|aoc code", "kind": "aoc edit type|type", "primary": "primary code",
         "effective": "aoc edit eff dt(?: julian)?|effective date",
         "deleted": "aoc edit del dt(?: julian)?|deletion date", "code_ended": "aoc del dt(?: julian)?",
         "primary_ended": "primary code del dt(?: julian)?"},
        ("code", "kind", "primary", "effective"), _add_on, days=_newest_first_day,
    ),
    Layout(
        "MS-DRG-WEIGHTS", "fiscal", "drg",
        {"drg": "ms drg", "post_acute": ".*post acute drg", "special_pay": ".*special pay drg", "mdc": "mdc",
         "kind": "type", "title": "ms drg title", "weight": "weights(?: before cap)?",
         "capped_weight": "weights 10 cap applied", "gmlos": "geometric mean los", "amlos": "arithmetic mean los"},
        ("drg", "post_acute", "special_pay", "mdc", "kind", "title", "weight", "capped_weight", "gmlos", "amlos"),
        _drg,
    ),
    Layout(
        "CPT", "year", "code",
        {"code": "cpt code", "long": "long(?: descriptor| description)?", "medium": "medium(?: descriptor)?",
         "short": "short(?: descriptor)?"},
        ("code", "long", "medium", "short"), _cpt, layer="consolidated",
    ),
    Layout(
        "GPCI", "year", "contractor",
        {"contractor": "medicare admini?strative contractor(?: mac)?", "state": "state",
         "locality": "locality number", "name": "locality name", "work": ".*pw gpci.*",
         "practice_expense": ".*pe gpci.*", "malpractice": ".*mp gpci.*"},
        ("contractor", "state", "locality", "name", "work", "practice_expense", "malpractice"), _gpci,
    ),
    Layout(
        "LOCALITIES", "year", "area",
        {"contractor": "medicare admini?strative contractor(?: mac)?", "locality": "locality number",
         "state": "state", "area": "fee schedule area", "counties": "counties"},
        ("contractor", "locality", "state", "area", "counties"), _county, fill_down=("state",),
    ),
    Layout(
        "ANES", "year", "contractor",
        {"contractor": "contractor", "locality": "locality", "name": "locality name",
         "factor": "national anes cf.*|.*anes.*(?:cf|conversion factor).*"},
        ("contractor", "locality", "name", "factor"), _anesthesia,
    ),
    Layout(
        "OPPS-B", "quarter", "code",
        {"code": "hcpcs code", "short": "short descriptor", "status": "si|status indicator", "apc": "apc",
         "weight": "relative weight", "rate": "payment rate", "copay": "national unadjusted copayment",
         "minimum_copay": "minimum unadjusted copayment"},
        ("code", "short", "status", "apc", "rate"),
        _fields("code", "short", ("weight", "rate", "copay", "minimum_copay"), ("status", "apc")),
    ),
    Layout(
        "OPPS-A", "quarter", "apc",
        {"apc": "apc", "title": "group title", "status": "si|status indicator", "weight": "relative weight",
         "rate": "payment rate", "copay": "national unadjusted copayment"},
        ("apc", "title", "status", "rate"), _apc,
    ),
    Layout(
        "ASC", "quarter", "code",
        {"code": "hcpcs code", "short": "short descriptor", "discounted": "subject to multiple procedure discounting",
         "indicator": ".*payment indicator.*", "weight": ".*payment weight.*", "rate": ".*payment rate.*"},
        ("code", "indicator", "rate"),
        _fields("code", "short", ("weight", "rate"), ("indicator", "discounted")),
    ),
    Layout(
        "CLFS", "quarter", "code",
        {"year": "year", "code": "hcpcs", "modifier": "mod", "effective": "eff(?:ective)? date",
         "rate": "rate\\d*", "short": "shortdesc|short ?desc.*"},
        ("year", "code", "modifier", "rate"), _laboratory, days=_laboratory_days,
    ),
    Layout(
        "DMEPOS", "quarter", "code",
        {"code": "hcpcs", "modifier": "mod", "modifier_2": "mod ?2", "jurisdiction": "juris", "category": "catg",
         "ceiling": "ceiling", "floor": "floor", "description": "(?:short )?desc.*"},
        ("code", "modifier", "jurisdiction", "category"), _equipment, others="[a-z]{2} n?r",
    ),
    Layout(
        "ASP", "quarter", "code",
        {"code": "hcpcs code", "short": "short description", "dosage": "hcpcs code dosage",
         "limit": "payment limit", "coinsurance": "co insurance percentage", "notes": "notes"},
        ("code", "short", "dosage", "limit"),
        _fields("code", "short", ("limit", "coinsurance"), ("dosage", "notes")),
    ),
    Layout(
        "ASP-NDC", "quarter", "code",
        {"code": "20[0-9]{2} code", "short": "short description", "labeler": "labeler name", "ndc": "ndc2?",
         "drug": "drug name", "dosage": "hcpcs dosage", "bill_units": "billunitspkg"},
        ("code", "short", "ndc", "drug"), _crosswalk,
    ),
    *COVERAGE,
)  # fmt: skip
