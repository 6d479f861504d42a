"""Which picks give way to others: symptoms of a disease, the less exact of two, Excludes1."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from attrs import evolve

from cleanclaim.codesets.book import CodeBook, CodeEntry
from cleanclaim.codesets.note_codes import covers, first_and_last
from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.lexicon import families, rules
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.worked_out import is_secondary_to
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import MARKS

_SYSTEM = "ICD-10-CM"
# Cancers whose last character is the side: one of the right says nothing of one of the left.
_SIDED = re.compile(r"C(?:34|50|56|57|6[24-6]|69)\.[0-9]{1,2}[12]")
_BECAUSE_OF = (("due", "to"), ("secondary", "to"), ("caused", "by"), ("from",), ("2", "2"), ("because", "of"))
_CAUSING = frozenset(("causing", "explaining", "explains", "explain"))
_THIS = frozenset(("this", "that", "which", "it", "these"))
# What a drug did is coded before the drug and never gives way to it (Section I.C.19.e.5.a).
# An organism explains no symptom: it is coded behind what it brought.
_ORGANISMS = frozenset(("B95", "B96", "B97"))
_BLEEDINGS = ("R04", "R31", "R58")
_DRUG_GROUPS = re.compile(r"T(?:3[6-9]|4[0-9]|50)")
_DIABETES = frozenset(("E08", "E09", "E10", "E11", "E13"))


def drop_integral(note: Note, picks: Picks) -> Picks:
    """Symptoms that belong to a coded disease, and codes that a more exact one contains (Section I.B.5)."""
    out = dict(picks)
    codes = [pick.code for pick in live(out)]
    for number in sorted({number for code in codes for number in _integral_to(code)}):
        dx, symptoms, stays = _integral()[number]
        owners = [code for code in codes if code.startswith(dx)]
        for code in tuple(codes):
            owner = next((one for one in owners if one != code), None)
            if (
                stays
                and code.startswith(stays)
                and _on_its_own(note, out[code], [out[one] for one in owners])
            ):
                continue
            if owner is not None and code.startswith(symptoms) and not code.startswith(dx):
                text = "a symptom or a less exact form of a condition that is coded"
                out[code] = out[code].drop(guideline("Section I.B.5", text, ("contained in", owner)))
                if owner[:3] == code[:3]:
                    out[owner] = _in_its_place(out[owner], out[code])
                codes.remove(code)
    return out


def _on_its_own(note: Note, symptom: Pick, owners: list[Pick]) -> bool:
    """Whether a list names a symptom in an entry of its own, apart from the diseases it may belong to."""
    told = {note.sentence_at(mention.first).first for pick in owners for mention in pick.mentions}
    return any(
        m.section in DIAGNOSTIC and note.sentence_at(m.first).first not in told for m in symptom.mentions
    )


@lru_cache(maxsize=1)
def _integral() -> tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]:
    """The beginnings of diseases with those of what belongs to them, and of what stays where a list names it."""
    return tuple(
        (tuple(rule["dx"]), tuple(rule["symptoms"]), tuple(rule.get("unless_listed", ())))
        for rule in rules()["integral"]
    )


@lru_cache(maxsize=16_384)
def _integral_to(code: str) -> tuple[int, ...]:
    """The rules, by number, that speak of what belongs to a code."""
    return tuple(number for number, (dx, _, _) in enumerate(_integral()) if code.startswith(dx))


def _in_its_place(exact: Pick, listed: Pick) -> Pick:
    """A code that the story tells exactly, at the place where the list names it less exactly."""
    if exact.diagnostic or not listed.diagnostic:
        return exact
    return evolve(exact, mentions=(*(m for m in listed.mentions if m.section in DIAGNOSTIC), *exact.mentions))


def drop_explained(note: Note, picks: Picks) -> Picks:
    """A symptom that the note lays to a coded disease in the same breath ("chest pain due to costochondritis")."""
    out = dict(picks)
    diseases = [
        (m, pick)
        for pick in live(out)
        if not pick.is_symptom()
        and not _DRUG_GROUPS.fullmatch(pick.code[:3])
        and pick.code[:3] not in _ORGANISMS
        for m in pick.mentions
    ]
    for pick in live(out):
        if not pick.is_symptom() or pick.code.startswith("R65") or "named" in pick.flags:
            continue
        for mention in pick.mentions:
            cause = _cause(note, mention, diseases)
            if cause is not None and cause.code != pick.code and not _asked_beside(cause.code, pick.code):
                text = "a symptom that the note explains by a condition that is coded"
                out[pick.code] = pick.drop(guideline("Section I.B.5", text, ("explained by", cause.code)))
                break
    return out


def _asked_beside(disease: str, symptom: str) -> bool:
    """Whether the tabular list asks for the symptom beside the disease (N40.1 and its urinary symptoms), or a want
    of clotting has its bleeding beside it."""
    if disease.startswith("D68.3"):
        return symptom.startswith(_BLEEDINGS)
    return any(
        disease.startswith(owner) and symptom in symptoms
        for owner, symptoms in families()["asked_beside"].items()
    )


def _cause(note: Note, mention: Mention, diseases: list[tuple[Mention, Pick]]) -> Pick | None:
    if _CAUSING.intersection(note.words.forms[max(0, mention.first - 3) : mention.first]):
        begin = note.sentence_at(mention.first).first
        if note.words.forms[begin] in _THIS:
            item = note.item_at(mention.first)
            begin = item.first if item else note.sentence_at(max(0, begin - 2)).first
        return next((pick for m, pick in diseases if begin <= m.first < mention.first), None)
    doubted = _doubted_behind(note, mention, diseases)
    if doubted is not None:
        return doubted
    after = note.words.forms[mention.last : mention.last + 4]
    for place in range(len(after)):
        size = next(
            (
                len(one)
                for one in _BECAUSE_OF
                if tuple(after[place : place + len(one)]) == one
                and is_secondary_to(note, one, mention.last + place)
            ),
            0,
        )
        if size and not MARKS.intersection(after[:place]):
            begin = mention.last + place + size
            if note.words.forms[begin : begin + 1] in (["it"], ["this"], ["that"], ["these"]):
                sentence = note.sentence_at(mention.first).first
                return next((pick for m, pick in diseases if sentence <= m.first < mention.first), None)
            end = min(begin + 5, note.sentence_at(mention.first).last)
            return next((pick for m, pick in diseases if begin <= m.first < end), None)
    return None


def _doubted_behind(note: Note, mention: Mention, diseases: list[tuple[Mention, Pick]]) -> Pick | None:
    """The disease of a stay that a list puts behind a complaint as likely: "chest pain, likely esophageal spasm"."""
    if mention.section not in DIAGNOSTIC:
        return None
    end = note.sentence_at(mention.first).last
    return next(
        (
            pick
            for m, pick in diseases
            if mention.last <= m.first <= min(end, mention.last + 4)
            and pick.assertion is Assertion.UNCERTAIN
            and m.asserted.cue is not None
            and mention.span.end <= m.asserted.cue.start < m.span.start
        ),
        None,
    )


def drop_without(picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """Of two codes of one category that say "with" and "without" the same, the second gives way."""
    out = dict(picks)
    with_it = {_head(pick, " with ", book, on) for pick in live(out)} - {""}
    for pick in live(out):
        if _head(pick, " without ", book, on) in with_it:
            text = "another code of the same category says that it is there"
            out[pick.code] = pick.drop(guideline("Section I.B.2", text))
    return out


def _head(pick: Pick, word: str, book: CodeBook, on: dt.date) -> str:
    """What a title says before a word, with the category; empty where the word is not in it."""
    entry = book.find(_SYSTEM, pick.code, on)
    head, found, _ = entry.title.partition(word) if entry else ("", "", "")
    return f"{pick.code[:3]} {head}" if found and " with" not in head else ""


def drop_less_exact(picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """Of two codes of one category the unspecified one gives way (Section I.B.2)."""
    out = dict(picks)
    for pick in live(out):
        entry = book.find(_SYSTEM, pick.code, on)
        if entry is None or not _is_unspecified(entry):
            continue
        family = _family(pick.code)
        for other in live(out):
            if (
                other.code != pick.code
                and other.code.startswith(family)
                and not (_SIDED.fullmatch(pick.code) and pick.code[-1] != other.code[-1])
                and not _another_disease(entry, other, book, on)
                and (not _unspecified(other, book, on) or _says_where(entry, other, book, on))
            ):
                text = "another code of the same category says more"
                out[pick.code] = pick.drop(guideline("Section I.B.2", text, ("more exact", other.code)))
                out[other.code] = _in_its_place(out[other.code], pick)
                break
    return out


def _says_where(entry: CodeEntry, other: Pick, book: CodeBook, on: dt.date) -> bool:
    """Whether one title says which part is ill that the other calls unspecified (K50.00 beside K50.90)."""
    found = book.find(_SYSTEM, other.code, on)
    return (
        found is not None
        and "unspecified" in entry.title.lower()
        and "unspecified" not in found.title.lower()
    )


def _another_disease(entry: CodeEntry, other: Pick, book: CodeBook, on: dt.date) -> bool:
    """Whether what is "unspecified" in one title is not in the other at all (astigmatism, myopia; cystocele)."""
    if entry.code.startswith("N81"):
        noun = entry.title.split()[0].rstrip(",").lower()
    elif entry.code[0] == "H" and entry.title.startswith("Unspecified "):
        noun = entry.title.split()[1].rstrip(",").lower()
    else:
        return False
    found = book.find(_SYSTEM, other.code, on)
    return found is not None and noun not in found.title.lower()


def _family(code: str) -> str:
    """What two codes must share to say the same; diabetes has as many codes as complications."""
    if code[:3] in _DIABETES:
        return code[:5]
    return code[:3] if code[0] in "CEFIJMNKHGD" else code[:5]


def _unspecified(pick: Pick, book: CodeBook, on: dt.date) -> bool:
    entry = book.find(_SYSTEM, pick.code, on)
    return entry is not None and _is_unspecified(entry)


def _is_unspecified(entry: CodeEntry) -> bool:
    title = entry.title.lower()
    return "unspecified" in title or "without complications" in title


def resolve_excludes1(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """Two codes that an Excludes1 note forbids together: the symptom or what the story names without its kind, else
    what is laid to the other, else the later one, gives way."""
    out = dict(picks)
    ordered = sorted(
        live(out),
        key=lambda pick: (
            pick.is_symptom() or (_unspecified(pick, book, on) and not pick.diagnostic),
            not pick.diagnostic,
            pick.first,
        ),
    )
    place = {pick.code: at for at, pick in enumerate(ordered)}
    sources: dict[tuple[int, int], str] = {}
    for (one, two), source in _forbidden(tuple(place), book, on).items():
        pair = (min(place[one], place[two]), max(place[one], place[two]))
        if pair[0] == place[one] or pair not in sources:
            sources[pair] = source
    for (first, second), source in sorted(sources.items()):
        keeper, other = ordered[first], ordered[second]
        if out[keeper.code].dropped is None and out[other.code].dropped is None:
            stays, goes = (other, keeper) if _laid_to(note, keeper, other) else (keeper, other)
            reason = guideline(
                "Section I.A.12.a", f"an Excludes1 note forbids it beside {stays.code}", ("note at", source)
            )
            out[goes.code] = goes.drop(reason)
    return out


def _laid_to(note: Note, effect: Pick, cause: Pick) -> bool:
    """Whether the note lays one disease to the other ("hyponatremia due to SIADH"): the cause is then the disease."""
    diseases = [(mention, cause) for mention in cause.mentions]
    return any(_cause(note, mention, diseases) is cause for mention in effect.mentions)


def _forbidden(codes: tuple[str, ...], book: CodeBook, on: dt.date) -> dict[tuple[str, str], str]:
    """(code with the note, code it names) of all whose Excludes1 notes name another of them, with where it stands."""
    found: dict[tuple[str, str], str] = {}
    by_name = sorted((code.replace(".", ""), code) for code in codes)
    names = [name for name, _ in by_name]
    entries = {code: book.find(_SYSTEM, code, on) for code in codes}
    unrelated = rules()["excluded_unless_unrelated"]
    for code, entry in entries.items():
        for note in entry.notes.excludes1 if entry else ():
            for reference in note.codes:
                first, last = first_and_last(reference)
                for _, other in by_name[bisect_left(names, first) : bisect_right(names, f"{last}~")]:
                    excluded = entries[other]
                    if other == code or not excluded or _only_unspecified(note.text, excluded):
                        continue
                    if any(
                        begins_with(code, row["dx"]) and begins_with(other, row["beside"])
                        for row in unrelated
                    ):
                        continue
                    if covers(reference, other):
                        found.setdefault((code, other), note.source)
    return found


def _only_unspecified(text: str, excluded: CodeEntry) -> bool:
    """Whether a note speaks of a condition "NOS" only, and the code names more; or of the acidosis of a diabetes
    whose code names another complication."""
    if "acidosis" in text.lower() and excluded.code[:3] in _DIABETES:
        return "acidosis" not in excluded.title.lower()
    return " nos" in text.lower() and not _is_unspecified(excluded)
