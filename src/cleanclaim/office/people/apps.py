from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    """Users, tenants, roles and the gate."""

    name = "cleanclaim.office.people"
    label = "people"

    def ready(self) -> None:
        from cleanclaim.office.people.row_security import install

        post_migrate.connect(install, dispatch_uid="row-security")
