"""The NDC directory, the POA exempt list, the user's own lists of codes, and the Disease Ontology: invented rows."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.ndc import find_ndc, ndc_11
from cleanclaim.codesets.shapes import fits
from cleanclaim.codesets.store import open_store
from cleanclaim.codesets.synonyms import disease_synonyms
from cleanclaim.kernel.errors import InputError

OCTOBER = dt.date(2026, 10, 5)
PACKAGE = (
    "PRODUCTID\tPRODUCTNDC\tNDCPACKAGECODE\tPACKAGEDESCRIPTION\tSTARTMARKETINGDATE\tENDMARKETINGDATE\t"
    "NDC_EXCLUDE_FLAG\tSAMPLE_PACKAGE\n"
    '9999-0001_aa\t9999-0001\t9999-0001-01\t1 VIAL, "GLASS" in 1 BOX\t20200101\t\tN\tN\n'
    "9999-0002_bb\t9999-0002\t9999-0002-30\t30 QUILLS\t20200101\t20260930\tN\tN\n"
    "9999-0001_cc\t9999-0001\t9999-0001-01\tthe same package listed again\t20270101\t\tN\tN\n"
)
PRODUCT = (
    "PRODUCTID\tPRODUCTNDC\tPRODUCTTYPENAME\tPROPRIETARYNAME\tPROPRIETARYNAMESUFFIX\tNONPROPRIETARYNAME\tDOSAGEFORMNAME\t"
    "ROUTENAME\tSTARTMARKETINGDATE\tENDMARKETINGDATE\tMARKETINGCATEGORYNAME\tAPPLICATIONNUMBER\tLABELERNAME\t"
    "SUBSTANCENAME\tACTIVE_NUMERATOR_STRENGTH\tACTIVE_INGRED_UNIT\tPHARM_CLASSES\tDEASCHEDULE\tNDC_EXCLUDE_FLAG\t"
    "LISTING_RECORD_CERTIFIED_THROUGH\n"
    '9999-0001_aa\t9999-0001\tHUMAN\t"Quill" Ã\tForte\tfictitium\tINJECTION\tINTRAVENOUS\t20200101\t\tNDA\tNDA0\t'
    "Nobody, Inc.\tFICTITIUM\t1\tmg/mL\t\tCII\tN\t20271231\n"
)
POA = "Order2027\tPOAexemptCode\tDescription\n00001\tA001\tinvented\n00002\tB002\tinvented\n00003\tC003\tother\n"
SYNONYMS = {
    "doid_to_icd10cm": {"DOID:1": ["A00.1"]},
    "synonym_to_icd10cm": {"Quill  Fever": "A00.1", "shaft ache": ["B00.1", "B00.2"], "a range": "A00-A09"},
}


def test_packages_and_products_are_one_set_found_by_eleven_digits(shelf) -> None:  # type: ignore[no-untyped-def]
    done = shelf.load(shelf.write("a", PACKAGE.encode("cp1252")), shelf.write("b", PRODUCT.encode("cp1252")))
    assert [(item.set_name, item.rows) for item in done] == [("NDC", 4)]
    found = find_ndc(shelf.store(), "9999-0001-01", OCTOBER)
    assert found is not None
    assert (found.ndc, found.labeler, found.generic_name) == ("09999000101", "Nobody, Inc.", "fictitium")
    assert found.proprietary_name == '"Quill" Ã Forte'
    assert found.description == '1 VIAL, "GLASS" in 1 BOX'
    assert find_ndc(shelf.store(), "09999000230", dt.date(2026, 9, 30)) is not None
    assert find_ndc(shelf.store(), "09999000230", OCTOBER) is None
    assert find_ndc(None, "09999000230", OCTOBER) is None


def test_a_later_list_of_packages_leaves_the_products(shelf) -> None:  # type: ignore[no-untyped-def]
    shelf.load(shelf.write("a", PACKAGE), shelf.write("b", PRODUCT))
    again = shelf.load(
        shelf.write("c", PACKAGE + "9999-0003_dd\t9999-0003\t9999-0003-01\tnew\t20260101\t\tN\tN\n")
    )
    assert (again[0].added, again[0].changed, again[0].ended) == (1, 0, 0)
    found = find_ndc(shelf.store(), "9999-0001-01", OCTOBER)
    assert found is not None and found.labeler == "Nobody, Inc."


@pytest.mark.parametrize(
    ("text", "digits"),
    [("1234-5678-90", "01234567890"), ("12345-678-90", "12345067890"), ("12345-6789-0", "12345678900"),
     ("12345-6789-01", "12345678901"), (" 12345678901 ", "12345678901")],
)  # fmt: skip
def test_every_spelling_of_a_drug_code_is_one_code(text: str, digits: str) -> None:
    assert ndc_11(text) == digits


@pytest.mark.parametrize("text", ["1234567890", "1234-567-8", "123", "", "1234-5678-9O", "12345--78-90"])
def test_a_drug_code_that_may_be_several_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"digits|no NDC"):
        ndc_11(text)


@given(st.text(alphabet="0123456789-", max_size=14))
def test_a_drug_code_has_eleven_digits_or_is_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert len(ndc_11(text)) == 11 and ndc_11(ndc_11(text)) == ndc_11(text)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("9999-0002-30", "9999-0002-3", "line 3.*no NDC"),
        ("20260930", "20261332", "line 3.*no date"),
        ("20260930", "20190101", "line 3.*ends before"),
        ("\t30 QUILLS\t20200101\t20260930\tN\tN", "", "line 3.*columns"),
    ],
)
def test_a_bad_package_is_named_with_its_line(shelf, old: str, new: str, why: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match=why):
        shelf.load(shelf.write("a", PACKAGE.replace(old, new)))


def test_of_the_archive_of_exempt_codes_the_list_itself_is_taken(shelf) -> None:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("AddCodes.txt", "Order2027\tPOAexemptCode\tDescription\n00001\tA001\tinvented\n")
        archive.writestr("DeleteCodes.txt", "POAexemptCode\tDescription\nZ99\tinvented\n")
        archive.writestr("Codes.txt", POA)
        archive.writestr("ReadMe.txt", "Description of these files\n")
    done = shelf.load(shelf.write("poa.zip", out.getvalue()))
    assert [(item.set_name, item.release, item.rows) for item in done] == [("POA-EXEMPT", "FY2027", 3)]
    assert shelf.store().find("POA-EXEMPT", "B002", OCTOBER) is not None


def test_an_april_list_holds_from_april(shelf) -> None:  # type: ignore[no-untyped-def]
    done = shelf.load(shelf.write("x", POA.replace("Order2027", "OrdApr27")))
    assert (done[0].first, done[0].last) == (dt.date(2027, 4, 1), dt.date(2027, 9, 30))


@pytest.mark.parametrize(
    ("text", "chosen", "set_name", "code"),
    [
        ("Claim Adjustment Reason Codes\nCode,Description,Start,Stop\n1,our words,1/1/1995,\n", "", "CARC", "1"),
        ("Code,Description,Start Date,Stop Date\n9,our words,,\nW1,words,,\n", "CARC", "CARC", "W1"),
        ("Code\tDescription\tNotes\nN123\tour words\t\nMA01\tother words\t\n", "", "RARC", "N123"),
        ("Claim Status Category Code,Description\nA3,our words\nF3F,other words\n", "", "CLAIM-STATUS-CATEGORY", "A3"),
        ("Claim Status Codes\nCode,Description\n21,our words\n", "", "CLAIM-STATUS", "21"),
        ("Revenue Code,Title,Effective Date\n450,our words,2005-01-01\n", "", "REVENUE", "0450"),
    ],
)  # fmt: skip
def test_a_list_of_the_users_own_is_told_by_its_words_or_by_a_person(
    shelf, text: str, chosen: str, set_name: str, code: str
) -> None:  # type: ignore[no-untyped-def]
    done = shelf.load(shelf.write("x.csv", text), own_list=chosen)
    assert [item.set_name for item in done] == [set_name]
    found = shelf.store().find(set_name, code, OCTOBER)
    assert found is not None and "words" in found.title
    assert shelf.store().find(set_name, code, dt.date(2010, 1, 1)) is not None


def test_a_table_of_codes_that_says_not_which_is_refused_with_the_way_out(shelf) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match="--list CARC"):
        shelf.load(shelf.write("x", "Code,Description\n1,words\n2,words\n"))


def test_a_list_that_is_not_known_is_refused_with_those_that_are(shelf) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match="name one of CARC"):
        shelf.load(shelf.write("x", "Code,Description\n1,words\n"), own_list="CARK")


@pytest.mark.parametrize(
    ("row", "why"),
    [("ABCD,words,,", "line 3.*no code"), ("7,,,", "line 3.*words"), ("7,words,1/1/2020,1/1/2019", "line 3.*before"),
     ("7,words,13/13/2020,", "line 3.*no date"), ("1,other words,1/1/1995,", "line 3.*stands")],
)  # fmt: skip
def test_a_bad_row_of_a_list_is_named_with_its_line(shelf, row: str, why: str) -> None:  # type: ignore[no-untyped-def]
    text = f"CARC,Description,Start Date,Stop Date\n1,words,1/1/1995,\n{row}\n"
    with pytest.raises(InputError, match=why):
        shelf.load(shelf.write("x", text))


def test_the_users_words_take_the_place_of_ours_in_the_book(
    shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    from cleanclaim.codesets import sources

    for name in ("tabular_file", "code_list_file", "medicare_file"):
        monkeypatch.setattr(sources, name, lambda: None)
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path / "home"))
    shelf.load(
        shelf.write("x", "CARC,Description,Stop Date\n1,licensed words,\n2,gone words,6/30/2020\n"),
    )
    book = CodeBook(open_store(shelf.store()))
    found = book.find("CARC", "1", OCTOBER)
    assert found is not None and found.title == "licensed words"
    ended = book.find("CARC", "2", OCTOBER)
    assert ended is not None and not ended.valid
    assert book.loaded("CARC", dt.date(2015, 1, 1))
    (row,) = [one for one in book.sets() if one.system == "CARC"]
    assert row.complete and "X12" in row.licence


def test_phrases_of_the_ontology_lead_to_codes(shelf) -> None:  # type: ignore[no-untyped-def]
    assert list(disease_synonyms(shelf.folder)) == []
    done = shelf.load(shelf.write("x.json", json.dumps(SYNONYMS)))
    assert (done[0].set_name, done[0].rows) == ("DISEASE-SYNONYMS", 2)
    assert "1 phrases lead to a range" in done[0].said[0]
    assert list(disease_synonyms(shelf.folder)) == [
        ("quill fever", "A00.1"), ("shaft ache", "B00.1"), ("shaft ache", "B00.2"),
    ]  # fmt: skip
    assert list(disease_synonyms(shelf.store())) == list(disease_synonyms(shelf.folder))
    assert list(disease_synonyms(None)) == []


@pytest.mark.parametrize(
    "text",
    ['{"doid_to_icd10cm": {', '{"synonym_to_icd10cm": []}', '{"synonym_to_icd10cm": {}}', '{"other": 1}'],
)
def test_json_that_is_none_or_cut_off_is_refused(shelf, text: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match=r"cut off|no synonyms|no code set"):
        shelf.load(shelf.write("x.json", text))


@pytest.mark.parametrize(
    ("code", "one"),
    [("QA0.0151", True), ("C4A.0", True), ("U07.1", True), ("Z3A.01", True), ("I10", True), ("QAA.0", False),
     ("A00-A09", False), ("1A0", False), ("I1", False)],
)  # fmt: skip
def test_a_diagnosis_may_have_a_letter_in_the_second_place(code: str, one: bool) -> None:
    assert fits("ICD-10-CM", code) is one


@pytest.mark.shared
def test_the_official_cross_reference_is_read_whole(shelf) -> None:  # type: ignore[no-untyped-def]
    path = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "lexicon" / "doid_icd10cm.json"
    if not path.is_file():
        pytest.skip("the files beside the project are not there")
    assert shelf.load(path)[0].rows == 11_258
