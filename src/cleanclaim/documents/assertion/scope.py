"""How far a cue reaches: within its clause, past no stop, and over no second subject."""

from __future__ import annotations

from cleanclaim.documents.assertion.checklist import is_answer
from cleanclaim.documents.assertion.cues import Assertion, word_list
from cleanclaim.documents.assertion.groups import ends_clause, fits_group, holds_one, opens_clause
from cleanclaim.documents.assertion.near import JOINTS, Hit, Surroundings
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import CLAUSE_BREAK, COLON

_SHORT = 3
_ROW = 6
_PLAIN_DENIAL = 2
_LONE_DOUBTS = frozenset(("likely", "probable", "suspected", "presumed", "questionable", "considered"))
STATUS_POST = (("s", "p"), ("status", "post"))
_INVERTED = frozenset(
    ("did", "do", "does", "has", "had", "was", "were", "should", "if", "whether", "when", "that")
)
_HAS = frozenset(("has", "had", "have", "takes", "smokes"))
_TAUGHT = frozenset(("on", "about", "regarding", "re", "of"))
_CAUSES = frozenset(("due", "secondary", "from", "caused"))
_RELATIVE = frozenset(("that", "which", "whom"))
_AGAINST = frozenset(("vs", "versus"))
_CHANGE_DENIED = frozenset(("neither", "nor", "not", "never", "no"))


def reaches(near: Surroundings, hit: Hit) -> bool:
    """Whether a cue speaks of the mention."""
    cue = hit.cue
    low, high = (_row_end(near), hit.first) if cue.backward else (hit.last, near.first)
    if not 0 <= high - low <= cue.reach or cue.assertion is None:
        return False
    if cue.over:
        return True
    between = near.forms[low:high]
    if (
        CLAUSE_BREAK in between
        or _stopped(near, hit, low, high)
        or _bracketed(near.note, low, high, cue.backward)
    ):
        return False
    headed = between[:1] == [COLON] and (not cue.backward or len(between) == 1)
    if COLON in between and not headed and (cue.gap is None or cue.opens):
        return False
    if headed and cue.backward and cue.assertion is Assertion.HYPOTHETICAL:
        # "Anemia: discussed with her" heads what was said of a problem that is there.
        return False
    if not fits_group(near, hit, between):
        return False
    return _looks_back(near, hit, low, high) if cue.backward else _looks_forward(near, hit, low, high)


def _row_end(near: Surroundings) -> int:
    """The place after a mention and what strokes join to it: "COVID/flu" in "COVID/flu negative"."""
    words, last = near.note.words, near.last
    while last < near.high and near.note.text[words.ends[last - 1] : words.starts[last]] == "/":
        last += 1
    return last


def _stopped(near: Surroundings, hit: Hit, low: int, high: int) -> bool:
    cue = hit.cue
    fears = cue.assertion is Assertion.HYPOTHETICAL
    for stop in near.hits:
        if not (low <= stop.first and stop.last <= high):
            continue
        if stop.cue.kind == "stop" and not (_within_condition(near, hit, stop) or _only_there(near, stop)):
            return True
        if stop.cue.kind == "subject" and not (fears or cue.opens or _subordinate(near, hit, stop)):
            return True
    if cue.backward:
        return any(low <= at <= high and near.forms[at] not in word_list("anaphors") for at in near.breaks)
    return not fears and not cue.opens and any(low < at <= high for at in near.breaks)


def _only_there(near: Surroundings, stop: Hit) -> bool:
    """Whether "present" says that something is there, and not that the patient presents."""
    end = near.note.words.ends[stop.last - 1]
    return near.forms[stop.first] == "present" and near.note.text[end - 1] not in "sS"


def _within_condition(near: Surroundings, hit: Hit, stop: Hit) -> bool:
    """Whether a verb belongs to the condition that a cue opens: "if she developed"."""
    opens = not hit.cue.backward and near.forms[hit.first] in word_list("conditions")
    return opens and near.forms[stop.first] not in word_list("contrasts")


def _subordinate(near: Surroundings, hit: Hit, stop: Hit) -> bool:
    """Whether a subject opens no new clause: "did the patient", "I suspect she has", "the gout he had in 2012"."""
    if near.forms[stop.first - 1] in _INVERTED:
        return True
    if hit.cue.backward:
        return stop.first == near.last
    return stop.first == hit.last and hit.cue.assertion is Assertion.UNCERTAIN


def _looks_forward(near: Surroundings, hit: Hit, low: int, high: int) -> bool:
    between = near.forms[low:high]
    if hit.cue.assertion is Assertion.HISTORICAL:
        if "with" in between or (hit.cue.reach <= _SHORT and near.commas(low, high)):
            return False
        # What an operation was for is no past thing because the operation is.
        return "for" not in between or tuple(near.forms[hit.first : hit.last]) not in STATUS_POST
    if hit.cue.assertion is Assertion.NEGATED:
        if hit.cue.opens and not word_list("tests").isdisjoint(near.forms[near.first : near.last]):
            return False
        return not (
            _of_a_change(near, hit, low, high)
            or _change_follows(near, hit)
            or is_answer(near.note, hit.first, hit.last)
            or any(near.forms[at] in _HAS for at in near.commas(low, high))
            or _told_of_what_is_denied(near, low, high)
        )
    if hit.cue.assertion is Assertion.HYPOTHETICAL:
        return not (_taught_for(near, hit, between) or _main_clause(near, hit))
    return True


def _told_of_what_is_denied(near: Surroundings, low: int, high: int) -> bool:
    """Whether a clause about what is denied ends before: "without any complication that I could find, and gout"."""
    return any(
        near.forms[at] == "and" and not _RELATIVE.isdisjoint(near.forms[low:at])
        for at in near.commas(low, high)
    )


def _taught_for(near: Surroundings, hit: Hit, between: list[str]) -> bool:
    """Whether what is taught is a treatment: "counseled on diet for obesity"."""
    return (
        "for" in between
        and near.forms[hit.last - 1] in _TAUGHT
        and near.forms[hit.first] in word_list("teaching")
    )


def _main_clause(near: Surroundings, hit: Hit) -> bool:
    """Whether the condition of a sentence is over before the mention: "if she lies flat she has orthopnea"."""
    if hit.first != near.low or near.forms[hit.first] not in word_list("conditions"):
        return False
    if not word_list("urged").isdisjoint(near.forms[near.last : near.high]):
        return False
    return any(
        stop.cue.kind == "subject" and hit.last < stop.first and near.first - stop.last <= 1
        for stop in near.hits
        if stop.last <= near.first
    )


def _of_a_change(near: Surroundings, hit: Hit, low: int, high: int) -> bool:
    """Whether what is denied is a change of the condition: "denies any improvement in his sciatica"."""
    if near.commas(low + 1, high) or hit.last - hit.first > _PLAIN_DENIAL:
        return False
    for place in range(low, high):
        following = near.forms[place + 1]
        if near.forms[place] in word_list("changes") and following not in word_list("changes"):
            return place + 1 == high or following in word_list("change_links")
        if near.forms[place] in word_list("changed_verbs") and following in word_list("owners"):
            return True
    return False


def _change_follows(near: Surroundings, hit: Hit) -> bool:
    """ "Nor has her sciatica improved"; "neither has responded"."""
    if hit.last - hit.first > _SHORT:
        return False
    said = near.forms[hit.first : min(hit.last + 1, near.first)]
    verbs = word_list("change_verbs") | word_list("getting") if "that" in said else word_list("change_verbs")
    if _CHANGE_DENIED.isdisjoint(said) and "that" not in said:
        return False
    end = min(near.high, near.last + 3)
    return not near.commas(near.last, end) and not verbs.isdisjoint(near.forms[near.last : end])


def _looks_back(near: Surroundings, hit: Hit, low: int, high: int) -> bool:
    if hit.cue.assertion is Assertion.HISTORICAL and _stands_after(near, hit):
        return False
    ahead = (other for other in near.hits if near.last <= other.first and other.last <= hit.first)
    if any(_speaks_ahead(near, other) and other.cue.assertion is not hit.cue.assertion for other in ahead):
        return False
    return _closes(near, hit) and _one_breath(near, hit, low, high)


def _stands_after(near: Surroundings, hit: Hit) -> bool:
    """Whether a lasting illness goes on after a cue: "cirrhosis from hepatitis C cured in 2017, still listed"."""
    lasting = holds_one(near.forms[near.first : near.last], word_list("lifelong"))
    return lasting and not word_list("goes_on").isdisjoint(near.forms[hit.last : near.high])


def _speaks_ahead(near: Surroundings, hit: Hit) -> bool:
    """Whether a cue looks forward, so that what follows it belongs to another thing."""
    if hit.cue.assertion is None or hit.cue.backward or hit.cue.sign or hit.cue.only:
        return False
    return not hit.cue.opens or opens_clause(near, hit)


def _closes(near: Surroundings, hit: Hit) -> bool:
    """Whether a lone doubting word that looks back ends its clause; "cough, likely viral" doubts the cause."""
    if hit.cue.assertion is not Assertion.UNCERTAIN or hit.last - hit.first > 1:
        return True
    return near.forms[hit.first] not in _LONE_DOUBTS or ends_clause(near, hit)


def _one_breath(near: Surroundings, hit: Hit, low: int, high: int) -> bool:
    """Whether the commas between a mention and a cue after it part items of a row and no second subject."""
    commas = [at for at in near.commas(low, high) if not _within_brackets(near.note, low, at)]
    if not commas:
        return True
    if near.forms[hit.first] in _AGAINST:
        # "Chest pain, reflux vs angina": what is weighed stands behind the comma.
        return False
    if hit.cue.assertion is Assertion.HYPOTHETICAL:
        return False
    if hit.cue.assertion is Assertion.NEGATED and not _CAUSES.isdisjoint(near.forms[low : commas[0]]):
        # "Constipation due to opioids, impaction excluded": the first is told with its cause.
        return False
    rest = near.forms[commas[-1] : high]
    if rest[:1] and rest[0] in JOINTS:
        return True
    if not word_list("tests").isdisjoint(rest) or not word_list("patient").isdisjoint(rest):
        return False
    historical = hit.cue.assertion is Assertion.HISTORICAL
    if all(form in word_list("plain") for form in rest) or (historical and rest[0] in word_list("ended")):
        return len(commas) <= (3 if historical else 1)
    return len(commas) == 1 and (len(rest) <= 1 or (len(rest) <= _ROW and not JOINTS.isdisjoint(rest)))


def _within_brackets(note: Note, low: int, place: int) -> bool:
    before = note.text[note.words.ends[low - 1] : note.words.starts[place]]
    return before.count("(") > before.count(")")


def _bracketed(note: Note, low: int, high: int, backward: bool) -> bool:
    """Whether a bracket closes or opens between a cue and a mention, so that only one of them stands inside.

    A bracket that a cue opens speaks of what stands before it: "gout (resolved)"; one that names what a word stands
    for speaks as the word does: "no B symptoms (fever, sweats)".
    """
    between = note.text[note.words.ends[low - 1] if low else 0 : note.words.starts[high]]
    opened = between.count("(") - between.count(")")
    if opened != 1:
        return opened != 0
    if backward:
        return not between.rstrip().endswith("(")
    return not any(
        note.words.forms[place] in word_list("named_in_brackets")
        and note.text.startswith((" (", "("), note.words.ends[place])
        for place in range(max(0, low - 1), high)
    )
