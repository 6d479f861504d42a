"""Crohn's disease and ulcerative colitis by how far they reach and what came of them: K50 and K51, from their line."""

from __future__ import annotations

from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.worked_out import add_pick, folded, is_said, mention_of
from cleanclaim.documents.note import Note

_OPEN = ("0", "90", "9")


def add_inflammatory_bowel(note: Note, picks: Picks) -> Picks:
    """The picks with each by its part of the gut and its complication, where its own sentence names them."""
    out = dict(picks)
    for category, table in families()["inflammatory_bowel"].items():
        for pick in live(picks):
            if pick.code.startswith(category) and pick.mentions:
                code = _exact(note, pick, category, table)
                if code != pick.code:
                    out[pick.code] = pick.drop(guideline("Section I.B.2", f"its line calls for {code}"))
                    first = pick.mentions[0]
                    reason = guideline(
                        "Section I.B.2", "the part of the gut and what came of it", ("from", pick.code)
                    )
                    add_pick(out, code, mention_of(note, code, first.first, first.last), reason)
    return out


def _exact(note: Note, pick: Pick, category: str, table: dict[str, dict[str, list[str]]]) -> str:
    sentence = note.sentence_at(pick.mentions[0].first)
    part, complication = pick.code[4], pick.code[5:]
    if part == "9":
        part = _said(note, sentence.first, sentence.last, table["parts"]) or part
    if complication in _OPEN:
        found = _said(note, sentence.first, sentence.last, table["complications"])
        complication = f"1{found}" if found else "0"
    return f"{category}.{part}{complication if len(complication) > 1 or part != '9' else '0'}"


def _said(note: Note, first: int, last: int, table: dict[str, list[str]]) -> str:
    forms = note.words.forms
    for digit, names in table.items():
        for name in names:
            words = folded(name)
            for at in range(first, last - len(words) + 1):
                if tuple(forms[at : at + len(words)]) == words and is_said(note, at, at + len(words)):
                    return str(digit)
    return ""
