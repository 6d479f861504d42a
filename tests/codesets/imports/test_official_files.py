"""The importers against official files beside the project: every row of each is read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

pytestmark = pytest.mark.shared
_EXCERPTS = "excerpts-2026q4"
OFFICIAL = [
    ("icd10cm-fy2019/2019-ICD-10-CM-Code-Descriptions.zip", "ICD-10-CM", 94_444),
    ("icd10pcs-fy2019/2019-ICD-10-PCS-Order-File.zip", "ICD-10-PCS", 79_758),
    ("icd10cm-fy2027/icd10cm_order_addenda_2027.txt", "ICD-10-CM", 293),
    ("icd10cm-fy2026/icd10cm-drug-April-1-2026-XML.xml", "ICD-10-CM-DRUG", 7_430),
    ("icd10cm-fy2026/icd10cm-eindex-April-1-2026-XML.xml", "ICD-10-CM-EXTERNAL-CAUSE", 8_090),
    ("icd10cm-fy2026/icd10cm-neoplasm-April-1-2026-XML.xml", "ICD-10-CM-NEOPLASM", 1_940),
    ("icd10pcs-fy2026/icd10pcs_tables_2026.xml", "ICD-10-PCS-TABLES", 2_733),
    ("icd10pcs-fy2026/icd10pcs_definitions_2026.xml", "ICD-10-PCS-DEFINITIONS", 954),
    ("hcpcs/2019-Alpha-Numeric-HCPCS-File.zip", "HCPCS", 6_800),
    ("hcpcs/HCPC2020_10_ANWEB.xlsx", "HCPCS", 7_196),
    ("msdrg/drg_weights.txt", "MS-DRG-WEIGHTS", 772),
    ("nucc/nucc_taxonomy_251.csv", "TAXONOMY", 883),
    ("mpfs/25LOCCO.csv", "LOCALITIES", 109),
    ("mpfs/25LOCCO.txt", "LOCALITIES", 109),
    ("mpfs/ANES2025.csv", "ANES", 109),
    ("mpfs/ANES2025.txt", "ANES", 109),
    ("mpfs/ANES2025.xlsx", "ANES", 109),
    ("mpfs/GPCI2025.csv", "GPCI", 109),
    ("mpfs/GPCI2026.csv", "GPCI", 98),
    ("mpfs/GPCI2025.txt", "GPCI", 109),
    ("mpfs/GPCI2025.xlsx", "GPCI", 109),
    ("zip-locality/ZIP5_OCT2025.txt", "ZIP-LOCALITY", 42_956),
    (f"{_EXCERPTS}/CMS-1849-CN Table 5.txt", "MS-DRG-WEIGHTS", 6),
    (f"{_EXCERPTS}/HCPC2026_OCT_ANWEB.excerpt.csv", "HCPCS", 5),
    (f"{_EXCERPTS}/MCR_MUE_DMESupplierServices_Eff_10-01-2026.csv", "MUE", 3),
    (f"{_EXCERPTS}/MCR_MUE_OutpatientHospitalServices_Eff_10-01-2026.csv", "MUE", 3),
    (f"{_EXCERPTS}/MCR_MUE_PractitionerServices_Eff_10-01-2026.csv", "MUE", 3),
    (f"{_EXCERPTS}/ccipra-v322r0-f1.header-and-level2-shape.txt", "NCCI-PTP", 4),
    (f"{_EXCERPTS}/section 508 version of October 2026 ASP NDC-HCPCS Crosswalk 091126.csv", "ASP-NDC", 5),
    (
        f"{_EXCERPTS}/section 508 version of October 2026 Medicare Part B Payment Limit File 091626.csv",
        "ASP",
        6,
    ),
]


@pytest.mark.parametrize(("name", "set_name", "rows"), OFFICIAL)
def test_an_official_file_is_read_whole(  # type: ignore[no-untyped-def]
    shelf, shared_codesets: Path, name: str, set_name: str, rows: int
) -> None:
    done = shelf.load(shared_codesets / name)
    assert [(item.set_name, item.rows) for item in done] == [(set_name, rows)]
    assert done[0].first is not None


def test_a_correction_notice_overrides_the_rule(shelf, shared_codesets: Path) -> None:  # type: ignore[no-untyped-def]
    shelf.load(shared_codesets / "msdrg" / "drg_weights.txt")
    shelf.load(shared_codesets / _EXCERPTS / "CMS-1849-CN Table 5.txt", allow_smaller=True)
    store = shelf.store()
    assert store.find("MS-DRG-WEIGHTS", "291", dt.date(2026, 9, 30)).data["weight"] != "1.2685"
    assert store.find("MS-DRG-WEIGHTS", "291", dt.date(2026, 10, 1)).data["weight"] == "1.2685"


def test_a_repository_made_list_is_not_the_official_format(shelf, shared_codesets: Path) -> None:  # type: ignore[no-untyped-def]
    from cleanclaim.kernel.errors import InputError

    with pytest.raises(InputError, match="no code set"):
        shelf.load(shared_codesets / "hcpcs" / "hcpcs_level2_2026q3.txt.gz")
