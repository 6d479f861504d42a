"""HI segments: diagnoses, procedures, occurrences, values, conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleanclaim.claims.claim import InstitutionalClaim
from cleanclaim.claims.diagnosis import Diagnosis, HospitalProcedure, PresentOnAdmission
from cleanclaim.kernel.dates import format_compact_date
from cleanclaim.x12.syntax.amounts import format_amount
from cleanclaim.x12.syntax.rows import Element, Row, row

CODES_PER_HI = 12


def diagnosis_list_row(of: str, diagnoses: Sequence[Diagnosis]) -> Row:
    """The one HI of a professional or dental claim: the first-listed diagnosis, then the others."""
    return row(
        of,
        "HI",
        *[(_kind("BF" if place else "BK", item), item.compact()) for place, item in enumerate(diagnoses)],
    )


def hospital_code_rows(claim: InstitutionalClaim, of: str) -> Iterator[Row]:
    """Every HI of an institutional claim, in the order of the guide."""
    yield row(of, "HI", _diagnosis("BK", claim.principal_diagnosis))
    if claim.admitting_diagnosis is not None:
        yield row(of, "HI", _plain("BJ", claim.admitting_diagnosis))
    lists: tuple[Sequence[Element], ...] = (
        [_plain("PR", item) for item in claim.reason_for_visit],
        [_diagnosis("BN", item) for item in claim.external_causes],
        [("DR", claim.drg)] if claim.drg else [],
        [_diagnosis("BF", item) for item in claim.other_diagnoses],
        [_procedure("BR", item) for item in claim.procedures[:1]],
        [_procedure("BQ", item) for item in claim.procedures[1:]],
        [
            ("BI", item.code, "RD8", f"{format_compact_date(item.first)}-{format_compact_date(item.last)}")
            for item in claim.occurrence_codes
            if item.last is not None
        ],
        [
            ("BH", item.code, "D8", format_compact_date(item.first))
            for item in claim.occurrence_codes
            if item.last is None
        ],
        [("BE", item.code, "", "", format_amount(item.cents)) for item in claim.value_codes],
        [("BG", code) for code in claim.condition_codes],
        [("TC", code) for code in claim.treatment_codes],
    )
    for codes in lists:
        for start in range(0, len(codes), CODES_PER_HI):
            yield row(of, "HI", *codes[start : start + CODES_PER_HI])


def _kind(icd9: str, diagnosis: Diagnosis) -> str:
    """BK of ICD-9-CM is ABK of ICD-10-CM, and so on."""
    return icd9 if diagnosis.icd9 else f"A{icd9}"


def _plain(icd9: str, diagnosis: Diagnosis) -> Element:
    return (_kind(icd9, diagnosis), diagnosis.compact())


def _diagnosis(icd9: str, diagnosis: Diagnosis) -> Element:
    present = diagnosis.present_on_admission
    # 5010 has no code for an exempt diagnosis: the component stays empty.
    told = "" if present is None or present is PresentOnAdmission.EXEMPT else present.value
    return (_kind(icd9, diagnosis), diagnosis.compact(), "", "", "", "", "", "", told)


def _procedure(icd9: str, item: HospitalProcedure) -> Element:
    kind = icd9 if item.icd9 else f"B{icd9}"
    return (kind, item.code.replace(".", ""), "D8", format_compact_date(item.performed_on))
