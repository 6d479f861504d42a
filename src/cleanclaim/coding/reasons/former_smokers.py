"""Those who stopped smoking, however it is said: "quit cigarettes in 2019 after 45 pack-years"."""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.worked_out import UNREAD, add_pick, mention_of
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_HISTORY = "Z87.891"
_STOPPED = word_set("quit stopped former formerly ex gave ceased past none until")
_SMOKING = word_set(
    "smoke smoked smoker smkr smokr smoking cigarette cigar tobacco tob cig cigs nicotine pack pk ppd vaping"
)
# Words that tell the end of smoking behind it, and those that do so only of somebody who smoked.
_BEHIND = word_set("quit stopped former ex past")
_SMOKED = frozenset(("smoked",))
_ONLY_BEHIND = word_set("none until")
# Other people's smoking, and other smoke.
_OTHERS = word_set(
    "husband wife partner father mother dad mom parent parents brother sister roommate spouse"
    " marijuana cannabis weed pot"
)
_NEVER = word_set("never not no nothing denies")
_NEAR = 6
# What a report repeats of a history is nobody's finding.
_NO_HISTORY = frozenset(("radiology", "lab", "operative"))
_PLANNED = word_set("to wants trying advised encouraged counseled ready help helping line plan date")
_UNDERTAKEN = word_set(
    "visit plan class date counseling line program attempt attempts aid aids group app talk session"
)
_DENIED = frozenset((Assertion.NEGATED, Assertion.FAMILY, Assertion.HYPOTHETICAL))


def add_former_smoker(note: Note, picks: Picks) -> Picks:
    """The picks with Z87.891 where the note says that the patient once smoked and stopped."""
    forms = note.words.forms
    if note.kind in _NO_HISTORY or any(
        pick.code.startswith("F17") or pick.code == _HISTORY for pick in live(picks)
    ):
        return picks
    for place, form in enumerate(forms[:20_000]):
        if form not in _STOPPED or note.section_at(place).kind in UNREAD:
            continue
        smoking = _smoking(note, place, form)
        sentence = note.sentence_at(place)
        planned = _PLANNED.intersection(forms[max(sentence.first, place - 2) : place])
        near = forms[max(sentence.first, min(place, smoking) - 3) : max(place, smoking) + 2]
        never = _OTHERS.intersection(near) or _NEVER.intersection(
            forms[max(sentence.first, smoking - 3) : smoking]
        )
        asked = (
            note.text[note.words.ends[max(place, smoking)] : note.words.ends[max(place, smoking)] + 1] == "?"
        )
        if (
            smoking >= 0
            and not (planned or asked or never or _is_undertaking(forms, max(place, smoking)))
            and assertion_at(note, place, place + 1).assertion not in _DENIED
        ):
            out = dict(picks)
            first, end = min(place, smoking), max(place, smoking) + 1
            reason = guideline("Section I.C.21.c.4", "smoked once, and stopped")
            add_pick(out, _HISTORY, mention_of(note, _HISTORY, first, end), reason)
            return out
    return picks


def _is_undertaking(forms: list[str], last: int) -> bool:
    """ "Quit-smoking visit", "quit tobacco plan": what is undertaken by one who smokes."""
    return bool(_UNDERTAKEN.intersection(forms[last + 1 : last + 2]))


def _smoking(note: Note, place: int, form: str) -> int:
    """Where a word for smoking stands near one for its end, or -1."""
    forms = note.words.forms
    sentence = note.sentence_at(place)
    if form in _ONLY_BEHIND:
        return next((at for at in _before(sentence.first, place) if _once(forms, at)), -1)
    last = min(sentence.last, place + _NEAR + 1)
    smoking = next((at for at in range(place + 1, last) if forms[at] in _SMOKING), -1)
    if smoking < 0 and form in _BEHIND:
        smoking = next((at for at in _before(sentence.first, place) if forms[at] in _SMOKING), -1)
    return smoking


def _before(first: int, place: int) -> range:
    return range(max(first, place - _NEAR), place)


def _once(forms: list[str], at: int) -> bool:
    """Whether a word tells of smoking as of something that was ("smoked", "used to smoke")."""
    return forms[at] in _SMOKED or (forms[at] in _SMOKING and forms[max(0, at - 2) : at] == ["used", "to"])
