"""`cleanclaim group drg`: the final MS-DRG of inpatient cases."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from cleanclaim.cli.files import json_lines
from cleanclaim.cli.output import DONE, FINDINGS, print_json, print_table, progress
from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.codesets.store import imported_sets
from cleanclaim.grouping.drg import DrgCase, DrgResult, group_drg
from cleanclaim.grouping.mce import edit_stay
from cleanclaim.grouping.weights import drg_weight
from cleanclaim.grouping.what_if import drg_what_if
from cleanclaim.kernel.dates import parse_date
from cleanclaim.kernel.errors import InputError


def drg(file: Path, *, codes: bool = False, json: bool = False) -> int:
    """Group inpatient cases by the version in force at discharge, and run the code editor of that day.

    Args:
        file: JSON lines {"id", "discharge", "age", "sex", "discharge_status", "dx": [{"code", "poa"}], "px": [code]}.
        codes: tell for each code which group the stay has without it, and what weight that takes.
        json: print JSON, a list with one answer a case.
    """
    rows = json_lines(file)
    cases = [_case(item, f"{file}, line {number}") for number, item in rows]
    if not cases:
        raise InputError("the file holds no case", where=str(file), fix="write one JSON object a line")
    results, store = [], imported_sets()
    with progress(quiet=json) as bar:
        task = bar.add_task("grouping", total=len(cases))
        for case in cases:
            results.append(group_drg(case))
            bar.advance(task)
    if json:
        print_json([_shape(result, case, codes, store) for result, case in zip(results, cases, strict=True)])
    else:
        table = [
            (item.case_id, item.drg or "ungrouped", item.mdc, item.version, item.reason) for item in results
        ]
        print_table("MS-DRG", ("id", "drg", "mdc", "version", "reason"), table)
        for case in cases if codes else ():
            print_table(
                f"Stay {case.case_id} without each code", ("code", "drg", "weight"), _without(case, store)
            )
    return DONE if all(item.grouped() for item in results) else FINDINGS


def _shape(result: DrgResult, case: DrgCase, codes: bool, store: ImportedStore | None) -> dict[str, Any]:
    weight = _weight(store, case, result.drg) if result.grouped() else None
    edited = edit_stay(case)
    shape: dict[str, Any] = {
        "id": result.case_id,
        "drg": result.drg,
        "mdc": result.mdc,
        "version": result.version,
        "return_code": result.return_code,
        "reason": result.reason,
        "severity": result.severity,
        "weight": str(weight) if weight is not None else None,
        "because": [
            {"text": reason.text, "inputs": dict(reason.inputs)} for reason in result.because if reason.inputs
        ],
        "edits": [
            {
                "edit": one.name,
                "text": one.text,
                "count": one.count,
                "code_type": one.code_type,
                "payment": one.payment,
            }
            for one in edited.edits
        ],
        "not_edited": edited.reason,
    }
    if codes:
        names = ("code", "drg", "weight_change")
        shape["without"] = [dict(zip(names, row, strict=True)) for row in _without(case, store)]
    return shape


def _weight(store: ImportedStore | None, case: DrgCase, group: str) -> Decimal | None:
    found = drg_weight(store, group, case.discharge_date)
    return found.weight if found is not None else None


def _without(case: DrgCase, store: ImportedStore | None) -> list[tuple[str, str, str]]:
    """Each secondary diagnosis and procedure, the group without it, and the weight that goes or comes with that."""
    changes = drg_what_if(case, weight_of=lambda group: _weight(store, case, group))
    return [
        (one.code, one.after, str(one.weight_change) if one.weight_change is not None else "")
        for one in changes
    ]


def _case(item: Any, where: str) -> DrgCase:
    """A line's fields, none of them converted: an age of 6.5 years or a status of 1.0 is not what was meant."""
    if not isinstance(item, dict):
        raise _no_case(where, "it is no JSON object")
    return DrgCase(
        case_id=str(_field(item, "id", where, str, int)),
        discharge_date=parse_date(_field(item, "discharge", where, str), where=f"{where}: discharge"),
        age=_field(item, "age", where, int),
        sex=_field(item, "sex", where, str),
        discharge_status=_field(item, "discharge_status", where, str),
        diagnoses=tuple(_diagnosis(each, where) for each in _field(item, "dx", where, list)),
        procedures=tuple(_text(each, "px", where) for each in item.get("px") or ()),
    )


def _diagnosis(item: Any, where: str) -> tuple[str, str]:
    if not isinstance(item, dict):
        raise _no_case(where, "a dx is no object with code and poa")
    return _field(item, "code", where, str), _text(item.get("poa") or "", "poa", where)


def _field(item: dict[str, Any], name: str, where: str, *kinds: type) -> Any:
    if name not in item:
        raise _no_case(where, f"{name} is missing")
    if type(item[name]) not in kinds:
        raise _no_case(where, f"{name} is no {_WORDS[kinds[0]]}")
    return item[name]


def _text(value: Any, name: str, where: str) -> str:
    if not isinstance(value, str):
        raise _no_case(where, f"{name} is no text")
    return value


_WORDS = {str: "text", int: "whole number", list: "list"}


def _no_case(where: str, why: str) -> InputError:
    return InputError(
        "this line is no inpatient case",
        where=where,
        why=why,
        fix="give id, discharge, age, sex, discharge_status, dx and px",
    )
