"""Disorders of substances with intoxication or withdrawal: F10 to F19 from their parts (Section I.C.5.b)."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC, diagnosed_in
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_telling
from cleanclaim.coding.worked_out import add_pick, is_said, mention_of
from cleanclaim.documents.note import Note

SUBSTANCES = (
    ("F10", ("alcohol", "aud", "alcoholic", "etoh", "ethanol", "alcoholism", "delirium tremen", "dts")),
    ("F11", ("opioid", "oud", "opiate", "heroin", "fentanyl", "oxycodone", "methadone")),
    ("F12", ("cannabis", "cud", "marijuana", "cannabinoid", "thc")),
    (
        "F13",
        (
            "sedative",
            "benzodiazepine",
            "hypnotic",
            "alprazolam",
            "barbiturate",
            "anxiolytic",
            "benzo",
            "xanax",
        ),
    ),
    ("F14", ("cocaine", "crack")),
    ("F15", ("stimulant", "methamphetamine", "amphetamine", "meth")),
    ("F16", ("hallucinogen", "lsd", "pcp", "phencyclidine")),
    ("F18", ("inhalant", "toluene")),
    ("F19", ("polysubstance",)),
)
_EVERY = tuple(word for _, words in SUBSTANCES for word in words)
_DEPENDENCE = ("dependence", "dependent", "addiction", "alcoholism", "disorder severe", "disorder moderate")
_DEPENDENCE_MORE = ("severe use disorder", "moderate use disorder", "severe", "moderate")
_USE = ("use unspecified", "use with", "use not otherwise specified")
_DISORDER = ("disorder", "aud", "oud", "cud", "sud")
_ABUSE = ("abuse", "mild", "harmful use", "binge")
_INTOXICATION = ("intoxication", "intoxicated")
_WITHDRAWAL = ("withdrawal", "withdrawing", "delirium tremen", "dts")
_DELIRIUM = ("delirium", "delirium tremen", "dts")
_PERCEPTUAL = ("perceptual disturbance", "hallucination", "hallucinosis", "perceptual")
_PLAIN = ("uncomplicated", "without complication", "no complication", "simple", "no delirium")
# Withdrawal from these has its kinds; from the others one code only.
_WITHDRAWAL_KINDS = frozenset(("F10", "F13", "F19"))
_PERCEPTUAL_HIGH = frozenset(("F11", "F12", "F14", "F15", "F19"))


@frozen
class _Named:
    """What one diagnosis says of a substance: dependence "2", abuse "1" or use "9", and what goes with it."""

    family: str
    level: str
    drunk: str
    withdrawn: str
    place: tuple[int, int]
    seizure: tuple[int, int] | None


def add_substances(note: Note, picks: Picks) -> Picks:
    """The picks with a use, abuse or dependence joined to the intoxication or withdrawal that is diagnosed."""
    found = list(_named(note))
    out = dict(picks)
    for family in dict.fromkeys(one.family for one in found if one.drunk or one.withdrawn):
        same = [one for one in found if one.family == family]
        level = next((each for each in "219" if any(one.level == each for one in same)), "")
        for one in same:
            code = _code(one, level)
            if code:
                _put(note, out, code, one)
            if one.seizure:
                reason = guideline("Section I.C.5.b", "a seizure of withdrawal is coded beside it")
                add_pick(out, "R56.9", mention_of(note, "R56.9", *one.seizure), reason)
    return out


def _put(note: Note, picks: Picks, code: str, one: _Named) -> None:
    for pick in live(picks):
        if pick.code.startswith(one.family) and pick.code != code and _weaker(pick.code, code):
            reason = guideline("Section I.C.5.b", "what goes with it is named", ("as", code))
            picks[pick.code] = pick.drop(reason)
    reason = guideline(
        "Section I.C.5.b", "use, abuse or dependence with what goes with it, as the provider says"
    )
    add_pick(picks, code, mention_of(note, code, *one.place), reason)


def _weaker(code: str, other: str) -> bool:
    """Whether a code says the same with less: no complication, or the same one on another level."""
    return (len(code) <= 6 and code[5:6] in {"0", "1"}) or code[5:6] == other[5:6]


def _named(note: Note) -> Iterator[_Named]:
    for told in sentences_telling(note, _EVERY):
        if told.section not in diagnosed_in(note):
            continue
        for family, words in SUBSTANCES:
            place = told.any_of(words)
            if place is None or not is_told(note, place):
                continue
            drunk = _told_part(note, told, _INTOXICATION, _high(told, family))
            withdrawn = _told_part(note, told, _WITHDRAWAL, _low(told, family))
            seizure = told.any_of(("seizure",)) if withdrawn else None
            told_seizure = seizure if seizure and is_told(note, seizure) else None
            yield _Named(family, level_of(told), drunk, withdrawn, place, told_seizure)


def _told_part(note: Note, told: Told, words: tuple[str, ...], tail: str) -> str:
    place = told.any_of(words)
    if place is None or not is_told(note, place):
        return ""
    # A story tells of earlier withdrawals too; a list names that of today.
    return tail if told.section in DIAGNOSTIC or is_said(note, *place) else ""


def level_of(told: Told) -> str:
    """Dependence "2", abuse "1", use "9", or "" where none is said of the substance."""
    disorder = told.any_of(_DISORDER)
    if told.any_of(_DEPENDENCE) or (disorder and told.any_of(_DEPENDENCE_MORE)):
        return "2"
    if told.any_of(_ABUSE):
        return "1"
    return "9" if told.any_of(_USE) else ""


def _high(told: Told, family: str) -> str:
    if told.any_of(_DELIRIUM) and not told.any_of(("no delirium", "without delirium")):
        return "21"
    if told.any_of(_PERCEPTUAL) and family in _PERCEPTUAL_HIGH:
        return "22"
    return "20" if told.any_of(_PLAIN) else "29"


def _low(told: Told, family: str) -> str:
    if family not in _WITHDRAWAL_KINDS:
        return "3"
    if told.any_of(_DELIRIUM) and not told.any_of(("no delirium", "without delirium")):
        return "31"
    if told.any_of(_PERCEPTUAL):
        return "32"
    return "30" if told.any_of(_PLAIN) else "39"


def _code(one: _Named, level: str) -> str:
    if one.withdrawn:
        return f"{one.family}.{level or '2'}{one.withdrawn}"
    return f"{one.family}.{level or '9'}{one.drunk}" if one.drunk else ""
