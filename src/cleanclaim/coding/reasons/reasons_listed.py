"""Reasons for a visit that count where a diagnosis list names them, and not where one is told of or ordered.

"Vaccines: flu shot", "skin check" in a story and "schedule mammogram" in a plan are no reasons for this visit; the
same words as a line of the diagnosis list are (Section IV.A and I.C.21.c.5). The lexicon flags such phrases: "listed"
counts in the diagnosis list alone, "reason" also where the note says why the patient came.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from attrs import evolve

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import MARKS, word_set

_ORDERED = word_set(
    "order ordered ordering schedule scheduled scheduling refer referral referred due overdue next recommend"
    " recommended recommending offered offer discussed discuss advised advise repeat needs need future pending"
    " booked arranged mailed kit plan planned consider last previous prior until keep utd date current completed"
    " remote remotely quarterly elsewhere interrogated"
)
_WANTED = word_set(
    "want wants here request requests requesting desires desire presents presenting comes came returns return"
    " returned returning seen attends attending brought visit today"
)
_REACH = 4
_CAME = 7
# Codes that say what a visit is for: any phrase of theirs counts only where a reason is told.
_VISITS = (
    *(
        "Z00",
        "Z01",
        "Z02",
        "Z03",
        "Z04",
        "Z08",
        "Z09",
        "Z11",
        "Z12",
        "Z13",
        "Z29",
        "Z30",
        "Z31",
        "Z32",
        "Z39",
    ),
    *("Z42", "Z43", "Z44", "Z45", "Z46", "Z47", "Z48", "Z49", "Z51", "Z52", "Z70", "Z71", "Z76"),
)
_OPENING_WORDS = 40
_BEGUN = word_set("start started begin began trial initiate initiated add")
_AGAINST_PREGNANCY = word_set("contraception contraceptive birth pregnancy family")
_UNLISTED = word_set("opening hpi exam vitals results procedure")
_EXAMINATIONS = ("Z00", "Z01", "Z02", "Z30", "Z39", "Z09", "Z08", "Z71.84", "Z63")
# What another clinician does, named in the plan of a disease.
_BESIDE = ("Z01.0", "Z01.1", "Z01.2", "Z71.3", "Z71.8")
# What a plan adds to the problems that the visit was for.
_ADDED = ("Z02.7", "Z12", "Z13")
_MADE = word_set(
    "today done performed completed collected obtained taken swabbed screened negative positive normal"
)
_EXAMINED = word_set(
    "exam examination physical screening screen wellness annual well visit check preventive encounter"
)
_OPENING_OF_LIST = 8
_DEVICES = ("Z30.017", "Z30.43", "Z30.46", "Z30.49")
_ELSEWHERE = word_set("pmh psh instructions family_history medications social_history")
_TODAY = frozenset(("today",))
# Screening examinations: a second one told at a visit that is for screening belongs to it.
_SCREENINGS = ("Z11", "Z12", "Z13")
# At a gynecological examination what is collected for screening belongs to the visit (note at Z01.4).
_WITH_SCREENINGS = ("Z01.41",)
_THEN = word_set("last negative nl normal never ago")
_HELP = word_set(
    "social worker workers shelter housing pantry voucher vouchers caseworker transportation resources assistance food"
    " couple couples marriage mediation homeless snap wic cost afford insurance medicaid coupon legal eviction"
    " counselor hotline navigator"
)
_PLANS = word_set("plan disposition instructions hospital_course ed_course opening")
_FLAGS = frozenset(("listed", "reason"))
_WHY = word_set("chief_complaint opening indication study preop_dx procedure header")
_OPENING = word_set("chief_complaint opening")
_TOLD_IN = word_set("chief_complaint opening hpi")


def keep_listed_reasons(note: Note, picks: Picks) -> Picks:
    """The picks without reasons for a visit that are told of elsewhere or are still to come."""
    picks = _without_idle_circumstances(note, picks)
    reasons = [pick for pick in live(picks) if any(_kinds(m) for m in pick.mentions)]
    if not reasons:
        return picks
    others = any(not all("listed" in m.term.flags for m in pick.mentions) for pick in live(picks))
    screened = any(
        pick.code.startswith(_SCREENINGS + _WITH_SCREENINGS)
        and any(_counts(note, m, others) for m in pick.mentions)
        for pick in reasons
    )
    out = dict(picks)
    for pick in reasons:
        kept = tuple(m for m in pick.mentions if _counts(note, m, others))
        if not kept and screened and pick.code.startswith(_SCREENINGS):
            kept = tuple(
                m for m in pick.mentions if m.affirmed and not _ordered(note, m) and not _of_then(note, m)
            )
        if not kept:
            text = "told of or ordered, and not what this visit was for"
            out[pick.code] = pick.drop(guideline("Section IV.A", text))
        elif len(kept) < len(pick.mentions):
            out[pick.code] = evolve(pick, mentions=kept)
    return out


def _without_idle_circumstances(note: Note, picks: Picks) -> Picks:
    """The picks without social circumstances that are told in passing and that nothing is done about (I.B.14)."""
    social = [
        pick
        for pick in live(picks)
        if "Z55" <= pick.code[:3] <= "Z65"
        and not pick.diagnostic
        # Where one without a home goes weighs on every plan.
        and not pick.code.startswith("Z59.0")
    ]
    if not social or _acted_on(note):
        return picks
    out = dict(picks)
    for pick in social:
        text = "told of, and nothing is done about it"
        out[pick.code] = pick.drop(guideline("Section I.B.14", text))
    return out


def _acted_on(note: Note) -> bool:
    """Whether what is planned has to do with how the patient lives."""
    return any(
        _HELP.intersection(note.words.forms[section.first : section.last])
        for section in note.sections
        if section.kind in DIAGNOSTIC | _PLANS
    )


def _counts(note: Note, mention: Mention, others: bool) -> bool:
    flags = _kinds(mention)
    if _of_a_past_year(note, mention) or _treats_another(note, mention):
        return False
    if not flags or _done_today(note, mention):
        return True
    if mention.section in _TOLD_IN and _come_for(note, mention):
        return True
    if _opens_unlisted(note, mention) or _titles_note(note, mention):
        return True
    late = mention.section in _OPENING and mention.first > _OPENING_WORDS
    if late or ("reason" in flags and mention.section == "hpi"):
        return False
    places = _WHY if "reason" in flags else (frozenset() if others else _OPENING)
    if (
        others
        and mention.section in DIAGNOSTIC
        and (_told_behind(note, mention) or _planned_behind(note, mention))
    ):
        return False
    return mention.section in DIAGNOSTIC | places and not _ordered(note, mention)


def _told_behind(note: Note, mention: Mention) -> bool:
    """Whether an examination opens a later sentence of a problem's line ("Bone metastases. Dental exam first")."""
    if not mention.term.name.startswith(_BESIDE):
        return False
    lines = note.words.lines
    line = lines[max(0, bisect_right(lines, mention.first, key=lambda one: one[0]) - 1)]
    sentence = note.sentence_at(mention.first)
    return sentence.first > line[0] and mention.first - sentence.first <= 1


def _planned_behind(note: Note, mention: Mention) -> bool:
    """Whether an examination or a certificate stands behind a disease of the list, and was not made today.

    "1. Ulcerative colitis. ... 3. Annual skin check", "Colles fracture ... Work note": what the plan adds.
    """
    if not mention.term.name.startswith(_ADDED):
        return False
    sentence = note.sentence_at(mention.first)
    words = note.words.forms[sentence.first : sentence.last]
    return _MADE.isdisjoint(words) and note.once(_first_listed_disease) < mention.first


def _first_listed_disease(note: Note) -> int:
    """The first word of the first list of diagnoses where its first line names no examination, else past the end."""
    section = next((one for one in note.sections if one.kind in DIAGNOSTIC), None)
    if section is None:
        return len(note.words.forms)
    opening = note.words.forms[section.first : section.first + _OPENING_OF_LIST]
    return len(note.words.forms) if _EXAMINED.intersection(opening) else section.first + _OPENING_OF_LIST


def _of_a_past_year(note: Note, mention: Mention) -> bool:
    """Whether a device is told with the year it was put in ("IUD placed 2018")."""
    if not mention.term.name.startswith(_DEVICES):
        return False
    after = note.words.forms[mention.last : mention.last + 3]
    return any(len(form) == 4 and form.isdecimal() and form.startswith(("19", "20")) for form in after)


def _of_then(note: Note, mention: Mention) -> bool:
    """Whether the words tell a result of another day ("last pap 2021 nl, HPV neg")."""
    sentence = note.sentence_at(mention.first)
    return bool(_THEN.intersection(note.words.forms[sentence.first : sentence.last]))


def _treats_another(note: Note, mention: Mention) -> bool:
    """Whether a pill is begun for a disease of the line above it, and not against pregnancy ("PCOS ... Start COC")."""
    if not mention.term.name.startswith("Z30.01") or note.words.forms[mention.first] not in _BEGUN:
        return False
    sentence = note.sentence_at(mention.first)
    return not _AGAINST_PREGNANCY.intersection(note.words.forms[max(0, sentence.first - 12) : sentence.last])


def _opens_unlisted(note: Note, mention: Mention) -> bool:
    """Whether it opens a sentence of a note that has no list of diagnoses ("Sports physical, cleared.")."""
    if mention.section not in _UNLISTED or mention.first - note.sentence_at(mention.first).first > 1:
        return False
    examined = mention.term.name.startswith(_EXAMINATIONS) and not mention.term.name.startswith("Z02.7")
    return examined and not note.once(_has_list) and not _ordered(note, mention)


def _titles_note(note: Note, mention: Mention) -> bool:
    """Whether an examination is the title over the whole note ("Yearly physical, 49M, commercial plan")."""
    return mention.first <= 1 and mention.section in _OPENING and mention.term.name.startswith(_EXAMINATIONS)


def _has_list(note: Note) -> bool:
    return any(section.kind in DIAGNOSTIC for section in note.sections)


def _done_today(note: Note, mention: Mention) -> bool:
    """Whether a device against pregnancy was put in or taken out at this visit ("implant placed in the arm today")."""
    if not mention.term.name.startswith(_DEVICES) or mention.section in _ELSEWHERE:
        return False
    sentence = note.sentence_at(mention.first)
    forms = note.words.forms[sentence.first : sentence.last]
    return _TODAY.issubset(forms) and not _ORDERED.intersection(
        note.words.forms[mention.first - 3 : mention.first]
    )


def _kinds(mention: Mention) -> frozenset[str]:
    """Whether a mention counts as "listed" or as a "reason" only; empty where it counts anywhere."""
    flags = mention.term.flags & _FLAGS
    if (
        not flags
        and "encounter" in mention.term.flags
        and mention.term.name.startswith(_VISITS)
        and mention.term.name != "Z30.2"
    ):
        return frozenset(("reason",))
    return flags


def _come_for(note: Note, mention: Mention) -> bool:
    """Whether the words before say that the patient came for it, and none that it was another day."""
    first = max(note.sentence_at(mention.first).first, mention.first - _CAME)
    return bool(_WANTED.intersection(note.words.forms[first : mention.first])) and not _ordered(note, mention)


def _ordered(note: Note, mention: Mention) -> bool:
    """Whether the words close by say that it is to be done, or was done before."""
    forms = note.words.forms
    before = forms[max(0, mention.first - _REACH) : mention.first]
    after = forms[mention.last : mention.last + _REACH]
    if after[:2] == ["prior", "to"]:
        after = []
    near = _up_to_mark(reversed(before)) + _up_to_mark(after)
    return bool(_ORDERED.intersection(near))


def _up_to_mark(forms: Iterable[str]) -> list[str]:
    found: list[str] = []
    for form in forms:
        if form in MARKS:
            break
        found.append(form)
    return found
