"""Situations of 270 and 271 (SNIP type 4), by 005010X279A1: who can be found, what is asked, what is answered."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.x12.inquiries.code_words import code_list
from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.rules.rule import Case, Rule
from cleanclaim.x12.syntax.amounts import parse_quantity
from cleanclaim.x12.syntax.formats import first_day
from cleanclaim.x12.syntax.reader import Segment

_ASK = "ask the sender to correct it"
_ORIGINS = frozenset("139")
_MONEY = frozenset("BCGY")
_SPANS = (("346", "347"), ("356", "357"), ("340", "341"), ("348", "349"), ("193", "194"))


def search_data(level: Instance, case: Case) -> None:
    """Source: 005010X279A1 1.4.8: the patient is found by member id, or by name and birth date."""
    letter = level.spec.id[-1]
    name = level.one(f"2100{letter}")
    if name is None:
        return
    nm1 = name.opener()
    known = nm1.get(3) and name.value("DMGD8", 2)
    if nm1.get(9) or known or (letter == "C" and level.opener().get(4) == "1"):
        return
    case.say(
        4,
        "SEARCH-DATA",
        "neither a member number nor name and birth date: nobody can be found by that",
        "give the member number, or the name and the birth date",
        nm1,
        "NM109",
        name.spec.id,
    )


def something_asked(level: Instance, case: Case) -> None:
    """Source: 005010X279A1 2110C: a subscriber who is the patient is asked about."""
    name = level.one("2100C")
    if level.opener().get(4) == "0" and name is not None and name.one("2110C") is None:
        case.say(
            4,
            "NOTHING-ASKED",
            "nothing is asked about the subscriber, and no dependent follows",
            "ask for a service type, such as 30",
            level.opener(),
            "HL04",
            "2110C",
        )


def trace_origin(level: Instance, case: Case) -> None:
    """Source: 005010X279A1 and X217 TRN03: 1 and an EIN, 3 and a DUNS, or 9 and a number of one's own."""
    for trn in level.all("TRN"):
        if trn.get(3) and trn.get(3)[0] not in _ORIGINS:
            case.say(
                4,
                "TRACE-ORIGIN",
                "the originator of the trace (TRN03) does not begin with 1, 3 or 9",
                "put 1 before an EIN, 3 before a DUNS, 9 before a number of your own",
                trn,
                "TRN03",
                level.spec.id,
            )


def something_answered(level: Instance, case: Case) -> None:
    """Source: 005010X279A1 2110C, AAA: a subscriber without dependents has benefits or a reason why not."""
    letter = level.spec.id[-1]
    name = level.one(f"2100{letter}")
    if name is None or level.opener().get(4) == "1":
        return
    refused, answered = "AAAN" in name.at, name.one(f"2110{letter}") is not None
    if not refused and not answered:
        case.say(
            4,
            "NO-ANSWER",
            "neither a benefit (EB) nor a reason why not (AAA) is given",
            _ASK,
            name.opener(),
            "EB",
        )
    if refused and answered:
        case.say(
            4,
            "REFUSED-AND-ANSWERED",
            "the request about this person is refused (AAA), yet benefits are told",
            _ASK,
            name.at["AAAN"],
            "AAA03",
            name.spec.id,
        )


def refusals(here: Instance, case: Case) -> None:
    """Source: 005010X279A1 AAA03, AAA04: what to do fits the reason."""
    for aaa in here.all("AAA"):
        if aaa.get(3) and aaa.get(3) not in code_list("refusal"):
            case.say(
                5,
                "REFUSAL-CODE",
                "the reason of the refusal (AAA03) is no code of its list",
                _ASK,
                aaa,
                "AAA03",
                here.spec.id,
            )
        fit = code_list("refusal-follow-up").get(aaa.get(3))
        if fit is not None and aaa.get(4) and aaa.get(4) not in fit.split():
            case.say(
                4,
                "FOLLOW-UP",
                f"the follow-up (AAA04) does not fit reason {aaa.get(3)[:2]} (AAA03)",
                _ASK,
                aaa,
                "AAA04",
                here.spec.id,
                severity="warning",
            )


def benefit_amounts(benefit: Instance, case: Case) -> None:
    """Source: 005010X279A1 EB07, EB08: money or a percentage, never both; each where its kind asks for it."""
    eb = benefit.opener()
    kind, cents, percent = eb.get(1), eb.get(7), eb.get(8)
    if cents and percent:
        case.say(
            4,
            "AMOUNT-AND-PERCENT",
            "a benefit is an amount (EB07) or a percentage (EB08), not both",
            _ASK,
            eb,
            "EB08",
        )
    share = parse_quantity(percent) if percent else None
    if share is not None and not 0 <= share <= 1:
        case.say(
            4,
            "PERCENT",
            "the percentage (EB08) is not between 0 and 1: 0.2 is 20 %",
            "write it as a share of 1",
            eb,
            "EB08",
            severity="warning" if share > 0 else "error",
        )
    missing = ("EB08", "a percentage") if kind == "A" and not percent else ("", "")
    if kind in _MONEY and not cents and not percent:
        missing = ("EB07", "an amount")
    if missing[0]:
        case.say(
            4,
            "BENEFIT-VALUE",
            f"a benefit of kind {kind} has no value: {missing[1]} ({missing[0]}) is missing",
            _ASK,
            eb,
            missing[0],
            severity="warning",
        )


def related_entities(benefit: Instance, case: Case) -> None:
    """Source: 005010X279A1 2120C: LS before the first entity and LE behind the last; EB01 U names whom to ask."""
    if len(benefit.segments) == 1 and not benefit.kids and benefit.opener().get(1) != "U":
        return
    entity = benefit.one("2120C" if benefit.spec.id == "2110C" else "2120D")
    begins, ends = next(benefit.all("LS"), None), next(benefit.all("LE"), None)
    if (begins is None) is not (ends is None) or (entity is not None and begins is None):
        at = begins or ends or (entity.opener() if entity is not None else benefit.opener())
        case.say(
            4, "LOOP-BRACKET", "LS and LE do not stand around the entities of the benefit", _ASK, at, "LS"
        )
    if begins is not None and entity is None:
        case.say(4, "LOOP-BRACKET", "LS announces an entity, and none follows", _ASK, begins, "LS01")
    if benefit.opener().get(1) == "U" and entity is None:
        case.say(
            4,
            "ENTITY-MISSING",
            "another entity is to be asked (EB01 U), and it is not named",
            _ASK,
            benefit.opener(),
            "EB01",
        )


def spans(here: Instance, case: Case) -> None:
    """Source: 005010X279A1 DTP: what begins does so before it ends."""
    if len(here.segments) <= 2:  # one date beside the segment that opens the loop
        return
    days = {dtp.get(1): (first_day(dtp.get(3)), dtp) for dtp in _dates(here)}
    for first, last in _SPANS:
        began, ended = days.get(first), days.get(last)
        if began and ended and began[0] and ended[0] and ended[0] < began[0]:
            case.say(
                4,
                "DATE-ORDER",
                f"date {last} lies before date {first}",
                _ASK,
                ended[1],
                "DTP03",
                here.spec.id,
            )


def _dates(here: Instance) -> Iterator[Segment]:
    return here.all("DTP")


INQUIRY_RULES: dict[str, tuple[Rule, ...]] = {
    "2000C": (search_data, something_asked, trace_origin),
    "2000D": (search_data, trace_origin),
}
ANSWER_RULES: dict[str, tuple[Rule, ...]] = {
    "2000A": (refusals,),
    "2100A": (refusals,),
    "2100B": (refusals,),
    "2000C": (something_answered, trace_origin),
    "2000D": (something_answered, trace_origin),
    "2100C": (refusals, spans),
    "2100D": (refusals, spans),
    "2110C": (benefit_amounts, related_entities, refusals, spans),
    "2110D": (benefit_amounts, related_entities, refusals, spans),
}
