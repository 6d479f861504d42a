"""Taking in what a practice knows: providers, payers with their contracts, patients with coverages, prices."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import attrs
import yaml
from django.db import transaction

from cleanclaim.claims.coverage import Coverage
from cleanclaim.claims.parties import Patient, Provider
from cleanclaim.kernel.errors import InputError, Refused
from cleanclaim.kernel.json import canonical_json
from cleanclaim.office.audit.services import record
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.registry.models import (
    ChargePriceRow,
    ContractRow,
    CoverageRow,
    PatientRow,
    PayerRow,
    ProviderRow,
    TradingPartnerRow,
)
from cleanclaim.office.registry.practice_files import (
    coverage_from,
    patient_from,
    payer_from,
    provider_from,
    read_yaml,
)
from cleanclaim.pricing import load_contract


@transaction.atomic
def load_practice(tenant: Tenant, folder: Path, *, actor: Actor) -> dict[str, int]:
    """Load a practice's files from a folder; loading the same again changes nothing.

    Returns how many rows of each kind there are in the files.

    Raises:
        InputError: a file is missing, is not YAML, or lacks a field.
    """
    try:
        _load_trading_partner(tenant, read_yaml(folder / "practice.yaml"))
        counts = {
            "providers": _load_providers(tenant, read_yaml(folder / "practice.yaml")),
            "payers": _load_payers(tenant, read_yaml(folder / "payers.yaml")),
            "patients": _load_patients(tenant, read_yaml(folder / "patients.yaml")),
            "prices": _load_prices(tenant, read_yaml(folder / "chargemaster.yaml")),
            "contracts": _load_contracts(tenant, folder / "contracts"),
        }
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            "a file of the practice lacks a field or holds a wrong value", where=folder.name, why=f"{error}"
        ) from error
    record(actor, "load practice", "tenant", tenant.slug, tenant=tenant)
    return counts


def save_patient(tenant: Tenant, patient: Patient) -> PatientRow:
    """Keep a patient; the columns by which a patient is found follow the record."""
    row, _ = PatientRow.objects.update_or_create(
        tenant=tenant,
        patient_id=patient.patient_id,
        defaults={
            "last_name": patient.name.last,
            "first_name": patient.name.first,
            "birth_date": patient.birth_date,
            "record": canonical_json(patient),
        },
    )
    return row


def save_coverage(tenant: Tenant, patient: PatientRow, coverage: Coverage) -> CoverageRow:
    """Keep a coverage of a patient."""
    row, _ = CoverageRow.objects.update_or_create(
        tenant=tenant,
        coverage_id=coverage.coverage_id,
        defaults={
            "patient": patient,
            "payer_id": coverage.payer.payer_id,
            "member_id": coverage.subscriber.member_id,
            "record": canonical_json(coverage),
        },
    )
    return row


@transaction.atomic
def correct_member_id(
    tenant: Tenant, coverage_id: str, member_id: str, reason: str, *, actor: Actor
) -> Coverage:
    """Put a mistyped member id right; claims already made keep what they were sent with."""
    row = CoverageRow.objects.select_related("patient").get(coverage_id=coverage_id)
    coverage = row.coverage()
    corrected = attrs.evolve(coverage, subscriber=attrs.evolve(coverage.subscriber, member_id=member_id))
    save_coverage(tenant, row.patient, corrected)
    record(actor, "correct member id", "coverage", coverage_id, tenant=tenant, reason=reason)
    return corrected


def _load_providers(tenant: Tenant, raw: dict[str, Any]) -> int:
    kinds = {"organizations": "billing", "facilities": "place", "providers": "person"}
    count = 0
    for section, role in kinds.items():
        for key, fields in (raw.get(section) or {}).items():
            _save_provider(tenant, key, role, provider_from(fields))
            count += 1
    return count


def _save_provider(tenant: Tenant, key: str, role: str, provider: Provider) -> None:
    ProviderRow.objects.update_or_create(
        tenant=tenant,
        key=key,
        defaults={"npi": provider.npi, "role": role, "record": canonical_json(provider)},
    )


def _load_payers(tenant: Tenant, raw: dict[str, Any]) -> int:
    for fields in raw["payers"]:
        PayerRow.objects.update_or_create(
            tenant=tenant,
            payer_id=fields["payer_id"],
            defaults={
                "name": fields["name"],
                "record": canonical_json(payer_from(fields)),
                "profile": yaml.safe_dump(fields, sort_keys=True),
            },
        )
    return len(raw["payers"])


def _load_patients(tenant: Tenant, raw: dict[str, Any]) -> int:
    payers = {row.payer_id: row.payer() for row in PayerRow.objects.all()}
    known = {row.coverage_id for row in CoverageRow.objects.all()}
    for fields in raw["patients"]:
        patient = patient_from(fields)
        row = save_patient(tenant, patient)
        for coverage_fields in fields.get("coverages") or []:
            coverage = coverage_from(coverage_fields, patient, payers[coverage_fields["payer_id"]])
            if coverage.coverage_id not in known:
                save_coverage(tenant, row, coverage)
    return len(raw["patients"])


def _load_prices(tenant: Tenant, raw: dict[str, Any]) -> int:
    prices = [(code, "", item) for code, item in (raw.get("services") or {}).items()]
    prices += [
        (item.get("code", ""), item["revenue_code"], item) for item in (raw.get("hospital") or {}).values()
    ]
    for code, revenue_code, item in prices:
        row = ChargePriceRow.objects.filter(code=code, revenue_code=revenue_code).first() or ChargePriceRow(
            tenant=tenant, code=code, revenue_code=revenue_code
        )
        row.charge_cents, row.words = item["charge_cents"], item.get("words", "")
        row.save()
    return len(prices)


def _load_contracts(tenant: Tenant, folder: Path) -> int:
    count = 0
    for path in sorted(folder.glob("*.yaml")):
        load_contract(path)
        text = path.read_text(encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        ContractRow.objects.update_or_create(
            tenant=tenant, payer_id=path.stem, defaults={"text": text, "sha256": digest}
        )
        count += 1
    return count


def trading_partner() -> dict[str, Any]:
    """Who submits to whom in the present tenant.

    Raises:
        Refused: no clearinghouse is set up.
    """
    row = TradingPartnerRow.objects.first()
    if row is None:
        raise Refused(
            "no clearinghouse is set up", fix="load the practice's files with submitter and receiver"
        )
    return json.loads(row.record)


def _load_trading_partner(tenant: Tenant, raw: dict[str, Any]) -> None:
    record_text = canonical_json({key: raw[key] for key in ("submitter", "receiver", "usage")})
    TradingPartnerRow.objects.update_or_create(tenant=tenant, defaults={"record": record_text})
