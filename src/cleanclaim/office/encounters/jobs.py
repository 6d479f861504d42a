"""Jobs of the coding room."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from cleanclaim.office.encounters.coding import suggest_codes
from cleanclaim.office.encounters.models import EncounterRow
from cleanclaim.office.encounters.needed_documents import settle_hold
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.tenancy import find_tenant, within


@task()
def suggest_for_visit(tenant_slug: str, encounter_id: str) -> int:
    """Have the suggestions ready before a coder opens the visit; a visit that has them keeps them.

    What the practice's own coders taught since the last version is learned first.
    """
    from cleanclaim.office.encounters.learning import learn_when_due  # large, like the lexicon

    with within(find_tenant(tenant_slug)) as tenant:
        encounter = EncounterRow.objects.get(encounter_id=encounter_id)
        actor = Actor("worker", "job", dt.datetime.now(dt.UTC))
        learn_when_due(tenant, actor=actor)
        found = suggest_codes(tenant, encounter, actor=actor)
        settle_hold(tenant, encounter)
        return len(found)
