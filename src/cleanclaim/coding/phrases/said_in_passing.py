"""Names of diseases said in passing: how somebody feels today, and an operation that took the disease away."""

from __future__ import annotations

from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_FELT_AFTER = word_set(
    "re about regarding to for that over mother father mom dad parent parents wife husband family"
)
_FELT_BEFORE = word_set("understandably naturally appropriately more little")
_EYE_OPERATIONS = word_set("surgery operation extraction removal ce phaco phacoemulsification")
_DONE = word_set("done performed completed ago uneventful uncomplicated elsewhere both already went")
_COVID = (["covid"], ["covid", "19"], ["covid19"], ["sars", "cov", "2"])
_ILL_NOW = word_set(
    "positive pos infection infected pneumonia contracted caught diagnosed day active acute paxlovid nirmatrelvir"
    " molnupiravir remdesivir isolate isolating isolation pcr antigen today yesterday"
)
_CALLED = word_set(
    "voice pain painful stimuli stimulus verbal noxious sternal command commands name shaking speech"
)
_HAS = word_set("with has have got for having")
_PAST = word_set("after following post status s p prior previous history h since from had")


def is_feeling(note: Note, first: int, last: int) -> bool:
    """ "Anxious re: cancer", "anxious to go home", "anxious mother": how somebody feels today, and no disorder."""
    forms = note.words.forms
    if forms[first:last] != ["anxious"]:
        return False
    return bool(
        _FELT_AFTER.intersection(forms[last : last + 1])
        or _FELT_BEFORE.intersection(forms[first - 1 : first])
    )


def is_lens_replaced(note: Note, first: int, last: int) -> bool:
    """ "Cataract surgery OU done 2019" tells of lenses that are gone (Z96.1, Z98.4)."""
    forms = note.words.forms
    if not _EYE_OPERATIONS.intersection(forms[last : last + 1]):
        return False
    sentence = note.sentence_at(first)
    after = forms[last : min(sentence.last, last + 6)]
    before = forms[max(sentence.first, first - 4) : first]
    year = any(form.isdecimal() and form.startswith(("19", "20")) and len(form) == 4 for form in after)
    return year or bool(_DONE.intersection(after) or _PAST.intersection(before))


def is_treatment_failed(note: Note, first: int, last: int) -> bool:
    """ "Unresponsive to medical treatment" is said of a disease, and of no coma."""
    forms = note.words.forms
    return (
        forms[first:last] == ["unresponsive"]
        and forms[last : last + 1] == ["to"]
        and not _CALLED.intersection(forms[last + 1 : last + 4])
    )


def is_covid_of_the_times(note: Note, first: int, last: int) -> bool:
    """ "Missed her visit because of COVID", "COVID twice": told in a story without a word of being ill with it now."""
    forms = note.words.forms
    if forms[first:last] not in _COVID or note.section_at(first).kind in DIAGNOSTIC:
        return False
    sentence = note.sentence_at(first)
    opens = first - sentence.first <= 1 and last >= sentence.last - 1
    ill = _ILL_NOW.intersection(forms[sentence.first : sentence.last]) or _HAS.intersection(
        forms[first - 1 : first]
    )
    return not (ill or opens)
