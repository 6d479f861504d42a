"""Which external causes, reasons for a visit and status codes stay (Section I.C.20, I.C.21)."""

from __future__ import annotations

import datetime as dt

from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.note_codes import covers
from cleanclaim.coding.lexicon import rules
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live

_SYSTEM = "ICD-10-CM"

_FIRST_LINE = 25
# What care did has its causes in Y83 and Y84, and not in a crash of long ago.
_BY_CARE = frozenset(("T80", "T81", "T82", "T83", "T85", "T86", "T87"))
_BROKE_OF_WEAKNESS = ("M80", "M84.4", "M84.5", "M84.6", "M48.5")
# A check after completed treatment is no status.
_CHECKS = ("Z08", "Z09")
# What bears on any disease of an adult is coded wherever it is told (Section I.C.21.c.4).
_PAST_WORDS = ("prior", "previous", "past", "history", "h/o", "hx", "lifetime", "teen", "ago", "in college")
_ALWAYS = frozenset(("Z87.891", "I25.2", "Z86.73", "Z66", "Z51.5", "Z79.01", "Z15.01", "Z96.22"))
# A transplanted organ bears on whatever else is treated (Section I.C.21.c.3).
_ORGANS_GIVEN = ("Z94.0", "Z94.1", "Z94.2", "Z94.3", "Z94.4", "Z94.8")


def gate_circumstances(
    picks: Picks, *, kind: str, vaccinated: bool, book: CodeBook, on: dt.date, quitting: bool = False
) -> Picks:
    """External causes only with an injury, encounter and status codes only where they fit."""
    injuries = [
        pick.code
        for pick in live(picks)
        if pick.code[0] in "ST" and not "T36" <= pick.code[:3] <= "T50" and pick.code[:3] not in _BY_CARE
    ]
    injured, again = bool(injuries), bool(injuries) and all(code[-1] not in "ABC" for code in injuries)
    out = dict(picks)
    causes = [pick for pick in live(out) if "external" in pick.flags]
    # Where no list names the day's diagnoses, an examination that the story kept is what the visit was for.
    unlisted = not any(pick.diagnostic for pick in live(out))
    for pick in live(out):
        reason = None
        if pick.flags & {"external", "place", "activity"}:
            reason = _circumstance_fault(pick, injured, causes, again)
        elif kind == "newborn" and (pick.code[0] == "O" or pick.code[:3] in {"Z34", "Z37", "Z39", "Z3A"}):
            reason = "it belongs on the mother's record"
        elif "newborn" in pick.flags and _no_birth_stay(pick, kind, out):
            reason = "a birth record code, and this is no note of the birth stay"
        elif pick.code.startswith("Z32.0") and injured and not _reason(pick):
            reason = "a test done before the injury was treated, and not what the patient came for"
        elif pick.code.startswith("Z67") and not _asked_for(pick, out, book, on):
            reason = "a blood type is a result, and nothing coded depends on it"
        elif pick.code == "Z91.51" and _harmed_now(out) and not _told_as_past(pick):
            reason = "the attempt is that of this visit, and no history"
        elif pick.code == "Z23" and not (vaccinated or pick.diagnostic or pick.inferred):
            reason = "no vaccine was given at this visit"
        elif pick.code.startswith("Z00") and not (
            kind == "preventive" or pick.diagnostic or unlisted or _reason(pick)
        ):
            reason = "this visit is no routine examination"
        elif (
            "status" in pick.flags
            and not pick.code.startswith(_CHECKS)
            and not (pick.code.startswith("I69") and (pick.inferred or _other_deficit(pick, out)))
            and not (
                pick.diagnostic
                or _social(pick)
                or _said_as_disorder(pick)
                or (quitting and pick.code.startswith("F17.2"))
                or _worked_out(pick)
                or _asked_for(pick, out, book, on)
            )
        ):
            reason = "no coded disease asks for this status"
        if reason:
            out[pick.code] = pick.drop(guideline("Section I.C.20.a" if causes else "Section I.C.21", reason))
    return out


def drop_causes_of_weak_bones(picks: Picks) -> Picks:
    """The picks without the cause of an injury where a weak bone broke and nothing else is injured (I.C.13.d.2)."""
    if any(pick.code[0] in "ST" for pick in live(picks)):
        return picks
    if not any(begins_with(pick.code, _BROKE_OF_WEAKNESS) for pick in live(picks)):
        return picks
    out = dict(picks)
    for pick in live(picks):
        if pick.code[0] in "VWX" or pick.code[:3] in {"Y92", "Y93", "Y99"}:
            reason = "the bone broke of its weakness, and no injury is coded"
            out[pick.code] = pick.drop(guideline("Section I.C.20.a", reason))
    return out


def _harmed_now(picks: Picks) -> bool:
    """Whether a poisoning or an injury on purpose is coded as it is treated now."""
    return any(
        pick.code.startswith(("X7", "X80", "X81", "X82", "X83"))
        or ("T36" <= pick.code[:3] <= "T65" and pick.code.endswith("2A"))
        for pick in live(picks)
    )


def _told_as_past(pick: Pick) -> bool:
    """Whether the words themselves say that an attempt was an earlier one."""
    return any(
        any(word in mention.span.text.lower() for word in _PAST_WORDS)
        or any(part.isdecimal() and len(part) == 4 for part in mention.span.text.split())
        for mention in pick.mentions
    )


def _other_deficit(pick: Pick, picks: Picks) -> bool:
    """Whether another deficit of a past stroke is coded."""
    return any(one.code.startswith("I69") and one.code != pick.code for one in live(picks))


def _no_birth_stay(pick: Pick, kind: str, picks: Picks) -> bool:
    """Whether a code of the birth stay stands in another note; a disease of newborns that is listed stands anywhere."""
    if pick.code[0] == "P" and pick.diagnostic:
        return False
    return kind != "newborn" or _of_an_office_visit(picks)


def _said_as_disorder(pick: Pick) -> bool:
    """Whether smoking is called a dependence or disorder, which is a diagnosis wherever a letter says it.

    What a plan takes up is treated and counts as well (Section IV.J).
    """
    words = ("dependence", "use disorder", "addiction")
    return pick.code.startswith("F17.2") and any(
        m.section == "plan" or any(w in m.span.text.lower() for w in words) for m in pick.mentions
    )


def _social(pick: Pick) -> bool:
    """Whether it is coded wherever it is told: a social circumstance (Section I.B.14), smoking that has ended."""
    return "Z55" <= pick.code[:3] <= "Z65" or pick.code in _ALWAYS or pick.code.startswith(_ORGANS_GIVEN)


def _worked_out(pick: Pick) -> bool:
    """Whether a rule found an organ or limb gone, and asked itself which disease that bears on."""
    return pick.inferred and pick.code.startswith(("Z89", "Z90"))


def _reason(pick: Pick) -> bool:
    """Whether the note tells it as what the visit is for: in the reason, in the title or in the first line."""
    return any(
        m.section == "chief_complaint" or (m.section in {"opening", "header"} and m.first < _FIRST_LINE)
        for m in pick.mentions
    )


def _of_an_office_visit(picks: Picks) -> bool:
    """Whether a newborn's visit is one after the birth stay (Section I.C.16.a.2)."""
    return any(pick.code.startswith("Z00.11") for pick in live(picks))


def _circumstance_fault(pick: Pick, injured: bool, causes: list[Pick], again: bool) -> str | None:
    if not injured:
        return "an external cause is coded only with an injury"
    if again and pick.flags & {"place", "activity"}:
        return "place and activity are coded once, at the first encounter"
    if "place" in pick.flags and not any(_together(pick, cause) for cause in causes):
        return "the place is not said to be where it happened"
    if "activity" in pick.flags and not causes:
        return "no external cause is coded"
    return None


def _together(place: Pick, cause: Pick) -> bool:
    return any(
        abs(one.first - other.first) <= 25 and one.section == other.section
        for one in place.mentions
        for other in cause.mentions
    )


def _asked_for(pick: Pick, picks: Picks, book: CodeBook, on: dt.date) -> bool:
    """Whether a coded disease has a use-additional note for a status, or is one the status belongs to."""
    owned = [row["dx"] for row in rules()["status_beside"] if begins_with(pick.code, row["status"])]
    if any(begins_with(other.code, dx) for dx in owned for other in live(picks)):
        return True
    for owner in live(picks):
        entry = book.find(_SYSTEM, owner.code, on)
        notes = entry.notes.use_additional if entry and owner.code != pick.code else ()
        if any(covers(place, pick.code) for note in notes for place in note.codes):
            return True
    return False
