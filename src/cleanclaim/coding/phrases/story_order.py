"""What a story without a list of diagnoses is mainly about, so that it is listed first (Section IV.G)."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import BREAK, MARKS, word_set

_LEAD_WORDS = 4
_CONCLUDED_WITHIN = 10
_CONCLUSIONS = (
    *(
        "my opinion is",
        "in my opinion",
        "my impression is",
        "my view is",
        "opinion is that",
        "impression is of",
    ),
    *(
        "dealing with",
        "we agree this is",
        "i believe this is",
        "i think this is",
        "diagnosis is",
        "in summary",
    ),
    *(
        "doubt that this is",
        "convinced that",
        "satisfied that this is",
        "confident that this is",
        "doubt this is",
        "no question that this is",
    ),
    *(
        "in conclusion",
        "my conclusion is",
        "i conclude",
        "the picture is that of",
        "this is clearly",
        "this is plainly",
        "what he has is",
        "what she has is",
        "findings are those of",
        "the picture is of",
    ),
)
_HAS_WITHIN = 5
_SEEN_WITH = word_set("has with for regarding about")
_HAVING = word_set("has have with had")
_COMING = word_set(
    "returns return returned comes came come here seen see saw presents presented referred visit visits appointment"
    " consult consultation follow followup reviewed review reviewing seeing attends attended"
)
_SEPARATE = word_set("separate separately unrelated independent independently additionally")
# "As for the nodule", "Regarding her cough".
_TAKES_UP = (["as"], ["regarding"], ["concerning"])
# Of chapter 18 and yet conditions with a name of their own: prediabetes, failure to thrive, cachexia.
NAMED_FINDINGS = ("R73.0", "R62.51", "R62.7", "R64", "R54", "R87", "R76.1")
_OPENING_WORDS = 6
_SHORT = 3
_MOST_TAKEN_UP = 40
_TELLING = frozenset(("opening", "hpi", "chief_complaint"))
_LEADING = MARKS | word_set(
    "this is a an the dx diagnosis impression imp assessment acute chronic mild moderate severe right left bilateral"
    " new likely stable her his known early primary"
)


def background_last(note: Note, picks: Picks) -> Picks:
    """The picks of a story without a list, what it comes to first.

    What opens a sentence is what the visit was for: illnesses told within other sentences stand behind it. Complaints
    told so give way where a sentence of the later half opens with the disease that was found (Section I.B.5).
    """
    leading = {pick.code for pick in live(picks) if any(_opens_sentence(note, m) for m in pick.mentions)}
    if not any(code[0] not in "VWXYZ" for code in leading):
        return picks
    if all("chronic" in picks[code].flags for code in leading if code[0] not in "VWXYZ"):
        # Where all are lasting illnesses, the one behind "returns to discuss his chest tightness" is what it is about.
        leading |= {pick.code for pick in live(picks) if any(_answers_reason(note, m) for m in pick.mentions)}
    found = next((pick for pick in live(picks) if _is_found(note, pick)), None)
    out = dict(picks)
    for pick in live(picks):
        if pick.code in leading or pick.code[0] in "VWXYZST":
            continue
        if found is not None and _gives_way(note, pick, found):
            text = "a complaint of the story, beside what was found"
            out[pick.code] = pick.drop(guideline("Section I.B.5", text, ("found", found.code)))
        elif found is not None or "chronic" in pick.flags:
            out[pick.code] = evolve(pick, mentions=tuple(evolve(m, introduces=True) for m in pick.mentions))
    return out


def _answers_reason(note: Note, mention: Mention) -> bool:
    """Whether "He has ..." tells a disease right behind the sentence that says why the patient came."""
    forms = note.words.forms
    sentence = note.sentence_at(mention.first)
    lead_in = forms[max(sentence.first, mention.first - _HAS_WITHIN) : mention.first]
    if _COMING.intersection(forms[sentence.first : mention.first]) and _SEEN_WITH.intersection(lead_in):
        # "I had the pleasure of reviewing Mr. Ames, who has rheumatoid arthritis".
        return note.section_at(mention.first).kind in _TELLING
    if not sentence.first or mention.first - sentence.first > _HAS_WITHIN:
        return False
    before = note.sentence_at(
        sentence.first - 2 if forms[sentence.first - 1] == BREAK else sentence.first - 1
    )
    return (
        bool(_HAVING.intersection(forms[sentence.first : mention.first]))
        and bool(_COMING.intersection(forms[before.first : before.last]))
        and note.section_at(mention.first).kind in _TELLING
    )


def _gives_way(note: Note, symptom: Pick, found: Pick) -> bool:
    """Whether a complaint stands in other sentences than the disease ("post COVID condition with chronic fatigue")."""
    if (
        not symptom.is_symptom()
        or symptom.flags & {"named", "chronic"}
        or symptom.code.startswith(NAMED_FINDINGS)
    ):
        return False
    if any(is_separate(note, mention) or _taken_up(note, mention) for mention in symptom.mentions):
        return False
    told = {note.sentence_at(mention.first).first for mention in found.mentions}
    return not any(note.sentence_at(mention.first).first in told for mention in symptom.mentions)


def _taken_up(note: Note, mention: Mention) -> bool:
    """Whether a later sentence opens with the finding by its last word ("As for the nodule, a CT in six months")."""
    names = frozenset(form for form in note.words.forms[mention.first : mention.last] if len(form) > _SHORT)
    return any(place >= mention.last and names & opening for place, opening in note.once(_takings_up))


def _takings_up(note: Note) -> tuple[tuple[int, frozenset[str]], ...]:
    """The first word and the first few words of each sentence that takes up what was told before."""
    forms = note.words.forms
    return tuple(
        (
            sentence.first,
            frozenset(forms[sentence.first : min(sentence.last, sentence.first + _OPENING_WORDS)]),
        )
        for sentence in note.sentences
        if forms[sentence.first : sentence.first + 1] in _TAKES_UP
    )[:_MOST_TAKEN_UP]


def is_separate(note: Note, mention: Mention) -> bool:
    """Whether a complaint is called a matter of its own ("the unsteadiness is a separate worry")."""
    sentence = note.sentence_at(mention.first)
    return bool(_SEPARATE.intersection(note.words.forms[sentence.first : sentence.last]))


def _is_found(note: Note, pick: Pick) -> bool:
    """Whether a disease opens a sentence of the later half."""
    if pick.is_symptom() or pick.code[0] in "VWXYZ":
        return False
    half = len(note.words.forms) // 2
    return any(mention.first >= half and _opens_sentence(note, mention) for mention in pick.mentions)


def _opens_sentence(note: Note, mention: Mention) -> bool:
    """Whether a mention begins its sentence, follows "This is", "Diagnosis:" or a word of degree, or is concluded."""
    begin = note.sentence_at(mention.first).first
    before = f" {' '.join(note.words.forms[max(begin, mention.first - _CONCLUDED_WITHIN) : mention.first])} "
    if any(f" {words} " in before for words in _CONCLUSIONS):
        return True
    return mention.first - begin <= _LEAD_WORDS and _LEADING.issuperset(
        note.words.forms[begin : mention.first]
    )
