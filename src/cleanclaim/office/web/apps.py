from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages."""

    name = "cleanclaim.office.web"
    label = "web"
