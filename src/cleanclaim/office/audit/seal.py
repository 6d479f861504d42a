"""A seal is a keyed hash over a row's content: a cent changed by hand in the database no longer fits it."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.db import models

from cleanclaim.kernel.json import canonical_json


def keyed_hash(content: Any) -> str:
    """HMAC-SHA-256 of the canonical JSON, with the office's key (hex)."""
    key = hashlib.sha256(b"cleanclaim seal:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, canonical_json(content).encode(), hashlib.sha256).hexdigest()


class SealedRow(models.Model):
    """Base of rows whose content must not change unseen; `sealed_content` names what counts."""

    seal = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def sealed_content(self) -> Any:
        """All concrete columns but the key and the seal; override where children count too."""
        return {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.attname not in {"id", "seal"}
        }

    def seal_now(self) -> None:
        """Set the seal from the present content."""
        self.seal = keyed_hash(self.sealed_content())

    def seal_fits(self) -> bool:
        """Whether the content is still what was sealed."""
        return hmac.compare_digest(self.seal, keyed_hash(self.sealed_content()))
