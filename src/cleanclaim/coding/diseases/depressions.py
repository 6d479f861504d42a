"""Major depression by episode, severity, psychosis and remission, from the words of its line (F32 and F33)."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_told
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_MAJOR = ("major depression", "major depressive", "mdd", "depressive episode", "recurrent depression")
_PLAIN = ("depression", "depressive disorder")
_NOT_MAJOR = (
    *(
        "bipolar",
        "postpartum",
        "adjustment",
        "dysthymi",
        "persistent depressive",
        "schizoaffective",
        "induced",
    ),
    *("screening", "grief", "seasonal", "premenstrual", "due to", "dementia", "atypical depression"),
)
# What a line may say of the depression itself.
_OF_IT = ("F2", "F32", "F33", "F41", "R45")
_RECURRENT = ("recurrent", "recurrence", "recurring", "multiple episodes")
_SEVERITY = (("2", ("severe",)), ("1", ("moderate", "moderately severe")), ("0", ("mild",)))
_PSYCHOTIC = ("psychosis", "psychotic", "psychotic features", "hallucinations", "delusions")
_NO_PSYCHOSIS = (
    *(
        "without psychosis",
        "without psychotic",
        "no psychosis",
        "no psychotic",
        "w o psychosis",
        "w o psychotic",
    ),
    *("non psychotic", "nonpsychotic", "not psychotic"),
)
_PARTIAL = ("partial remission", "partially remitted", "partly remitted")
_FULL = ("full remission", "fully remitted", "complete remission", "sustained remission")
_NO_REMISSION = (
    "not in remission",
    "no remission",
    "without remission",
    "not remitted",
    "not yet in remission",
)
_REMISSION = ("in remission", "remission", "remitted")


def add_depressions(note: Note, picks: Picks) -> Picks:
    """The picks with each major depression at the code of what its line says of it."""
    if not any(pick.code.startswith(("F32", "F33")) and pick.diagnostic for pick in live(picks)):
        return picks
    out = dict(picks)
    # A list that only says "mood" leaves it to the story to say which depression.
    called = {
        note.sentence_at(m.first).first
        for pick in live(picks)
        if pick.code.startswith(("F32", "F33")) and pick.diagnostic
        for m in pick.mentions
        if m.section not in diagnosed_in(note)
    }
    for told in sentences_told(note):
        if not (told.section in diagnosed_in(note) or told.first in called) or told.any_of(_NOT_MAJOR):
            continue
        place = told.any_of(_MAJOR) or told.any_of(_PLAIN)
        if place is None or not is_told(note, place):
            continue
        clause = _clause(note, out, told, place)
        code = _code(clause, bool(clause.any_of(_MAJOR)))
        if not code:
            continue
        here = [
            pick
            for pick in live(out)
            if pick.code.startswith(("F32", "F33", "F29"))
            and any(told.first <= m.first < told.last for m in pick.mentions)
        ]
        if not here or any(pick.code == code for pick in here):
            continue
        reason = guideline("Section I.B.2", "episode, severity and course are said of the depression")
        for pick in here:
            if not (pick.code == "F29" and code[-1] != "3"):
                out[pick.code] = pick.drop(guideline("Section I.B.2", f"its line calls for {code}"))
        add_pick(out, code, mention_of(note, code, *place), reason)
        out[code] = evolve(
            out[code], mentions=(*out[code].mentions, *(m for one in here for m in one.mentions))
        )
    return out


def _clause(note: Note, picks: Picks, told: Told, place: tuple[int, int]) -> Told:
    """The part of a line that speaks of the depression: to a semicolon, the next number or another disease."""
    first, last = told.first, told.last
    others = [
        m for pick in live(picks) if not pick.code.startswith(_OF_IT) for m in pick.mentions if m.affirmed
    ]
    first = max([first, *(m.last for m in others if told.first <= m.first and m.last <= place[0])])
    last = min([last, *(m.first for m in others if place[1] <= m.first < told.last)])
    starts, ends = note.words.starts, note.words.ends
    for at in range(place[0], first, -1):
        if _parts(note.text[ends[at - 1] : starts[at]]):
            first = at
            break
    last = next((at for at in range(place[1], last) if _parts(note.text[ends[at - 1] : starts[at]])), last)
    return Told(f" {' '.join(note.words.forms[first:last])} ", first, last, told.section, told.story)


def _parts(gap: str) -> bool:
    """Whether what stands between two words parts one diagnosis from the next."""
    return ";" in gap or ("\n" in gap and gap.strip() in {"-", "*", "•"})


def _code(told: Told, major: bool) -> str:
    """The code that a line calls for, or "" where it says no more than that there is a depression."""
    recurrent = bool(told.any_of(_RECURRENT))
    head = "F33" if recurrent else "F32"
    psychotic = bool(told.any_of(_PSYCHOTIC)) and not told.any_of(_NO_PSYCHOSIS)
    if not (major or recurrent or psychotic):
        return ""
    if told.any_of(_PARTIAL):
        return f"{head}.41" if recurrent else "F32.4"
    if told.any_of(_FULL):
        return f"{head}.42" if recurrent else "F32.5"
    if told.any_of(_REMISSION) and not told.any_of(_NO_REMISSION):
        return "F33.40" if recurrent else "F32.5"
    severity = next((digit for digit, words in _SEVERITY if told.any_of(words)), "")
    if psychotic:
        return f"{head}.3"
    return f"{head}.{severity or '9'}"
