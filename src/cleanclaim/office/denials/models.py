"""Denial cases: money a payer refused, until someone brings it to an end."""

from __future__ import annotations

from django.db import models

from cleanclaim.office.audit.seal import SealedRow
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.people.tenancy import TenantRow


class DenialCaseRow(TenantRow, SealedRow):
    """One refusal of one claim, with whose work it is, what to do next and until when."""

    claim = models.ForeignKey(ClaimRow, on_delete=models.PROTECT, related_name="denials")
    key = models.CharField(max_length=200)
    payer_id = models.CharField(max_length=80)
    category = models.CharField(max_length=60)
    reasons = models.TextField()
    denied_cents = models.BigIntegerField()
    who_fixes = models.CharField(max_length=60)
    next_action = models.CharField(max_length=60)
    advice = models.TextField(blank=True)
    opened_on = models.DateField()
    deadline = models.DateField(null=True)
    deadline_because = models.TextField(blank=True)
    state = models.CharField(max_length=12, default="open")
    outcome = models.CharField(max_length=20, blank=True)
    outcome_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "key"], name="a_denial_opens_once")]
        indexes = [models.Index(fields=["tenant", "state", "deadline"])]
