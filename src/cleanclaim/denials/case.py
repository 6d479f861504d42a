"""A denial case: what was refused, how much, whose work it is, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from attrs import frozen

from cleanclaim.claims.adjustment import Adjustment, AdjustmentGroup
from cleanclaim.claims.parties import Payer
from cleanclaim.claims.reasons import reason_table
from cleanclaim.claims.remittance import RemittedClaim
from cleanclaim.denials.classify import Action, DenialVerdict, classify, classify_claim
from cleanclaim.denials.deadlines import Deadline, deadline_for
from cleanclaim.kernel.because import Because
from cleanclaim.kernel.money import Cents


@frozen(kw_only=True)
class DenialCase:
    """One refusal to work: one reason on one claim, with every line it stands on.

    ``lines`` are our line numbers, empty where the refusal stands at the claim. ``deadline`` is the last
    day for what the first action needs, None where no limit is known (``because`` then says so).
    """

    claim_id: str
    payer_id: str
    payer_claim_number: str
    lines: tuple[int, ...]
    cents_at_stake: Cents
    group: str
    reason: str
    category: str
    who_fixes: str
    next_action: Action
    opened_on: dt.date
    verdict: DenialVerdict
    deadline: Deadline | None = None
    remarks: tuple[str, ...] = ()
    because: tuple[Because, ...] = ()


@frozen
class _Refusal:
    """One refusing adjustment with the line it stands on."""

    adjustment: Adjustment
    line: int | None
    remarks: tuple[str, ...]


def open_cases(
    remitted: RemittedClaim,
    payer: Payer,
    remitted_on: dt.date,
    *,
    line_numbers: Sequence[int | None] = (),
    takes_replacements: bool = True,
    appeal_days: int | None = None,
) -> tuple[DenialCase, ...]:
    """The cases that a claim payment opens: one per refusing reason; none where nothing is refused.

    ``line_numbers`` are our numbers of the remitted lines, in their order (as the posting matched them).
    What is the patient's by group PR opens no case. A claim refused without a refusing reason opens one.
    A reversal opens none: the answer it takes back is gone.
    """
    if remitted.is_reversal():
        return ()
    refusals = _refusals(remitted, remitted_on, line_numbers)
    cases = []
    for named in dict.fromkeys((one.adjustment.group, one.adjustment.reason) for one in refusals):
        members = [one for one in refusals if (one.adjustment.group, one.adjustment.reason) == named]
        remarks = tuple(dict.fromkeys(code for one in members for code in one.remarks))
        verdict = classify(
            [one.adjustment for one in members], remarks, remitted_on, takes_replacements=takes_replacements
        )
        lines = tuple(dict.fromkeys(one.line for one in members if one.line is not None))
        cases.append(_case(remitted, payer, remitted_on, verdict, lines, remarks, appeal_days))
    if not cases and remitted.status == "4":
        verdict = classify_claim(remitted, remitted_on)
        if verdict.needs_review and verdict.cents:
            cases.append(_case(remitted, payer, remitted_on, verdict, (), remitted.remarks, appeal_days))
    return tuple(cases)


def _refusals(
    remitted: RemittedClaim, on: dt.date, line_numbers: Sequence[int | None]
) -> tuple[_Refusal, ...]:
    numbers = list(line_numbers) or list(range(1, len(remitted.lines) + 1))
    found = [_Refusal(item, None, remitted.remarks) for item in remitted.adjustments]
    for line, number in zip(remitted.lines, numbers, strict=True):
        found += [_Refusal(item, number, (*line.remarks, *remitted.remarks)) for item in line.adjustments]
    return tuple(one for one in found if one.adjustment.cents and _stays_refused(one.adjustment, on))


def _stays_refused(adjustment: Adjustment, on: dt.date) -> bool:
    reason = reason_table().find(adjustment.reason, on)
    known_group = adjustment.group in set(AdjustmentGroup)
    return (
        reason is not None
        and known_group
        and reason.is_denial()
        and not reason.patient_owes(adjustment.group)
    )


def _case(
    remitted: RemittedClaim,
    payer: Payer,
    remitted_on: dt.date,
    verdict: DenialVerdict,
    lines: tuple[int, ...],
    remarks: tuple[str, ...],
    appeal_days: int | None,
) -> DenialCase:
    event = "records" if verdict.next_action is Action.RECORDS else "appeal"
    contract_days = appeal_days if event == "appeal" else None
    deadline = deadline_for(payer.filing_indicator, remitted_on, event=event, contract_days=contract_days)
    deadline = deadline or deadline_for(payer.filing_indicator, remitted_on, contract_days=appeal_days)
    if deadline is None:
        limit = Because("No time limit is known for this kind of payer: enter the contract's")
    else:
        verify = "; verify before relying on it" if deadline.verify else ""
        limit = Because(f"Last day {deadline.due_on}: {deadline.note}{verify}", deadline.citation)
    return DenialCase(
        claim_id=remitted.claim_id,
        payer_id=payer.payer_id,
        payer_claim_number=remitted.payer_claim_number,
        lines=lines,
        cents_at_stake=verdict.cents,
        group=verdict.group,
        reason=verdict.reason,
        category=verdict.category,
        who_fixes=verdict.who_fixes,
        next_action=verdict.next_action,
        opened_on=remitted_on,
        verdict=verdict,
        deadline=deadline,
        remarks=remarks,
        because=(*verdict.because, limit),
    )
