"""The worklists: what waits, for which role, why, since when, until when, and for how much."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

from attrs import frozen

from cleanclaim.claims.lifecycle import ClaimState
from cleanclaim.kernel.money import format_usd
from cleanclaim.office.claims.models import ClaimRow, ClaimVersion
from cleanclaim.office.denials.models import DenialCaseRow
from cleanclaim.office.encounters.models import EncounterRow
from cleanclaim.office.money.balances import balances_of_claims, patient_due_cents
from cleanclaim.office.money.models import RemittedClaimRow
from cleanclaim.office.people.roles import Permission
from cleanclaim.office.registry.models import CoverageRow, PatientRow, PayerRow
from cleanclaim.office.web.words import ACTION_WORDS

AT_MOST = 200


@frozen
class Item:
    """One row of a worklist; ``why`` is the one reason it is here."""

    url: str
    name: str
    who: str
    what: str
    why: str
    state: str
    since: dt.date | None
    due: dt.date | None
    cents: int | None


@frozen
class Queue:
    """A worklist: its slug and key, the permission it needs, and where its rows come from."""

    slug: str
    title: str
    key: str
    permission: Permission
    rows: Callable[[], list[Item]]
    empty: str


def to_code() -> list[Item]:
    """Visits with a signed note that nobody has released yet, the one with the nearest filing limit first."""
    limits = filing_limits()
    items = []
    rows = (
        EncounterRow.objects.exclude(state="released")
        .select_related("patient")
        .order_by("first_date")[:AT_MOST]
    )
    for row in rows:
        payer = _first_payer(row.patient)
        days = limits.get(payer)
        items.append(
            Item(
                url=f"/visits/{row.encounter_id}/",
                name=row.encounter_id,
                who=_patient_name(row.patient),
                what=row.title,
                why=row.hold_reason or "signed note, not coded",
                state=row.state,
                since=row.first_date,
                due=row.last_date + dt.timedelta(days=days) if days else None,
                cents=None,
            )
        )
    return sorted(items, key=lambda item: (item.due or dt.date.max, item.since or dt.date.max))


_BILLING_WHY = {
    ClaimState.DRAFT: "not scrubbed yet",
    ClaimState.HELD: "an edit holds it",
    ClaimState.READY: "clean, waits to be sent",
    ClaimState.BATCHED: "in a file that has not left",
    ClaimState.SENT: "sent, no answer yet",
    ClaimState.FILE_ACCEPTED: "file accepted, the payer has not taken the claim yet",
    ClaimState.ACCEPTED: "accepted, waits for the payment",
    ClaimState.REJECTED: "rejected before the payer decided: correct it and send again",
}
_BILLING_ORDER = list(_BILLING_WHY)


def to_bill() -> list[Item]:
    """Claims between release and payment; those a person must touch first."""
    limits = filing_limits()
    states = [state.value for state in _BILLING_WHY]
    rows = (
        ClaimRow.objects.filter(state__in=states).select_related("patient").order_by("first_date")[:AT_MOST]
    )
    items = [_claim_item(row, _BILLING_WHY[ClaimState(row.state)], limits) for row in rows]
    first = [ClaimState.REJECTED.value, ClaimState.HELD.value, ClaimState.READY.value, ClaimState.DRAFT.value]
    return sorted(
        items,
        key=lambda item: (first.index(item.state) if item.state in first else 9, item.due or dt.date.max),
    )


def suspended() -> list[Item]:
    """Remitted claims whose money waits in suspense."""
    items = []
    rows = (
        RemittedClaimRow.objects.filter(outcome="suspended")
        .select_related("payment")
        .order_by("-id")[:AT_MOST]
    )
    for row in rows:
        if RemittedClaimRow.objects.filter(key=row.key, outcome="posted").exists():
            continue
        posting = json.loads(row.posting)
        why = posting["exceptions"][0]["message"] if posting["exceptions"] else "a person must look"
        items.append(
            Item(
                url=f"/payments/{row.payment_id}/",
                name=row.claim_id or "no claim number",
                who=row.payment.payer_name,
                what=f"payment {row.payment.trace}",
                why=why,
                state="suspended",
                since=row.payment.effective_on,
                due=None,
                cents=posting["paid_cents"],
            )
        )
    return items


def denied() -> list[Item]:
    """Open denial cases, the nearest deadline first."""
    rows = (
        DenialCaseRow.objects.filter(state="open")
        .select_related("claim__patient")
        .order_by("deadline")[:AT_MOST]
    )
    return [
        Item(
            url=f"/claims/{row.claim.claim_id}/",
            name=row.claim.claim_id,
            who=_patient_name(row.claim.patient),
            what=f"{row.category}: {ACTION_WORDS.get(row.next_action, row.next_action)}",
            why=row.advice,
            state=row.reasons,
            since=row.opened_on,
            due=row.deadline,
            cents=row.denied_cents,
        )
        for row in rows
    ]


def owing() -> list[Item]:
    """Patients who owe something now."""
    items = []
    for row in PatientRow.objects.order_by("last_name", "first_name"):
        due = patient_due_cents(row.patient_id)
        if due > 0:
            last = row.statements.order_by("-as_of").first()
            items.append(
                Item(
                    url=f"/patients/{row.patient_id}/",
                    name=row.patient_id,
                    who=_patient_name(row),
                    what=f"statement of {last.as_of:%m/%d/%Y}, {format_usd(last.due_cents)}"
                    if last
                    else "no statement yet",
                    why="the patient's share is open",
                    state="owing",
                    since=last.as_of if last else None,
                    due=None,
                    cents=due,
                )
            )
    return sorted(items, key=lambda item: -(item.cents or 0))[:AT_MOST]


QUEUES = (
    Queue("coding", "Coding", "c", Permission.CODE, to_code, "Every signed note is coded."),
    Queue("billing", "Billing", "b", Permission.BILL, to_bill, "No claim waits between release and payment."),
    Queue("payments", "Payments", "p", Permission.POST_PAYMENT, suspended, "Every remitted claim is posted."),
    Queue("denials", "Denials", "d", Permission.WORK_DENIAL, denied, "No denial is open."),
    Queue("patients", "Patients", "a", Permission.READ_ACCOUNT, owing, "No patient owes anything."),
)


def filing_limits() -> dict[str, int]:
    """Days from the last service to the filing limit, by payer."""
    limits = {}
    for row in PayerRow.objects.all():
        days = row.profile_fields().get("timely_filing_days")
        if days:
            limits[row.payer_id] = days
    return limits


def _claim_item(row: ClaimRow, why: str, limits: dict[str, int]) -> Item:
    version = ClaimVersion.objects.get(claim=row, version=row.version).read()
    balance = balances_of_claims(claim_id=row.claim_id).get(row.claim_id)
    days = limits.get(row.payer_id)
    last = version.last_service_date()
    return Item(
        url=f"/claims/{row.claim_id}/",
        name=row.claim_id,
        who=_patient_name(row.patient),
        what=f"{version.coverage.payer.name}, version {row.version}",
        why=why,
        state=row.state,
        since=last,
        due=last + dt.timedelta(days=days) if days else None,
        cents=balance.insurance_cents if balance else version.charge_cents(),
    )


def _first_payer(patient: PatientRow) -> str:
    row = CoverageRow.objects.filter(patient=patient).order_by("id").first()
    return row.payer_id if row else ""


def _patient_name(row: PatientRow) -> str:
    return f"{row.last_name}, {row.first_name}"
