"""`cleanclaim group hcc`: risk scores, category by category."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cleanclaim.cli.files import json_lines
from cleanclaim.cli.output import DONE, FINDINGS, print_json, print_table, progress
from cleanclaim.grouping.hcc import HccCase, HccResult, group_hcc
from cleanclaim.grouping.what_if import HccChange, hcc_what_if
from cleanclaim.kernel.errors import InputError

_TEXTS = {"model": "V28", "dual": "00", "orec": "0", "crec": "0"}


def hcc(file: Path, *, codes: bool = False, json: bool = False) -> int:
    """Score persons by the HCC model that each line names.

    Args:
        file: JSON lines {"id", "age", "sex", "dx": [code], "model": "V24|V28|RXHCC|ESRD|ACA", "dual", "orec", "crec"};
            for ACA also "metal", "enrolled_days", "cost_sharing", "drugs": [NDC], "services": [HCPCS].
        codes: tell for each diagnosis what the score would be less without it.
        json: print JSON, a list with one answer a person.
    """
    cases = [_case(item, f"{file}, line {number}") for number, item in json_lines(file)]
    if not cases:
        raise InputError("the file holds no case", where=str(file), fix="write one JSON object a line")
    results = []
    with progress(quiet=json) as bar:
        task = bar.add_task("scoring", total=len(cases))
        for case in cases:
            results.append(group_hcc(case))
            bar.advance(task)
    if json:
        changes = [hcc_what_if(case) if codes else None for case in cases]
        print_json([_shape(one, change) for one, change in zip(results, changes, strict=True)])
    else:
        table = [
            (
                one.case_id,
                one.model,
                "ungrouped" if one.score is None else str(one.score),
                " ".join(c.hcc for c in one.categories),
                one.reason,
            )
            for one in results
        ]
        print_table("HCC", ("id", "model", "score", "categories", "reason"), table, right=("score",))
        for case in cases if codes else ():
            rows = [(one.code, " ".join(one.categories), str(one.change)) for one in hcc_what_if(case)]
            print_table(
                f"Person {case.case_id} without each code",
                ("code", "categories", "score"),
                rows,
                right=("score",),
            )
    return DONE if all(one.grouped() for one in results) else FINDINGS


def _shape(result: HccResult, changes: tuple[HccChange, ...] | None) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "id": result.case_id,
        "model": result.model,
        "release": result.release,
        "score": str(result.score) if result.score is not None else None,
        "demographic": str(result.demographic),
        "categories": [
            {"hcc": one.hcc, "label": one.label, "factor": str(one.factor), "codes": list(one.codes)}
            for one in result.categories
        ],
        "interactions": {name: str(value) for name, value in result.interactions},
        "reason": result.reason,
    }
    if changes is not None:
        shape["codes"] = [
            {"code": one.code, "categories": list(one.categories), "without": str(one.change)}
            for one in changes
        ]
    return shape


def _case(item: Any, where: str) -> HccCase:
    if not isinstance(item, dict):
        raise InputError("this line is no person", where=where, why="it is no JSON object")
    codes = item.get("dx")
    good = isinstance(codes, list) and all(isinstance(code, str) for code in codes)
    if not good or type(item.get("age")) is not int or not isinstance(item.get("sex"), str):
        raise InputError(
            "this line is no person", where=where, why="id, age, sex or dx is missing or of another kind",
            fix="give id, age (a whole number), sex (M or F) and dx (a list of codes)",
        )  # fmt: skip
    texts = {name: str(item.get(name, default)) for name, default in _TEXTS.items()}
    months = item.get("graft_months")
    days, sharing = item.get("enrolled_days", 365), item.get("cost_sharing", 0)
    if type(days) is not int or type(sharing) is not int:
        raise InputError(
            "this line is no person", where=where, why="enrolled_days or cost_sharing is no whole number"
        )
    return HccCase(
        case_id=str(item.get("id", "")),
        age=item["age"],
        sex=item["sex"],
        diagnoses=tuple(codes or ()),
        model=texts["model"].upper(),
        dual=texts["dual"],
        orec=texts["orec"],
        crec=texts["crec"],
        new_enrollee=item.get("new_enrollee") is True,
        special_needs_plan=item.get("special_needs_plan") is True,
        low_income=item.get("low_income") is True,
        institutional=item.get("institutional") is True,
        graft_months=months if type(months) is int else None,
        metal=str(item.get("metal", "silver")).lower(),
        enrolled_days=days,
        cost_sharing=sharing,
        drugs=_texts(item, "drugs", where),
        services=_texts(item, "services", where),
    )


def _texts(item: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    found = item.get(name) or []
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise InputError("this line is no person", where=where, why=f"{name} is no list of codes")
    return tuple(found)
