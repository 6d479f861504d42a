"""PCS codes of a stay: coded where the report states every axis, asked where it does not, silent where not done."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.procedures.hospital_operations import operations, possible_codes
from cleanclaim.coding.procedures.hospital_procedures import HospitalProcedureFound, find_hospital_procedures
from cleanclaim.documents.reading import read_note

ON = dt.date(2026, 9, 14)
Finder = Callable[[str], tuple[HospitalProcedureFound, ...]]

# The great toe has no middle phalanx; PCS has no such code, and the answer is a question.
NO_SUCH_LEVEL = {"0Y6P0Z2", "0Y6Q0Z2"}


@pytest.fixture(scope="module")
def find(book: CodeBook) -> Finder:
    def found(text: str) -> tuple[HospitalProcedureFound, ...]:
        note = read_note(text)
        results = find_hospital_procedures(note, book, ON)
        for one in results:
            assert bool(one.code) != bool(one.question)
            assert one.because and one.evidence
            for span in one.evidence:
                assert text[span.start : span.end] == span.text
        return results

    return found


def codes(results: tuple[HospitalProcedureFound, ...]) -> set[str]:
    return {one.code for one in results if one.code}


def questions(results: tuple[HospitalProcedureFound, ...]) -> str:
    return " | ".join(one.question for one in results if one.question)


@pytest.mark.parametrize("operation", operations(), ids=lambda one: one.name)
def test_every_code_the_table_can_make_is_valid_on_the_day(operation, book):
    made = set(possible_codes(operation)) - NO_SUCH_LEVEL
    assert made or operation.question
    for code in made:
        entry = book.find("ICD-10-PCS", code, ON)
        assert entry is not None and entry.valid, code


CODED = [
    ("Procedure: Laparoscopic appendectomy.", {"0DTJ4ZZ"}),
    ("Procedure: Open appendectomy.", {"0DTJ0ZZ"}),
    ("Procedure: Laparoscopic appendectomy converted to open.", {"0DTJ0ZZ"}),
    ("Procedure: Robotic assisted cholecystectomy.", {"0FT44ZZ", "8E0W4CZ"}),
    ("Procedure: Laparoscopic subtotal cholecystectomy.", {"0FB44ZZ"}),
    (
        "Procedure: Laparoscopic cholecystectomy with intraoperative cholangiogram.\nTechnique: Omnipaque was used.",
        {"0FT44ZZ", "BF101ZZ"},
    ),
    ("Procedure: Exploratory laparotomy, right hemicolectomy, end ileostomy.", {"0DTF0ZZ", "0D1B0Z4"}),
    ("Procedure: Laparoscopic sigmoid colectomy.", {"0DTN4ZZ"}),
    ("Procedure: Laparotomy with small bowel resection of the ileum.", {"0DBB0ZZ"}),
    ("Procedure: Open right inguinal hernia repair with mesh.", {"0YU50JZ"}),
    ("Procedure: Laparoscopic bilateral inguinal hernia repair with mesh.", {"0YUA4JZ"}),
    ("Procedure: Open left inguinal hernia repair without mesh.", {"0YQ60ZZ"}),
    ("Procedure: Open ventral hernia repair with biologic mesh.", {"0WUF0KZ"}),
    ("Hospital Course: She had a repeat low transverse cesarean section without complication.", {"10D00Z1"}),
    ("Procedure: Classical cesarean section.", {"10D00Z0"}),
    (
        "Hospital Course: Spontaneous vaginal delivery. A second degree perineal laceration was repaired.",
        {"10E0XZZ", "0KQM0ZZ"},
    ),
    (
        "Hospital Course: Third degree perineal laceration repaired after vacuum assisted vaginal delivery.",
        {"10D07Z6", "0DQR0ZZ"},
    ),
    ("Hospital Course: Low forceps delivery of a girl.", {"10D07Z3"}),
    (
        "Procedure: Total abdominal hysterectomy with bilateral salpingo-oophorectomy.",
        {"0UT90ZZ", "0UT20ZZ", "0UT70ZZ"},
    ),
    ("Procedure: Laparoscopic supracervical hysterectomy.", {"0UT94ZL"}),
    ("Procedure: LAVH.", {"0UT9FZZ"}),
    ("Procedure: Laparoscopic bilateral tubal ligation with Filshie clips.", {"0UL74CZ"}),
    ("Procedure: Right hip hemiarthroplasty, cemented.", {"0SRR0J9"}),
    ("Procedure: Bilateral total knee arthroplasty, cemented.", {"0SRC0J9", "0SRD0J9"}),
    ("Procedure: Left total hip arthroplasty, ceramic on polyethylene, press-fit.", {"0SRB04A"}),
    ("Procedure: ORIF right bimalleolar ankle fracture with plate and screws.", {"0QSG04Z", "0QSJ04Z"}),
    ("Procedure: ORIF left distal radius fracture with volar plate.", {"0PSJ04Z"}),
    ("Procedure: Intramedullary nailing of left femoral shaft fracture after closed reduction.", {"0QS936Z"}),
    ("Procedure: Lumbar laminectomy with decompression of the cauda equina.", {"00NY0ZZ"}),
    ("Procedure: Left below-knee amputation, middle third of the tibia.", {"0Y6J0Z2"}),
    ("Procedure: Right great toe amputation through the metatarsophalangeal joint.", {"0Y6P0Z0"}),
    ("Procedure: Excisional debridement of right heel ulcer including muscle.", {"0KBV0ZZ"}),
    ("Procedure: PCI with two drug-eluting stents to the LAD.", {"027035Z"}),
    ("Procedure: PCI of the LAD and RCA, two drug-eluting stents.", {"027135Z"}),
    ("Procedure: Left heart catheterization and coronary angiography with iohexol.", {"4A023N7", "B2111ZZ"}),
    (
        "Procedure: Dual chamber pacemaker implantation. A pocket was created by incision.",
        {"0JH606Z", "02H63JZ", "02HK3JZ"},
    ),
    ("Procedure: EGD with biopsy of the gastric antrum.", {"0DB68ZX"}),
    ("Procedure: Upper endoscopy.", {"0DJ08ZZ"}),
    ("Procedure: Colonoscopy with snare polypectomy in the sigmoid colon.", {"0DBN8ZZ"}),
    ("Procedure: Colonoscopy with biopsies of cecum and rectum.", {"0DBH8ZX", "0DBP8ZX"}),
    ("Procedure: Bronchoscopy with bronchoalveolar lavage of the right middle lobe.", {"0B9D8ZX"}),
    ("Hospital Course: A diagnostic left thoracentesis was performed.", {"0W9B3ZX"}),
    ("Hospital Course: She underwent therapeutic paracentesis.", {"0W9G3ZZ"}),
    ("Hospital Course: A right pigtail chest tube was placed.", {"0W9930Z"}),
    ("Hospital Course: Diagnostic lumbar puncture was done.", {"009U3ZX"}),
    ("Hospital Course: He was intubated and mechanically ventilated for 3 days.", {"0BH17EZ", "5A1945Z"}),
    ("Hospital Course: CRRT was started.", {"5A1D90Z"}),
    ("Hospital Course: She received intermittent hemodialysis.", {"5A1D70Z"}),
    (
        "Hospital Course: Two units of PRBC and one unit of platelets were transfused by peripheral IV.",
        {"30233N1", "30233R1"},
    ),
    ("Hospital Course: A PICC was placed with its tip in the SVC.", {"02HV33Z"}),
    ("Procedure: Percutaneous tracheostomy.", {"0B113F4"}),
    ("Procedure: PEG tube placement.", {"0DH63UZ"}),
    ("Procedure: Total thyroidectomy through a collar incision.", {"0GTK0ZZ"}),
    ("Procedure: TURP.", {"0VB08ZZ"}),
    ("Procedure: Laparoscopic left radical nephrectomy.", {"0TT14ZZ"}),
    ("Procedure: Robotic right partial nephrectomy.", {"0TB04ZZ", "8E0W4CZ"}),
    ("Procedure: Cystoscopy with left ureteral stent placement.", {"0T778DZ"}),
    ("Procedure: Mechanical thrombectomy of the right MCA with stent retriever.", {"03CG3Z7"}),
    ("Hospital Course: IV alteplase was given through a peripheral IV.", {"3E03317"}),
]


@pytest.mark.parametrize(
    ("text", "expected"), CODED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_axis_stated_makes_the_code(find, text, expected):
    assert codes(find(text)) == expected


ASKED = [
    (
        "Procedure: Total knee arthroplasty, cemented.\nHospital Course: Left lower lobe pneumonia was treated.",
        "Which side",
    ),
    (
        "Procedure: Appendectomy.\nHospital Course: Wound left open. Lap counts were correct.",
        "Which approach?",
    ),
    ("Hospital Course: Two units of PRBC were transfused. A central line was in place.", "Into which vein"),
    (
        "Hospital Course: Left thoracentesis was done. Therapeutic heparin was begun.",
        "diagnostic or therapeutic",
    ),
    ("Procedure: Appendectomy.", "Which approach?"),
    ("Procedure: Laparoscopic inguinal hernia repair with mesh.", "Which groin?"),
    ("Procedure: Open umbilical hernia repair.", "closed with mesh?"),
    ("Hospital Course: She was delivered by cesarean section.", "Where was the uterus opened?"),
    ("Procedure: Laparoscopic hysterectomy.", "Was the cervix taken too?"),
    ("Procedure: Left total knee replacement.", "Were the components cemented?"),
    ("Procedure: Total knee replacement, cemented.", "Which side was the joint replaced on?"),
    ("Procedure: ORIF left ankle fracture.", "Which bone"),
    ("Procedure: Below-knee amputation, right.", "At which level"),
    ("Procedure: Sharp debridement of sacral ulcer.", "excisional"),
    ("Procedure: Posterolateral fusion L4-L5.", "interbody device"),
    ("Procedure: CABG x 3.", "how many arteries"),
    ("Procedure: PCI with a drug-eluting stent to the LAD and diagonal.", "How many coronary arteries"),
    ("Procedure: Drug-eluting stents to the LAD.", "how many"),
    ("Procedure: PCI with a drug-eluting stent to the LAD and a drug-eluting stent to the RCA.", "how many"),
    ("Procedure: PCI: a DES to the proximal LAD and a DES to the mid LAD.", "how many"),
    ("Procedure: Amputation of the great toe, right, and second toe amputation, left.", "At which level?"),
    ("Procedure: Coronary angiography.", "Which contrast?"),
    ("Hospital Course: A central line was placed in the right internal jugular vein.", "tip of the catheter"),
    ("Hospital Course: Two units of PRBC were transfused.", "Into which vein"),
    ("Hospital Course: Thoracentesis on the right was performed.", "diagnostic or therapeutic"),
    ("Hospital Course: He was on the ventilator.", "how many consecutive hours"),
    ("Hospital Course: He underwent hemodialysis.", "Intermittent"),
    ("Procedure: Right craniotomy for evacuation of subdural hematoma.", "solid clot"),
    ("Procedure: EGD with biopsies.", "From which part"),
    ("Procedure: EGD with hemoclip placement.", "what was treated"),
    ("Procedure: Great toe amputation, proximal phalanx.", "Which foot?"),
    ("Procedure: Right great toe amputation through the middle phalanx.", "no PCS code fits"),
]


@pytest.mark.parametrize(("text", "question"), ASKED, ids=lambda value: value)
def test_an_axis_not_stated_is_asked_and_never_guessed(find, text, question):
    results = find(text)
    assert not codes(results)
    assert question in questions(results)


NOT_DONE = [
    "Technique: The patient was intubated and the abdomen was prepped.",
    "PSH: Laparoscopic appendectomy 2010, cesarean section x2.",
    "Past Medical History: CAD with CABG.",
    "Hospital Course: History of laparoscopic cholecystectomy.",
    "Hospital Course: She is status post total hip arthroplasty.",
    "Hospital Course: She underwent laparoscopic cholecystectomy in 2014.",
    "Hospital Course: He had an open appendectomy years ago.",
    "Hospital Course: Laparoscopic cholecystectomy is planned as an outpatient.",
    "Hospital Course: Patient declined lumbar puncture.",
    "Hospital Course: Diagnostic lumbar puncture was deferred.",
    "Hospital Course: No intubation was required.",
    "Hospital Course: He was not intubated.",
    "Hospital Course: EGD was recommended.",
    "Hospital Course: She received IV alteplase at an outside hospital.",
    "Hospital Course: ESRD on hemodialysis.",
    "Plan: Laparoscopic appendectomy tomorrow.",
    "Family History: Mother had a hysterectomy.",
    "Hospital Course: The chest tube was removed.",
    "Hospital Course: Previous low transverse cesarean section.",
]


@pytest.mark.parametrize("text", NOT_DONE)
def test_what_was_not_done_in_this_stay_is_neither_coded_nor_asked(find, text):
    assert find(text) == ()


def test_a_day_after_the_operation_is_of_this_stay(find):
    assert codes(find("Hospital Course: POD 1 s/p laparoscopic appendectomy, doing well.")) == {"0DTJ4ZZ"}


def test_a_date_of_the_stay_itself_is_no_earlier_year(find):
    assert codes(find("Hospital Course: On 09/12/2026 she underwent laparoscopic appendectomy.")) == {
        "0DTJ4ZZ"
    }


def test_conversion_told_later_in_the_report_beats_the_title(find):
    text = "Procedure: Laparoscopic cholecystectomy.\nTechnique: Dense adhesions. The case was converted to open."
    results = find(text)
    assert codes(results) == {"0FT40ZZ"}
    assert "inspection" in questions(results)


def test_a_conversion_that_was_only_feared_changes_nothing(find):
    text = "Procedure: Laparoscopic cholecystectomy.\nTechnique: No conversion to open was needed."
    assert codes(find(text)) == {"0FT44ZZ"}


def test_the_axis_of_one_operation_is_not_taken_from_its_neighbour(find):
    text = "Procedure: Laparoscopic left inguinal hernia repair with mesh, cystoscopy, right ureteral stent placement."
    assert codes(find(text)) == {"0YU64JZ", "0T768DZ"}


def test_an_endoscopy_without_a_finding_was_still_done(find):
    assert codes(find("Hospital Course: EGD negative.")) == {"0DJ08ZZ"}


def test_a_tube_put_in_and_taken_out_again_was_put_in(find):
    text = "Hospital Course: A pigtail chest tube was placed on the left and removed on day 3."
    assert codes(find(text)) == {"0W9B30Z"}


def test_robotic_told_in_the_text_adds_its_code_to_the_laparoscopic_title(find):
    text = "Procedure: Laparoscopic cholecystectomy.\nTechnique: The da Vinci was docked."
    assert codes(find(text)) == {"0FT44ZZ", "8E0W4CZ"}


def test_the_side_of_the_diagnosis_is_the_side_of_the_joint(find):
    text = "Principal Diagnosis: Osteoarthritis, right knee\nProcedure: Total knee arthroplasty, cemented."
    assert codes(find(text)) == {"0SRC0J9"}


def test_sides_that_contradict_are_asked(find):
    text = "Procedure: Total knee arthroplasty, cemented.\nTechnique: Right knee opened. Left knee closed."
    results = find(text)
    assert not codes(results)
    assert "Which side" in questions(results)


def test_two_sides_done_one_by_one_are_two_codes(find):
    text = "Hospital Course: A therapeutic left thoracentesis was done. A diagnostic right thoracentesis followed."
    assert codes(find(text)) == {"0W9B3ZZ", "0W993ZX"}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("for 20 hours", "5A1935Z"),
        ("for 24 hours", "5A1945Z"),
        ("for 23.5 hours", "5A1935Z"),
        ("for 96 hours", "5A1945Z"),
        ("for 97 hours", "5A1955Z"),
        ("for six days", "5A1955Z"),
        ("for 2 days", "5A1945Z"),
    ],
)
def test_ventilation_goes_by_its_hours(find, told, code):
    assert code in codes(find(f"Hospital Course: He was mechanically ventilated {told}."))


@pytest.mark.parametrize("told", ["for one day", "for 4 days", "for some time"])
def test_days_that_lie_on_the_edge_are_asked(find, told):
    results = find(f"Hospital Course: He was mechanically ventilated {told}.")
    assert not codes(results)
    assert "how many consecutive hours" in questions(results)


def test_each_code_names_its_guideline_axes_and_words(find):
    (found,) = find("Procedure: Open right inguinal hernia repair with mesh.")
    (reason,) = found.because
    assert reason.citation is not None and reason.citation.where == "B6.1a"
    assert dict(reason.inputs) == {
        "what": "with mesh",
        "side": "right",
        "approach": "open",
        "mesh": "synthetic mesh",
    }
    assert [span.text for span in found.evidence] == ["inguinal hernia repair", "mesh", "right", "Open"]


def test_one_operation_told_many_times_is_one_code(find):
    text = (
        "Procedure: Laparoscopic appendectomy.\nHospital Course: Appendectomy went well. After the appendectomy she "
        "ate.\nDischarge Diagnosis: Acute appendicitis, laparoscopic appendectomy."
    )
    assert [one.code for one in find(text)] == ["0DTJ4ZZ"]


def test_a_day_without_tables_says_that_the_code_was_not_checked(book):
    on = dt.date(1999, 5, 1)
    if book.loaded("ICD-10-PCS", on):
        pytest.skip("the code book covers the day")
    found = find_hospital_procedures(read_note("Procedure: Laparoscopic appendectomy."), book, on)
    for one in found:
        assert one.question or any("not checked" in reason.text for reason in one.because)


def test_a_text_that_never_ends_a_sentence_is_read_in_time_that_does_not_explode(book):
    note = read_note("Hospital Course: " + "No appendectomy, no PCI " * 20_000)
    start = time.process_time()
    assert find_hospital_procedures(note, book, ON) == ()
    assert time.process_time() - start < 5
