"""What a few letters or words stand for beside a disease: an undertaking, an advice, miles, a category, an exercise."""

from __future__ import annotations

from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_UNDERTAKEN = word_set(
    "visit plan class date counseling line program attempt attempts aid aids group app talk session"
)
_AIMED_BEFORE = word_set(
    "encourage encouraged advise advised recommend recommended discussed goal promote support gradual intentional diet"
    " further continued successful modest planned exercise counseled praised coffee for with needs needed through"
)
_AIMED_AFTER = word_set(
    "goal goals program counseling advice of plan drug drugs medication medications medicine surgery journey encouraged"
    " recommended advised discussed efforts would helps help clinic target app group visit class intentional"
)


def is_undertaking(note: Note, first: int, last: int) -> bool:
    """ "Quit-smoking visit": what is undertaken by one who smokes."""
    return note.words.forms[first:last] == ["quit", "smoking"] and bool(
        _UNDERTAKEN.intersection(note.words.forms[last : last + 1])
    )


def is_advice(note: Note, first: int, last: int) -> bool:
    """Weight loss that is advised, aimed at or reached on purpose, and no symptom."""
    if note.words.forms[first:last] not in (
        ["weight", "loss"],
        ["wt", "loss"],
        ["losing", "weight"],
        ["weight", "los"],
    ):
        return False
    forms = note.words.forms
    return bool(
        _AIMED_BEFORE.intersection(forms[max(0, first - 3) : first])
        or _AIMED_AFTER.intersection(forms[last : last + 3])
    )


def is_miles(note: Note, first: int, last: int) -> bool:
    """ "Runs 50 mi/wk": miles, and no infarction, which is written in capitals."""
    return (
        note.words.forms[first:last] == ["mi"]
        and note.words_span(first, last).text.islower()
        and (
            note.words.forms[first - 1 : first] == []
            or note.words.forms[first - 1].replace(".", "").isdecimal()
        )
    )


def is_risk_category(note: Note, first: int, last: int) -> bool:
    """ "(HCC)", "(CMS/HCC)" behind a diagnosis is the risk category a record prints, and no liver cancer."""
    if note.words.forms[first:last] != ["hcc"]:
        return False
    start, end = note.words.starts[first], note.words.ends[last - 1]
    return note.text[max(0, start - 1) : start] in {"(", "/", "-"} and note.text[end : end + 1] == ")"


def is_exercise(note: Note, first: int, last: int) -> bool:
    """ "Tai chi" is no closed head injury."""
    return note.words.forms[first:last] == ["chi"] and note.words.forms[first - 1 : first] == ["tai"]
