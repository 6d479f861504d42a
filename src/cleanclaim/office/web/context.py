"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cleanclaim.office.people.roles import Permission, allowed
from cleanclaim.office.web.queues import QUEUES

_HERE = {
    "coding": "coding",
    "claim": "billing",
    "payment": "payments",
    "take_in": "payments",
    "patient": "patients",
    "patient_pay": "patients",
    "files": "files",
    **dict.fromkeys(
        ("codes", "codes_find", "code_changes", "code_sets", "pcs", "code_entry", "learned"), "codes"
    ),
}


def office(request: HttpRequest) -> dict[str, Any]:
    """The tenant, the worklists open to the person looking, and what they may do."""
    roles = getattr(request, "roles", frozenset())
    match = request.resolver_match
    name = match.url_name if match else ""
    return {
        "tenant": getattr(request, "tenant", None),
        "tenants": getattr(request, "tenants", []),
        "queues": [item for item in QUEUES if allowed(roles, item.permission)],
        "may": {permission.name.lower(): allowed(roles, permission) for permission in Permission},
        "here": match.kwargs.get("queue", "") if name == "work" else _HERE.get(name or "", ""),
    }
