"""Medicines taken for long: the Z79 codes that a coded disease asks for (Section I.C.21.c.3)."""

from __future__ import annotations

from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.lexicon import rules
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_TAKEN_SECTIONS = word_set("medications hpi pmh opening problem_list discharge_dx principal_dx diagnosis")
_TAKING = word_set(
    "continue continued continuing on take taking increase increased takes resume same home uses use using maintained"
)
_AGAIN = word_set("resumed restarted")
_STOPPED = word_set("stopped discontinued stop quit held off ceased dropped")


def add_status_codes(note: Note, picks: Picks, candidates: Candidates) -> Picks:
    """Codes for long-term medicines that a coded disease asks for."""
    out = dict(picks)
    for rule in rules()["status_from_medicines"]:
        owners = [pick for pick in live(out) if begins_with(pick.code, rule["dx"])]
        if not owners or (rule["give"] in out and out[rule["give"]].dropped is None):
            continue
        mentions = tuple(
            m for m in candidates.concept(rule["concept"]) if _taken_for_long(note, m, candidates)
        )
        if mentions:
            reason = guideline(
                rule["where"],
                "a medicine taken for long is coded beside the disease it treats",
                ("disease", owners[0].code),
            )
            out[rule["give"]] = Pick(rule["give"], mentions[:3], (reason,), inferred=True)
    return out


def _taken_for_long(note: Note, mention: Mention, candidates: Candidates) -> bool:
    if not mention.affirmed or mention.section in {"family_history", "allergies", "instructions", "ros"}:
        return False
    sentence = note.sentence_at(mention.first)
    if _no_longer_taken(note.words.forms, mention, sentence.first, sentence.last):
        return False
    if mention.section not in _TAKEN_SECTIONS:
        before = note.words.forms[max(sentence.first, mention.first - 5) : mention.first]
        after = note.words.forms[mention.last : min(sentence.last, mention.last + 10)]
        return bool(_TAKING.intersection(before) or "since" in after)
    starting = any(
        sentence.first <= cue.first < mention.first and mention.first - cue.last <= 4
        for cue in candidates.concept("start")
    )
    after = note.words.forms[mention.last : min(sentence.last, mention.last + 10)]
    return not starting and not (note.kind == "discharge" and "new" in after)


def _no_longer_taken(forms: list[str], mention: Mention, first: int, last: int) -> bool:
    """Whether a medicine is said to have been stopped ("metformin was stopped last year", "came off insulin")."""
    if _AGAIN.intersection(forms[mention.last : last]):
        return False
    before = forms[max(first, mention.first - 3) : mention.first]
    after = forms[mention.last : min(last, mention.last + 4)]
    return bool(_STOPPED.intersection(before) or _STOPPED.intersection(after[:3]))
