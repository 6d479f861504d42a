"""Files as they came and as they went, byte for byte."""

from __future__ import annotations

from django.db import models

from cleanclaim.office.people.tenancy import TenantRow


class StoredFile(TenantRow):
    """One file: its bytes lie in the home under their SHA-256; this row says what, whence and when."""

    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    direction = models.CharField(max_length=10, choices=[("in", "in"), ("out", "out"), ("made", "made")])
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "sha256", "direction", "kind", "name"], name="a_file_is_stored_once"
            ),
        ]
