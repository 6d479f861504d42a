"""`cleanclaim group drg`: the final MS-DRG of inpatient cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cleanclaim.cli.output import DONE, FINDINGS, json_lines, print_json, print_table, progress
from cleanclaim.grouping.drg import DrgCase, DrgResult, group_drg
from cleanclaim.kernel.dates import parse_date
from cleanclaim.kernel.errors import InputError


def drg(file: Path, *, json: bool = False) -> int:
    """Group inpatient cases by the version in force at discharge.

    Args:
        file: JSON lines {"id", "discharge", "age", "sex", "discharge_status", "dx": [{"code", "poa"}], "px": [code]}.
        json: print one JSON line a case.
    """
    rows = json_lines(file)
    cases = [_case(item, f"{file}, line {number}") for number, item in rows]
    results = []
    with progress(quiet=json) as bar:
        task = bar.add_task("grouping", total=len(cases))
        for case in cases:
            results.append(group_drg(case))
            bar.advance(task)
    if json:
        print_json([_shape(result) for result in results])
    else:
        table = [
            (item.case_id, item.drg or "ungrouped", item.mdc, item.version, item.reason) for item in results
        ]
        print_table("MS-DRG", ("id", "drg", "mdc", "version", "reason"), table)
    return DONE if all(item.drg for item in results) else FINDINGS


def _shape(result: DrgResult) -> dict[str, Any]:
    return {
        "id": result.case_id,
        "drg": result.drg,
        "mdc": result.mdc,
        "version": result.version,
        "return_code": result.return_code,
        "reason": result.reason,
    }


def _case(item: Any, where: str) -> DrgCase:
    try:
        return DrgCase(
            case_id=str(item["id"]),
            discharge_date=parse_date(item["discharge"], where=where),
            age=int(item["age"]),
            sex=str(item["sex"]),
            discharge_status=str(item["discharge_status"]),
            diagnoses=tuple((str(dx["code"]), str(dx.get("poa") or "")) for dx in item["dx"]),
            procedures=tuple(str(px) for px in item.get("px") or ()),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            "this line is no inpatient case",
            where=where,
            why=f"{type(error).__name__}: {error}",
            fix="give id, discharge, age, sex, discharge_status, dx and px",
        ) from error
