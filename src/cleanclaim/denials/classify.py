"""One verdict from the adjustments and remarks of a claim or a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum

from attrs import frozen

from cleanclaim.claims.adjustment import Adjustment, AdjustmentGroup
from cleanclaim.claims.reasons import AdjustmentReason, BillPatient, Treatment, reason_table
from cleanclaim.claims.remittance import RemittedClaim
from cleanclaim.denials.remarks import Remark, remark
from cleanclaim.kernel.because import Because
from cleanclaim.kernel.money import Cents, format_usd

_DENIED_STATUS = "4"


class Action(StrEnum):
    """What to do next."""

    NONE = "NONE"
    PATIENT = "PATIENT"
    SECONDARY = "SECONDARY"
    CORRECT7 = "CORRECT7"
    NEW1 = "NEW1"
    VOID8 = "VOID8"
    APPEAL = "APPEAL"
    RECORDS = "RECORDS"
    REROUTE = "REROUTE"
    ELIG = "ELIG"
    VERIFY = "VERIFY"
    WRITEOFF = "WRITEOFF"
    PHONE = "PHONE"
    RECOUP = "RECOUP"


class PatientMayBeBilled(StrEnum):
    """Whether the patient may be asked for it: yes, no, or only after a person has looked."""

    YES = "yes"
    NO = "no"
    REVIEW = "review"


@frozen(kw_only=True)
class DenialVerdict:
    """What an answer means and what to do.

    ``group`` and ``reason`` name the adjustment that decides; ``cents`` is what all refused (or, where none
    is refused, unknown) adjustments make. ``needs_review`` is set where a code is not known or nothing
    explains the refusal: such an amount is never safe to take off. ``actions`` are in order, ``next_action``
    the first. ``fields`` are the places of the claim that the remarks point at.
    """

    is_denial: bool
    category: str
    who_fixes: str
    next_action: Action
    actions: tuple[Action, ...]
    advice: str
    bill_patient: PatientMayBeBilled
    needs_review: bool = False
    group: str = ""
    reason: str = ""
    cents: Cents = 0
    fields: tuple[str, ...] = ()
    because: tuple[Because, ...] = ()


@frozen
class _Read:
    """An adjustment with the meaning of its reason, None where it is not known."""

    adjustment: Adjustment
    reason: AdjustmentReason | None

    def weight(self) -> Cents:
        return abs(self.adjustment.cents)


def classify(
    adjustments: Iterable[Adjustment],
    remarks: Iterable[str],
    on: dt.date,
    *,
    has_next_payer: bool = False,
    takes_replacements: bool = True,
) -> DenialVerdict:
    """Say what a set of adjustments means on the day of the remittance.

    The largest refusal decides; ordinary reductions and the patient's share are no denial. A code that is
    not known is never taken for an ordinary reduction. ``takes_replacements`` is the payer's setting: off,
    a correction is a new claim (Medicare Part B), on, it replaces with frequency 7.
    """
    read = [_Read(item, reason_table().find(item.reason, on)) for item in adjustments if item.cents]
    said = tuple(one for one in map(remark, dict.fromkeys(remarks)) if one is not None)
    refused = [one for one in read if one.reason is not None and one.reason.is_denial()]
    unknown = [one for one in read if one.reason is None or one.adjustment.group not in set(AdjustmentGroup)]
    if refused:
        return _verdict(max(refused, key=_Read.weight), refused, said, takes_replacements, bool(unknown))
    if unknown:
        return _unknown(unknown)
    return _ordinary(read, has_next_payer)


def classify_claim(remitted: RemittedClaim, on: dt.date, *, has_next_payer: bool = False) -> DenialVerdict:
    """The verdict on a whole claim payment; one refused (CLP02 = 4) without a refusing reason is reviewed."""
    lines = (code for line in remitted.lines for code in line.remarks)
    verdict = classify(
        remitted.all_adjustments(), (*remitted.remarks, *lines), on, has_next_payer=has_next_payer
    )
    if remitted.status != _DENIED_STATUS or verdict.is_denial:
        return verdict
    return DenialVerdict(
        is_denial=True,
        category="unexplained",
        who_fixes="biller",
        next_action=Action.PHONE,
        actions=(Action.PHONE,),
        advice="The claim is refused, but no reason on it says why: ask the payer.",
        bill_patient=PatientMayBeBilled.REVIEW,
        needs_review=True,
        cents=sum(item.cents for item in remitted.all_adjustments()),
        because=(Because("The claim's status is denied and none of its reasons is a refusal"),),
    )


def _verdict(
    root: _Read,
    refused: Sequence[_Read],
    said: Sequence[Remark],
    takes_replacements: bool,
    needs_review: bool,
) -> DenialVerdict:
    reason = root.reason
    if reason is None:
        return _unknown(refused)
    may_bill = _may_bill(root.adjustment.group, reason, said)
    actions = _actions(reason, said, takes_replacements, may_bill)
    return DenialVerdict(
        is_denial=True,
        category=reason.category,
        who_fixes=reason.fixer,
        next_action=actions[0],
        actions=actions,
        advice=" ".join((reason.advice, *(f"{one.code}: {one.says}." for one in said))),
        bill_patient=may_bill,
        needs_review=needs_review,
        group=root.adjustment.group,
        reason=root.adjustment.reason,
        cents=sum(one.adjustment.cents for one in refused),
        fields=tuple(dict.fromkeys(one.field for one in said if one.field)),
        because=tuple(_because(one) for one in refused),
    )


def _actions(
    reason: AdjustmentReason, said: Sequence[Remark], takes_replacements: bool, may_bill: PatientMayBeBilled
) -> tuple[Action, ...]:
    actions = [Action(code) for code in reason.actions]
    if may_bill is PatientMayBeBilled.NO:
        actions = [one for one in actions if one is not Action.PATIENT] or [Action.VERIFY]
    if any(one.new_claim for one in said):
        return (Action.NEW1,)
    if any(one.no_appeal for one in said):
        actions = [one for one in actions if one is not Action.APPEAL] or [Action.VERIFY]
    if not takes_replacements:
        actions = [Action.NEW1 if one is Action.CORRECT7 else one for one in actions]
    return tuple(dict.fromkeys(actions))


def _may_bill(group: str, reason: AdjustmentReason, said: Sequence[Remark]) -> PatientMayBeBilled:
    if group == AdjustmentGroup.CONTRACTUAL or any(one.protected for one in said):
        return PatientMayBeBilled.NO
    if reason.patient_owes(group):
        return PatientMayBeBilled.YES
    if reason.bill_patient is BillPatient.REVIEW or group == AdjustmentGroup.PATIENT:
        return PatientMayBeBilled.REVIEW
    return PatientMayBeBilled.NO


def _unknown(unknown: Sequence[_Read]) -> DenialVerdict:
    root = max(unknown, key=_Read.weight)
    return DenialVerdict(
        is_denial=False,
        category="unknown",
        who_fixes="posting",
        next_action=Action.VERIFY,
        actions=(Action.VERIFY, Action.PHONE),
        advice="This code is not in the table: read it in the payer's list, then add it or ask the payer.",
        bill_patient=PatientMayBeBilled.REVIEW,
        needs_review=True,
        group=root.adjustment.group,
        reason=root.adjustment.reason,
        cents=sum(one.adjustment.cents for one in unknown),
        because=tuple(_because(one) for one in unknown),
    )


def _ordinary(read: Sequence[_Read], has_next_payer: bool) -> DenialVerdict:
    share = [one for one in read if one.reason is not None and one.reason.patient_owes(one.adjustment.group)]
    held = [one for one in read if one.reason is not None and one.reason.treatment is Treatment.HOLD]
    root = max(held or share or read, key=_Read.weight, default=None)
    if root is None or root.reason is None:
        return DenialVerdict(
            is_denial=False,
            category="none",
            who_fixes="nobody",
            next_action=Action.NONE,
            actions=(Action.NONE,),
            advice="Nothing was taken off.",
            bill_patient=PatientMayBeBilled.NO,
        )
    actions = tuple(Action(code) for code in root.reason.actions)
    if root in share and not held:
        actions = (Action.SECONDARY,) if has_next_payer else (Action.PATIENT,)
    return DenialVerdict(
        is_denial=False,
        category=root.reason.category,
        who_fixes=root.reason.fixer,
        next_action=actions[0],
        actions=actions,
        advice=root.reason.advice,
        bill_patient=PatientMayBeBilled.YES if share and not held else PatientMayBeBilled.NO,
        needs_review=bool(held),
        group=root.adjustment.group,
        reason=root.adjustment.reason,
        because=tuple(_because(one) for one in read),
    )


def _because(one: _Read) -> Because:
    said = f"{one.adjustment.group} {one.adjustment.reason} {format_usd(one.adjustment.cents)}"
    if one.reason is None:
        return Because(f"{said}: this code is not known")
    verify = " (recalled, verify)" if one.reason.checked == "recalled" else ""
    return Because(f"{said}: {one.reason.label}{verify}", reason_table().citation)
