"""A seal is a keyed hash over a row's content: a cent changed by hand in the database no longer fits it."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import migrations, models


def keyed_hash(content: Any) -> str:
    """HMAC-SHA-256 of the canonical JSON, with the office's key (hex).

    ``content`` is made of columns: text, whole numbers, days, moments, nothing, and lists and dicts of them.
    """
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_as_text)
    return hmac.digest(_key(settings.SECRET_KEY), text.encode(), "sha256").hex()


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"cleanclaim seal:" + secret.encode()).digest()


def _as_text(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no column that can be sealed")


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
