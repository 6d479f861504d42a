# ruff: noqa: E501 (the layouts are as wide as they are)
"""Every kind of official file, invented rows in the official layout: recognised by content, rows as they should be."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zipfile
from collections.abc import Callable

import pytest

from cleanclaim.kernel.errors import InputError

OCTOBER = dt.date(2026, 10, 5)
PREAMBLE = "\n".join(
    [
        "Invented notice",
        "copyright 2025 American Medical Association",
        *(f"clause {n}" for n in range(38)),
        "",
    ]
)

PTP = (
    "CPT only copyright 2025 American Medical Association.  All rights reserved.\t\t\t\t\t\t\n"
    "Column1/Column2 Edits\t\t\t\t\t\t\nColumn 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\n"
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t\n\t\t\t\t*=no data\t1=allowed\t\n\t\t\t\t\t9=not applicable\t\n"
)
PAIRS = (
    "Z0001\tZ0002\t\t20220101\t*\t1\tinvented\n"
    "Z0001\tZ0003\t\t20220101\t20261001\t0\tinvented\n"
    "Z0001\tZ0004\t\t20220101\t20220101\t9\tinvented\n"
    "Z0005\tZ0006\t*\t20110101\t*\t0\tinvented\n"
)
MUE = (
    '"Invented notice over\nseveral lines\n\nof one quoted cell",,,\n'
    '"HCPCS/\nCPT Code",{} MUE Values,MUE Adjudication Indicator,MUE Rationale\n'
    "Z0001,4,3 Date of Service Edit: Clinical,Clinical: Data\nZ0002,0,2 Date of Service Edit: Policy,CMS Policy\n"
)
INDEX = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index><version>2027</version>{head}<letter><title>F</title><mainTerm><title>Fictitis<nemod>(acute)</nemod></title>
{code}<term level="1"><title>of the quill</title>{below}</term></mainTerm></letter></ICD10CM.index>"""
COLUMNS = (
    "<indexHeading><head col='1'>{}</head><head col='2'>One</head><head col='3'>Two</head></indexHeading>"
)
TABLES = """<?xml version="1.0"?><ICD10PCS.tabular><version>2027</version><title>Invented tables</title><pcsTable>
<axis pos="1" values="1"><title>Section</title><label code="0">Sewing</label></axis>
<axis pos="2" values="1"><title>Body System</title><label code="Q">Quills</label></axis>
<axis pos="3" values="1"><title>Operation</title><label code="X">Mending</label><definition>made whole</definition></axis>
<pcsRow codes="4"><axis pos="4" values="2"><title>Body Part</title><label code="0">Nib</label><label code="1">Shaft</label></axis>
<axis pos="5" values="1"><title>Approach</title><label code="0">Open</label></axis>
<axis pos="6" values="1"><title>Device</title><label code="Z">No Device</label></axis>
<axis pos="7" values="2"><title>Qualifier</title><label code="Y">One</label><label code="Z">None</label></axis></pcsRow>
</pcsTable></ICD10PCS.tabular>"""
DEFINITIONS = """<ICD10PCS.definitions><version>2027</version><section code="0"><title>Sewing</title><axis pos="3">
<title>Operation</title><terms><title>Mending</title><definition>made whole</definition></terms></axis></section>
</ICD10PCS.definitions>"""
PROCEDURE_INDEX = """<ICD10PCS.index><version>2027</version><letter><title>M</title><mainTerm><title>Mending</title>
<use><tab>0QX</tab></use><term level="1"><title>Nib</title><codes>0QX0</codes></term></mainTerm></letter></ICD10PCS.index>"""
TABULAR = """<ICD10CM.tabular><version>2027</version><chapter><name>1</name><desc>Invented (A00-B99)</desc>
<section id="A00-A09"><desc>Block</desc><diag><name>A00</name><desc>Cholera</desc></diag></section></chapter></ICD10CM.tabular>"""
ADDENDA = (
    "Add:         1 A0011   Short one                                                    Long one, new\r\n"
    "Delete:      1 A001    Short two                                                    Long two\r\n\r\n"
    "Codes\r\n    74879 codes in icd10cm_order_2027.txt\r\n    74879 codes in icd10cm_order_2028.txt\r\n"
    "      1 additions\r\n      1 deletions\r\n"
)
ORDER = "".join(
    f"{n:05d} {code:<7} {flag} {title:<60} {title} in full\r\n"
    for n, (code, flag, title) in enumerate([("A00", 0, "Head"), ("A000", 1, "One"), ("A009", 1, "Two")], 1)
)
PROCEDURES = "".join(
    f"{n:05d} {code:<7} {flag} {title:<60} {title} in full\r\n"
    for n, (code, flag, title) in enumerate(
        [("001", 0, "Head"), ("0016070", 1, "One"), ("0016071", 1, "Two")], 1
    )
)
RVU_HEADER = (
    "2026 National Physician Fee Schedule Relative Value File October Release" + "," * 30 + "\n"
    ",,,,,WORK,NON-FAC,,FACILITY,,MP,NON-FACILITY,FACILITY" + "," * 18 + "\n"
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,"
    "SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT\n"
)
RVU_ROW = (
    "Z0001,,Invented,A,,1.30,1.20,,0.55,,0.10,2.60,1.95,0,010,0.1,0.8,0.1,2,0,1,0,0,,0,33.4009,9,0,99,0,0,0\n"
)
ZIP_ROW = "ZZ990010999901 Z9   0 A".ljust(75) + "20264\r\n"

FILES = [
    ("hcpcs.csv", "HCPCS", "Z0001", 2),
    ("taxonomy.csv", "TAXONOMY", "999X00000X", 1),
    ("table5.txt", "MS-DRG-WEIGHTS", "901", 2),
    ("opps_b.csv", "OPPS-B", "Z0001", 1),
    ("opps_a.csv", "OPPS-A", "5001", 1),
    ("asc.csv", "ASC", "Z0001", 1),
    ("clfs.csv", "CLFS", "Z0001", 1),
    ("dmepos.csv", "DMEPOS", "Z0001/NU/", 1),
    ("asp.csv", "ASP", "Z0001", 1),
    ("asp_ndc.csv", "ASP-NDC", "Z0001/99999-0001-01", 1),
    ("gpci.csv", "GPCI", "09999/01/ZZ", 1),
    ("locco.csv", "LOCALITIES", "09999/01", 2),
    ("anes.csv", "ANES", "09999/01", 1),
    ("consolidated.txt", "CPT", "9999Z", 0),
]
TEXT = {
    "hcpcs.csv": (
        "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE1,COV,XREF1,BETOS,ADD DT,ACT EFF DT,TERM DT,ACTION CD\n"
        "Z0001,00100,3,Invented thing of a long,Invented,00,C,,Z2,20200101,20261001,,A\n"
        "Z0001,00200,4,description,,,,,,,,,\n   ZQ,00100,7,Invented modifier,Inv mod,,C,,,20200101,20200101,20261231,N\n"
    ),
    "taxonomy.csv": (
        "Code,Grouping,Classification,Specialization,Definition,Notes,Display Name,Section\n"
        '999X00000X,Invented,Mender,,"Over\ntwo lines",[7/1/2026: new],Mender of Quills,Individual\n'
    ),
    "table5.txt": (
        '"TABLE 5. INVENTED\nFY 2027 Correction Notice "\t\t\t\t\t\t\t\t\t\n'
        "MS-DRG \tFY 2027 CN Post-Acute DRG\tFY 2027 CN Special Pay DRG\tMDC\tTYPE\tMS-DRG Title\tWeights - Before Cap\t"
        "Weights - 10% Cap Applied \tGeometric mean LOS\tArithmetic mean LOS\n"
        "901\tNo\tNo\t05\tMED\tINVENTED GROUP\t1.2345\t1.1111\t2\t3.5\n998\tNo\tNo\t \t**\tNONE\t.\t.\t.\t.\n"
    ),
    "opps_b.csv": (
        "Addendum B. Invented October 2026\nHCPCS Code,Short Descriptor,SI,APC,Relative Weight,Payment Rate,"
        'National Unadjusted Copayment,Minimum Unadjusted Copayment\nZ0001,Invented,S,5001,1.2,"$1,100.50",,$20.10\n'
    ),
    "opps_a.csv": (
        "Addendum A. Invented October 2026\nAPC,Group Title,SI,Relative Weight,Payment Rate,"
        "National Unadjusted Copayment,Minimum Unadjusted Copayment\n5001,Group,S,1.2,$10.50,,$2.10\n"
    ),
    "asc.csv": (
        "Addendum AA October 2026\nHCPCS Code,Short Descriptor,Subject to Multiple Procedure Discounting,"
        "October 2026 Payment Indicator,October 2026 Payment Weight,October 2026 Payment Rate\nZ0001,Inv,Y,A2,10.1,$99.00\n"
    ),
    "clfs.csv": "YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC\n2026,Z0001,,20261001,N,12.34,Invented\n",
    "dmepos.csv": (
        "2026 DMEPOS October 2026\nHCPCS,Mod,Mod2,JURIS,CATG,Ceiling,Floor,AL (NR),AL (R)\n"
        "Z0001,NU,,D,IN,10.00,8.50,9.00,9.50\n"
    ),
    "asp.csv": (
        'Invented limits\n"Effective October 1, 2026 through December 31, 2026",,,\n'
        "HCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit,Co-insurance Percentage,Notes\n"
        "Z0001,Invented,1 MG,29.856,17.885,\n"
    ),
    "asp_ndc.csv": (
        'Invented crosswalk\n"     Effective October 1, 2026 through December 31, 2026",,\n'
        "_2026_CODE,Short Description,LABELER NAME,NDC,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG\n"
        "Z0001,Invented,Nobody,99999-0001-01,Nothing,1 MG,1,1,10,10\n"
    ),
    "gpci.csv": (
        "ADDENDUM E. FINAL CY 2026 GPCIs\n\nMedicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
        "2026 PW GPCI (with 1.0 Floor)***,2026 PE GPCI,2026 MP GPCI\n09999,ZZ,01,NOWHERE*,1.000,0.875,0.566\n"
        ",,,,,,\n*A note of some length below the rows,,,,,,\n"
    ),
    "locco.csv": (
        "COUNTIES INCLUDED IN 2026 LOCALITIES\n\nMedicare Adminstrative Contractor,Locality Number,State ,"
        "Fee Schedule Area ,Counties\n9999,1,NOWHERE ,ONE,ALL\n9999,2,,TWO,NONE\n"
    ),
    "anes.csv": "Contractor,Locality,Locality Name,National Anes CF of 20.4976 in 2026\n09999 ,01 ,NOWHERE,19.31 \n",
    "consolidated.txt": (
        PREAMBLE
        + "Concept Id\tCPT Code\tLong\tMedium\tShort\n1\t9998T\tInvented words\tINVENTED WORDS\tINVENTED\n"
        "2\t9999T\tOther words\tOTHER WORDS\tOTHER\n3\t9997T\tMore words\tMORE WORDS\tMORE\n"
    ),
}


@pytest.mark.parametrize(("name", "set_name", "key", "rows"), FILES)
def test_a_table_is_known_by_its_header(shelf, name: str, set_name: str, key: str, rows: int) -> None:  # type: ignore[no-untyped-def]
    done = shelf.load(shelf.write("renamed.dat", TEXT[name]))
    assert [item.set_name for item in done] == [set_name]
    if rows:
        assert done[0].rows == rows
        found = shelf.store().find(set_name, key, OCTOBER)
        assert found is not None and found.key == key


def test_a_description_over_several_records_is_one(shelf) -> None:  # type: ignore[no-untyped-def]
    shelf.load(shelf.write("x", TEXT["hcpcs.csv"]))
    found = shelf.store().find("HCPCS", "Z0001", OCTOBER)
    assert found.title == "Invented thing of a long description"
    modifier = shelf.store().find("HCPCS", "ZQ", OCTOBER)
    assert modifier.last == 20261231


@pytest.mark.parametrize("width", [293, 320])
def test_the_fixed_records_of_both_widths(shelf, hcpcs_line: Callable[..., str], width: int) -> None:  # type: ignore[no-untyped-def]
    lines = [
        "***Disclaimers",
        "",
        hcpcs_line("ZQ", "Modifier", record="7", width=width),
        hcpcs_line("Z0001", "A thing whose words", width=width),
        hcpcs_line("Z0001", "go on", record="4", width=width, sequence="00200"),
        hcpcs_line("Z0002", "Ended thing", ended="20261130", width=width),
    ]
    done = shelf.load(shelf.write("x.txt", "\r\n".join(lines).encode("cp1252")))
    assert (done[0].set_name, done[0].release, done[0].rows) == ("HCPCS", "2026Q4", 3)
    store = shelf.store()
    assert store.find("HCPCS", "Z0001", OCTOBER).title == "A thing whose words go on"
    assert store.find("HCPCS", "Z0002", dt.date(2026, 12, 1)) is None


@pytest.mark.parametrize(
    ("word", "setting"),
    [("Practitioner Services", "practitioner"), ("Outpatient Hospital Services", "hospital"),
     ("DME Supplier Services", "supplier")],
)  # fmt: skip
def test_the_three_mue_files_tell_their_setting_and_their_name_the_quarter(
    shelf, word: str, setting: str
) -> None:  # type: ignore[no-untyped-def]
    done = shelf.load(shelf.write("MCR_MUE_Eff_10-01-2026.csv", MUE.format(word)))
    assert (done[0].setting, done[0].release) == (setting, "2026Q4")
    found = shelf.store().find("MUE", "Z0001", OCTOBER, setting=setting)
    assert found.data["units"] == "4" and found.data["indicator"] == "3"
    assert shelf.store().find("MUE", "Z0001", dt.date(2026, 9, 30), setting=setting) is None


def test_pairs_are_in_force_by_their_own_days(shelf) -> None:  # type: ignore[no-untyped-def]
    done = shelf.load(shelf.write("pairs.txt", PTP + PAIRS), setting="practitioner")
    assert (done[0].set_name, done[0].release, done[0].rows) == ("NCCI-PTP", "2026Q4", 4)
    store = shelf.store()
    assert store.ptp("practitioner", "Z0001", "Z0002", OCTOBER).indicator == "1"
    assert store.ptp("practitioner", "Z0001", "Z0003", dt.date(2026, 10, 1)) is not None
    assert store.ptp("practitioner", "Z0001", "Z0003", dt.date(2026, 10, 2)) is None
    assert store.ptp("practitioner", "Z0001", "Z0004", dt.date(2022, 1, 1)) is None
    assert store.ptp("practitioner", "Z0002", "Z0001", OCTOBER) is None
    assert store.ptp("hospital", "Z0001", "Z0002", OCTOBER) is None


def test_the_archive_of_relative_values_with_both_conversion_factors_is_one_release(shelf) -> None:  # type: ignore[no-untyped-def]
    rows = RVU_HEADER + RVU_ROW
    fixed = (
        "HDR2026 National Physician Fee Schedule\nHDRCPT only copyright 2025 American Medical Association.\n"
        + "".join(
            f"999{n}T  Invented thing of the trade                    A    1.30   1.20   0.55   0.10\n"
            for n in range(5)
        )
    )
    archive = {
        "PPRRVU2026_Oct_nonQPP.csv": rows,
        "PPRRVU2026_Oct_nonQPP.xlsx": _workbook(rows),
        "PPRRVU2026_Oct_nonQPP.txt": fixed,
        "PPRRVU2026_Oct_QPP.csv": rows.replace("33.4009", "33.5675"),
        "GPCI2026.csv": TEXT["gpci.csv"],
        "ANES2026.csv": TEXT["anes.csv"],
        "26LOCCO.csv": TEXT["locco.csv"],
        "OPPSCAP_Oct.csv": "HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE\nZ0001,,A,09999,01,1.00\n",
    }
    done = shelf.load(shelf.write("rvu26d.zip", _zipped(archive)))
    assert [(item.set_name, item.setting, item.rows) for item in done] == [
        ("MPFS", "", 1), ("MPFS", "qualifying-apm", 1), ("GPCI", "", 1), ("ANES", "", 1), ("LOCALITIES", "", 2),
    ]  # fmt: skip
    assert "nonQPP.xlsx" in done[0].said[0] and "OPPSCAP" in done[0].said[0]
    store = shelf.store()
    assert store.find("MPFS", "Z0001", OCTOBER).data["conversion_factor"] == "33.4009"
    found = store.find("MPFS", "Z0001", OCTOBER, setting="qualifying-apm")
    assert found.data["conversion_factor"] == "33.5675"


def test_a_fee_schedule_with_descriptors_is_no_list_of_descriptors(shelf) -> None:  # type: ignore[no-untyped-def]
    text = PREAMBLE + "".join(f"999{n}T  Invented thing           A   {n}.30  1.20  010\n" for n in range(5))
    with pytest.raises(InputError, match="no code set"):
        shelf.load(shelf.write("x.txt", text))


def test_equipment_fees_are_kept_by_state_rural_and_not(shelf) -> None:  # type: ignore[no-untyped-def]
    shelf.load(shelf.write("x", TEXT["dmepos.csv"]))
    found = shelf.store().find("DMEPOS", "Z0001/NU/", OCTOBER)
    assert found.data["fees"] == {"AL": {"other": "9.00", "rural": "9.50"}}


def test_of_an_alphanumeric_archive_the_list_itself_is_taken(shelf) -> None:  # type: ignore[no-untyped-def]
    text = TEXT["hcpcs.csv"]
    changes = "\n".join(text.splitlines()[:3]) + "\n"
    archive = {"HCPC2026_OCT_Transaction.csv": changes, "HCPC2026_OCT_ANWEB.csv": text}
    done = shelf.load(shelf.write("x.zip", _zipped(archive)))
    assert [(item.set_name, item.rows) for item in done] == [("HCPCS", 2)]


def test_add_on_codes_with_their_primaries(shelf) -> None:  # type: ignore[no-untyped-def]
    table = (
        "AOC,AOC_DEL_DT,PRIMARY_CODE,PRIMARY_CODE_DEL_DT,AOC_EDIT_EFF_DT,AOC_EDIT_DEL_DT,AOC_EDIT_TYPE,SPECIAL_INSTRUCTION_NOTES\n"
        "Z0001,,Z0002,,20130401,,1,\nZ0001,,Z0003,,2026274,,1,\nZ0004,,CCCCC,,20130401,20260930,2,\n"
    )
    assert shelf.load(shelf.write("x", table))[0].release == "2026Q4"
    store = shelf.store()
    assert store.find("ADD-ON", "Z0001/Z0003", OCTOBER).first == 20261001
    assert store.find("ADD-ON", "Z0004/CCCCC", OCTOBER) is None
    later = table.replace("_DT,", "_DT (JULIAN),").replace("20130401", "2013091")
    done = shelf.load(shelf.write("y", later), setting="")
    assert done[0].rows == 3 and shelf.store().find("ADD-ON", "Z0004/CCCCC", OCTOBER) is None


def test_relative_values_and_global_days(shelf) -> None:  # type: ignore[no-untyped-def]
    done = shelf.load(shelf.write("x", RVU_HEADER + RVU_ROW))
    assert (done[0].set_name, done[0].release) == ("MPFS", "2026Q4")
    data = shelf.store().find("MPFS", "Z0001", OCTOBER).data
    assert (data["global_days"], data["work"], data["conversion_factor"]) == ("010", "1.30", "33.4009")


@pytest.mark.parametrize(
    ("head", "code", "below", "set_name"),
    [
        ("", "<code>A00.0</code>", "<see>Elsewhere</see>", "ICD-10-CM-INDEX"),
        ("<title>ICD-10-CM EXTERNAL CAUSE of INJURIES INDEX</title>", "<code>W01.0</code>", "", "ICD-10-CM-EXTERNAL-CAUSE"),
        (COLUMNS.format("Neoplasm"), "<cell col='2'>C80.1</cell>", "", "ICD-10-CM-NEOPLASM"),
        (COLUMNS.format("Substance"), "<cell col='2'>T51.3X1</cell>", "<cell col='3'>--</cell>", "ICD-10-CM-DRUG"),
    ],
)  # fmt: skip
def test_the_four_indexes_share_a_schema(shelf, head: str, code: str, below: str, set_name: str) -> None:  # type: ignore[no-untyped-def]
    done = shelf.load(shelf.write("x.xml", INDEX.format(head=head, code=code, below=below)))
    assert (done[0].set_name, done[0].release, done[0].rows) == (set_name, "FY2027", 2)
    paths = [item.title for item in shelf.store().items(shelf.store().releases()[0])]
    assert paths == ["Fictitis (acute)", "Fictitis (acute), of the quill"]


@pytest.mark.parametrize(
    ("content", "set_name", "rows"),
    [
        (TABLES, "ICD-10-PCS-TABLES", 1),
        (DEFINITIONS, "ICD-10-PCS-DEFINITIONS", 1),
        (PROCEDURE_INDEX, "ICD-10-PCS-INDEX", 2),
        (TABULAR, "ICD-10-CM-TABULAR", 1),
    ],
)
def test_the_other_xml_files(shelf, content: str, set_name: str, rows: int) -> None:  # type: ignore[no-untyped-def]
    done = shelf.load(shelf.write("x.xml", content))
    assert (done[0].set_name, done[0].release, done[0].rows) == (set_name, "FY2027", rows)


def test_a_change_list_tells_its_year_in_its_footer(shelf) -> None:  # type: ignore[no-untyped-def]
    done = shelf.load(shelf.write("x.txt", ADDENDA))
    assert (done[0].set_name, done[0].release, done[0].rows) == ("ICD-10-CM", "FY2028", 2)


@pytest.mark.parametrize(("content", "set_name"), [(ORDER, "ICD-10-CM"), (PROCEDURES, "ICD-10-PCS")])
def test_order_files_of_both_sets(shelf, content: str, set_name: str) -> None:  # type: ignore[no-untyped-def]
    done = shelf.load(shelf.write("x.txt", content), effective=dt.date(2027, 10, 1))
    assert (done[0].set_name, done[0].release, done[0].rows) == (set_name, "FY2028", 3)


def test_descriptors_behind_a_preamble_of_any_length(shelf) -> None:  # type: ignore[no-untyped-def]
    rows = [
        ("9997T", "Mending of a quill, open"),
        ("9998T", "Mending of a nib"),
        ("9999T", "Mending of a shaft"),
    ]
    long = PREAMBLE + "".join(f"{code}\t{text}\r\n" for code, text in rows)
    medium = PREAMBLE + "".join(f"{code} {text.upper()} BY ANY MENDER WHATEVER\r\n" for code, text in rows)
    short = PREAMBLE + "".join(f"{code} {text.upper()[:28]}\r\n" for code, text in rows)
    done = shelf.load(*(shelf.write(f"f{n}", text) for n, text in enumerate((long, medium, short))))
    assert [(item.set_name, item.release, item.rows) for item in done] == [("CPT", "2026", 9)]
    store = shelf.store()
    layers = {item.layer for item in store.items(store.releases("CPT")[0], beginning="9997T")}
    assert layers == {"long", "medium", "short"}


def test_a_later_descriptor_file_leaves_the_others_in_force(shelf) -> None:  # type: ignore[no-untyped-def]
    rows = [("9997T", "Mending of a quill"), ("9998T", "Mending of a nib"), ("9999T", "Mending of a shaft")]
    shelf.load(shelf.write("a", PREAMBLE + "".join(f"{code}\t{text}\n" for code, text in rows)))
    shelf.load(shelf.write("b", PREAMBLE + "".join(f"{code} {text.upper()}\n" for code, text in rows)))
    store = shelf.store()
    assert {item.layer for item in store.items(store.releases("CPT")[0])} == {"long", "short"}


def test_places_to_localities(shelf) -> None:  # type: ignore[no-untyped-def]
    rows = ZIP_ROW + ZIP_ROW.replace("99001", "99002") + ZIP_ROW.replace("99001", "99003")
    assert shelf.load(shelf.write("x", rows))[0].release == "2026Q4"
    assert shelf.store().find("ZIP-LOCALITY", "99002", OCTOBER).data["locality"] == "01"


def test_fixed_columns_of_indices_and_factors(shelf) -> None:  # type: ignore[no-untyped-def]
    gpci = "ADDENDUM E. FINAL CY 2026\r\n" + "".join(
        f"0999{n}           ZZ      00   {'NOWHERE':<80}            1.000       0.869       0.575\r\n"
        for n in range(3)
    )
    anes = "".join(f"0999{n}       00    {'NOWHERE':<50}     1931\r\n" for n in range(3)) + "\x1a"
    area = "COUNTIES INCLUDED IN 2026 LOCALITIES\r\n" + "".join(
        f"    0999{n}       00    NOWHERE                ONE AREA{' ' * 60}ALL COUNTIES\r\n\r\n"
        for n in range(3)
    )
    done = shelf.load(shelf.write("g", gpci), shelf.write("ANES2026", anes), shelf.write("l", area))
    assert {item.set_name: item.rows for item in done} == {"GPCI": 3, "ANES": 3, "LOCALITIES": 3}
    assert shelf.store().find("ANES", "09990/00", OCTOBER).data["factor"] == "19.31"


def test_the_coverage_database_in_a_zip_within_a_zip(shelf) -> None:  # type: ignore[no-untyped-def]
    tables = {
        "article.csv": "article_id,article_version,title,status,article_eff_date,article_end_date\n1,2,Quills,A,2026-01-01,\n",
        "article_x_hcpc_code.csv": "article_id,article_version,hcpc_code_id,hcpc_code_version,hcpc_code_group\n1,2,Z0001,9,1\n",
        "article_x_icd10_covered.csv": (
            "article_id,article_version,icd10_code_id,icd10_code_version,icd10_covered_group,description\n1,2,A00.0,9,1,x\n"
        ),
    }
    inner = _zipped(tables)
    done = shelf.load(
        shelf.write("mcd.zip", _zipped({"current_article_csv.zip": inner, "readme.txt": "words"}))
    )
    assert [(item.set_name, item.rows) for item in done] == [("MCD", 3)]


def test_diagnoses_that_do_not_support_a_service_are_kept_apart(shelf) -> None:  # type: ignore[no-untyped-def]
    ids = "article_id,article_version,icd10_code_id,icd10_code_version"
    tables = {
        "article.csv": "article_id,article_version,title,status,article_eff_date,description\n"
        f'1,2,Quills,A,2026-01-01 00:00:00,"<p>{"words " * 60_000}\nmore"\n',
        "article_x_icd10_covered.csv": f"{ids},icd10_covered_group\n1,2,A00.0,9,1\n",
        "article_x_icd10_noncovered.csv": f"{ids},icd10_noncovered_group\n1,2,B00.1,9,1\n",
        "article_x_contractor.csv": "article_id,article_version,article_type,contractor_id\n1,2,1,7\n",
    }
    done = shelf.load(shelf.write("mcd.zip", _zipped(tables)))
    assert [(item.set_name, item.rows) for item in done] == [("MCD", 3)]
    (release,) = shelf.store().releases("MCD")
    assert {(item.layer, item.data.get("code", "")) for item in shelf.store().items(release)} == {
        ("article", ""), ("article_icd10", "A00.0"), ("article_icd10_not", "B00.1"),
    }  # fmt: skip


@pytest.mark.parametrize("pack", ["gz", "zip", "xlsx"])
def test_the_same_table_packed(shelf, pack: str) -> None:  # type: ignore[no-untyped-def]
    text = TEXT["hcpcs.csv"]
    if pack == "gz":
        data = gzip.compress(text.encode())
    elif pack == "zip":
        data = _zipped({"HCPC.csv": text, "HCPC.xlsx": _workbook(text), "readme.pdf": "x"})
    else:
        data = _workbook(text)
    done = shelf.load(shelf.write("x", data))
    assert [(item.set_name, item.rows, item.release) for item in done] == [("HCPCS", 2, "2026Q4")]


def _zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _workbook(text: str) -> bytes:
    rows = [line.split(",") for line in text.splitlines()]
    shared = sorted({cell for row in rows for cell in row})
    number = {cell: n for n, cell in enumerate(shared)}
    sheet = "".join(
        f"<row r='{r}'>" + "".join(
            f"<c r='{chr(65 + c)}{r}' t='s'><v>{number[cell]}</v></c>" for c, cell in enumerate(row) if cell
        ) + "</row>"
        for r, row in enumerate(rows, 1)
    )  # fmt: skip
    return _zipped(
        {
            "xl/workbook.xml": "<workbook/>",
            "xl/sharedStrings.xml": "<sst>"
            + "".join(f"<si><t>{cell}</t></si>" for cell in shared)
            + "</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{sheet}</sheetData></worksheet>",
        }
    )
