"""Codes whose titles name a woman, put right for a man: a breast cancer, hot flushes (tabular C50, index Flushing)."""

from __future__ import annotations

from cleanclaim.coding.lexicon import families
from cleanclaim.coding.patient_sex import patients_sex
from cleanclaim.coding.picks import Picks, guideline, live, put_instead
from cleanclaim.documents.note import Note

_BREAST = "C50."
_OF_A_WOMAN = "1"
_OF_A_MAN = "2"
_LENGTH = len("C50.411")


def fit_diseases_of_men(note: Note, picks: Picks) -> Picks:
    """The picks with the code of a man's disease in the place of a woman's."""
    if patients_sex(note) != "male":
        return picks
    out = dict(picks)
    for pick in live(picks):
        code = _of_a_man(pick.code)
        if code == pick.code:
            continue
        dropped = guideline("Section I.B.2", f"the patient is a man: {code}")
        reason = guideline("Section I.B.2", "the code of a man", ("from", pick.code))
        put_instead(out, pick, code, dropped, reason)
    return out


def _of_a_man(code: str) -> str:
    if code.startswith(_BREAST) and len(code) == _LENGTH and code[5] == _OF_A_WOMAN:
        return f"{code[:5]}{_OF_A_MAN}{code[6]}"
    return str(families()["of_men"].get(code, code))
