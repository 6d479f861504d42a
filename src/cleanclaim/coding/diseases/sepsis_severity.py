"""The organism of a sepsis, and its severity beside the code of the infection (Section I.C.1.d.1)."""

from __future__ import annotations

from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_told
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_SYSTEMIC = ("A40", "A41", "A02.1", "B37.7", "O85", "T81.44")
_SHOCK = ("septic shock",)
_SEVERE = ("severe sepsis", "sepsis with acute organ dysfunction", "sepsis with organ dysfunction")
# Organs that a sepsis makes fail, and how a line lays that to it.
_FAILING = ("J96.0", "J80", "N17", "G93.41", "G92.8", "D65", "K72.0", "G62.81", "G72.81")
_LAID_TO_SEPSIS = (
    *(
        "due to sepsis",
        "due to the sepsis",
        "both due to sepsis",
        "from sepsis",
        "from the sepsis",
        "sepsis induced",
    ),
    *(
        "secondary to sepsis",
        "secondary to the sepsis",
        "caused by sepsis",
        "caused by the sepsis",
        "of sepsis",
    ),
    *(
        "sepsis related",
        "sepsis associated",
        "septic encephalopathy",
        "in the setting of sepsis",
        "2 2 sepsis",
    ),
)
_LED_TO = ("with", "complicated by", "causing", "leading to", "resulting in", "and resulting")
_SEPSIS = ("sepsis", "septic shock", "septicemia")
_LAID = ("due to", "from", "secondary to", "caused by", "with")
# Infections in one place, whose codes leave the organism open.
_LOCAL = ("N", "L", "J", "M", "T", "G", "H", "I33", "O", "E")
_ORGANISMS = (
    ("A41.02", ("mrsa", "methicillin resistant staphylococcus aureus")),
    (
        "A41.01",
        ("mssa", "methicillin susceptible staphylococcus aureus", "staphylococcus aureus", "staph aureus"),
    ),
    ("A41.51", ("e coli", "escherichia coli")),
    ("A41.52", ("pseudomonas", "pseudomonas aeruginosa", "pseudomonal")),
    ("A41.53", ("serratia",)),
    ("A41.54", ("acinetobacter",)),
    ("A41.59", ("klebsiella", "proteus", "enterobacter", "citrobacter")),
    ("A41.81", ("enterococcus", "enterococcal", "vre")),
    ("A40.3", ("streptococcus pneumoniae", "pneumococcus", "pneumococcal", "strep pneumoniae")),
    ("A40.1", ("group b strep", "group b streptococcus", "gbs")),
    ("A40.0", ("group a strep", "group a streptococcus", "streptococcus pyogenes")),
    ("A41.4", ("bacteroides", "anaerobe", "anaerobic")),
    ("B37.7", ("candida", "candidal")),
)


def add_sepsis_organism(note: Note, picks: Picks) -> Picks:
    """The picks with a sepsis by the organism that its own diagnosis lays it to."""
    open_one = picks.get("A41.9")
    if open_one is None or open_one.dropped is not None:
        return picks
    for told in sentences_told(note):
        sepsis = told.any_of(_SEPSIS) if told.section in diagnosed_in(note) else None
        if sepsis is None:
            continue
        laid = told.any_of(_LAID)
        for code, words in _ORGANISMS:
            place = told.any_of(words)
            if place is None or not is_told(note, place):
                continue
            # "Sepsis due to E. coli" and "E. coli sepsis" both name it.
            if (laid is not None and place[0] > laid[0]) or 0 <= sepsis[0] - place[1] <= 1:
                out = dict(picks)
                out["A41.9"] = open_one.drop(
                    guideline("Section I.C.1.d.1.a", f"the organism is named: {code}")
                )
                reason = guideline("Section I.C.1.d.1.a", "sepsis by the organism that the diagnosis names")
                add_pick(out, code, mention_of(note, code, *place), reason)
                return out
    return picks


def drop_named_twice(picks: Picks) -> Picks:
    """The picks without an organism by itself where only the sepsis that names it is coded."""
    proposed = live(picks)
    if not any(begins_with(pick.code, ("A40", "A41.0", "A41.5", "A41.8")) for pick in proposed):
        return picks
    if any(begins_with(pick.code, _LOCAL) for pick in proposed):
        return picks
    out = dict(picks)
    for pick in proposed:
        if begins_with(pick.code, ("B95", "B96")):
            out[pick.code] = pick.drop(
                guideline("Section I.C.1.b", "the code of the sepsis names the organism")
            )
    return out


def add_sepsis_severity(note: Note, picks: Picks) -> Picks:
    """The picks with R65.2 where a diagnosis calls the sepsis severe or names the shock."""
    proposed = live(picks)
    if not any(begins_with(pick.code, _SYSTEMIC) for pick in proposed):
        return picks
    if any(begins_with(pick.code, ("R65.2", "T81.12")) for pick in proposed):
        return picks
    out = dict(picks)
    for words, code in ((_SHOCK, "R65.21"), (_SEVERE, "R65.20")):
        for told in sentences_told(note):
            place = told.any_of(words) if told.section in diagnosed_in(note) else None
            if place is not None and is_told(note, place):
                reason = guideline("Section I.C.1.d.1.b", "the severity is coded beside the infection")
                add_pick(out, code, mention_of(note, code, *place), reason)
                return out
    return _with_failing_organ(note, out, proposed)


def _with_failing_organ(note: Note, picks: Picks, proposed: list[Pick]) -> Picks:
    """The picks with R65.20 where a line lays the failure of an organ to the sepsis (Section I.C.1.d.1.a.iii)."""
    failing = [
        m for pick in proposed if begins_with(pick.code, _FAILING) for m in pick.mentions if m.affirmed
    ]
    if not failing:
        return picks
    for told in sentences_told(note):
        sepsis = told.any_of(_SEPSIS) if told.section in diagnosed_in(note) else None
        if sepsis is None or not is_told(note, sepsis):
            continue
        laid = told.any_of(_LAID_TO_SEPSIS)
        led = told.any_of(_LED_TO)
        for mention in failing:
            here = told.first <= mention.first < told.last
            behind = led is not None and sepsis[0] < led[0] < mention.first
            if here and (laid is not None or (behind and not _laid_elsewhere(told, mention.last))):
                reason = guideline(
                    "Section I.C.1.d.1.a.iii", "an organ that fails by the sepsis makes it severe"
                )
                add_pick(picks, "R65.20", mention_of(note, "R65.20", *sepsis), reason)
                return picks
    return picks


def _laid_elsewhere(told: Told, last: int) -> bool:
    """Whether a cause follows the organ that failed ("with AKI from dehydration")."""
    after = " ".join(told.text.split()[last - told.first : last - told.first + 3])
    return after.startswith(("due to", "from", "secondary to", "caused by")) and "sepsis" not in after
