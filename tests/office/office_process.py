"""One process at an office: does the steps given as JSON, and dies in the middle where it is told to."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from cleanclaim.cli.office import open_office

open_office()

from django.db import connection, transaction  # noqa: E402

from cleanclaim.claims.lifecycle import EventKind  # noqa: E402
from cleanclaim.office.claims.batches import make_batches, mark_sent  # noqa: E402
from cleanclaim.office.claims.events import append_event  # noqa: E402
from cleanclaim.office.claims.imports import import_claims  # noqa: E402
from cleanclaim.office.claims.models import Batch, BatchedVersion, ClaimEvent, ClaimRow  # noqa: E402
from cleanclaim.office.money import posting  # noqa: E402
from cleanclaim.office.money.balances import balances_report  # noqa: E402
from cleanclaim.office.people.actor import Actor  # noqa: E402
from cleanclaim.office.people.models import Tenant  # noqa: E402
from cleanclaim.office.people.tenancy import find_tenant, hold, within  # noqa: E402
from cleanclaim.office.verify import verify_home  # noqa: E402

ACTOR = Actor("worker", "test", dt.datetime(2026, 11, 10, 9, 0, tzinfo=dt.UTC))


class Moments:
    """Counts every statement and commit of this process, and kills it at the one asked for."""

    def __init__(self, kill_at: int | None) -> None:
        self.count = 0
        self.kill_at = kill_at
        connection.execute_wrappers.append(self._statement)
        self._plain_commit = connection._commit
        connection._commit = self._commit

    def _tick(self) -> None:
        self.count += 1
        if self.count == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def _statement(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        self._tick()
        return execute(sql, params, many, context)

    def _commit(self) -> None:
        self._tick()
        self._plain_commit()
        self._tick()


def post(tenant: Tenant, step: dict[str, Any]) -> None:
    """Post a file; ``broken`` takes the one transaction of a payment apart, as a fault to be caught."""
    if step.get("broken"):
        posting._post_payment = posting._post_payment.__wrapped__
        posting.hold = lambda tenant: None
    moments = Moments(step.get("kill_at"))
    path = Path(step["file"])
    posting.post_remittance(tenant, path.read_bytes(), path.name, actor=ACTOR)
    print(moments.count)


def bring_in(tenant: Tenant, step: dict[str, Any]) -> None:
    path = Path(step["file"])
    import_claims(tenant, path.read_bytes(), path.name, actor=ACTOR)


def release(tenant: Tenant, step: dict[str, Any]) -> None:
    for row in ClaimRow.objects.filter(claim_id__in=step["claims"]):
        with transaction.atomic():
            hold(tenant)
            append_event(row, EventKind.CORRECTED, actor=ACTOR)
            append_event(row, EventKind.SCRUBBED_CLEAN, actor=ACTOR)


def batch(tenant: Tenant, step: dict[str, Any]) -> None:
    for made in make_batches(tenant, step["trading"], actor=ACTOR):
        mark_sent(made, actor=ACTOR)


def look(tenant: Tenant, step: dict[str, Any]) -> None:
    seen = {
        "money": balances_report(),
        "left": BatchedVersion.objects.count(),
        "numbers": list(Batch.objects.values_list("interchange_control_number", flat=True)),
        "events": ClaimEvent.objects.count(),
    }
    print(json.dumps(seen))


def verify(tenant: Tenant, step: dict[str, Any]) -> None:
    faults = [f"{item.check}: {item.detail}" for item in verify_home() if not item.ok]
    print(json.dumps(faults))


STEPS = {"post": post, "import": bring_in, "release": release, "batch": batch, "look": look, "verify": verify}

if __name__ == "__main__":
    with within(find_tenant("practice")) as entered:
        for wanted in json.loads(sys.argv[1]):
            STEPS[wanted["do"]](entered, wanted)
