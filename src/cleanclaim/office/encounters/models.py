"""Visits: the note, what the engine suggested, what the coder decided, what was released."""

from __future__ import annotations

import json

from django.db import models

from cleanclaim.claims.encounter import CodedEncounter
from cleanclaim.claims.records import record_from_plain
from cleanclaim.office.audit.seal import SealedRow
from cleanclaim.office.people.tenancy import TenantRow
from cleanclaim.office.registry.models import PatientRow


class EncounterRow(TenantRow, SealedRow):
    """A visit on its way to a claim."""

    STATES = [("to-code", "to code"), ("on-hold", "on hold"), ("released", "released")]

    encounter_id = models.CharField(max_length=40)
    patient = models.ForeignKey(PatientRow, on_delete=models.PROTECT, related_name="encounters")
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=20)
    setting = models.CharField(max_length=20)
    first_date = models.DateField()
    last_date = models.DateField()
    state = models.CharField(max_length=20, choices=STATES, default="to-code")
    hold_reason = models.CharField(max_length=200, blank=True)
    facts = models.TextField(help_text="what registration knows besides the codes: parties, place, admission")
    em = models.TextField(default="null", help_text="the engine's evaluation and management level, as JSON")
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "encounter_id"], name="one_row_per_encounter")
        ]
        indexes = [models.Index(fields=["tenant", "state", "first_date"])]


class DocumentRow(TenantRow, SealedRow):
    """A signed document of a visit, exactly as written."""

    encounter = models.ForeignKey(EncounterRow, on_delete=models.PROTECT, related_name="documents")
    document_id = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    written_on = models.DateField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "document_id"], name="one_row_per_document")]


class SuggestionRow(TenantRow):
    """What the engine suggested for a document, with its evidence."""

    encounter = models.ForeignKey(EncounterRow, on_delete=models.CASCADE, related_name="suggestions")
    document = models.ForeignKey(DocumentRow, on_delete=models.CASCADE)
    number = models.IntegerField()
    system = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    description = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=20)
    confidence_per_mille = models.IntegerField()
    assertion = models.CharField(max_length=20)
    body = models.TextField(help_text="modifiers, units, evidence and because, as JSON")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["encounter", "number"], name="one_suggestion_per_number")
        ]


class Decision(TenantRow, SealedRow):
    """A coder's decision on one code: accepted, rejected or added, by whom, when and why."""

    encounter = models.ForeignKey(EncounterRow, on_delete=models.PROTECT, related_name="decisions")
    sequence = models.IntegerField()
    action = models.CharField(
        max_length=10, choices=[("accept", "accept"), ("reject", "reject"), ("add", "add")]
    )
    system = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    body = models.TextField(help_text="place, POA, modifiers, units, pointers, evidence, as JSON")
    reason = models.CharField(max_length=300, blank=True)
    who = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["encounter", "sequence"], name="decisions_in_order")]


class Release(TenantRow, SealedRow):
    """A visit as it was released to billing; a later release is a new version."""

    encounter = models.ForeignKey(EncounterRow, on_delete=models.PROTECT, related_name="releases")
    version = models.IntegerField()
    record = models.TextField()
    who = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["encounter", "version"], name="one_release_per_version")
        ]

    def coded(self) -> CodedEncounter:
        """The engine's record."""
        return record_from_plain(CodedEncounter, json.loads(self.record))


class DocumentWaiver(TenantRow, SealedRow):
    """A document that a visit lacks and may be released without: which, who let it go, and why."""

    encounter = models.ForeignKey(EncounterRow, on_delete=models.PROTECT, related_name="waivers")
    needed = models.CharField(max_length=40, help_text="the key of reference/lexicon/completeness.yaml")
    reason = models.CharField(max_length=300)
    who = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["encounter", "needed"], name="a_document_is_waived_once")
        ]


class LearnedInUse(TenantRow, SealedRow):
    """Which version of what the coders taught a lead put in use; the last row counts, without one the newest is.

    ``version`` is nothing where the newest is to be used again, and 0 where none is.
    """

    sequence = models.IntegerField()
    version = models.IntegerField(null=True)
    reason = models.CharField(max_length=300)
    who = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "sequence"], name="versions_in_use_in_order")
        ]
