"""The example practice worked through: from the notes of its visits to paid, denied and billed, day by day.

Everything here goes by the office's own services; only the payers are pretended. Doing it again moves
nothing: visits, claims, files and payments are known by their content.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from attrs import frozen
from django.db import transaction

from cleanclaim.claims.lifecycle import ClaimState
from cleanclaim.kernel.json import canonical_json
from cleanclaim.kernel.resources import examples_folder
from cleanclaim.office.claims.acknowledgements import take_in_acknowledgements
from cleanclaim.office.claims.batches import make_batches, mark_sent
from cleanclaim.office.claims.corrections import correct_claim, with_coverage
from cleanclaim.office.claims.models import Batch, ClaimRow
from cleanclaim.office.claims.scrubbing import override_hold
from cleanclaim.office.claims.versions import current_version
from cleanclaim.office.encounters.coding import (
    DIAGNOSIS,
    HOSPITAL_PROCEDURE,
    decide,
    open_suggestions,
    suggest_codes,
)
from cleanclaim.office.encounters.intake import arrival_from, receive_encounter
from cleanclaim.office.encounters.models import EncounterRow
from cleanclaim.office.encounters.release import release_encounter
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.files.services import read_file
from cleanclaim.office.money.posting import post_remittance
from cleanclaim.office.money.statements import make_statements
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.registry.models import CoverageRow, PatientRow
from cleanclaim.office.registry.practice_files import read_yaml
from cleanclaim.office.registry.services import correct_member_id, load_practice, trading_partner
from cleanclaim.payersim.acknowledge import receive
from cleanclaim.payersim.clearinghouse import adjudicate, take_back
from cleanclaim.payersim.eligibility import told_benefits
from cleanclaim.payersim.numbers import Numbers
from cleanclaim.payersim.plan import Plans
from cleanclaim.payersim.plan_file import load_plans

Tick = Callable[[str], None]


@frozen
class Visit:
    """A visit of the example: its folder's YAML and its note."""

    raw: dict[str, Any]
    note: str

    @property
    def encounter_id(self) -> str:
        """The visit's number."""
        return self.raw["id"]


class ExampleDays:
    """The days on which the example's work is done; the calendar is part of the example."""

    coding = dt.datetime(2026, 10, 23, 15, 0, tzinfo=dt.UTC)
    sending = dt.datetime(2026, 10, 26, 9, 0, tzinfo=dt.UTC)
    correcting = dt.datetime(2026, 10, 27, 10, 0, tzinfo=dt.UTC)
    paid = dt.datetime(2026, 11, 9, 8, 0, tzinfo=dt.UTC)
    next_payer = dt.datetime(2026, 11, 10, 9, 0, tzinfo=dt.UTC)
    next_payer_paid = dt.datetime(2026, 11, 18, 8, 0, tzinfo=dt.UTC)
    taken_back = dt.datetime(2026, 11, 20, 8, 0, tzinfo=dt.UTC)
    billing = dt.datetime(2026, 11, 20, 16, 0, tzinfo=dt.UTC)


def visits() -> Iterator[Visit]:
    """The visits of the example in their order."""
    for path in sorted((examples_folder() / "encounters").glob("*/encounter.yaml")):
        yield Visit(read_yaml(path), (path.parent / "note.txt").read_text(encoding="utf-8"))


def load_example(tenant: Tenant, *, tick: Tick = lambda what: None) -> None:
    """Load the practice and let its visits arrive, uncoded."""
    front_desk = Actor("front desk", "demo", ExampleDays.coding)
    load_practice(tenant, examples_folder(), actor=front_desk)
    for visit in visits():
        receive_encounter(tenant, arrival_from(visit.raw, visit.note), actor=front_desk)
        tick(f"{visit.encounter_id} arrives")
    _ask_for_benefits(_plans())


def run_example(tenant: Tenant, *, tick: Tick = lambda what: None) -> None:
    """Work the whole example through, from arrival to statements."""
    load_example(tenant, tick=tick)
    for visit in visits():
        _code(tenant, visit)
        tick(f"{visit.encounter_id} is coded and released")
    plans = _plans()
    _let_go_with_reason(tenant)
    _send(tenant, plans, ExampleDays.sending)
    tick("claims are sent and acknowledged")
    _correct_rejected(tenant)
    _send(tenant, plans, ExampleDays.correcting)
    _pay(tenant, plans, ExampleDays.sending, ExampleDays.paid)
    _pay(tenant, plans, ExampleDays.correcting, ExampleDays.paid)
    tick("primary payers have answered")
    _send(tenant, plans, ExampleDays.next_payer)
    _pay(tenant, plans, ExampleDays.next_payer, ExampleDays.next_payer_paid)
    tick("next payers have answered")
    _take_back(tenant, plans)
    tick("a payer has taken money back")
    rep = Actor("patient accounts", "demo", ExampleDays.billing)
    for patient in PatientRow.objects.order_by("patient_id"):
        make_statements(tenant, patient, actor=rep)
    tick("statements are made")


def _plans() -> Plans:
    return load_plans(examples_folder() / "payersim")


def _ask_for_benefits(plans: Plans) -> None:
    for row in CoverageRow.objects.filter(benefits=""):
        encounter = EncounterRow.objects.filter(patient=row.patient).order_by("first_date").first()
        if encounter is None:
            continue
        benefits = told_benefits(plans, row.payer_id, row.member_id, encounter.first_date)
        if benefits is not None:
            row.benefits = canonical_json(benefits)
            row.save(update_fields=["benefits"])


@transaction.atomic
def _code(tenant: Tenant, visit: Visit) -> None:
    encounter = EncounterRow.objects.get(encounter_id=visit.encounter_id)
    if encounter.state == "released":
        return
    decision = visit.raw["decision"]
    coder = Actor(decision["coder"], "demo", ExampleDays.coding)
    suggest_codes(tenant, encounter, actor=coder)
    suggested = {(row.system, row.code) for row in encounter.suggestions.all() if row.status == "suggested"}
    reasons = {str(item["code"]): item["why"] for item in decision.get("reasons") or ()}
    wanted = list(_wanted(visit.raw))
    for system, code, details in wanted:
        action = "accept" if (system, code) in suggested else "add"
        decide(
            tenant,
            encounter,
            action,
            system,
            code,
            actor=coder,
            details=details,
            reason=reasons.get(code, ""),
        )
    for row in open_suggestions(encounter):
        reason = reasons.get(row.code, "the coder chose other codes for this")
        decide(tenant, encounter, "reject", row.system, row.code, actor=coder, reason=reason)
    release_encounter(tenant, encounter, actor=coder)


def _wanted(raw: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The codes the coder chose, as (system, code, details); lines of one code stand together."""
    decision = raw["decision"]
    for place, item in enumerate(decision["diagnoses"], 1):
        yield DIAGNOSIS, str(item["code"]), {"place": place, "poa": str(item.get("poa") or "")}
    for item in raw.get("procedures") or ():
        yield HOSPITAL_PROCEDURE, str(item["code"]), {"performed_on": item["performed_on"].isoformat()}
    lines: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for place, item in enumerate(decision["charges"], 1):
        code = str(item.get("code") or "")
        key = (_system(code), code) if code else ("REVENUE", str(item["revenue_code"]))
        lines.setdefault(key, []).append({**item, "place": place})
    for (system, code), members in lines.items():
        yield system, code, {"lines": members}


def _system(code: str) -> str:
    return "CPT" if code[0].isdigit() else "HCPCS"


def _let_go_with_reason(tenant: Tenant) -> None:
    """The biller lets a held claim go where the example gives a reason to."""
    for visit in visits():
        release = visit.raw.get("release")
        claim = ClaimRow.objects.filter(claim_id=visit.encounter_id, state=ClaimState.HELD.value).first()
        if release and claim:
            biller = Actor(release["by"], "demo", ExampleDays.sending)
            override_hold(tenant, claim, release["reason"], actor=biller)


def _send(tenant: Tenant, plans: Plans, moment: dt.datetime) -> None:
    biller = Actor("biller", "demo", moment)
    for batch in make_batches(tenant, trading_partner(), actor=biller):
        mark_sent(batch, actor=biller)
        data = read_file(batch.file)
        for answer in receive(data, plans, on=moment.replace(tzinfo=None), numbers=_numbers(batch, 0)):
            take_in_acknowledgements(
                tenant, answer.data, answer.filename, actor=Actor("mailbox", "demo", moment)
            )


def _correct_rejected(tenant: Tenant) -> None:
    for visit in visits():
        correction = visit.raw.get("correction")
        claim = ClaimRow.objects.filter(claim_id=visit.encounter_id, state=ClaimState.REJECTED.value).first()
        if not correction or claim is None:
            continue
        biller = Actor("biller", "demo", ExampleDays.correcting)
        before = current_version(claim).read()
        coverage = correct_member_id(
            tenant, before.coverage.coverage_id, correction["member_id"], correction["reason"], actor=biller
        )
        _ask_for_benefits(_plans())
        correct_claim(tenant, claim, with_coverage(before, coverage), correction["reason"], actor=biller)


def _pay(tenant: Tenant, plans: Plans, sent: dt.datetime, moment: dt.datetime) -> None:
    poster = Actor("poster", "demo", moment)
    for batch in Batch.objects.filter(sent_at=sent).order_by("number"):
        answers = adjudicate(
            read_file(batch.file),
            plans,
            on=moment.date(),
            numbers=_numbers(batch, 500),
            received_on=sent.date(),
        )
        for answer in answers:
            post_remittance(tenant, answer.data, answer.filename, actor=poster)


def _take_back(tenant: Tenant, plans: Plans) -> None:
    poster = Actor("poster", "demo", ExampleDays.taken_back)
    paid = StoredFile.objects.filter(direction="in", kind="835", stored_at=ExampleDays.paid).order_by("id")
    for place, stored in enumerate(paid):
        numbers = Numbers(900_000 + place * 100)
        for answer in take_back(plans, read_file(stored), on=ExampleDays.taken_back.date(), numbers=numbers):
            post_remittance(tenant, answer.data, answer.filename, actor=poster)


def _numbers(batch: Batch, offset: int) -> Numbers:
    """Numbers that belong to a batch, so that the same batch is answered with the same bytes."""
    return Numbers(batch.number * 1_000 + offset + 1)
