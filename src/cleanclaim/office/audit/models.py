"""The audit trail: every act in one chain, each row bound to the one before it by a keyed hash."""

from __future__ import annotations

from django.db import models

from cleanclaim.office.audit.seal import SealedRow
from cleanclaim.office.people.models import Tenant


class AuditEvent(models.Model):
    """One act: who, when, what, on which record, with what outcome. Holds ids, never a patient's data."""

    sequence = models.BigIntegerField(unique=True)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    who = models.CharField(max_length=160)
    channel = models.CharField(max_length=20)
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=120)
    outcome = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64)
    row_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["object_kind", "object_id"])]


class AuditHead(SealedRow):
    """The last link of the chain, sealed, so that rows cut off its end are missed too."""

    sequence = models.BigIntegerField()
    row_hash = models.CharField(max_length=64)
