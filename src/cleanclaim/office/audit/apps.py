from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit trail and the seals."""

    name = "cleanclaim.office.audit"
    label = "audit"
