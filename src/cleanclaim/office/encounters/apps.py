from django.apps import AppConfig


class EncountersConfig(AppConfig):
    """Visits, notes and the coder's decisions."""

    name = "cleanclaim.office.encounters"
    label = "encounters"
