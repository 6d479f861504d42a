"""How acute a heart failure of a known kind is: the last character of I50.2 to I50.4, from the words of its line."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.documents.note import Note

_KINDS = ("I50.2", "I50.3", "I50.4")
_RANK = {"3": 3, "1": 2, "2": 1, "0": 0}
_ON_CHRONIC = (
    " acute on chronic ", " exacerbation ", " decompensated ", " acutely decompensated ", " decompensation ", " flare ",
)  # fmt: skip
# "He has had combined failure for years, and this was an acute decompensation of it."
_OF_IT = (
    " decompensation of it ",
    " exacerbation of it ",
    " flare of it ",
    " acute on it ",
    " this was an acute decompensation ",
)
_DENYING = (" no ", " without ", " not ", " never ", " ruled out ", " excluded ")
_SAYS_ALL = "I50.9"


def add_heart_failure_acuity(note: Note, picks: Picks) -> Picks:
    """The picks with systolic, diastolic or combined failure as acute as its own line says, and no failure without
    a kind beside it."""
    kinds = [pick for pick in live(picks) if pick.code[:5] in _KINDS and len(pick.code) == 6]
    if not kinds:
        return picks
    out = dict(picks)
    for pick in kinds:
        last = max((_acuity(note, pick, out), pick.code[-1]), key=lambda one: _RANK[one])
        code = f"I50.4{last}" if _both_kinds(note, pick) else pick.code[:-1] + last
        if code != pick.code:
            reason = guideline("Section I.B.2", "how acute it is stands in its line", ("from", pick.code))
            out[pick.code] = pick.drop(guideline("Section I.B.2", f"its line calls for {code}"))
            if code not in out or out[code].dropped is not None:
                out[code] = evolve(pick, code=code, inferred=True).explain(reason)
    return out


def _both_kinds(note: Note, pick: Pick) -> bool:
    """Whether a line names both ("combined systolic/diastolic")."""
    mention = pick.mentions[0]
    sentence = note.sentence_at(mention.first)
    words = note.words.forms[max(sentence.first, mention.first - 2) : min(sentence.last, mention.last + 3)]
    return {"systolic", "diastolic"} <= set(words) and "no" not in words


def _acuity(note: Note, pick: Pick, picks: Picks) -> str:
    """ "3" acute on chronic, "1" acute, "2" chronic, "0" where the lines of a failure say nothing."""
    plain = picks.get(_SAYS_ALL)
    others = (
        [m for m in plain.mentions if m.affirmed and m.section == pick.mentions[0].section] if plain else []
    )
    found = "0"
    for mention in (*pick.mentions[:4], *others[:2]):
        if mention.section in {"pmh", "exam", "results"}:
            continue
        sentence = note.sentence_at(mention.first)
        item = note.item_at(mention.first)
        first = max(sentence.first, item.first if item is not None else sentence.first, mention.first - 6)
        words = note.words.forms[first : min(sentence.last, mention.last + 6)]
        text = f" {' '.join(words)} "
        if any(word in text for word in _DENYING):
            continue
        said = "3" if any(word in text for word in _ON_CHRONIC) else "1" if " acute " in text else ""
        rest = f" {' '.join(note.words.forms[mention.last : min(sentence.last, mention.last + 24)])} "
        if any(word in rest for word in _OF_IT):
            said = "3"
        said = said or ("2" if " chronic " in text else "0")
        found = max(found, said, key=lambda one: _RANK[one])
    return found
