"""The exports of the Medicare coverage database: articles and determinations, their services and diagnoses.

Diagnoses that support a service and those that do not come in files of one shape and are kept apart.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from cleanclaim.codesets.imports.flat import Layout
from cleanclaim.codesets.imports.rows import Row
from cleanclaim.codesets.imports.values import day_of
from cleanclaim.codesets.periods import OPEN


def _policy(kind: str, v: dict[str, str], line: int) -> Row:
    first = day_of(v.get("from") or v.get("revised") or "")
    data = {"id": v["id"], "version": v["version"], "status": v.get("status", "")}
    return Row(
        f"{kind}:{v['id']}.{v['version']}", v["title"], data, first, day_of(v.get("to", "")) or OPEN, line
    )


def _policy_code(kind: str, v: dict[str, str], line: int) -> Row:
    data = {"id": v["id"], "version": v["version"], "code": v["code"].upper(), "group": v.get("group", "")}
    return Row(
        f"{kind}:{v['id']}.{v['version']}:{v['code'].upper()}:{v.get('group', '')}", "", data, line=line
    )


def _mcd(
    kind: str, id_words: str, columns: dict[str, str], make: Callable[..., Row], needed: tuple[str, ...] = ()
) -> Layout:
    ids = {"id": f"{id_words} id", "version": f"{id_words} version"}
    wanted = (*ids, *(name for name in columns if name in ("code", "title")), *needed)
    return Layout("MCD", "policy", "id", ids | columns, wanted, partial(make, kind), layer=kind)


_CODE = {"code": "icd10 code id"}
_COVERED = _CODE | {"group": "icd10 (?:covered|support) group"}
_NOT_COVERED = _CODE | {"group": "icd10 (?:non ?covered|(?:dont|do not|not) support) group"}
_SERVICE = {"code": "hcpc code id", "group": "hcpc code group"}
_POLICY = {
    "title": "title",
    "status": "status",
    "from": "article eff date|orig det eff date",
    "revised": "rev eff date|article rev eff date",
    "to": "article end date|ent det end date|rev end date|article rev end date",
}

COVERAGE: tuple[Layout, ...] = (
    _mcd("article_icd10", "article", _COVERED, _policy_code, ("group",)),
    _mcd("article_icd10_not", "article", _NOT_COVERED, _policy_code, ("group",)),
    _mcd("article_hcpcs", "article", _SERVICE, _policy_code),
    _mcd("lcd_hcpcs", "lcd", _SERVICE, _policy_code),
    _mcd("lcd_icd10", "lcd", _COVERED, _policy_code, ("group",)),
    _mcd("lcd_icd10_not", "lcd", _NOT_COVERED, _policy_code, ("group",)),
    _mcd("article", "article", _POLICY, _policy),
    _mcd("lcd", "lcd", _POLICY, _policy),
)
"""The tables of the coverage database, known by their header."""
