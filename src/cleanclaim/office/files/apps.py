from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Raw bytes first."""

    name = "cleanclaim.office.files"
    label = "files"
