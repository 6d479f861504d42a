"""The ledger as stored, the payments that fed it, the statements drawn from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from cleanclaim.office.audit.seal import SealedRow
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.people.tenancy import TenantRow
from cleanclaim.office.registry.models import PatientRow


class LedgerTransaction(TenantRow, SealedRow):
    """One balanced transaction. Only grows: a correction is a reversal and a new transaction."""

    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    effective_on = models.DateField()
    posted_at = models.DateTimeField()
    who = models.CharField(max_length=160)
    because = models.TextField()
    source_sha256 = models.CharField(max_length=64, blank=True)
    source_ordinal = models.IntegerField(default=0)
    reverses_key = models.CharField(max_length=200, null=True)
    source_document = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="a_posting_happens_once"),
            models.UniqueConstraint(fields=["tenant", "reverses_key"], name="a_reversal_happens_once"),
        ]

    def sealed_content(self) -> Any:
        """The columns and the entries, so that a changed entry breaks the seal of its transaction."""
        return self.content_with(sorted(self.entries.all(), key=lambda entry: entry.position))

    def content_with(self, entries: Iterable[LedgerEntry]) -> Any:
        """What the seal covers, for entries given in their order."""
        facts = [
            [item.account, item.cents, item.claim_id, item.line, item.payer_id, item.patient_id]
            for item in entries
        ]
        return {**super().sealed_content(), "entries": facts}


class LedgerHead(TenantRow):
    """How many transactions the tenant's ledger has and the digest of them all, so that none goes missing unseen."""

    count = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant"], name="one_head_per_ledger")]


class LedgerEntry(TenantRow):
    """One side of a transaction, in cents: debit positive, credit negative."""

    transaction = models.ForeignKey(LedgerTransaction, on_delete=models.PROTECT, related_name="entries")
    position = models.IntegerField()
    account = models.CharField(max_length=60)
    cents = models.BigIntegerField()
    claim_id = models.CharField(max_length=38, blank=True)
    line = models.IntegerField(null=True)
    payer_id = models.CharField(max_length=80, blank=True)
    patient_id = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["transaction", "position"], name="entries_in_order")]
        indexes = [
            models.Index(fields=["tenant", "claim_id"]),
            models.Index(fields=["tenant", "patient_id"]),
            models.Index(fields=["tenant", "account"]),
        ]


class PayerPayment(TenantRow, SealedRow):
    """One payment of an 835 as it was posted, with the report the poster was given."""

    key = models.CharField(max_length=200)
    attempt = models.IntegerField(default=1)
    trace = models.CharField(max_length=80)
    payer_id = models.CharField(max_length=80)
    payer_name = models.CharField(max_length=120)
    bpr_cents = models.BigIntegerField()
    posted_cents = models.BigIntegerField()
    suspended_cents = models.BigIntegerField()
    provider_adjustment_cents = models.BigIntegerField()
    effective_on = models.DateField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="payments")
    report = models.TextField()
    posted_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key", "attempt"], name="one_row_per_attempt")
        ]


class RemittedClaimRow(TenantRow, SealedRow):
    """What a payer said of one claim in one payment, and what became of it here."""

    payment = models.ForeignKey(PayerPayment, on_delete=models.PROTECT, related_name="claims")
    position = models.IntegerField()
    key = models.CharField(max_length=200)
    reverses_key = models.CharField(max_length=200, blank=True)
    claim_id = models.CharField(max_length=60)
    payer_id = models.CharField(max_length=80)
    payer_claim_number = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=3)
    outcome = models.CharField(max_length=10)
    record = models.TextField(help_text="the RemittedClaim as JSON")
    posting = models.TextField(help_text="the ClaimPosting as JSON")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["payment", "position"], name="remitted_claims_in_order")
        ]
        indexes = [models.Index(fields=["tenant", "claim_id"])]


class PostedKey(TenantRow):
    """The name of something that was posted; the unique key is what makes it happen once."""

    key = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "key"], name="a_key_is_kept_once")]


class StatementRow(TenantRow, SealedRow):
    """A statement that was made for a patient."""

    patient = models.ForeignKey(PatientRow, on_delete=models.PROTECT, related_name="statements")
    practice_npi = models.CharField(max_length=10)
    number = models.CharField(max_length=30)
    as_of = models.DateField()
    due_cents = models.BigIntegerField()
    body = models.TextField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "practice_npi", "as_of"], name="one_statement_a_day")
        ]
