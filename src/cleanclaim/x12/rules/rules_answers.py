"""SNIP types 3 and 4 of 999 and 277CA: verdicts and counts that fit each other."""

from __future__ import annotations

from collections.abc import Mapping

from cleanclaim.kernel.money import format_cents
from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.rules.rule import Case, Rule
from cleanclaim.x12.syntax.amounts import parse_amount
from cleanclaim.x12.syntax.formats import whole_number
from cleanclaim.x12.syntax.reader import Segment

_ASK = "ask the sender to correct it"
_FAULTY = {"R": "rejected", "E": "accepted with errors"}


def set_verdict(answer: Instance, case: Case) -> None:
    """Source: 005010X231A1 IK5: count the sets answered, by verdict."""
    case.sums["sets"] = case.sums.get("sets", 0) + 1
    verdict = answer.value("IK5A", 1)
    if verdict in {"A", "E"}:
        case.sums["accepted"] = case.sums.get("accepted", 0) + 1
    if verdict == "A" and any(kid.spec.id == "2100" for kid in answer.kids):
        case.say(
            4,
            "VERDICT",
            "the set is accepted without errors (IK501 is A), but errors are listed",
            _ASK,
            answer.at["IK5A"],
            "IK501",
            "2000",
        )


def set_reason(answer: Instance, case: Case) -> None:
    """Source: 005010X231A1 IK502, IK304: a rejected set says why; a segment with faulty elements names them."""
    ik5 = answer.at.get("IK5A")
    if ik5 is not None and ik5.get(1) in _FAULTY and not ik5.get(2) and not any(answer.below("2100")):
        wrong = f"the set is {_FAULTY[ik5.get(1)]}, and nothing says why (IK502, IK3)"
        case.say(4, "REASON", wrong, _ASK, ik5, "IK502", "2000")
    for segment in answer.below("2100"):
        ik3 = segment.opener()
        named = segment.one("2110") is not None
        if ik3.get(4) == "8" and not named:
            case.say(
                4,
                "ELEMENTS",
                "elements of the segment are in error (IK304), and none is named",
                _ASK,
                ik3,
                "IK304",
            )
        if named and ik3.get(4) not in {"", "8"}:
            case.say(
                4, "ELEMENTS", "elements are named (IK4) for another fault than theirs", _ASK, ik3, "IK304"
            )


def interchange_verdict(top: Instance, case: Case) -> None:
    """Source: 005010X231A1 appendix C, TA104 and TA105: accepted without a fault, rejected for one."""
    ta1 = top.at.get("TA1")
    if ta1 is None:
        return
    verdict, code = ta1.get(4), ta1.get(5)
    if verdict == "A" and code != "000":
        case.say(
            4, "VERDICT", "the interchange is accepted (TA104), yet a fault is named", _ASK, ta1, "TA105"
        )
    if verdict == "R" and code == "000":
        case.say(4, "VERDICT", "the interchange is rejected (TA104) for no fault", _ASK, ta1, "TA105")


def _group_code(ak9: Segment, accepted: int, received: int, case: Case) -> None:
    """AK901 by how many sets were accepted: some of them P, all of them A or E, none of them R, M, W or X."""
    verdict = ak9.get(1)
    wrong = verdict == "P" and not 0 < accepted < received
    wrong = wrong or (verdict == "E" and accepted != received)
    wrong = wrong or (verdict in {"R", "M", "W", "X"} and accepted > 0)
    if wrong:
        case.say(
            4,
            "VERDICT",
            f"the verdict on the group (AK901) does not fit {accepted} accepted sets of {received}",
            _ASK,
            ak9,
            "AK901",
        )


def group_verdict(top: Instance, case: Case) -> None:
    """Source: 005010X231A1 AK9: the counts of the group are those of its answers, and its verdict fits them."""
    ak9 = top.at.get("AK9A")
    if ak9 is None:
        return
    included, received, accepted = (whole_number(ak9.get(place)) for place in (2, 3, 4))
    if received is None or accepted is None:
        return
    _group_code(ak9, accepted, received, case)
    wrong = _wrong_count(case.sums, accepted, received)
    if wrong:
        case.say(3, "GROUP-COUNT", wrong[1], _ASK, ak9, wrong[0])
    if included is not None and included != received and not ak9.get(5):
        case.say(
            4,
            "GROUP-COUNT",
            f"AK902 counts {included} sets sent, AK903 {received} received, and no fault of the group is named (AK905)",
            _ASK,
            ak9,
            "AK905",
            severity="warning",
        )
    if ak9.get(1) == "A" and accepted != received:
        case.say(
            4,
            "VERDICT",
            "the group is accepted (AK901 is A), but not all of its sets are",
            _ASK,
            ak9,
            "AK901",
        )


def _wrong_count(sums: Mapping[str, int], accepted: int, received: int) -> tuple[str, str] | None:
    """Which count of AK9 cannot be, by the sets that are answered (AK2 to IK5); not every set need be."""
    sets, fine = sums.get("sets", 0), sums.get("accepted", 0)
    if accepted > received:
        return "AK904", "more sets were accepted than received (AK904, AK903)"
    if sets > received:
        return "AK903", f"AK903 counts {received} sets received, {sets} are answered"
    if sets and sets == received and accepted != fine:
        return "AK904", f"AK904 counts {accepted} accepted sets, the answers say {fine}"
    if accepted < fine or accepted > received - (sets - fine):
        return (
            "AK904",
            f"AK904 counts {accepted} accepted sets of {received}, the answers say {fine} of {sets}",
        )
    return None


def claim_answer(claim: Instance, case: Case) -> None:
    """Source: 005010X214 2200D: add up what is accepted and what is rejected, for the levels above."""
    stc = claim.at.get("STC")
    if stc is None:
        return
    charge = parse_amount(stc.get(4))
    side = "rejected" if stc.get(3) == "U" else "accepted"
    for scope in ("receiver", "provider"):
        case.sums[f"{scope}-{side}"] = case.sums.get(f"{scope}-{side}", 0) + 1
        case.sums[f"{scope}-{side}-cents"] = case.sums.get(f"{scope}-{side}-cents", 0) + (charge or 0)
    if stc.get(3) == "WQ" and stc.component(1, 1) in {"A3", "A6", "A7", "A8"}:
        case.say(
            4,
            "ACTION",
            "the claim is accepted (STC03 is WQ) under a category that rejects",
            _ASK,
            stc,
            "STC03",
            "2200D",
        )
    case.values.settle(case.written_on)


def _counts(level: Instance, case: Case, scope: str, name: str, keys: tuple[str, str]) -> None:
    kid = level.one(name)
    if kid is not None:
        for side, key, money in (("accepted", keys[0], "AMTYU"), ("rejected", keys[1], "AMTYY")):
            counted, told = case.sums.get(f"{scope}-{side}", 0), kid.at.get(key)
            if told is not None and whole_number(told.get(2)) not in {None, counted}:
                case.say(
                    3,
                    "CLAIM-COUNT",
                    f"{told.get(2)[:9]} claims {side} are told, {counted} are there",
                    _ASK,
                    told,
                    "QTY02",
                    name,
                )
            cents, amount = case.sums.get(f"{scope}-{side}-cents", 0), kid.at.get(money)
            said = parse_amount(amount.get(2)) if amount is not None else None
            if amount is not None and said is not None and said != cents:
                case.say(
                    3,
                    "CLAIM-CHARGES",
                    f"charges {side} are told as {format_cents(said)}, they sum to {format_cents(cents)}",
                    _ASK,
                    amount,
                    "AMT02",
                    name,
                )
    for side in ("accepted", "rejected"):
        case.sums.pop(f"{scope}-{side}", None)
        case.sums.pop(f"{scope}-{side}-cents", None)


def provider_counts(level: Instance, case: Case) -> None:
    """Source: 005010X214 2200C QTY and AMT."""
    _counts(level, case, "provider", "2200C", ("QTYQA", "QTYQC"))


def receiver_counts(level: Instance, case: Case) -> None:
    """Source: 005010X214 2200B QTY and AMT."""
    _counts(level, case, "receiver", "2200B", ("QTY90", "QTYAA"))


def settle(level: Instance, case: Case) -> None:
    """Code values of inquiries and their answers, as of the day the file was written."""
    case.values.settle(case.written_on)


SET_RULES: tuple[Rule, ...] = (set_verdict, set_reason)
GROUP_RULES: tuple[Rule, ...] = (group_verdict,)
INTERCHANGE_RULES: tuple[Rule, ...] = (interchange_verdict,)
CLAIM_RULES: tuple[Rule, ...] = (claim_answer,)
