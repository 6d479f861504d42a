from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Claims, their versions, events and batches."""

    name = "cleanclaim.office.claims"
    label = "claims"
