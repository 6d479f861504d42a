"""Faults of specialty notes: layouts without headings, illnesses told short or in passing, organs replaced."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.suggest import suggest

_ON = dt.date(2026, 9, 14)
_BULLETS = """Meds umeclidinium daily.

T 98.9 BP 134/80 HR 96. No infiltrate on the film that was taken today.

# COPD exacerbation. Prednisone.
# Chronic hypoxic respiratory failure, same flow.
"""


def _codes(text: str, book: CodeBook) -> list[str]:
    result = suggest(text, setting=Setting.OUTPATIENT, on=_ON, book=book)
    return [one.code for one in result.suggestions if one.status == "suggested" and one.system == "ICD-10-CM"]


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        (
            _BULLETS,
            {"J44.1", "J96.11"},
            set(),
        ),
        (
            "Problem 1. Recurrent falls. Physiotherapy.\nProblem 2. Vitamin D deficiency. 2000 IU.\n",
            {"R29.6", "E55.9"},
            set(),
        ),
        ("Diagnoses: achalasia | sialorrhea | gout", {"K22.0", "K11.7", "M10.9"}, set()),
        ("IMP\n1 RA - moderate activity\n2 CKD 3b", {"M06.9", "N18.32"}, {"N18.2"}),
    ],
)
def test_problems_are_read_where_no_heading_or_another_one_stands(
    text: str, wanted: set[str], unwanted: set[str], book: CodeBook
) -> None:
    codes = set(_codes(text, book))
    assert wanted <= codes
    assert not unwanted & codes


@pytest.mark.parametrize(
    ("signs", "code"),
    [("RF+/CCP+", "M05.79"), ("(RF 212, CCP >250)", "M05.79"), ("RF-/CCP-", "M06.00"), ("tired", "M06.9")],
)
def test_a_plus_or_a_minus_behind_a_serology_is_not_lost(signs: str, code: str, book: CodeBook) -> None:
    assert code in _codes(f"Assessment:\n1. Rheumatoid arthritis {signs}, erosive", book)


def test_an_illness_told_with_its_treatment_is_coded_beside_what_the_list_names(book: CodeBook) -> None:
    story = "HPI: She has psoriatic arthritis of the hands on methotrexate 15 mg weekly since 2024."
    codes = _codes(f"{story}\n\nImpression: Latent tuberculosis infection.", book)
    assert codes[:1] == ["Z22.7"]
    assert {"L40.50", "Z79.631"} <= set(codes)


def test_a_title_that_calls_a_disease_by_a_shorter_name_codes_what_the_story_names(book: CodeBook) -> None:
    story = "HPI: CT showed a nonobstructing right renal calculus."
    plan = "Assessment:\n1. Primary hyperparathyroidism. Surgery.\n2. The stone, which I attribute to it."
    assert _codes(f"{story}\n\n{plan}", book) == ["E21.0", "N20.0"]


def test_the_disease_for_which_an_organ_was_replaced_is_no_longer_there(book: CodeBook) -> None:
    story = "Annual visit. 44M, ESRD due to IgA nephropathy, s/p living donor kidney transplant 2019."
    codes = _codes(f"{story}\nAssessment:\n1. Kidney transplant, stable function\n2. Gout", book)
    assert "Z94.0" in codes
    assert not {"N18.6", "N02.B9"} & set(codes)


def test_who_waits_for_an_organ_does_not_have_it(book: CodeBook) -> None:
    codes = _codes("Assessment:\n1. Idiopathic pulmonary fibrosis, listed for lung transplant in May.", book)
    assert "Z76.82" in codes
    assert "Z94.2" not in codes


def test_the_line_for_pain_in_the_plan_of_a_spread_cancer_is_the_pain_of_the_cancer(book: CodeBook) -> None:
    plan = "A/P: 1. Metastatic prostate cancer to bone. Abiraterone goes on."
    assert "G89.3" in _codes(f"{plan}\nPain: oxycodone ER 20 bid, up from 15.", book)
    assert "G89.3" not in _codes(f"{plan}\nPain: 0/10.", book)


def test_what_a_medicine_did_is_active_at_a_follow_up(book: CodeBook) -> None:
    codes = _codes("RHEUM F/U visit\nAssessment:\n1. Steroid-induced osteoporosis, follow up.", book)
    assert "T38.0X5A" in codes


@pytest.mark.parametrize(
    "said",
    [
        "He asked whether he would need a pacemaker; none is needed.",
        "Pneumonia and PE were excluded by film and D-dimer.",
        "Her sister has lupus and her brother type 1 diabetes.",
        "The antibody does not mean that she has lupus.",
        "Her migraine days are behind her.",
    ],
)
def test_what_a_letter_only_speaks_of_is_not_coded(said: str, book: CodeBook) -> None:
    text = (
        f"Dear Dr. Marsh,\n\nI saw Mrs. Yates for her rheumatoid arthritis, which is quiet. {said} Regards,\n"
    )
    assert _codes(text, book) == ["M06.9"]


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        # A form's label ends at the blank line; the story below it is the story.
        (
            (
                "PAIN VISIT\n\nPatient: M, 57, former mail carrier.\n\nChronic pain syndrome with guarded movement"
                " after lumbar decompressions, managed with tablets only.\n\nPlan: renew."
            ),
            {"G89.4"},
            set(),
        ),
        # What a story without a list tells in one line is one code.
        (
            "Now: Crohn's ileitis complicated by an enterocutaneous fistula, low output.",
            {"K50.013"},
            {"K63.2"},
        ),
        # A plan that takes up smoking treats it (Section IV.J).
        ("Plan:\n - Gout: allopurinol.\n - Tobacco: 8 cigarettes/day, dependent.", {"F17.210"}, set()),
        ("Imp: cancer of the left breast, ER 95%, PR 0%, HER2 1+.", {"Z17.411"}, set()),
        ("Imp: cancer of the left breast, ER <1%, PR 0%, HER2 3+.", {"Z17.420"}, set()),
        ("Imp: hearing loss, both ears. AuD evaluation.", set(), {"F10.20"}),
        ("Imp: plantar fasciitis, right foot. OTC insert, cut miles by half.", {"M72.2"}, {"S91.311A"}),
        ("Imp: postmenopausal osteoporosis - T -2.7 spine, never any fracture.", {"M81.0"}, {"M80.08XA"}),
        ("Imp: essential tremor, given as a diagnosis elsewhere, is incorrect.", set(), {"G25.0"}),
        ("Imp:\n1. Gout.\n2. Cataract surgery OU done 2019.", {"M10.9"}, {"H26.9"}),
        ("Imp: COPD. Anxious re: cancer.", {"J44.9"}, {"F41.9"}),
    ],
)
def test_specialists_words_are_read_for_what_they_say(
    text: str, wanted: set[str], unwanted: set[str], book: CodeBook
) -> None:
    found = set(_codes(text, book))
    assert wanted <= found
    assert not unwanted & found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Imp: T2DM. Severe NPDR OD with CSME, moderate NPDR OS without CSME.", ["E11.3411", "E11.3392"]),
        (
            (
                "T2DM. OCT shows moderate nonproliferative diabetic retinopathy with macular edema in the right eye."
                " There is moderate nonproliferative retinopathy but no macular edema in the left."
            ),
            ["E11.3311", "E11.3392"],
        ),
        (
            (
                "He returns to discuss his chest tightness. He has coronary disease with stable exertional angina. His"
                " hyperlipidemia is treated with atorvastatin."
            ),
            ["I25.118", "E78.5"],
        ),
    ],
)
def test_each_eye_and_the_reason_of_a_letter_are_found_in_prose(
    text: str, wanted: list[str], book: CodeBook
) -> None:
    assert _codes(text, book)[:2] == wanted


@pytest.mark.parametrize("side", ["left", "L", "Lt", "(L)"])
@pytest.mark.parametrize(
    ("disease", "code"),
    [
        ("carotid stenosis", "I65.22"),
        ("otitis externa", "H60.92"),
        ("hemiparesis", "G81.94"),
        ("sensorineural hearing loss", "H90.42"),
        ("trigger thumb", "M65.312"),
        ("renal cell carcinoma", "C64.2"),
    ],
)
def test_a_short_side_is_a_side(side: str, disease: str, code: str, book: CodeBook) -> None:
    assert _codes(f"Impression:\n1. {side} {disease}\n2. Gout.", book) == [code, "M10.9"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("asthma, mod persistent", "J45.40"),
        ("MDD, recurr, mod", "F33.1"),
        ("chr pain synd", "G89.4"),
        ("venous insuff", "I87.2"),
        ("lumbar radic", "M54.16"),
        ("chr resp failure w hypoxia", "J96.11"),
        ("osteoarth bilat knees", "M17.0"),
        ("esoph varices", "I85.00"),
        ("Choledocholithiasis, cleared", "K80.50"),
    ],
)
def test_clipped_words_are_read_in_full(line: str, code: str, book: CodeBook) -> None:
    assert _codes(f"IMP: {line}.", book) == [code]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # A diagnosis "with" another of its own keeps its name.
        (
            "Dx: chronic venous insufficiency w/ non-pressure ulcer L calf, fat layer exposed.",
            ["I87.2", "L97.222"],
        ),
        # Smoking that the visit helped to stop was treated.
        (
            "29F, Pap HSIL. Smokes 6 cigs/day.\n\nDx: CIN 2.\nPlan: LEEP. Smoking cessation advised.",
            ["N87.1", "F17.210"],
        ),
        # A complaint that is a matter of its own.
        (
            (
                "I conclude that she has late onset Alzheimer's disease, dementia of moderate degree. The"
                " unsteadiness of her gait is a separate worry."
            ),
            ["G30.1", "F02.B0", "R26.81"],
        ),
    ],
)
def test_what_stands_beside_the_main_diagnosis_keeps_its_place(
    text: str, wanted: list[str], book: CodeBook
) -> None:
    assert _codes(text, book) == wanted


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            (
                "I had the pleasure of reviewing Mr. Ames, who has rheumatoid arthritis, quiet. His hypertension is"
                " looked after by you. See in six months."
            ),
            "M06.9",
        ),
        (
            (
                "A 72-year-old male with benign prostatic hyperplasia who failed a voiding trial and has a catheter for"
                " acute urinary retention."
            ),
            "N40.1",
        ),
    ],
)
def test_a_letter_leads_with_what_the_patient_is_seen_for(text: str, first: str, book: CodeBook) -> None:
    assert _codes(text, book)[0] == first
