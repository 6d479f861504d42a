"""Drugs that harmed though rightly taken, were taken wrongly, or were taken too little (Section I.C.19.e.5)."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.medicines.drug_groups import drug_code, drugs_in
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC, diagnosed_in
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_told
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_STORY = DIAGNOSTIC | frozenset(
    ("opening", "chief_complaint", "hpi", "hospital_course", "ed_course", "indication")
)
_NAMED_ANYWHERE = ("adverse effect", "underdos", "overdose")
_COST = "Z91.120"
_NONADHERENT = "Z91.148"
# What an insulin pump failed to give was not left out by the patient (Section I.C.4.a.5.a).
_PUMP = "T85.6"
_DRUGS = frozenset(f"T{number}" for number in range(36, 51))
# What nobody prescribes is not rightly taken (Section I.C.19.e.5.b).
_OF_THE_STREET = ("T40.1", "T40.5", "T40.8", "T40.9", "T43.62", "T43.64", "T43.65")
_BACK = 4
# What may stand between "from" and the drug: "from the higher torsemide dose".
_BETWEEN = word_set("the her his a an their higher increased new recent doubled raised dose doses of")

_ABUSED = word_set("abuse use dependence addiction misuse disorder withdrawal user dependent")

Drug = tuple[int, int, str]


@lru_cache(maxsize=1)
def harm_table() -> dict[str, Any]:
    """The table of reference/lexicon/harm_by_drugs.yaml."""
    found: dict[str, Any] = read_yaml("harm_by_drugs.yaml")
    return found


def add_harm_by_drugs(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with adverse effects, poisonings and underdosing that the note names, and why too little was taken."""
    story = [told for told in sentences_told(note) if told.section in _STORY]
    out = dict(picks)
    table = harm_table()["underdosing"]
    own_decision, cost = table["own_decision"], table["reasons"][_COST]
    for told in story:
        listed = told.section in diagnosed_in(note) or any(word in told.text for word in _NAMED_ANYWHERE)
        if not listed and told.any_of(own_decision) is None and told.any_of(cost) is None:
            continue
        drugs = drugs_in(note.words.forms, told.first, told.last)
        if not listed:
            if drugs:
                _add_underdosing(note, out, told, drugs, story)
            continue
        _add_underdosing(note, out, told, drugs, story)
        for drug in drugs:
            intent, where = _harm(told, drug, drugs)
            # "Fentanyl overdose; opioid abuse": what is abused names the disorder.
            if intent in "1234" and _ABUSED.intersection(note.words.forms[drug[1] : drug[1] + 2]):
                continue
            if intent == "5" and drug[2].startswith(_OF_THE_STREET):
                continue
            if intent and is_told(note, drug[:2]) and is_told(note, where):
                _add(note, out, drug, intent, book, on)
    return _eruptions(note, _without_unnamed(out))


def _without_unnamed(picks: Picks) -> Picks:
    """An overdose of which the drug is told is none of an unnamed drug (T50.9)."""
    named = any(pick.code[:3] in _DRUGS and pick.code[:5] != "T50.9" for pick in live(picks))
    for pick in live(picks) if named else ():
        if pick.code.startswith("T50.90"):
            picks[pick.code] = pick.drop(guideline("Section I.B.2", "the drug is told"))
    return picks


def _eruptions(note: Note, picks: Picks) -> Picks:
    """A rash that a drug rightly taken brought is a drug eruption (index, Rash, drug)."""
    harmful = [pick for pick in live(picks) if pick.code[0] == "T" and pick.code[-2:] == "5A"]
    rash = picks.get("R21")
    if not harmful or rash is None or rash.dropped is not None:
        return picks
    sentences = {note.sentence_at(mention.first).first for pick in harmful for mention in pick.mentions}
    if any(note.sentence_at(mention.first).first in sentences for mention in rash.mentions):
        picks["R21"] = rash.drop(guideline("Section I.C.19.e.5.a", "a drug brought it: L27.0"))
        add_pick(
            picks, "L27.0", rash.mentions[0], guideline("Section I.C.19.e.5.a", "a rash from a drug taken")
        )
    return picks


def _add(note: Note, picks: Picks, drug: Drug, intent: str, book: CodeBook, on: dt.date) -> None:
    code = drug_code(drug[2], intent)
    entry = billable_entry(book, code, on)
    if entry is None or any(pick.code.startswith(drug[2]) for pick in live(picks)):
        return
    text = {"5": "a drug rightly taken that did harm", "6": "less of a drug was taken than prescribed"}.get(
        intent, "a drug wrongly taken"
    )
    where = f"Section I.C.19.e.5.{'a' if intent == '5' else 'c' if intent == '6' else 'b'}"
    add_pick(picks, code, mention_of(note, code, drug[0], drug[1]), guideline(where, text))


def _harm(told: Told, drug: Drug, drugs: list[Drug]) -> tuple[str, tuple[int, int]]:
    """The intent that the words around a drug tell ("5", "1" to "4" or none), and where they stand."""
    table = harm_table()
    words = told.text.split()
    # What a link leads to is the first drug behind it; "caused by morphine: senna daily" blames no senna.
    start = max([0, drug[0] - told.first - _BACK, *(_unjoined(words, told, one, drug) for one in drugs)])
    before = f" {' '.join(words[start : drug[0] - told.first])} "
    behind = f" {' '.join(words[drug[1] - told.first : drug[1] - told.first + 3])} "
    adverse = table["adverse_effect"]
    overdosed = told.any_of(table["poisoning"]["words"][:4])
    led = any(f" {lead} " in before for lead in adverse["before"])
    followed = any(behind.startswith(f" {follower} ") for follower in adverse["behind"])
    if (led or followed) and not overdosed:
        return "5", drug[:2]
    named = told.any_of(adverse["beside"]) or told.any_of(adverse["manifestations"])
    linked = before.split()
    while linked and linked[-1] in _BETWEEN:
        linked.pop()
    if named and any(f" {' '.join(linked)} ".endswith(f" {lead} ") for lead in adverse["linking"]):
        return "5", drug[:2]
    poisoned = told.any_of(table["poisoning"]["words"])
    wrongly = told.section in DIAGNOSTIC and not told.any_of(table["poisoning"]["not_taken_wrong"])
    if poisoned and wrongly and (len(drugs) == 1 or abs(drug[0] - poisoned[0]) <= _BACK):
        return _intent(told), poisoned
    return "", drug[:2]


def _unjoined(words: list[str], told: Told, other: Drug, drug: Drug) -> int:
    """Where another drug before this one ends, unless "and" or "or" joins the two."""
    between = words[other[1] - told.first : drug[0] - told.first]
    return 0 if other[1] > drug[0] or between in (["and"], ["or"], ["plus"]) else other[1] - told.first


def _intent(told: Told) -> str:
    for digit, phrases in harm_table()["poisoning"]["intents"].items():
        if told.any_of(phrases) and not told.any_of(("accidental", "unintentional")):
            return str(digit)
    return "1"


def _add_underdosing(note: Note, picks: Picks, told: Told, drugs: list[Drug], story: list[Told]) -> None:
    table = harm_table()["underdosing"]
    if not drugs and told.any_of(table["missed_otherwise"]):
        return
    named = told.any_of(table["named"])
    laid = told.section in DIAGNOSTIC and _laid_to_omission(told)
    dear = _told_outright(told, drugs)
    ended = told.any_of(table["ended"]) if drugs and told.any_of(table["own_decision"]) else None
    where = named or ended or told.any_of(table["nonadherence"]) or dear
    if not (named or laid or dear or ended) or where is None or not is_told(note, where):
        return
    acts = [one for one in story if one.any_of(table["acts"]) or one.any_of(table["named"])]
    taken_less = (
        drugs or [drug for one in acts for drug in drugs_in(note.words.forms, one.first, one.last)][:1]
    )
    reasons = [told, *(one for one in acts if not taken_less or _speaks_of(note, one, taken_less))]
    for drug in taken_less:
        code = drug_code(drug[2], "6")
        reason = guideline("Section I.C.19.e.5.c", "less of a drug was taken than prescribed")
        if not any(pick.code.startswith(drug[2]) for pick in live(picks)):
            add_pick(picks, code, mention_of(note, code, drug[0], drug[1]), reason)
    why = _why(reasons)
    if any(pick.code.startswith(_PUMP) for pick in live(picks)):
        return
    if not any(pick.code.startswith("Z91.1") for pick in live(picks)):
        reason = guideline("Section I.C.19.e.5.c", "why less was taken, or that it was")
        add_pick(picks, why, mention_of(note, why, *where), reason)


def _laid_to_omission(told: Told) -> bool:
    """Whether a disease is laid to what was left out, and not a drug's end to something ("stopped due to his eGFR")."""
    table = harm_table()["underdosing"]
    laid, left = told.any_of(table["laid_to"]), told.any_of(table["nonadherence"])
    return laid is not None and left is not None and laid[0] <= left[1]


def _told_outright(told: Told, drugs: list[Drug]) -> tuple[int, int] | None:
    """Where a diagnosis line says that less was taken, and that it cost too much, was forgotten or meant.

    The story says it too where it names the drug and the cost in one sentence.
    """
    table = harm_table()["underdosing"]
    listed = told.section in DIAGNOSTIC
    dear = (listed or drugs) and told.any_of(table["reasons"][_COST])
    meant = listed and drugs and told.any_of(table["outright"])
    if not dear and not meant:
        return None
    return told.any_of(table["acts"]) or (told.any_of(table["ended"]) if dear and drugs else None)


def _speaks_of(note: Note, told: Told, drugs: list[Drug]) -> bool:
    stems = {drug[2] for drug in drugs}
    return any(drug[2] in stems for drug in drugs_in(note.words.forms, told.first, told.last))


def _why(sentences: list[Told]) -> str:
    """Z91.1 by what the sentences about it say; cost before intent, since what cost forbids is intended too."""
    for code, phrases in harm_table()["underdosing"]["reasons"].items():
        if any(told.any_of(phrases) for told in sentences):
            return str(code)
    return _NONADHERENT
