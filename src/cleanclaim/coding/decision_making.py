"""Medical decision making by the 2023 grid: problems, data and risk, two of three, each with its words."""

from __future__ import annotations

from attrs import frozen

from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.picks import Pick
from cleanclaim.coding.records import LevelElement
from cleanclaim.coding.services import Service
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.words import word_set

LEVELS = ("straightforward", "low", "moderate", "high")
_PROBLEM_SKIP = ("Z", "V", "W", "X", "Y")
_RISK_SECTIONS = word_set(
    "plan assessment assessment_plan ed_course disposition hpi procedure instructions impression diagnosis"
)
_TREATMENT_SECTIONS = word_set(
    "plan assessment assessment_plan ed_course disposition impression procedure diagnosis"
)
_GIVING = word_set("added start started begin begun increase increased prescribe prescribed switched")
_HISTORY_SECTIONS = frozenset(("family_history", "pmh", "psh", "social_history", "allergies"))


@frozen
class DecisionMaking:
    """The three elements and the level that two of them reach."""

    problems: LevelElement
    data: LevelElement
    risk: LevelElement

    @property
    def level(self) -> str:
        """The second highest of the three."""
        ranks = sorted(LEVELS.index(part.level) for part in (self.problems, self.data, self.risk))
        return LEVELS[ranks[1]]


def decide(
    note: Note, picks: list[Pick], candidates: Candidates, services: tuple[Service, ...]
) -> DecisionMaking:
    """Level of decision making from what the note documents; nothing is counted without its words."""
    return DecisionMaking(
        _problems(note, picks, candidates), _data(candidates, services), _risk(note, candidates, picks)
    )


def _problems(note: Note, picks: list[Pick], candidates: Candidates) -> LevelElement:
    addressed = [pick for pick in picks if not pick.code.startswith(_PROBLEM_SKIP)]
    if not addressed:
        addressed = [pick for pick in picks if pick.code.startswith("Z")][:1]
        return LevelElement("problems", "straightforward", "no problem is documented", _spans(addressed))
    severe = [pick for pick in addressed if "severe" in pick.flags]
    if severe:
        return LevelElement("problems", "high", "a threat to life or bodily function", _spans(severe))
    chronic = [pick for pick in addressed if "chronic" in pick.flags]
    severely = [pick for pick in chronic if _beside(note, pick, candidates, "severe_exacerbation")]
    if severely:
        text = "a chronic illness with a severe exacerbation or progression"
        return LevelElement("problems", "high", text, _spans(severely))
    worse = [pick for pick in chronic if _worse(note, pick, candidates)]
    systemic = [pick for pick in addressed if "systemic" in pick.flags]
    new = [pick for pick in addressed if _uncertain_prognosis(note, pick, candidates)]
    if worse:
        text = "a chronic illness that is worse, progressing or not at its goal"
        return LevelElement("problems", "moderate", text, _spans(worse))
    if len(chronic) >= 2:
        return LevelElement("problems", "moderate", "two or more chronic illnesses", _spans(chronic))
    if systemic or new:
        text = (
            "an acute illness with systemic symptoms" if systemic else "a new problem of uncertain prognosis"
        )
        return LevelElement("problems", "moderate", text, _spans(systemic or new))
    minor = [pick for pick in addressed if "minor" in pick.flags]
    if len(minor) == 1 and len(addressed) == 1:
        return LevelElement("problems", "straightforward", "one self-limited problem", _spans(minor))
    if chronic:
        return LevelElement("problems", "low", "one stable chronic illness", _spans(chronic))
    return LevelElement("problems", "low", "an acute, uncomplicated illness or injury", _spans(addressed))


def _worse(note: Note, pick: Pick, candidates: Candidates) -> bool:
    if pick.code in {"J44.1", "E11.65", "E10.65"} or (
        pick.code.startswith("J45") and pick.code.endswith("1")
    ):
        return True
    return _beside(note, pick, candidates, "worsening")


def _beside(note: Note, pick: Pick, candidates: Candidates, concept: str) -> bool:
    """Whether a concept is affirmed in the list item or the sentence of a diagnosis."""
    for own in pick.mentions:
        item = note.item_at(own.first)
        sentence = note.sentence_at(own.first)
        first, last = (item.first, item.last) if item else (sentence.first, sentence.last)
        if any(first <= m.first < last and m.affirmed for m in candidates.concept(concept)):
            return True
    return False


def _uncertain_prognosis(note: Note, pick: Pick, candidates: Candidates) -> bool:
    if "new" in pick.flags:
        return True
    for own in pick.mentions:
        sentence = note.sentence_at(own.first)
        for mention in candidates.concept("uncertain_prognosis"):
            if sentence.first <= mention.first < sentence.last:
                return True
    return False


def _data(candidates: Candidates, services: tuple[Service, ...]) -> LevelElement:
    # A test whose reading is billed with it does not count again as data.
    billed = {service.reads for service in services if service.reads}
    tests: dict[str, Mention] = {}
    for mention in candidates.concepts:
        name = mention.term.name
        if name.startswith("test:") and name not in billed and mention.section not in _HISTORY_SECTIONS:
            tests.setdefault(name, mention)
    notes = _good(candidates, "external_notes")
    historian = _good(candidates, "historian")
    reading = _good(candidates, "interpretation")
    if billed:
        reading = ()
    talk = _good(candidates, "discussion")
    first = len(tests) + len(notes)
    spans = tuple(
        mention.span for mention in (*tests.values(), *notes, *historian[:1], *reading[:1], *talk[:1])
    )
    categories = [first + bool(historian) >= 3, bool(reading), bool(talk)]
    text = f"{len(tests)} tests, {len(notes)} outside notes"
    text += ", an independent historian" if historian else ""
    text += ", an independent reading" if reading else ""
    text += ", a discussion with another clinician" if talk else ""
    if sum(categories) >= 2:
        return LevelElement("data", "high", text, spans)
    if sum(categories) == 1:
        return LevelElement("data", "moderate", text, spans)
    return LevelElement("data", "low" if first >= 2 or historian else "straightforward", text, spans)


def _good(candidates: Candidates, name: str) -> tuple[Mention, ...]:
    return tuple(m for m in candidates.concept(name) if m.section not in _HISTORY_SECTIONS)


_RISKS = (
    ("high", "hospital_decision", "a decision about hospital care"),
    ("high", "toxicity_monitoring", "a drug that needs intensive monitoring for toxicity"),
    ("high", "controlled_parenteral", "a parenteral controlled substance"),
    ("high", "dnr", "a decision not to resuscitate"),
    ("moderate", "rx", "prescription drug management"),
    ("moderate", "major_surgery", "a decision for surgery"),
    ("moderate", "minor_surgery", "a decision for a minor procedure"),
    ("moderate", "sdoh", "treatment limited by social circumstances"),
    ("low", "otc", "medicine without prescription, therapy or a support"),
)


def _risk(note: Note, candidates: Candidates, picks: list[Pick]) -> LevelElement:
    structured = bool(
        note.sections_of("plan", "assessment", "assessment_plan", "ed_course", "diagnosis", "impression")
    )
    planned = bool(note.sections_of("plan", "assessment_plan", "ed_course"))
    for level, name, text in _RISKS:
        found = [
            m
            for m in candidates.concept(name)
            if _of_the_plan(m, structured) or (name == "rx" and not planned and _being_given(note, m))
        ]
        if found:
            return LevelElement("risk", level, text, tuple(m.span for m in found[:3]))
    return LevelElement(
        "risk", "straightforward", "no treatment that carries risk is documented", _spans(picks)[:1]
    )


def _being_given(note: Note, mention: Mention) -> bool:
    """Whether a medicine named outside a plan is being changed at the visit, in a note that has no plan."""
    if not mention.affirmed or mention.section not in {"opening", "hpi"}:
        return False
    sentence = note.sentence_at(mention.first)
    low, high = max(sentence.first, mention.first - 3), min(sentence.last, mention.last + 4)
    return bool(_GIVING.intersection(note.words.forms[low:high]))


def _of_the_plan(mention: Mention, structured: bool) -> bool:
    if not mention.affirmed and mention.asserted.assertion.value in {"negated", "family", "hypothetical"}:
        return False
    if structured:
        return mention.section in _TREATMENT_SECTIONS
    return mention.section in _RISK_SECTIONS or mention.section == "opening"


def _spans(picks: list[Pick]) -> tuple[Span, ...]:
    return tuple(pick.mentions[0].span for pick in picks if pick.mentions)
