"""The disease for which an organ was replaced: with the transplant it is no longer there (Section I.C.21.c.3, Z94).

"ESRD from IgA nephropathy, s/p kidney transplant 2019", "liver transplant for hepatitis C cirrhosis": only what the
list of the day names again is coded.
"""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.documents.note import Note

_ENDED = {
    "Z94.0": ("N02", "N03", "N04", "N05", "N18.5", "N18.6", "I12.0", "Q61", "Z99.2"),
    "Z94.1": ("I42", "I50", "I25.5", "I40", "I41"),
    "Z94.2": ("J43", "J44", "J84", "E84", "I27", "J47", "J96.1", "Z99.81"),
    "Z94.4": ("K70", "K72", "K73", "K74", "K75", "K76", "C22", "R18", "I85", "K83.01"),
}
_WINDOW = 14


def drop_replaced_organs(note: Note, picks: Picks) -> Picks:
    """The picks without the failed organ's disease where it is only told with the transplant that ended it."""
    given = [pick for pick in live(picks) if pick.code in _ENDED]
    out = dict(picks)
    for status in given:
        for pick in live(out):
            if begins_with(pick.code, _ENDED[status.code]) and not pick.diagnostic:
                beside = all(
                    any(
                        abs(m.first - s.first) <= _WINDOW
                        and note.sentence_at(m.first).first == note.sentence_at(s.first).first
                        for s in status.mentions
                    )
                    for m in pick.mentions
                )
                if beside:
                    text = f"the organ was replaced: {status.code}"
                    out[pick.code] = pick.drop(guideline("Section I.C.21.c.3", text))
    return out
