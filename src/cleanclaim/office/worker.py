"""The worker: runs queued jobs inside `cleanclaim serve`, one at a time, each safe to run twice."""

from __future__ import annotations

import datetime as dt
import logging
import threading

from django.db import close_old_connections
from django.utils import timezone

POLL_SECONDS = 2.0
STALE_AFTER = dt.timedelta(minutes=15)
log = logging.getLogger(__name__)


def work_until(stop: threading.Event) -> None:
    """Run queued jobs until told to stop; a job that fails is kept with its fault and blocks nobody."""
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["default"],
        interval=POLL_SECONDS,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="serve",
        excluded_queue_names=[],
    )
    while not stop.is_set():
        try:
            requeue_stale()
            worker.run()
        except Exception:
            log.exception("the worker met a fault and goes on")
        finally:
            close_old_connections()
        stop.wait(POLL_SECONDS)


def requeue_stale() -> int:
    """Give back jobs whose worker died in the middle of them; every job may run twice."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    stale = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - STALE_AFTER
    )
    return stale.update(status=TaskResultStatus.READY, started_at=None)
