"""A seal is a keyed hash over a row's content: a cent changed by hand in the database no longer fits it."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.db import migrations, models

from cleanclaim.kernel.json import canonical_json


def keyed_hash(content: Any) -> str:
    """HMAC-SHA-256 of the canonical JSON, with the office's key (hex)."""
    key = hashlib.sha256(b"cleanclaim seal:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, canonical_json(content).encode(), hashlib.sha256).hexdigest()


def seal_rows(app_label: str, model_name: str) -> migrations.RunPython:
    """A migration step that seals the rows of a table that was not sealed before."""

    def seal(apps: Any, schema_editor: Any) -> None:
        model = apps.get_model(app_label, model_name)
        rows = model._base_manager.using(schema_editor.connection.alias)
        for row in rows.iterator(chunk_size=2000):
            rows.filter(pk=row.pk).update(seal=keyed_hash(columns_of(row)))

    return migrations.RunPython(seal, migrations.RunPython.noop)


def columns_of(row: models.Model) -> dict[str, Any]:
    """All concrete columns of a row but its number and its seal."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in {"id", "seal"}
    }


class SealedRow(models.Model):
    """Base of rows whose content must not change unseen; `sealed_content` names what counts."""

    seal = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def sealed_content(self) -> Any:
        """All concrete columns but the key and the seal; override where children count too."""
        return columns_of(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the seal of the present content."""
        self.seal_now()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "seal"}
        super().save(*args, **kwargs)

    def seal_now(self) -> None:
        """Set the seal from the present content."""
        self.seal = keyed_hash(self.sealed_content())

    def seal_fits(self) -> bool:
        """Whether the content is still what was sealed."""
        return hmac.compare_digest(self.seal, keyed_hash(self.sealed_content()))
