"""Whether a visit helped a smoker to stop: the dependence was treated then, though no list names it (Section IV.J)."""

from __future__ import annotations

from cleanclaim.coding.sentence_texts import is_told, sentences_telling
from cleanclaim.documents.note import Note

_HELP = (
    *(
        "smoking cessation",
        "tobacco cessation",
        "cessation counseling",
        "cessation advised",
        "cessation discussed",
    ),
    *(
        "advised to quit",
        "advised to stop smoking",
        "urged to quit",
        "urged to stop smoking",
        "counseled to quit",
    ),
    *(
        "nicotine patch",
        "nicotine replacement",
        "nicotine gum",
        "varenicline",
        "chantix",
        "quitline",
        "quit line",
    ),
    *("quit date", "advised cessation", "encouraged to quit", "told to quit", "told to stop smoking"),
)


def helped_to_quit(note: Note) -> bool:
    """Whether counsel, a medicine or a line to call is told for stopping to smoke."""
    for told in sentences_telling(note, _HELP):
        place = told.any_of(_HELP)
        if place is not None and is_told(note, place):
            return True
    return False
