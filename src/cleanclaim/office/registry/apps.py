from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Patients, payers, providers, prices, contracts."""

    name = "cleanclaim.office.registry"
    label = "registry"
