"""Whether a phrase in a note is denied: by a word before it in its clause, or by what follows it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from cleanclaim.documents.words import BREAK, CLAUSE_BREAK, COLON, word_set

_DENYING = word_set(
    "no not nothing nobody without denies denied deny never nor neither none isn wasn doesn didn don cannot non"
)
_SHORT = word_set("not never isn wasn doesn didn don cannot non")
_ENDS_DENIAL = word_set(
    "but except however then though although start started continue continued begin began give gave given "
    "increase increased prescribe prescribed refill refilled sent add added switch take use apply rx because "
    "despite other until since with which only yet "
)
_NOT_DONE = word_set(
    "needed indicated given started ordered done discussed required necessary obtained prescribed warranted "
    "recommended appropriate performed taken wanted considered billed available used changed arranged advised "
    "reviewed counted addressed drawn"
)
_REFUSED = word_set("declined deferred unnecessary withheld avoided none refused")
_REACH, _SHORT_REACH, _BACK_REACH = 8, 4, 4


def denied(forms: list[str], commas: Sequence[int], first: int, last: int) -> bool:
    """Whether the words between two places are denied."""
    return _denied_before(forms, commas, first) or _denied_after(forms, commas, last)


def _denied_before(forms: list[str], commas: Sequence[int], first: int) -> bool:
    listed = False
    for place in range(first - 1, max(-1, first - 1 - _REACH), -1):
        form = forms[place]
        if form in {BREAK, CLAUSE_BREAK, COLON} or form in _ENDS_DENIAL:
            return False
        listed = listed or form == "or"
        if form in _DENYING:
            crossed = bisect_left(commas, first + 1) - bisect_left(commas, place + 1)
            if form in _SHORT and first - place > _SHORT_REACH:
                return False
            return not crossed or listed or _or_follows(forms, first)
    return False


def _or_follows(forms: list[str], first: int) -> bool:
    """Whether the list in which a word stands goes on with "or", so that a denial before it holds for all."""
    for form in forms[first : first + 6]:
        if form in {BREAK, CLAUSE_BREAK, COLON} or form in _ENDS_DENIAL:
            return False
        if form in {"or", "nor"}:
            return True
    return False


def _denied_after(forms: list[str], commas: Sequence[int], last: int) -> bool:
    place = bisect_left(commas, last)
    until = min(last + _BACK_REACH, len(forms), commas[place] if place < len(commas) else len(forms))
    for at in range(last, until):
        form = forms[at]
        if form in {BREAK, CLAUSE_BREAK}:
            return False
        if form in _REFUSED:
            return True
        if form == "not":
            return bool(_NOT_DONE.intersection(forms[at + 1 : at + 4]))
    return False
