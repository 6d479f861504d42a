"""Infections named for the test that looks for them: "GC/chlamydia and syphilis serology sent" (Section IV.J)."""

from __future__ import annotations

from cleanclaim.documents.note import Note
from cleanclaim.documents.words import MARKS, word_set

# Infections that are looked for by name.
_LOOKED_FOR = (
    *(
        "A15",
        "A37",
        "A49.1",
        "A49.3",
        "A5",
        "A60",
        "A63",
        "A64",
        "A69.2",
        "A74",
        "B00",
        "B15",
        "B16",
        "B17",
        "B18",
    ),
    *(
        "B19",
        "B20",
        "B96.81",
        "B95.0",
        "B27",
        "B34",
        "B37",
        "J02.0",
        "J03.0",
        "J09",
        "J10",
        "J11",
        "J21.0",
        "U07.1",
        "Z21",
        "A04.7",
    ),
)
_TESTS = word_set(
    "test tests testing tested screen screens screening serology serologies swab swabs naat pcr antigen antibody ag ab"
    " antibodies titer titers culture cultures panel probe smear serum rna igm igg quantiferon nonreactive"
)
_SENT = word_set("sent collected drawn ordered obtained pending negative neg")
_FOUND = word_set("positive pos reactive detected confirmed")
_JOINS = word_set(
    "and or for a b c d g n 1 2 19 hsv hiv hep hepatitis hcv hbv gc ct rpr gonorrhea chlamydia syphilis"
)
_SPECIMENS = word_set("stool fecal breath urea blood diff")
_MORE_JOINS = word_set(
    "trichomonas trich mono flu influenza covid rsv strep group rapid urine throat rectal tb"
)
_FURTHEST = 8


def names_a_test(note: Note, first: int, last: int, code: str) -> bool:
    """Whether it is an infection that is looked for: a word of a test follows, over names of others at most."""
    if not code.startswith(_LOOKED_FOR):
        return False
    forms = note.words.forms
    sent = False
    for place in range(last, min(len(forms), last + _FURTHEST)):
        form = forms[place]
        if form in _TESTS:
            return not _FOUND.intersection(forms[place + 1 : place + 3])
        if form in _FOUND or form in MARKS:
            return False
        if form in _SENT:
            sent = place > last or form not in {"negative", "neg"}
            return sent and _test_before(forms, first)
        if form not in _JOINS and form not in _MORE_JOINS and form not in _SPECIMENS:
            return False
    return False


def _test_before(forms: list[str], first: int) -> bool:
    """Whether a word of a test or of what is tested stands close before ("urine GC/CT sent")."""
    return bool(
        (_TESTS | {"urine", "throat", "baseline", "source", "rectal", "vaginal", "lab", "labs"}).intersection(
            forms[max(0, first - 6) : first]
        )
    )
