"""Every run of the tests has a home of its own, in a temporary folder; nobody's real home is ever touched."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

HOME = Path(tempfile.mkdtemp(prefix="cleanclaim-tests-"))
os.environ["CLEANCLAIM_HOME"] = str(HOME)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cleanclaim.office.settings")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

# A busy machine is no fault of the code: how long one example takes is measured in benchmarks/, not here.
hypothesis_settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("steady")


def pytest_configure() -> None:
    """Where the settings were read before this file, their home is exchanged for the temporary one."""
    if "cleanclaim.office.settings" not in sys.modules:
        return
    from django.conf import settings

    from cleanclaim.office.home import Home

    settings.HOME = Home(HOME)
    settings.HOME.prepare()
    settings.SECRET_KEY = settings.HOME.secret_key()
