import datetime as dt
import io
from decimal import Decimal

import pypdf
import pytest
from attrs import evolve

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import Accident, AccidentKind, Frequency
from cleanclaim.claims.coordination import LineAdjudication, OtherPayer
from cleanclaim.claims.coverage import CoverageOrder, Relationship, Subscriber
from cleanclaim.claims.diagnosis import Diagnosis
from cleanclaim.claims.line import Drug
from cleanclaim.claims.parties import Address, Payer, PersonName, Sex
from cleanclaim.claims.references import DateKind, NamedDate, OtherNumber
from cleanclaim.claims.supplements import Attachment, ConditionIndicator, Place, PurchasedService
from cleanclaim.forms.cms1500 import (
    PageTotals,
    cms1500_fields,
    cms1500_findings,
    cms1500_pages,
    cms1500_pdf,
)
from cleanclaim.forms.cms1500_sheet import CMS1500
from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.finding import Severity


def rejected(claim):
    return [finding for finding in cms1500_findings(claim) if finding.severity is Severity.REJECT]


def test_own_policy_fills_every_box(office_visit):
    boxes = cms1500_fields(office_visit)
    expected = {
        "1": "GROUP", "1a": "HPO000001", "2": "MARLOW, TESSA, J", "3": "05 09 1974", "3.sex": "F",
        "4": "MARLOW, TESSA, J", "5": "14 ORCHARD LANE APT 3", "5.city": "FAIRHOLLOW", "5.state": "OH",
        "5.zip": "44012-0011", "5.phone": "614 5550199", "6": "SELF", "7": "14 ORCHARD LANE APT 3",
        "10a": "NO", "10b": "NO", "10c": "NO", "11": "G4471", "11a": "05 09 1974", "11a.sex": "F",
        "11c": "HARBOR CHOICE", "11d": "NO", "12": "SIGNATURE ON FILE", "13": "SIGNATURE ON FILE", "20": "NO",
        "21.indicator": "0", "21A": "E1165", "21B": "I10", "21C": "Z7984", "24.1A.from": "09 14 26",
        "24.1A.to": "09 14 26", "24.1B": "11", "24.1D": "99214", "24.1E": "AB", "24.1F": "185 00",
        "24.1G": "1", "24.1J": office_visit.rendering.npi, "24.3D": "36415", "25": "000000011",
        "25.kind": "EIN", "26": "V01", "27": "YES", "28": "242 00", "29": "30 00",
        "31.name": "RUTH A OKAFOR", "32.1": "LAKESIDE FAMILY MEDICINE",
        "32a": office_visit.billing.npi, "33.1": "LAKESIDE FAMILY MEDICINE", "33.2": "200 LAKE STREET",
        "33.3": "FAIRHOLLOW OH 44012-0200", "33.phone": "614 5550110", "33a": office_visit.billing.npi,
    }  # fmt: skip
    assert {key: boxes.get(key) for key in expected} == expected
    assert "21D" not in boxes
    assert "22.code" not in boxes
    assert cms1500_findings(office_visit) == ()


def test_every_value_of_every_box_stands_on_its_page(office_visit, read_pages):
    for background in (True, False):
        pages = read_pages(cms1500_pdf(office_visit, background=background))
        for text, boxes in zip(pages, cms1500_pages(office_visit), strict=True):
            for key, value in boxes.items():
                assert (key, value) in CMS1500.marks or value in text, key


def test_no_box_is_filled_without_a_place_on_the_form(office_visit, doctor):
    claim = evolve(
        office_visit,
        referring=doctor,
        supervising=doctor,
        accident=Accident(AccidentKind.AUTO, dt.date(2026, 9, 1), "OH"),
        onset_date=dt.date(2026, 9, 2),
        initial_treatment_date=dt.date(2026, 9, 3),
        frequency=Frequency.VOID,
        payer_claim_number="ICN1",
        lines=office_visit.lines * 3,
    )
    choices = {box for box, _ in CMS1500.marks}
    for boxes in cms1500_pages(claim, signed_on=dt.date(2026, 10, 26)):
        assert set(boxes) <= set(CMS1500.spots) | choices


def test_a_child_is_not_printed_as_the_insured(office_visit):
    name = PersonName("Marlow", "Owen", suffix="Jr")
    parent = Subscriber("HPO000002", name, dt.date(1970, 1, 2), Sex.MALE, office_visit.patient.address)
    claim = evolve(
        office_visit,
        coverage=evolve(office_visit.coverage, relationship=Relationship.CHILD, subscriber=parent),
    )
    boxes = cms1500_fields(claim)
    assert (boxes["2"], boxes["4"]) == ("MARLOW, TESSA, J", "MARLOW JR, OWEN")
    assert (boxes["6"], boxes["11a"], boxes["11a.sex"]) == ("CHILD", "01 02 1970", "M")


@pytest.fixture
def supplement_claim(office_visit, medicare, supplement):
    answered = OtherPayer(
        medicare,
        paid_cents=19360,
        adjudicated_on=dt.date(2026, 11, 9),
        adjustments=(),
        lines=tuple(
            LineAdjudication(
                line.number,
                paid_cents,
                line.code,
                Decimal(1),
                dt.date(2026, 11, 9),
                adjustments=(Adjustment("PR", "2", line.charge_cents - paid_cents),),
            )
            for line, paid_cents in zip(office_visit.lines, (14800, 3360, 1200), strict=True)
        ),
    )
    return evolve(office_visit, coverage=supplement, other_payers=(answered,), patient_paid_cents=0)


def test_a_secondary_claim_names_the_first_payer_and_what_it_paid(supplement_claim):
    boxes = cms1500_fields(supplement_claim)
    assert (boxes["1a"], boxes["11"], boxes["11d"]) == ("SUP000004", "S-88", "YES")
    assert (boxes["9"], boxes["9a"], boxes["9d"]) == ("MARLOW, TESSA, J", "MCR000004", "EXAMPLE MEDICARE")
    assert boxes["29"] == "193 60"
    advice = [finding for finding in cms1500_findings(supplement_claim) if finding.severity is Severity.INFO]
    assert "explanation of benefits" in advice[0].fix


def test_medicare_first_says_none_in_box_11_and_names_no_insured(office_visit, medicare, supplement):
    claim = evolve(office_visit, coverage=medicare, other_payers=(OtherPayer(supplement),))
    boxes = cms1500_fields(claim)
    assert (boxes["1"], boxes["11"]) == ("MEDICARE", "NONE")
    assert {"4", "6", "7", "11a", "11c", "11d"}.isdisjoint(boxes)
    assert boxes["9a"] == "S-88"


def test_medicare_second_names_the_insured_of_the_payer_before_it(office_visit, medicare, coverage):
    earlier = OtherPayer(coverage, paid_cents=10000, adjudicated_on=dt.date(2026, 11, 9))
    second = evolve(medicare, order=CoverageOrder.SECONDARY, insurance_type="12")
    boxes = cms1500_fields(evolve(office_visit, coverage=second, other_payers=(earlier,)))
    assert (boxes["4"], boxes["11"], boxes["11c"]) == ("MARLOW, TESSA, J", "G4471", "HARBOR CHOICE")
    assert "9" not in boxes
    assert boxes["29"] == "30 00", "Medicare counts only what the patient paid"


def test_work_injury_carries_its_date_and_the_insurer_number(office_visit):
    payer = Payer("EXGWC", "Granite Workers Compensation", "WC")
    coverage = evolve(office_visit.coverage, payer=payer, property_casualty_number="WC-4471")
    claim = evolve(
        office_visit,
        coverage=coverage,
        accident=Accident(AccidentKind.EMPLOYMENT, dt.date(2026, 10, 6)),
    )
    boxes = cms1500_fields(claim)
    assert (boxes["1"], boxes["10a"], boxes["10b"]) == ("OTHER", "YES", "NO")
    assert (boxes["14"], boxes["14.qualifier"]) == ("10 06 2026", "431")
    assert (boxes["11b.qualifier"], boxes["11b"]) == ("Y4", "WC-4471")


def test_auto_accident_carries_the_state(office_visit):
    claim = evolve(office_visit, accident=Accident(AccidentKind.AUTO, dt.date(2026, 10, 6), "OH"))
    boxes = cms1500_fields(claim)
    assert (boxes["10b"], boxes["10b.state"], boxes["10c"]) == ("YES", "OH", "NO")


def test_an_accident_before_the_onset_goes_to_box_15(office_visit):
    claim = evolve(
        office_visit,
        accident=Accident(AccidentKind.OTHER, dt.date(2026, 9, 1)),
        onset_date=dt.date(2026, 9, 3),
    )
    boxes = cms1500_fields(claim)
    assert (boxes["14"], boxes["15"], boxes["15.qualifier"]) == ("09 03 2026", "09 01 2026", "439")


def test_a_replacement_shows_its_code_and_the_payers_number(office_visit):
    claim = evolve(office_visit, frequency=Frequency.REPLACEMENT, payer_claim_number="2026ICN77")
    boxes = cms1500_fields(claim)
    assert (boxes["22.code"], boxes["22.reference"]) == ("7", "2026ICN77")
    with pytest.raises(Refused, match="box 22"):
        cms1500_pdf(evolve(claim, payer_claim_number=""))


def test_a_drug_stands_in_the_shaded_line_above_its_service(office_visit, lines, read_pages):
    drug = Drug("00003-0293-20", Decimal("4.50"), "ML")
    line = lines(1, "J3301", units=Decimal(4), drug=drug, modifiers=("RT", "59"))
    claim = evolve(office_visit, lines=(line,))
    boxes = cms1500_fields(claim)
    assert (boxes["24.1shaded"], boxes["24.1D.modifiers"]) == ("N400003029320 ML4.5", "RT 59")
    assert "N400003029320 ML4.5" in read_pages(cms1500_pdf(claim))[0]


def test_telehealth_at_home_names_no_service_facility(office_visit, lines):
    claim = evolve(office_visit, place_of_service="10", lines=(lines(1, modifiers=("95",)),))
    boxes = cms1500_fields(claim)
    assert (boxes["24.1B"], boxes["24.1D.modifiers"]) == ("10", "95")
    assert "32.1" not in boxes


def test_the_ordering_provider_stands_in_box_17_when_nobody_referred(office_visit, doctor, lines):
    claim = evolve(office_visit, lines=(lines(1, "E0143", modifiers=("NU",), ordering=doctor),))
    boxes = cms1500_fields(claim)
    assert (boxes["17.qualifier"], boxes["17"], boxes["17b"]) == ("DK", "RUTH A OKAFOR", doctor.npi)
    assert cms1500_fields(evolve(claim, referring=doctor))["17.qualifier"] == "DN"


def test_the_clia_number_stands_in_box_23_but_never_hides_an_authorization(office_visit):
    laboratory = evolve(office_visit, clia_number="36D0000015")
    assert cms1500_fields(laboratory)["23"] == "36D0000015"
    both = evolve(laboratory, authorization_number="AUTH12")
    assert [finding.field for finding in rejected(both)] == ["CMS-1500 box 23"]
    with pytest.raises(Refused, match="box 23"):
        cms1500_pdf(both)


def test_seven_lines_need_two_forms_and_each_states_its_own_total(office_visit, lines, read_pages):
    claim = evolve(office_visit, lines=tuple(lines(number) for number in range(1, 8)))
    first, second = cms1500_pages(claim)
    assert (first["28"], second["28"]) == ("1110 00", "185 00")
    assert (first["29"], second["29"]) == ("30 00", "0 00")
    assert (first["page"], second["page"]) == ("PAGE 1 OF 2", "PAGE 2 OF 2")
    assert first["21A"] == second["21A"] == "E1165"
    assert "24.1D" in second
    assert "24.2D" not in second
    assert len(read_pages(cms1500_pdf(claim))) == 2
    assert cms1500_fields(claim)["24.7F"] == "185 00"
    assert cms1500_fields(claim)["28"] == "1295 00"


def test_a_payer_may_want_the_total_on_the_last_form_only(office_visit, lines, read_pages):
    claim = evolve(office_visit, lines=tuple(lines(number) for number in range(1, 8)))
    first, second = read_pages(cms1500_pdf(claim, page_totals=PageTotals.LAST_PAGE))
    assert "CONTINUED" in first
    assert "1295 00" in second


def test_what_an_earlier_payer_paid_follows_its_lines_to_their_form(supplement_claim, lines):
    [answered] = supplement_claim.other_payers
    many = tuple(lines(number) for number in range(1, 8))
    paid = tuple(
        LineAdjudication(line.number, 1000, line.code, Decimal(1), dt.date(2026, 11, 9)) for line in many
    )
    claim = evolve(
        supplement_claim, lines=many, other_payers=(evolve(answered, paid_cents=7000, lines=paid),)
    )
    assert [boxes["29"] for boxes in cms1500_pages(claim)] == ["60 00", "10 00"]


@pytest.mark.parametrize(
    ("change", "box"),
    [
        ({"claim_id": "A-CLAIM-NUMBER-OF-20"}, "26"),
        ({"note": "x" * 72}, "19"),
        ({"authorization_number": "9" * 30}, "23"),
        ({"diagnoses": tuple(Diagnosis(f"Z00.{n}") for n in range(13))}, "21"),
    ],
)
def test_a_number_that_does_not_fit_is_refused_never_cut(office_visit, change, box):
    claim = evolve(office_visit, **change)
    assert f"CMS-1500 box {box}" in {finding.field for finding in rejected(claim)}
    with pytest.raises(Refused, match=f"box {box}"):
        cms1500_pdf(claim)


@pytest.mark.parametrize(
    ("change", "box"),
    [
        ({"modifiers": ("25", "59", "RT", "LT", "GA")}, "24.1D"),
        ({"pointers": (1, 2, 3, 1, 2)}, "24.1E"),
        ({"pointers": (9,)}, "24.1E"),
        ({"charge_cents": -100}, "24.1F"),
        ({"charge_cents": 1_000_000_000}, "24.1F"),
        ({"units": Decimal("10000")}, "24.1G"),
    ],
)
def test_a_line_that_does_not_fit_is_refused(office_visit, lines, change, box):
    claim = evolve(office_visit, lines=(lines(1, **change),))
    assert f"CMS-1500 box {box}" in {finding.field for finding in rejected(claim)}
    with pytest.raises(Refused):
        cms1500_pdf(claim)


def test_a_long_name_is_cut_with_a_warning_that_does_not_repeat_it(office_visit, read_pages):
    name = PersonName("Featherstonehaugh-Cholmondeley", "Bartholomew")
    claim = evolve(office_visit, patient=evolve(office_visit.patient, name=name))
    [finding] = cms1500_findings(claim)
    assert (finding.field, finding.severity) == ("CMS-1500 box 2", Severity.WARN)
    assert "holds 28" in finding.message
    assert "FEATHER" not in finding.message.upper()
    assert "FEATHERSTONEHAUGH-CHOLMONDEL" in read_pages(cms1500_pdf(claim))[0]


def test_a_long_note_uses_both_lines_of_box_19(office_visit, read_pages):
    claim = evolve(office_visit, note="repeat culture of the left lower leg wound after fourteen days")
    text = read_pages(cms1500_pdf(claim))[0]
    assert "REPEAT CULTURE OF THE" in text
    assert "LEFT LOWER LEG WOUND AFTER FOURTEEN DAYS" in text


def test_hostile_names_are_printed_literally_and_run_nothing(office_visit, read_pages):
    name = PersonName(r"Dr)op\(", "<a href='x'>/JS", "\u202e")
    pdf = cms1500_pdf(evolve(office_visit, patient=evolve(office_visit.patient, name=name)))
    assert r"DR)OP\(, <A HREF='X'>/JS, ?"[:28] in read_pages(pdf)[0]
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert {"/OpenAction", "/AA", "/Names", "/AcroForm"}.isdisjoint(reader.trailer["/Root"])
    assert all("/Annots" not in page for page in reader.pages)


def test_unknown_scripts_warn_in_the_findings(office_visit):
    patient = evolve(office_visit.patient, name=PersonName("משה", "Łukasz"))
    [finding] = cms1500_findings(evolve(office_visit, patient=patient))
    assert "shown as ?" in finding.message
    assert "without their mark" in finding.message


def test_the_same_claim_gives_the_same_bytes_and_metadata_names_nobody(office_visit):
    first = cms1500_pdf(office_visit)
    assert first == cms1500_pdf(office_visit)
    information = pypdf.PdfReader(io.BytesIO(first)).metadata
    said = " ".join(str(value) for value in information.values())
    assert "MARLOW" not in said.upper()
    assert "V01" not in said
    assert "2000" in information["/CreationDate"]


def test_alignment_moves_the_data_by_points(office_visit):
    def place(**shift):
        found = []
        page = pypdf.PdfReader(io.BytesIO(cms1500_pdf(office_visit, background=False, **shift))).pages[0]
        page.extract_text(
            visitor_text=lambda text, cm, tm, *_: (
                found.append((cm[4] + tm[4], cm[5] + tm[5])) if "HPO000001" in text else None
            )
        )
        return found[0]

    here, moved = place(), place(shift_right_points=9, shift_down_points=-4.5)
    assert (moved[0] - here[0], moved[1] - here[1]) == (9, 4.5)


def test_data_only_prints_on_the_ten_pitch_grid(office_visit):
    page = pypdf.PdfReader(io.BytesIO(cms1500_pdf(office_visit, background=False))).pages[0]
    at = {}
    page.extract_text(visitor_text=lambda text, cm, tm, *_: at.setdefault(text.strip(), (tm[4], tm[5])))
    x, y = at["HPO000001"]
    assert round((x - 20) / 7.2, 6) == 49
    assert (792 - 24 - y) / 12 == 8


def test_a_claim_without_lines_is_refused(office_visit):
    with pytest.raises(Refused, match="without a service line"):
        cms1500_pdf(evolve(office_visit, lines=()))


def test_addresses_lose_their_punctuation_as_the_manual_asks(office_visit):
    address = Address("123 N. Main St., #101", "St. Clairsville", "OH", "43950")
    boxes = cms1500_fields(evolve(office_visit, patient=evolve(office_visit.patient, address=address)))
    assert (boxes["5"], boxes["5.city"], boxes["5.zip"]) == ("123 N MAIN ST 101", "ST CLAIRSVILLE", "43950")


def test_boxes_that_only_some_claims_fill(office_visit, doctor, lines, practice, read_pages):
    numbered = evolve(doctor, other_numbers=(OtherNumber("G2", "REF77"),))
    claim = evolve(
        office_visit,
        referring=numbered,
        rendering=numbered,
        facility=evolve(practice, other_numbers=(OtherNumber("LU", "SITE 2"),)),
        coverage=evolve(office_visit.coverage, billing_numbers=(OtherNumber("G2", "BILL9"),)),
        condition_codes=("W2", "W3"),
        note="SEEN TWICE",
        attachments=(Attachment("OZ", "FX", "NOTE1"),),
        dates=(NamedDate(DateKind.LAST_SEEN, dt.date(2026, 9, 1)),),
        conditions=(ConditionIndicator("ZZ", True, ("AV",)),),
        lines=(
            lines(
                1,
                description="SPECIAL DRESSING",
                drug=Drug("00003029320", Decimal(2), "ML"),
                epsdt=True,
                purchased_service=PurchasedService("1300000019", 1_250),
            ),
        ),
    )
    boxes = cms1500_fields(claim)
    wanted = {
        "10d": "W2   W3",
        "15.qualifier": "304",
        "15": "09 01 2026",
        "17a.qualifier": "G2",
        "17a": "REF77",
        "19": "SEEN TWICE   PWKOZFXNOTE1",
        "20": "YES",
        "20.charges": "12 50",
        "24.1shaded": "N400003029320 ML2   ZZSPECIAL DRESSING",
        "24.1H": "Y",
        "24.1H.reason": "AV",
        "24.1I": "G2",
        "24.1J.other": "REF77",
        "32b": "LUSITE2",
        "33b": "G2BILL9",
    }
    assert {key: boxes.get(key) for key in wanted} == wanted
    assert not [item for item in cms1500_findings(claim) if item.severity is Severity.REJECT]
    (page,) = read_pages(cms1500_pdf(claim))
    assert all(value in page for key, value in wanted.items() if key not in {"20"})


def test_medicare_takes_no_number_but_the_npi_and_the_zip_of_an_ambulance(office_visit, doctor, medicare):
    claim = evolve(
        office_visit,
        coverage=medicare,
        referring=evolve(doctor, other_numbers=(OtherNumber("1G", "A12345"),)),
        pick_up=Place(Address("1 MILL ST", "FAIRHOLLOW", "OH", "440120011")),
    )
    boxes = cms1500_fields(claim)
    assert ("17a" in boxes, "33b" in boxes, boxes["23"]) == (False, False, "44012")
    told = [item.message for item in cms1500_findings(claim) if item.severity is Severity.WARN]
    assert any("where the ambulance took the patient up" in message for message in told)


def test_what_box_19_cannot_hold_is_left_out_whole_and_warned_about(office_visit):
    many = tuple(Attachment("OZ", "FX", f"NUMBER{n:010d}") for n in range(5))
    claim = evolve(office_visit, note="SEEN TWICE", attachments=many)
    boxes = cms1500_fields(claim)
    assert boxes["19"].startswith("SEEN TWICE   PWKOZFXNUMBER0000000000")
    assert len(boxes["19"]) <= 71
    (warned,) = [item for item in cms1500_findings(claim) if item.field == "CMS-1500 box 19"]
    assert (warned.severity, "of its 6 entries are not printed" in warned.message) == (Severity.WARN, True)


def test_diagnoses_of_two_editions_are_refused(office_visit):
    old = tuple(evolve(item, icd9=True) for item in office_visit.diagnoses)
    assert cms1500_fields(evolve(office_visit, diagnoses=old))["21.indicator"] == "9"
    mixed = evolve(office_visit, diagnoses=(*office_visit.diagnoses, Diagnosis("250.00", icd9=True)))
    assert any(
        item.severity is Severity.REJECT and "box 21" in item.field for item in cms1500_findings(mixed)
    )
