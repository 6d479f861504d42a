"""A disease on the record of a newborn goes by chapter 16 (Section I.C.16.a.1), whatever its words mean for adults."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.births.birth_records import is_newborn_record
from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Picks, begins_with, guideline, live, put_instead
from cleanclaim.coding.sentence_texts import sentences_telling
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Note

_WHERE = "Section I.C.16.a.1"
_MOTHERS = {
    "P70.0": ("gdm", "gestational diabetes", "a1gdm", "a2gdm", "gdma1", "gdma2", "diabetes of pregnancy"),
    "P70.1": (
        *("mother with type 1 diabetes", "mother with type 2 diabetes", "maternal type 1 diabetes"),
        *("maternal type 2 diabetes", "mom has type 1 diabetes", "mom has type 2 diabetes"),
        *("mother has type 1 diabetes", "mother has type 2 diabetes", "pregestational diabetes"),
    ),
}
_DISTRESS = "P22.9"
_SYNDROME = frozenset(("syndrome", "rds", "hmd"))
_AT_BREAST = ("O92.5", "O92.70", "O92.79", "R63.30", "R63.39", "R63.31")


def fit_newborn_diseases(note: Note, picks: Picks) -> Picks:
    """The picks with the codes of chapter 16 where the patient is a newborn."""
    own = is_newborn_record(note)
    checked = any(begins_with(pick.code, ("Z00.11", "Z38")) for pick in live(picks))
    if not checked and not own:
        return picks
    table = families()["newborn_diseases"]
    out = dict(picks)
    for pick in live(picks):
        code = next((code for prefix, code in table.items() if pick.code.startswith(prefix)), None)
        if pick.code in _AT_BREAST and any(_at_breast(mention.span.text) for mention in pick.mentions):
            code = "P92.5"
        if code == _DISTRESS and any(_is_syndrome(note, mention) for mention in pick.mentions):
            code = "P22.0"
        if code is None or not (pick.diagnostic or own):
            continue
        dropped = guideline(_WHERE, f"of a newborn it is {code}")
        reason = guideline(_WHERE, "the patient is a newborn", ("from", pick.code))
        put_instead(out, pick, code, dropped, reason)
    return _of_diabetic_mother(note, out)


def _of_diabetic_mother(note: Note, picks: Picks) -> Picks:
    """Low sugar of the child of a mother whose diabetes is told is the syndrome of such children (P70.0, P70.1)."""
    low = picks.get("P70.4")
    called = [picks[code] for code in ("P70.0", "P70.1") if code in picks and picks[code].dropped is None]
    code = next((code for code, words in _MOTHERS.items() if _mother_has(note, words)), "")
    if (low is None or low.dropped is not None) and not called:
        return picks
    code = code or (called[0].code if called else "")
    if not code:
        return picks
    out = dict(picks)
    stands_on = low if low is not None and low.dropped is None else called[0]
    for pick in (*called, *([low] if low is not None and low.dropped is None else [])):
        if pick.code != code:
            out[pick.code] = pick.drop(guideline(_WHERE, f"the mother's diabetes is told: {code}"))
    if code not in out or out[code].dropped is not None:
        reason = guideline(_WHERE, "the child of a mother with diabetes", ("from", stands_on.code))
        out[code] = evolve(stands_on, code=code, inferred=True).explain(reason)
    return out


def _mother_has(note: Note, words: tuple[str, ...]) -> bool:
    return any(
        assertion_at(note, *place).assertion is not Assertion.NEGATED
        for told in sentences_telling(note, words)
        if (place := told.any_of(words)) is not None
    )


def _is_syndrome(note: Note, mention: Mention) -> bool:
    """Whether a distress of breathing is called the syndrome of unripe lungs."""
    return bool(_SYNDROME.intersection(note.words.forms[mention.first : mention.last + 1]))


def _at_breast(text: str) -> bool:
    return any(word in text.lower() for word in ("breast", "latch", "lactation", "nursing"))
