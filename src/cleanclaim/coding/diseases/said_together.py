"""Words that call for two codes at once: a disease and its manifestation, or an infection and what it settled in.

The lexicon flags such a phrase with "beside:CODE" ("NASH cirrhosis", "COVID pneumonia", "cardiac amyloidosis").
"""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_FLAG = "beside:"


def add_said_together(note: Note, picks: Picks) -> Picks:
    """The picks with the second code of every phrase that stands for two."""
    out = dict(picks)
    for pick in live(picks):
        for mention in pick.mentions:
            for flag in mention.term.flags:
                if flag.startswith(_FLAG):
                    code = flag.removeprefix(_FLAG)
                    reason = guideline("Section I.B.9", "the same words name it", ("with", pick.code))
                    add_pick(out, code, mention_of(note, code, mention.first, mention.last), reason)
    return out
