"""The practice at a glance: one row a visit, and the figures a manager asks for, all from the ledger and events."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from attrs import frozen

from cleanclaim.ledger import ClaimBalance
from cleanclaim.office.claims.models import ClaimEvent, ClaimRow, ClaimVersion, ScrubRow
from cleanclaim.office.denials.models import DenialCaseRow
from cleanclaim.office.encounters.coding import DIAGNOSIS
from cleanclaim.office.encounters.models import EncounterRow
from cleanclaim.office.money.balances import balances_of_claims


@frozen
class VisitRow:
    """One visit: what was coded, what was claimed, expected and paid, who owes what now.

    ``expected_cents`` is what the first payer should pay by contract, None without a contract or a price.
    ``said`` is the one thing worth knowing, such as a denial or an underpayment.
    """

    encounter_id: str
    service_date: dt.date
    title: str
    payer: str
    diagnoses: tuple[str, ...]
    services: tuple[str, ...]
    claim: str
    charge_cents: int
    expected_cents: int | None
    paid_cents: int
    adjusted_cents: int
    insurance_cents: int
    patient_cents: int
    state: str
    said: str


@frozen
class Figure:
    """A rate with its numerator and denominator, so that nobody has to believe it."""

    name: str
    part: int
    whole: int
    money: bool = False

    def percent(self) -> str:
        """The rate, or a dash where there is nothing to divide by."""
        return "-" if not self.whole else f"{100 * self.part / self.whole:.1f} %"


def visit_rows() -> list[VisitRow]:
    """Every visit of the present tenant, in the order of its number."""
    balances = balances_of_claims()
    return [_row(encounter, balances) for encounter in EncounterRow.objects.order_by("encounter_id")]


def figures() -> list[Figure]:
    """The measures of the cockpit: each with what it counts."""
    scrubbed = ScrubRow.objects.filter(version__version=1)
    clean = scrubbed.filter(verdict="clean").count()
    answered = ClaimRow.objects.filter(events__kind__in=["paid", "partly-denied", "denied"]).distinct()
    denied = answered.filter(events__kind__in=["partly-denied", "denied"]).distinct()
    balances = balances_of_claims().values()
    charged = sum(item.charge_cents for item in balances)
    adjusted = sum(item.adjusted_cents for item in balances)
    paid = sum(item.paid_cents for item in balances)
    refused = sum(DenialCaseRow.objects.filter(state="open").values_list("denied_cents", flat=True))
    sent = ClaimRow.objects.filter(events__kind="sent").distinct().count()
    rejected = (
        ClaimRow.objects.filter(events__kind__in=["claim-rejected", "file-rejected"]).distinct().count()
    )
    return [
        Figure("Clean at first scrub", clean, scrubbed.count()),
        Figure("Rejected before the payer decided", rejected, sent),
        Figure("Denied in whole or in part, by claims", denied.count(), answered.count()),
        Figure("Denied and open, by charges", refused, charged, money=True),
        Figure("Net collection", paid, charged - adjusted, money=True),
    ]


def _row(encounter: EncounterRow, balances: dict[str, ClaimBalance]) -> VisitRow:
    claim = encounter.claims.first()
    balance = balances.get(encounter.encounter_id) or ClaimBalance(claim_id=encounter.encounter_id)
    release = encounter.releases.order_by("-version").first()
    coded = release.coded() if release else None
    first = ClaimVersion.objects.filter(claim=claim).order_by("version").first() if claim else None
    return VisitRow(
        encounter_id=encounter.encounter_id,
        service_date=encounter.first_date,
        title=encounter.title,
        payer=first.read().coverage.payer.name if first else "self-pay",
        diagnoses=tuple(item.code for item in coded.diagnoses) if coded else _open_codes(encounter),
        services=_services(coded) if coded else (),
        claim=f"{claim.claim_id} v{claim.version}" if claim else "",
        charge_cents=balance.charge_cents,
        expected_cents=_expected(first),
        paid_cents=balance.paid_cents,
        adjusted_cents=balance.adjusted_cents,
        insurance_cents=balance.insurance_cents,
        patient_cents=balance.patient_cents,
        state=claim.state if claim else _state_without_claim(encounter, balance),
        said=_said(claim),
    )


def _open_codes(encounter: EncounterRow) -> tuple[str, ...]:
    rows = encounter.suggestions.filter(system=DIAGNOSIS, status="suggested")
    return tuple(f"{row.code}?" for row in rows)


def _services(coded: Any) -> tuple[str, ...]:
    lines = ["-".join((line.code or f"rev {line.revenue_code}", *line.modifiers)) for line in coded.charges]
    procedures = [item.code for item in coded.procedures]
    drg = [f"DRG {coded.drg}"] if coded.drg else []
    return (*drg, *procedures, *lines)


def _expected(version: ClaimVersion | None) -> int | None:
    if version is None or not version.expected:
        return None
    return json.loads(version.expected)["expected_payer_cents"]


def _state_without_claim(encounter: EncounterRow, balance: ClaimBalance) -> str:
    if encounter.state != "released":
        return encounter.state
    return "closed" if balance.is_closed() else "patient"


def _said(claim: ClaimRow | None) -> str:
    if claim is None:
        return ""
    case = DenialCaseRow.objects.filter(claim=claim, state="open").order_by("deadline").first()
    if case is not None:
        until = f" by {case.deadline}" if case.deadline else ""
        return f"{case.reasons}: {case.next_action}{until}"
    telling = ClaimEvent.objects.filter(
        claim=claim, kind__in=["underpaid", "suspended", "claim-rejected", "next-payer"]
    )
    last = telling.order_by("-sequence").first()
    return last.why if last else ""
