"""Claims: every version that was ever made, every event that ever happened, every batch that went out."""

from __future__ import annotations

from django.db import models

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.lifecycle import ClaimState
from cleanclaim.claims.records import claim_from_json
from cleanclaim.office.audit.seal import SealedRow
from cleanclaim.office.encounters.models import EncounterRow
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.people.tenancy import TenantRow
from cleanclaim.office.registry.models import PatientRow


class ClaimRow(TenantRow):
    """A claim: where it stands now. Everything about it is in its versions and events."""

    claim_id = models.CharField(max_length=38)
    encounter = models.ForeignKey(EncounterRow, on_delete=models.PROTECT, null=True, related_name="claims")
    patient = models.ForeignKey(PatientRow, on_delete=models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=15)
    state = models.CharField(max_length=20, choices=[(state.value, state.value) for state in ClaimState])
    version = models.IntegerField(default=0)
    payer_id = models.CharField(max_length=30)
    first_date = models.DateField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "claim_id"], name="one_row_per_claim")]
        indexes = [models.Index(fields=["tenant", "state", "first_date"])]


class ClaimVersion(TenantRow, SealedRow):
    """One version of a claim, as it is or was sent."""

    claim = models.ForeignKey(ClaimRow, on_delete=models.PROTECT, related_name="versions")
    version = models.IntegerField()
    payer_id = models.CharField(max_length=30)
    payer_order = models.CharField(max_length=1)
    record = models.TextField()
    expected = models.TextField(blank=True, help_text="the expected price with its steps, as JSON")
    why = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["claim", "version"], name="one_row_per_claim_version")]

    def read(self) -> AnyClaim:
        """The engine's record."""
        return claim_from_json(self.record, where=f"claim version {self.version}")


class ClaimEvent(TenantRow, SealedRow):
    """Something that happened to a claim: who, when, why, with what; appended, never edited."""

    claim = models.ForeignKey(ClaimRow, on_delete=models.PROTECT, related_name="events")
    sequence = models.IntegerField()
    kind = models.CharField(max_length=30)
    version = models.IntegerField()
    who = models.CharField(max_length=160)
    at = models.DateTimeField()
    why = models.TextField(blank=True)
    data = models.TextField(default="{}")
    state_after = models.CharField(max_length=20)

    class Meta:
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["claim", "sequence"], name="events_in_order")]


class ScrubRow(TenantRow):
    """What the scrubber said of one version."""

    version = models.ForeignKey(ClaimVersion, on_delete=models.PROTECT, related_name="scrubs")
    asof = models.DateField()
    verdict = models.CharField(max_length=10)
    findings = models.TextField()
    not_checked = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]


class Batch(TenantRow):
    """A file of claims that left, with the control numbers by which answers find it."""

    number = models.IntegerField()
    kind = models.CharField(max_length=10)
    interchange_control_number = models.CharField(max_length=9)
    group_control_number = models.CharField(max_length=9)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="one_batch_per_number"),
            models.UniqueConstraint(
                fields=["tenant", "interchange_control_number"], name="interchange_number_used_once"
            ),
        ]


class BatchedVersion(TenantRow):
    """A claim version in a batch: the unique key is what makes a version leave once only."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="members")
    version = models.OneToOneField(ClaimVersion, on_delete=models.PROTECT, related_name="batched")
    transaction_control_number = models.CharField(max_length=9)


class ControlCounter(models.Model):
    """The last control number given out for a name; one row a name, for the whole home."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.BigIntegerField(default=0)
