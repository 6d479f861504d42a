from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """Ledger, remittances, statements."""

    name = "cleanclaim.office.money"
    label = "money"
