"""Which atrial fibrillation or flutter it is, from the words of its own sentence (category I48)."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.documents.note import Note

# Longer names first: what is long-standing is persistent as well.
_KINDS = {
    "I48.91": (
        (" longstanding persistent ", "I48.11"),
        (" long standing persistent ", "I48.11"),
        (" paroxysmal ", "I48.0"),
        (" permanent ", "I48.21"),
        (" persistent ", "I48.19"),
        (" chronic ", "I48.20"),
    ),
    "I48.92": ((" atypical ", "I48.4"), (" typical ", "I48.3")),
}
# Much else beside it may be chronic: that word has to stand right before.
_CHRONIC = "I48.20"
_REACH = 4


def add_atrial_kind(note: Note, picks: Picks) -> Picks:
    """The picks with the kind that a sentence tells beside a fibrillation or flutter of no kind."""
    out = dict(picks)
    for code, kinds in _KINDS.items():
        pick = out.get(code)
        if pick is None or pick.dropped is not None:
            continue
        if any(other.code.startswith("I48") and other.code != code for other in live(out)):
            continue
        for mention in pick.mentions[:6]:
            sentence = note.sentence_at(mention.first)
            low, high = max(sentence.first, mention.first - _REACH), min(sentence.last, mention.last + _REACH)
            text = f" {' '.join(note.words.forms[low:high])} "
            exact = next((one for words, one in kinds if words in text), "")
            if exact == _CHRONIC and note.words.forms[mention.first - 1] != "chronic":
                continue
            if exact:
                reason = guideline("Section I.B.2", "the kind is told beside it", ("from", code))
                out[code] = pick.drop(guideline("Section I.B.2", f"its sentence calls for {exact}"))
                out[exact] = evolve(pick, code=exact, inferred=True).explain(reason)
                break
    return out
