import datetime as dt
import io
from decimal import Decimal

import pypdf
import pytest
from attrs import evolve

from cleanclaim.claims.claim import Accident, AccidentKind, Frequency, OccurrenceCode, ValueCode
from cleanclaim.claims.coordination import OtherPayer
from cleanclaim.claims.coverage import CoverageOrder
from cleanclaim.claims.diagnosis import Diagnosis, HospitalProcedure
from cleanclaim.claims.line import Drug
from cleanclaim.claims.parties import PersonName
from cleanclaim.claims.references import OtherNumber, Reference, ReferenceKind
from cleanclaim.claims.supplements import Attachment, Note
from cleanclaim.forms.ub04 import ub04_fields, ub04_findings, ub04_pages, ub04_pdf
from cleanclaim.forms.ub04_sheet import UB04
from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.finding import Severity


def rejected_fields(claim):
    return {finding.field for finding in ub04_findings(claim) if finding.severity is Severity.REJECT}


def test_an_emergency_visit_fills_its_locators(emergency):
    locators = ub04_fields(emergency)
    expected = {
        "1.1": "MILL RIVER HOSPITAL", "1.3": "STONEBRIDGE OH 44033-0001", "3a": "V10", "3b": "P-10",
        "4": "0131", "5": "00-0000011", "6.from": "092626", "6.through": "092626", "8b": "MARLOW, TESSA, J",
        "9a": "14 ORCHARD LANE APT 3", "9b": "FAIRHOLLOW", "9c": "OH", "9d": "44012-0011", "10": "05091974",
        "11": "F", "12": "", "14": "1", "15": "1", "17": "01", "31a.code": "05", "31a.date": "092626",
        "42.1": "0450", "44.1": "9928325", "45.1": "091426", "46.1": "1", "47.1": "920 00", "42.2": "0320",
        "total.revenue_code": "0001", "total.charge": "1230 50", "50A": "HARBOR MUTUAL PPO", "52A": "Y",
        "53A": "Y", "56": emergency.billing.npi, "58A": "MARLOW, TESSA, J", "59A": "18", "60A": "HPO000001",
        "62A": "G4471", "66": "0", "67": "S93401A", "67A": "M25571", "70a": "M25571", "72a": "W109XXA",
        "76.npi": emergency.attending.npi, "76.last": "OKAFOR", "76.first": "RUTH", "81a.qualifier": "B3",
        "81a": "282N00000X",
    }  # fmt: skip
    assert {key: locators.get(key) for key in expected} == expected
    assert "67.poa" not in locators
    assert ub04_findings(emergency) == ()


def test_an_inpatient_stay_carries_admission_drg_poa_procedures_and_rates(inpatient):
    locators = ub04_fields(inpatient)
    expected = {
        "4": "0111", "6.from": "092826", "6.through": "100226", "12": "092826", "13": "14", "16": "11",
        "18": "C1", "35a.code": "74", "35a.from": "092926", "35a.through": "093026", "39a.code": "02",
        "39a.amount": "0 00", "40a.code": "80", "40a.amount": "4 00", "42.1": "0120", "44.1": "1800.00",
        "45.1": "", "46.1": "4", "67": "J189", "67.poa": "Y", "67C": "Z794", "67C.poa": "1", "69": "R0602",
        "71": "193", "74.code": "0BH17EZ", "74.date": "092926", "77.last": "OKAFOR",
    }  # fmt: skip
    assert {key: locators.get(key) for key in expected} == expected


def test_every_value_stands_on_its_page_and_has_a_place(emergency, inpatient, read_pages):
    for claim in (emergency, inpatient):
        for background in (True, False):
            made = ub04_pages(claim)
            pages = read_pages(ub04_pdf(claim, background=background))
            for text, locators in zip(pages, made, strict=True):
                assert set(locators) <= set(UB04.spots)
                for key, value in locators.items():
                    assert value in text, key


def test_payers_stand_in_order_with_what_each_paid(emergency, medicare, supplement):
    first = OtherPayer(
        medicare, paid_cents=80000, adjudicated_on=dt.date(2026, 11, 9), payer_claim_number="M1"
    )
    locators = ub04_fields(evolve(emergency, coverage=supplement, other_payers=(first,)))
    assert (locators["50A"], locators["54A"]) == ("EXAMPLE MEDICARE", "800 00")
    assert locators["50B"] == "SILVERLINE SUPPLEMENT"
    assert "54B" not in locators
    assert "64A" not in locators


def test_twenty_three_lines_need_two_pages_and_the_total_stands_on_the_last(emergency, lines, read_pages):
    many = tuple(lines(number, "99283", revenue_code="0450", pointers=()) for number in range(1, 24))
    claim = evolve(emergency, lines=many)
    first, second = ub04_pages(claim, created_on=dt.date(2026, 10, 26))
    assert (first["total.page"], first["total.pages"], second["total.page"]) == ("1", "2", "2")
    assert "total.revenue_code" not in first
    assert (second["total.revenue_code"], second["total.charge"]) == ("0001", "4255 00")
    assert second["total.created_on"] == "102626"
    assert "42.22" in first
    assert "42.2" not in second
    texts = read_pages(ub04_pdf(claim))
    assert len(texts) == 2
    assert "4255 00" not in texts[0]
    assert "4255 00" in texts[1]
    assert ub04_fields(claim)["47.23"] == "185 00"


def test_a_replacement_changes_the_type_of_bill_and_needs_the_payers_number(emergency):
    claim = evolve(emergency, frequency=Frequency.REPLACEMENT, payer_claim_number="DCN1")
    locators = ub04_fields(claim)
    assert (locators["4"], locators["64A"]) == ("0137", "DCN1")
    with pytest.raises(Refused, match="FL 64"):
        ub04_pdf(evolve(claim, payer_claim_number=""))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"other_diagnoses": tuple(Diagnosis(f"Z00.{n}") for n in range(18))}, "UB-04 FL 67A-Q"),
        ({"condition_codes": ("01",) * 16}, "UB-04 FL 18-28"),
        ({"value_codes": (ValueCode("80", 100),) * 17}, "UB-04 FL 39-41"),
        ({"value_codes": (ValueCode("80", -100),)}, "UB-04 FL 39-54"),
        ({"occurrence_codes": (OccurrenceCode("11", dt.date(2026, 9, 1)),) * 13}, "UB-04 FL 31-34"),
        ({"procedures": (HospitalProcedure("0BH17EZ", dt.date(2026, 9, 29)),) * 7}, "UB-04 FL 74"),
        ({"reason_for_visit": (Diagnosis("R06.02"),) * 4}, "UB-04 FL 70"),
        ({"note": "word " * 40}, "UB-04 FL 80"),
        ({"authorization_number": "A", "referral_number": "B"}, "UB-04 FL 63"),
        ({"claim_id": "x" * 30}, "UB-04 FL 3a"),
    ],
)
def test_what_the_form_has_no_room_for_is_refused(emergency, change, field):
    claim = evolve(emergency, **change)
    assert field in rejected_fields(claim)
    with pytest.raises(Refused, match=field):
        ub04_pdf(claim)


def test_a_total_line_among_the_services_is_refused(emergency, lines):
    claim = evolve(emergency, lines=(lines(1, "", revenue_code="0001", pointers=()),))
    assert "UB-04 FL 42.1" in rejected_fields(claim)


def test_a_drug_stands_where_the_description_would(emergency, lines):
    drug = Drug("00003-0293-20", Decimal("1234.567"), "UN")
    claim = evolve(emergency, lines=(lines(1, "J3301", revenue_code="0636", drug=drug, pointers=()),))
    assert ub04_fields(claim)["43.1"] == "N400003029320UN1234.567"


def test_an_accident_without_its_occurrence_code_is_warned_about(emergency):
    claim = evolve(
        emergency, occurrence_codes=(), accident=Accident(AccidentKind.AUTO, dt.date(2026, 9, 26), "OH")
    )
    assert ub04_fields(claim)["29"] == "OH"
    assert [finding.field for finding in ub04_findings(claim)] == ["UB-04 FL 31-34"]


def test_long_names_are_cut_with_a_warning_and_hostile_ones_stay_text(emergency):
    name = PersonName("Featherstonehaugh-Cholmondeley)", r"\(/JS")
    claim = evolve(emergency, patient=evolve(emergency.patient, name=name))
    [finding] = ub04_findings(claim)
    assert (finding.field, finding.severity) == ("UB-04 FL 8b", Severity.WARN)
    reader = pypdf.PdfReader(io.BytesIO(ub04_pdf(claim)))
    assert {"/OpenAction", "/AA", "/Names", "/AcroForm"}.isdisjoint(reader.trailer["/Root"])
    assert all("/Annots" not in page for page in reader.pages)


def test_remarks_run_over_four_lines(emergency, read_pages):
    claim = evolve(emergency, note="patient slipped on wet stairs at home and walked in unaided")
    assert [ub04_fields(claim)[f"80.{place}"] for place in (1, 2, 3)] == [
        "PATIENT SLIPPED ON",
        "WET STAIRS AT HOME AND",
        "WALKED IN UNAIDED",
    ]


def test_the_same_claim_gives_the_same_bytes(inpatient):
    assert ub04_pdf(inpatient) == ub04_pdf(inpatient)
    assert ub04_pdf(inpatient, shift_right_points=3) != ub04_pdf(inpatient)


def test_a_tertiary_payer_and_a_fourth(emergency, medicare, supplement):
    third = evolve(medicare, order=CoverageOrder.TERTIARY)
    claim = evolve(emergency, other_payers=(OtherPayer(supplement), OtherPayer(third)))
    assert [ub04_fields(claim)[f"50{letter}"] for letter in "ABC"] == [
        "HARBOR MUTUAL PPO",
        "SILVERLINE SUPPLEMENT",
        "EXAMPLE MEDICARE",
    ]
    crowded = evolve(claim, other_payers=(*claim.other_payers, OtherPayer(third)))
    assert "UB-04 FL 50" in rejected_fields(crowded)


def test_codes_without_room_go_on_in_locator_81_and_are_warned_about(emergency, read_pages):
    claim = evolve(
        emergency,
        condition_codes=tuple(f"C{n:X}" for n in range(12)),
        occurrence_codes=(OccurrenceCode("11", dt.date(2026, 9, 1)),) * 9,
        value_codes=tuple(ValueCode(f"{n}", 10_000 + n) for n in range(80, 93)),
    )
    boxes = ub04_fields(claim)
    kept = {key: value for key, value in boxes.items() if key.startswith("81") and value}
    assert kept["81a.qualifier"] == "B3"
    assert (kept["81b.qualifier"], kept["81b"]) == ("A1", "CB")
    assert (kept["81c.qualifier"], kept["81c"], kept["81c.value"]) == ("A2", "11", "090126")
    assert (kept["81d.qualifier"], kept["81d"], kept["81d.value"]) == ("A4", "92", "100 92")
    warned = {item.field for item in ub04_findings(claim) if item.severity is Severity.WARN}
    assert {"UB-04 FL 18-28", "UB-04 FL 31-34", "UB-04 FL 39-41"} <= warned
    (page,) = read_pages(ub04_pdf(claim))
    assert "100 92" in page


def test_every_operator_and_number_of_the_claim_has_its_locator(emergency, doctor):
    licensed = evolve(doctor, other_numbers=(OtherNumber("0B", "OH35.1234"), OtherNumber("SY", "000")))
    claim = evolve(
        emergency,
        attending=licensed,
        operating=doctor,
        other_operating=doctor,
        rendering=doctor,
        referring=doctor,
        references=(Reference(ReferenceKind.ACCIDENT_STATE, "OH"),),
        coverage=evolve(emergency.coverage, billing_numbers=(OtherNumber("G2", "PAYERS1"),)),
        other_notes=(Note("DCP", "WALK AGAIN"),),
    )
    boxes = ub04_fields(claim)
    assert (boxes["76.qualifier"], boxes["76.other"]) == ("0B", "OH35.1234")
    assert (boxes["78.role"], boxes["79.role"]) == ("ZZ", "82")
    assert (boxes["29"], boxes["57A"]) == ("OH", "PAYERS1")
    assert any("WALK AGAIN" in value for key, value in boxes.items() if key.startswith("80"))
    assert "UB-04 FL 78-79" in {item.field for item in ub04_findings(claim)}
    assert not [item for item in ub04_findings(claim) if item.severity is Severity.REJECT]


def test_what_has_no_locator_is_told(emergency):
    claim = evolve(emergency, attachments=(Attachment("OZ", "EL", "N1"),), patient_due_cents=5_000)
    told = " ".join(item.message for item in ub04_findings(claim))
    for words in ("attachments", "what the patient owes by estimate"):
        assert words in told
