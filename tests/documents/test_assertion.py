"""What a note says of a condition: of whom, when, how surely."""

from __future__ import annotations

import pytest

from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.matcher import PhraseMatcher
from cleanclaim.documents.reading import read_note
from cleanclaim.documents.words import phrase

SENTENCES = [
    ("Patient has pneumonia.", "pneumonia", "affirmed"),
    ("Pneumonia, right lower lobe.", "pneumonia", "affirmed"),
    ("Denies chest pain, fever, and cough.", "cough", "negated"),
    ("No fever but has a cough.", "cough", "affirmed"),
    ("No fever but has a cough.", "fever", "negated"),
    ("There is no evidence of pneumonia.", "pneumonia", "negated"),
    ("Negative for: fever, cough, rash", "rash", "negated"),
    ("Pneumonia was ruled out.", "pneumonia", "negated"),
    ("Sepsis ruled out.", "sepsis", "negated"),
    ("Without wheezing or stridor.", "wheezing", "negated"),
    ("He does not have diabetes.", "diabetes", "negated"),
    ("Chest pain: denied", "chest pain", "negated"),
    ("No history of asthma.", "asthma", "negated"),
    ("Patient never had a stroke.", "stroke", "negated"),
    ("Troponins flat, NSTEMI excluded.", "NSTEMI", "negated"),
    ("Fracture is not seen.", "fracture", "negated"),
    ("Low suspicion for appendicitis.", "appendicitis", "negated"),
    ("Hypertension, not well controlled.", "hypertension", "affirmed"),
    ("Not well controlled hypertension.", "hypertension", "affirmed"),
    ("Diabetes not at goal.", "diabetes", "affirmed"),
    ("No change in asthma.", "asthma", "affirmed"),
    ("No improvement in cough.", "cough", "affirmed"),
    ("Gram negative pneumonia.", "pneumonia", "affirmed"),
    ("Pneumonia, organism not identified.", "pneumonia", "affirmed"),
    ("57-year-old man with hypertension.", "hypertension", "affirmed"),
    ("Mother has diabetes.", "diabetes", "family"),
    ("Mother: diabetes", "diabetes", "family"),
    ("Father died of colon cancer.", "colon cancer", "family"),
    ("Sister had breast cancer.", "breast cancer", "family"),
    ("Family history of colon cancer and asthma.", "asthma", "family"),
    ("Strong family history of gout.", "gout", "family"),
    ("Gout runs in the family.", "gout", "family"),
    ("Diabetes in his father.", "diabetes", "family"),
    ("Family history positive for asthma; the patient has gout.", "gout", "affirmed"),
    ("Late husband was a smoker.", "smoker", "family"),
    ("His mother brought him in for cough.", "cough", "affirmed"),
    ("FH: asthma", "asthma", "family"),
    ("Possible pneumonia.", "pneumonia", "uncertain"),
    ("ALT elevated - ? fatty liver.", "ALT elevated", "affirmed"),
    ("ALT elevated - ? fatty liver.", "fatty liver", "uncertain"),
    ("Cough ?asthma.", "cough", "affirmed"),
    ("Pneumonia - ?", "pneumonia", "uncertain"),
    ("She thought it was a spider bite, then gout.", "gout", "hypothetical"),
    ("I'd hold the word pneumonia for now.", "pneumonia", "uncertain"),
    ("Stay on warfarin, do NOT hold.", "warfarin", "affirmed"),
    ("Neurology will decide on apixaban.", "on apixaban", "hypothetical"),
    ("Return in 3 weeks. Sooner fever, vomiting.", "vomiting", "hypothetical"),
    ("R/o pneumonia.", "pneumonia", "uncertain"),
    ("Rule out appendicitis.", "appendicitis", "uncertain"),
    ("Suspected gout.", "gout", "uncertain"),
    ("Findings consistent with pneumonia.", "pneumonia", "uncertain"),
    ("Probable asthma.", "asthma", "uncertain"),
    ("Pneumonia vs bronchitis.", "pneumonia", "uncertain"),
    ("Pneumonia vs bronchitis.", "bronchitis", "uncertain"),
    ("Pneumonia cannot be excluded.", "pneumonia", "uncertain"),
    ("Concern for cellulitis.", "cellulitis", "uncertain"),
    ("Questionable gout of the toe.", "gout", "uncertain"),
    ("Working diagnosis of gout.", "gout", "uncertain"),
    ("Appears to have shingles.", "shingles", "uncertain"),
    ("? pneumonia", "pneumonia", "uncertain"),
    ("Former smoker? not stated.", "smoker", "uncertain"),
    ("Stroke has not been ruled out.", "stroke", "uncertain"),
    ("History of pneumonia.", "pneumonia", "historical"),
    ("H/o gout.", "gout", "historical"),
    ("AKI in 2024, resolved.", "AKI", "historical"),
    ("Pneumonia 3 years ago.", "pneumonia", "historical"),
    ("Childhood asthma.", "asthma", "historical"),
    ("Status post stroke.", "stroke", "historical"),
    ("Prior stroke.", "stroke", "historical"),
    ("Return if fever develops.", "fever", "hypothetical"),
    ("Call for chest pain or fever.", "fever", "hypothetical"),
    ("ER for syncope or palpitations.", "syncope", "hypothetical"),
    ("Screening for diabetes.", "diabetes", "hypothetical"),
    ("At risk for stroke.", "stroke", "hypothetical"),
    ("Watch for cellulitis.", "cellulitis", "hypothetical"),
    ("TSH to check for hyperthyroidism.", "hyperthyroidism", "hypothetical"),
    ("DVT prophylaxis with enoxaparin.", "DVT", "hypothetical"),
    ("Sepsis calculator low risk.", "sepsis", "hypothetical"),
    ("Risks including infection and stroke were discussed.", "stroke", "hypothetical"),
    ("DENIES CHEST PAIN. HAS COUGH.", "cough", "affirmed"),
    ("Denies fever. Reports cough.", "cough", "affirmed"),
    ("Denies fever however reports cough.", "cough", "affirmed"),
    ("No fever; cough is present.", "cough", "affirmed"),
]


@pytest.mark.parametrize(("text", "condition", "expected"), SENTENCES)
def test_assertion(text: str, condition: str, expected: str) -> None:
    note = read_note(text)
    matcher = PhraseMatcher([(phrase(condition), condition)])
    first, last, _ = next(iter(matcher.find(note.words.forms)))
    found = assertion_at(note, first, last)
    assert found.assertion == Assertion(expected), found
    if found.cue is not None:
        assert text[found.cue.start : found.cue.end] == found.cue.text


CONTEXTS = [
    ("PSH: appendectomy for ruptured appendicitis", "appendicitis", "historical"),
    ("Admitted for appendectomy for ruptured appendicitis.", "appendicitis", "affirmed"),
    ("Flu A positive, B neg.", "Flu A positive", "affirmed"),
    ("1 gm ceftriaxone for cellulitis", "cellulitis", "affirmed"),
    ("GM: cellulitis", "cellulitis", "family"),
    ("Returns for otitis media.", "otitis media", "affirmed"),
    ("Return for ear pain.", "ear pain", "hypothetical"),
    ("CT rules out stroke.", "stroke", "negated"),
    ("CT to rule out stroke.", "stroke", "uncertain"),
    ("Erythema present yesterday has disappeared.", "Erythema", "historical"),
    ("Erythema presents at the wrist.", "Erythema", "affirmed"),
    ("Uses sumatriptan as needed for headache.", "headache", "affirmed"),
    ("Take acetaminophen as needed for headache.", "headache", "hypothetical"),
    ("No B symptoms (fever, night sweats).", "night sweats", "negated"),
    ("No one ill (he has fever).", "fever", "affirmed"),
    ("COVID/flu neg. Sputum grew mixed flora.", "COVID", "negated"),
    ("Pt didnt have fever.", "fever", "negated"),
    ("She doesnt have chest pain.", "chest pain", "negated"),
    ("Overweight, goal 7% weight loss.", "weight loss", "hypothetical"),
]


@pytest.mark.parametrize(("text", "condition", "expected"), CONTEXTS)
def test_what_stands_around_a_cue_decides(text: str, condition: str, expected: str) -> None:
    note = read_note(text)
    first, last, _ = next(iter(PhraseMatcher([(phrase(condition), condition)]).find(note.words.forms)))
    assert assertion_at(note, first, last).assertion == Assertion(expected)


def test_a_sentence_without_end_is_read_as_a_short_one() -> None:
    text = (
        "the day was long and warm " * 60
        + "and he denies fever and chills today "
        + "while we walked home " * 60
    )
    note = read_note(text)
    place = note.words.forms.index("chill")
    assert assertion_at(note, place, place + 1).assertion is Assertion.NEGATED


def test_a_far_away_no_does_not_reach() -> None:
    text = (
        "No fever was seen by the nurse at the desk of the clinic this morning when he came in with asthma."
    )
    note = read_note(text)
    place = note.words.forms.index("asthma")
    assert assertion_at(note, place, place + 1).assertion is Assertion.AFFIRMED


def test_a_problem_before_a_colon_is_there_though_it_was_only_talked_about() -> None:
    note = read_note("A/P:\n1. Anemia: discussed with her, iron started.\n2. Stroke risk discussed.")
    told = {}
    for condition in ("anemia", "stroke"):
        matcher = PhraseMatcher([(phrase(condition), condition)])
        first, last, _ = next(iter(matcher.find(note.words.forms)))
        told[condition] = assertion_at(note, first, last).assertion
    assert told == {"anemia": Assertion.AFFIRMED, "stroke": Assertion.HYPOTHETICAL}


@pytest.mark.parametrize("condition", ["GERD", "dyspepsia", "esophagitis", "anxiety"])
def test_every_cause_that_is_only_thought_possible_is_uncertain(condition: str) -> None:
    note = read_note(
        "ASSESSMENT\nPossible etiologies of her chest pain and dysphagia include GERD, dyspepsia, esophagitis,"
        " musculoskeletal etiologies, and anxiety."
    )
    matcher = PhraseMatcher([(phrase(condition), condition)])
    first, last, _ = next(iter(matcher.find(note.words.forms)))
    assert assertion_at(note, first, last).assertion is Assertion.UNCERTAIN


@pytest.mark.parametrize(
    ("text", "words", "assertion"),
    [
        ("HPI: Hep B and C negative.", "hep b", Assertion.NEGATED),
        ("HPI: HBV and HCV negative.", "hbv", Assertion.NEGATED),
        ("A: signs of cellulitis taught.", "cellulitis", Assertion.HYPOTHETICAL),
        ("A: shows signs of heart failure.", "heart failure", Assertion.AFFIRMED),
    ],
)
def test_a_pair_of_tests_and_signs_that_are_taught(text: str, words: str, assertion: Assertion) -> None:
    note = read_note(text)
    name = phrase(words)
    first = next(
        at for at in range(len(note.words.forms)) if tuple(note.words.forms[at : at + len(name)]) == name
    )
    assert assertion_at(note, first, first + len(name)).assertion is assertion
