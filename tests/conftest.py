"""Every run of the tests has a home of its own, in a temporary folder; nobody's real home is ever touched.

What several rooms share stands here too: the independent judge of X12 files, and the example worked through.
"""

from __future__ import annotations

import atexit
import fcntl
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
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


def judge(data: bytes) -> list[str]:
    """What pyx12 finds in a file, one line per error, read from its JSON report."""
    import pyx12.params
    import pyx12.x12n_document

    report = io.StringIO()
    source = io.StringIO(data.decode("ascii"))
    # No 999 is asked for: its writer in pyx12 4.0.0 fails on an 835, which rightly has no ST03
    # ("vriic was not set", EngineError in error_999.py). The report alone holds every error.
    fine = pyx12.x12n_document.x12n_document(pyx12.params.params(), source, None, None, None, report)
    errors = list(_errors(json.loads(report.getvalue())))
    return errors if errors or fine else ["pyx12 refuses the file without a reason"]


def _errors(node: object) -> list[str]:
    found = []
    if isinstance(node, dict):
        for key, value in node.items():
            if key.endswith("errors") and value:
                found.append(
                    json.dumps(
                        {"at": {k: v for k, v in node.items() if isinstance(v, str | int)}, key: value}
                    )
                )
            else:
                found += _errors(value)
    elif isinstance(node, list):
        for item in node:
            found += _errors(item)
    return found


@pytest.fixture(scope="session")
def pyx12_errors() -> Callable[[bytes], list[str]]:
    """The independent judge: `pyx12_errors(data)` is empty for a file that pyx12 accepts."""
    return judge


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """The example practice worked through once for the whole run: its ``home``, what it wrote ``out``, its ``report``.

    Nobody may change it; a test that does works on a copy.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        report = shared / "report.json"
        if not report.exists():
            command = [sys.executable, "-m", "cleanclaim", "demo", "--json", "--out", str(shared / "out")]
            environment = {**os.environ, "CLEANCLAIM_HOME": str(shared / "home")}
            environment.pop("DATABASE_URL", None)
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            report.write_text(done.stdout, encoding="utf-8")
    return SimpleNamespace(
        home=shared / "home", out=shared / "out", report=json.loads(report.read_text(encoding="utf-8"))
    )
