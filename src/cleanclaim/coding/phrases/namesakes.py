"""Short names that stand for another thing: ED, ALS, NPH, PSA, "pad", "reflux", "bipolar", MCA, a factor (IV.J).

Each question asks of the words of a phrase whether they name that other thing here.
"""

from __future__ import annotations

from cleanclaim.documents.note import Note
from cleanclaim.documents.words import COLON, word_set

_DEPARTMENT = word_set(
    "diagnosis diagnose dx course physician provider doctor attending visit note impression mdm stay evaluation triage"
    " nurse arrival discharge workup summary record records exam"
)
_CAUTERY = word_set(
    "cautery electrocautery forceps cauterized coagulation ligasure hemostasis salpingectomy sealer"
)
_PADS = word_set(
    "a an of per every hour heating menstrual eye knee shoulder gauze day soaked one two three test fat"
)
_PSORIATIC = word_set("psoriasis psoriatic dactylitis enthesitis biologic")
_FLOWS = word_set(
    "doppler venous vein veins duplex saphenous valve vesicoureteral ureter ureteral ureters vcug hepatojugular"
    " perforator kidney kidneys native nephropathy"
)
_OF_ARTERIES = word_set(
    "claudication abi cilostazol bypass stent stenting artery arterial vascular leg cad statin"
)
_AMBULANCE = word_set("crew ambulance transport unit medic ems bls ambulance rig transfer accepted")
_INSULIN = word_set("unit u insulin regular qhs bedtime breakfast am pm bid dose")


def is_department(note: Note, first: int, last: int) -> bool:
    """ED is the emergency department before "course" or "diagnoses", and in any note of an emergency visit."""
    if note.words_span(first, last).text != "ED":
        return False
    if note.kind in {"discharge", "inpatient"} and note.words.forms[last : last + 1] == [COLON]:
        return True
    return note.kind == "emergency" or bool(_DEPARTMENT.intersection(note.words.forms[last : last + 2]))


def is_tool(note: Note, first: int, last: int) -> bool:
    near = note.words.forms[max(0, first - 5) : last + 4]
    return note.words.forms[first:last] == ["bipolar"] and bool(_CAUTERY.intersection(near))


def is_crew(note: Note, first: int, last: int) -> bool:
    """ "ALS crew": advanced life support."""
    return note.words.forms[first:last] == ["als"] and bool(
        _AMBULANCE.intersection(note.words.forms[max(0, first - 1) : last + 2])
    )


def is_insulin(note: Note, first: int, last: int) -> bool:
    """ "NPH 12 units at bedtime": an insulin."""
    forms = note.words.forms
    return forms[first:last] == ["nph"] and bool(_INSULIN.intersection(forms[max(0, first - 3) : last + 4]))


def is_cloth(note: Note, first: int, last: int) -> bool:
    """ "A pad an hour": what soaks up blood, and no disease of arteries, which is written in capitals."""
    if note.words.forms[first:last] != ["pad"] or note.words_span(first, last).text.isupper():
        return False
    near = note.words.forms[max(0, first - 2) : first] + note.words.forms[last : last + 2]
    return bool(_PADS.intersection(near)) or _OF_ARTERIES.isdisjoint(note.words.forms)


def is_antigen(note: Note, first: int, last: int) -> bool:
    """PSA in one case is the prostate's antigen; psoriatic arthritis is PsA, or stands beside its joints."""
    if note.words.forms[first:last] != ["psa"] or note.words_span(first, last).text == "PsA":
        return False
    return not _PSORIATIC.intersection(note.words.forms[max(0, first - 60) : last + 60])


def is_of_a_vessel(note: Note, first: int, last: int) -> bool:
    """ "Doppler: reflux": the blood's or the urine's, and not the stomach's."""
    if note.words.forms[first:last] != ["reflux"]:
        return False
    sentence = note.sentence_at(first)
    return bool(
        _FLOWS.intersection(note.words.forms[max(sentence.first, first - 8) : min(sentence.last, last + 5)])
    )


def is_factor(note: Note, first: int, last: int) -> bool:
    """ "Rheumatoid factor by latex was 54": what was measured in the blood."""
    return note.words.forms[last : last + 1] in (["factor"], ["factors"])


def is_artery(note: Note, first: int, last: int) -> bool:
    """ "Left MCA territory": an artery of the brain, where MCAS is a disease of mast cells."""
    return note.words_span(first, last).text.upper() == "MCA"
