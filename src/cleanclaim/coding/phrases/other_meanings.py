"""Names of diseases that stand for something else: a test, a clinic, a leaflet, a tool, a department (Section IV.J).

"GC/chlamydia and syphilis serology sent" names what was looked for, "concussion clinic" where the patient goes,
"ED diagnoses" the department, "with bipolar" the forceps: none of them is something the patient has.
"""

from __future__ import annotations

from collections.abc import Callable

from cleanclaim.coding.phrases.namesakes import (
    is_antigen,
    is_artery,
    is_cloth,
    is_crew,
    is_department,
    is_factor,
    is_insulin,
    is_of_a_vessel,
    is_tool,
)
from cleanclaim.coding.phrases.said_in_passing import (
    is_covid_of_the_times,
    is_feeling,
    is_lens_replaced,
    is_treatment_failed,
)
from cleanclaim.coding.phrases.test_names import names_a_test
from cleanclaim.coding.phrases.undertakings import (
    is_advice,
    is_exercise,
    is_miles,
    is_risk_category,
    is_undertaking,
)
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import BREAK, COLON, word_set

_OF_TRAVEL = (
    "A00",
    "A01",
    "A82",
    "A83",
    "A84",
    "A90",
    "A91",
    "A92.5",
    "A95",
    "B50",
    "B51",
    "B52",
    "B53",
    "B54",
    "B65",
)
_JOURNEY = word_set("travel traveling travelling traveler trip itinerary")
_EARLY = 60
# "Melanoma scar clear": where something was cut out, and no disease of its own.
_CUT_FOR = word_set(
    "melanoma bcc scc carcinoma cancer mohs excision biopsy surgical incision operative cesarean"
)
_PLACES = word_set("association society foundation charity fundraiser camp walkathon clinic educator")
# "Seizure first aid sheet", "asthma action plan": paper, wherever it stands.
_PAPERS = word_set("sheet handout brochure leaflet pamphlet booklet hotline flyer")
_PAPER_NAMES = (("first", "aid"), ("action", "plan"), ("info", "sheet"), ("information", "sheet"))
_AMOUNTS = word_set("low high elevated decreased increased reduced raised normal")
_OPERATING = frozenset(("operative", "discharge", "inpatient", "delivery"))
_WANTED = word_set(
    "wants want wanted desires desire requests request here consult consultation counseling for today performed"
    " scheduled"
)
_CANCER_TESTS = word_set("test tests testing screen screening prevention kit risk")
_REPAIR = word_set("repair surgery operation mesh herniorrhaphy")
_HISTORIES = frozenset(("pmh", "psh"))
_PAST_IT = word_set("after following post status s p prior previous history h since from")
_ALLERGIC = word_set("allergy allergic allergies penicillin pcn sulfa amoxicillin codeine anaphylaxis")
_NOT_OF_THE_WOMB = word_set(
    "bladder urethra urethral kidney renal esophagus esophageal stomach gastric bowel colon colonic rectal duodenal"
    " skin cutaneous scalp back trunk arm leg ovary ovarian lung retroperitoneal scrotal prostate"
)
_OFFERED = word_set(
    "support counseling counselling counselor group chaplain packet literature resources care"
)
_READINGS = frozenset(("low", "soft"))
_TENDENCY = word_set("easily easy more little slightly")


def has_other_meaning(note: Note, first: int, last: int, code: str) -> bool:
    """Whether the words of a phrase of a code are said of something that is no illness of the patient."""
    if names_a_test(note, first, last, code) and not _bracketed(note, last):
        return True
    if code.startswith(_OF_TRAVEL) and note.once(_is_of_travel):
        return True
    if _names_a_paper(note, last) or _of_another_value(note, first, last):
        return True
    if note.words.forms[last : last + 1] and note.words.forms[last] in _PLACES:
        return not (note.section_at(first).kind in DIAGNOSTIC and _opens_an_item(note, first))
    question = _QUESTIONS.get(code[:3])
    return question is not None and question(note, first, last)


def _names_a_paper(note: Note, last: int) -> bool:
    """Whether a paper is named behind the words: it was given to the patient, who need not have had the illness."""
    forms = note.words.forms
    after = forms[last : last + 2]
    named = tuple(after) in _PAPER_NAMES or tuple(forms[last - 1 : last + 1]) in _PAPER_NAMES
    return named or bool(_PAPERS.intersection(after[:1]))


def _of_another_value(note: Note, first: int, last: int) -> bool:
    """ "Retic low, B12 and folate fine": a comma parts the amount from the value behind it."""
    words = note.words
    if last - first < 2 or words.forms[first] not in _AMOUNTS:
        return False
    return "," in note.text[words.ends[first] : words.starts[first + 1]]


def _is_of_travel(note: Note) -> bool:
    """Whether a note speaks of a journey early on: the infections it names are then those to keep off."""
    return bool(_JOURNEY.intersection(note.words.forms[:_EARLY]))


def _bracketed(note: Note, last: int) -> bool:
    """Whether a bracket follows, which tells how the illness was found: "COVID-19 (PCR 9/3)"."""
    words = note.words
    return last < len(words.forms) and "(" in note.text[words.ends[last - 1] : words.starts[last]]


def _opens_an_item(note: Note, first: int) -> bool:
    item = note.item_at(first)
    before = note.words.forms[first - 1 : first] if first else [BREAK]
    return (item is not None and first - item.first <= 2) or before in ([BREAK], [COLON])


def _is_tendency(note: Note, first: int, last: int) -> bool:
    """ "Bruises a little on the forearms": what the skin of one who takes a thinner does, and no injury."""
    inside = note.words.forms[first : last + 2]
    return inside[:1] in (["bruise"], ["bruises"]) and bool(_TENDENCY.intersection(inside))


def _is_repair(note: Note, first: int, last: int) -> bool:
    """ "Infection after hernia repair" names an operation; the hernia is gone."""
    forms = note.words.forms
    after = forms[last : last + 2]
    past = note.section_at(first).kind in _HISTORIES or _PAST_IT.intersection(
        forms[max(0, first - 3) : first]
    )
    return bool(past and _REPAIR.intersection(after[:1]))


def _is_cataract_gone(note: Note, first: int, last: int) -> bool:
    return _is_operation_feared(note, first, last) or is_lens_replaced(note, first, last)


def _is_operation_feared(note: Note, first: int, last: int) -> bool:
    """ "To mention it before any cataract operation": no cataract is told."""
    forms = note.words.forms
    return forms[max(0, first - 1) : first] == ["any"] and bool(_REPAIR.intersection(forms[last : last + 1]))


def _is_reaction(note: Note, first: int, last: int) -> bool:
    """ "Penicillin allergy (hives)" tells what a drug once did."""
    words = note.words
    if first == 0 or "(" not in note.text[words.ends[first - 1] : words.starts[first]]:
        return False
    return bool(_ALLERGIC.intersection(words.forms[max(0, first - 3) : first]))


def _is_social_work(note: Note, first: int, last: int) -> bool:
    return first > 0 and note.words.forms[first - 1] == "social"


def _is_scar_in_passing(note: Note, first: int, last: int) -> bool:
    """A scar is a diagnosis where a list begins with it; else it is found, or creamed, in passing."""
    if _CUT_FOR.intersection(note.words.forms[max(0, first - 1) : first]):
        return True
    return not (note.section_at(first).kind in DIAGNOSTIC and _near_start(note, first))


def _near_start(note: Note, first: int) -> bool:
    item = note.item_at(first)
    begin = note.sentence_at(first).first
    return first - (max(begin, item.first) if item is not None else begin) <= 4


def _is_test_for_cancer(note: Note, first: int, last: int) -> bool:
    """ "Colon cancer test begins at age 45": what is looked for."""
    return bool(_CANCER_TESTS.intersection(note.words.forms[last : last + 1]))


def _is_told_of_before(note: Note, first: int, last: int) -> bool:
    """ "Vasectomy." in a history: sterilization is why the patient comes only where it is done, wanted or listed."""
    kind = note.section_at(first).kind
    if note.words.forms[first:last] != ["vasectomy"] or kind in DIAGNOSTIC or note.kind in _OPERATING:
        return False
    return not _WANTED.intersection(note.words.forms[max(0, first - 6) : last + 3])


def _is_device_in_passing(note: Note, first: int, last: int) -> bool:
    """ "Not pregnant, on IUD": a contraceptive device that no list begins with."""
    kind = note.section_at(first).kind
    return (
        kind in DIAGNOSTIC and first - note.sentence_at(first).first > 2 and not _opens_an_item(note, first)
    )


def _is_of_another_organ(note: Note, first: int, last: int) -> bool:
    """ "Leiomyoma of the scalp": the growth of smooth muscle is a fibroid in the womb only."""
    forms = note.words.forms
    behind = forms[last + 1 : last + 4] if forms[last : last + 1] in (["of"], ["in"], ["on"]) else []
    near = forms[max(0, first - 1) : first] + behind
    return forms[first].startswith(("leiomyo", "myoma")) and bool(_NOT_OF_THE_WOMB.intersection(near))


def _is_support(note: Note, first: int, last: int) -> bool:
    """ "Grief support given": what was offered, and no disorder of adjustment."""
    return note.words.forms[first:last] == ["grief"] and bool(
        _OFFERED.intersection(note.words.forms[last : last + 1])
    )


def _is_why_held(note: Note, first: int, last: int) -> bool:
    """ "HCTZ held for low BP" tells why a drug waited, in the words of a reading and not of a disease."""
    forms = note.words.forms
    begin = max(note.sentence_at(first).first, first - 8)
    return forms[first] in _READINGS and forms[first - 1 : first] == ["for"] and "held" in forms[begin:first]


_Question = Callable[[Note, int, int], bool]
_QUESTIONS: dict[str, _Question] = {
    "N52": is_department,
    "F31": is_tool,
    "Z02": _is_social_work,
    "L90": _is_scar_in_passing,
    "I73": is_cloth,
    "Z30": _is_told_of_before,
    "Z97": _is_device_in_passing,
    **{f"S{region}0": _is_tendency for region in range(10)},
    "S09": is_exercise,
    "C22": is_risk_category,
    "I21": is_miles,
    "R63": is_advice,
    "Z87": is_undertaking,
    "K21": is_of_a_vessel,
    "L40": is_antigen,
    **{f"C{number:02d}": _is_test_for_cancer for number in range(97)},
    "D25": _is_of_another_organ,
    **dict.fromkeys(("M05", "M06"), is_factor),
    "I95": _is_why_held,
    "F43": _is_support,
    "D89": is_artery,
    "G12": is_crew,
    "G91": is_insulin,
    **dict.fromkeys(("H25", "H26"), _is_cataract_gone),
    "F41": is_feeling,
    "U07": is_covid_of_the_times,
    "R40": is_treatment_failed,
    **dict.fromkeys(("K40", "K41", "K42", "K43", "K45", "K46"), _is_repair),
    **dict.fromkeys(("L50", "L27", "R21", "R11", "L29", "T78", "R06"), _is_reaction),
}
