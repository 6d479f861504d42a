"""Suggestions are made once, whoever asks first; a job whose worker died is given back."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from cleanclaim.office.encounters.coding import suggest_codes
from cleanclaim.office.encounters.jobs import suggest_for_visit
from cleanclaim.office.encounters.models import EncounterRow, SuggestionRow
from cleanclaim.office.worker import STALE_AFTER, requeue_stale


def test_suggesting_again_keeps_what_the_coder_saw(example):
    encounter = EncounterRow.objects.get(encounter_id="V01")
    before = list(encounter.suggestions.values())
    suggest_codes(example.tenant, encounter, actor=example.actor)
    assert suggest_for_visit.call("example", "V01") == len(before)
    assert list(encounter.suggestions.values()) == before
    assert SuggestionRow.objects.filter(encounter=encounter).count() == len(before)


def test_two_who_suggest_at_once_leave_one_set(example, monkeypatch):
    """The second one finds the first one's rows when it comes to write."""
    from cleanclaim.office.encounters import coding

    encounter = EncounterRow.objects.get(encounter_id="V02")
    encounter.suggestions.all().delete()
    slow = coding._suggested

    def meanwhile(tenant, row):
        made = slow(tenant, row)
        monkeypatch.setattr(coding, "_suggested", slow)
        suggest_codes(tenant, row, actor=example.actor)
        return made

    monkeypatch.setattr(coding, "_suggested", meanwhile)
    kept = suggest_codes(example.tenant, encounter, actor=example.actor)
    assert len(kept) == encounter.suggestions.count() > 0


def test_a_stale_job_is_given_back_and_a_working_one_is_left(db):
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    jobs = [suggest_for_visit.enqueue("practice", f"V{number}") for number in (1, 2)]
    now = timezone.now()
    started = [now - STALE_AFTER - dt.timedelta(minutes=1), now]
    for job, moment in zip(jobs, started, strict=True):
        DBTaskResult.objects.filter(pk=job.id).update(status=TaskResultStatus.RUNNING, started_at=moment)
    assert requeue_stale() == 1
    states = [DBTaskResult.objects.get(pk=job.id).status for job in jobs]
    assert states == [TaskResultStatus.READY, TaskResultStatus.RUNNING]
