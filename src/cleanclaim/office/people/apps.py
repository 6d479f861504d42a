from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users, tenants, roles and the gate."""

    name = "cleanclaim.office.people"
    label = "people"
