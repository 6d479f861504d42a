from django.apps import AppConfig


class DenialsConfig(AppConfig):
    """Denial cases."""

    name = "cleanclaim.office.denials"
    label = "denials"
