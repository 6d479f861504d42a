"""A lasting illness that a note calls history and treats today: it stands ("history of asthma, uses Symbicort")."""

from __future__ import annotations

from cleanclaim.documents.assertion.cues import word_list
from cleanclaim.documents.assertion.groups import holds_one
from cleanclaim.documents.assertion.near import Surroundings
from cleanclaim.documents.note import Span

_HISTORY = ("history", "hx", "h/o", "h o", "pmh", "pmhx", "phx")
_NOT_STANDING = ("remote", "distant", "past history", "prior", "previous", "resolved")


def stands(near: Surroundings, cue: Span) -> bool:
    """Whether an illness that lasts is said to be under treatment after a cue that only calls it history."""
    said = cue.text.lower()
    if not any(word in said for word in _HISTORY) or any(word in said for word in _NOT_STANDING):
        return False
    forms = near.forms
    if not holds_one(forms[near.first : near.last], word_list("enduring")):
        return False
    if any(near.last <= end.first for end in near.signs_of("over")):
        return False
    return _takes(near) or any(near.last <= sign.first for sign in near.signs_of("present"))


def _takes(near: Surroundings) -> bool:
    """Whether "on" and the name of what is taken follow: ", on lisinopril"; not "on exam", not "on 3/4"."""
    forms = near.forms
    for place in range(near.last, near.high - 1):
        following = forms[place + 1]
        if forms[place] != "on":
            continue
        if following.isalpha() and following not in word_list("not_taken"):
            return True
        if following.isdecimal() and forms[place + 2 : place + 3] == ["l"]:
            return True
    return False
