"""Bytes handed out: always saved, never shown or guessed at by the browser."""

from __future__ import annotations

import re

from django.http import HttpResponse

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def attachment(data: bytes, name: str, content_type: str = "application/octet-stream") -> HttpResponse:
    """A response that the browser saves under a name of plain letters, digits, points and dashes."""
    safe = _UNSAFE.sub("-", name).strip("-.")[:100] or "file"
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{safe}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
