"""Who and what a practice knows: patients and coverages, payers, providers, prices, contracts.

Each row keeps the engine's record as JSON, the truth, and the columns by which it is found.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import yaml
from django.db import models

from cleanclaim.claims.coverage import Coverage
from cleanclaim.claims.parties import Patient, Payer, Provider
from cleanclaim.claims.records import record_from_plain
from cleanclaim.office.audit.seal import SealedRow
from cleanclaim.office.people.tenancy import TenantRow


@lru_cache(maxsize=1024)
def _fields_of(profile: str) -> Mapping[str, Any]:
    return MappingProxyType(yaml.safe_load(profile) or {})


class ProviderRow(TenantRow):
    """A person or an organization of the practice, by the practice's own key."""

    key = models.CharField(max_length=60)
    npi = models.CharField(max_length=10)
    role = models.CharField(
        max_length=20, choices=[("billing", "billing"), ("person", "person"), ("place", "place")]
    )
    record = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "key"], name="one_provider_per_key")]

    def provider(self) -> Provider:
        """The engine's record."""
        return record_from_plain(Provider, json.loads(self.record), where=f"provider {self.key}")


class PayerRow(TenantRow):
    """A payer with its profile: filing limit, how it takes corrections, its own rules."""

    payer_id = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    record = models.TextField()
    profile = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "payer_id"], name="one_row_per_payer")]

    def payer(self) -> Payer:
        """The engine's record."""
        return record_from_plain(Payer, json.loads(self.record), where=f"payer {self.payer_id}")

    def profile_fields(self) -> Mapping[str, Any]:
        """The profile's fields; read-only, because everyone who asks is given the same."""
        return _fields_of(self.profile)


class TradingPartnerRow(TenantRow):
    """Who submits claims to whom: our identifiers and those of the clearinghouse."""

    record = models.TextField(help_text="submitter, receiver and usage as JSON")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant"], name="one_clearinghouse_per_tenant")]


class ContractRow(TenantRow, SealedRow):
    """A contract's text as it was loaded; the engine reads it by date of service."""

    payer_id = models.CharField(max_length=30)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "payer_id"], name="one_contract_per_payer")]


class ChargePriceRow(TenantRow, SealedRow):
    """A price of the charge master."""

    code = models.CharField(max_length=20)
    revenue_code = models.CharField(max_length=4, blank=True)
    charge_cents = models.BigIntegerField()
    words = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code", "revenue_code"], name="one_price_per_code"),
        ]


class PatientRow(TenantRow):
    """A patient."""

    patient_id = models.CharField(max_length=40)
    last_name = models.CharField(max_length=80)
    first_name = models.CharField(max_length=80)
    birth_date = models.DateField()
    record = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "patient_id"], name="one_row_per_patient")]
        indexes = [models.Index(fields=["tenant", "last_name", "first_name"])]

    def patient(self) -> Patient:
        """The engine's record."""
        return record_from_plain(Patient, json.loads(self.record), where=f"patient {self.patient_id}")


class CoverageRow(TenantRow, SealedRow):
    """A patient's coverage."""

    patient = models.ForeignKey(PatientRow, on_delete=models.PROTECT, related_name="coverages")
    coverage_id = models.CharField(max_length=60)
    payer_id = models.CharField(max_length=30)
    member_id = models.CharField(max_length=80)
    record = models.TextField()
    benefits = models.TextField(
        blank=True, help_text="what the payer told of deductible, copay and coinsurance, as JSON"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "coverage_id"], name="one_row_per_coverage")]

    def coverage(self) -> Coverage:
        """The engine's record."""
        return record_from_plain(Coverage, json.loads(self.record), where=f"coverage {self.coverage_id}")
