"""Finding a claim, a visit or a patient by number or name, among what the person may read."""

from __future__ import annotations

from attrs import frozen
from django.db.models import Q

from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.encounters.models import EncounterRow
from cleanclaim.office.people.roles import Permission, Role, allowed
from cleanclaim.office.registry.models import PatientRow

AT_MOST = 20


@frozen
class Found:
    """One hit; ``exact`` where its number is what was typed."""

    url: str
    kind: str
    name: str
    who: str
    what: str
    state: str
    exact: bool


def find(words: str, roles: frozenset[Role]) -> list[Found]:
    """Hits by number, or by the beginning of a patient's names; nothing for fewer than two signs."""
    if len(words) < 2:
        return []
    found: list[Found] = []
    if allowed(roles, Permission.READ_CLAIM):
        rows = ClaimRow.objects.filter(_named("patient__", words) | Q(claim_id__istartswith=words))
        for row in rows.select_related("patient").order_by("-first_date")[:AT_MOST]:
            what = f"claim, service of {row.first_date:%m/%d/%Y}"
            url = f"/claims/{row.claim_id}/"
            found.append(_found(url, "Claim", row.claim_id, row.patient, what, row.state, words))
    if allowed(roles, Permission.READ_CHART):
        visits = EncounterRow.objects.filter(_named("patient__", words) | Q(encounter_id__istartswith=words))
        for visit in visits.select_related("patient").order_by("-first_date")[:AT_MOST]:
            url = f"/visits/{visit.encounter_id}/"
            found.append(
                _found(url, "Visit", visit.encounter_id, visit.patient, visit.title, visit.state, words)
            )
    if allowed(roles, Permission.READ_ACCOUNT):
        patients = PatientRow.objects.filter(_named("", words) | Q(patient_id__istartswith=words))
        for patient in patients.order_by("last_name", "first_name")[:AT_MOST]:
            url = f"/patients/{patient.patient_id}/"
            found.append(_found(url, "Patient", patient.patient_id, patient, "account", "", words))
    return found


def _named(prefix: str, words: str) -> Q:
    query = Q()
    for word in words.replace(",", " ").split()[:4]:
        last, first = f"{prefix}last_name__istartswith", f"{prefix}first_name__istartswith"
        query &= Q(**{last: word}) | Q(**{first: word})
    return query if query else Q(pk__in=[])


def _found(url: str, kind: str, name: str, patient: PatientRow, what: str, state: str, words: str) -> Found:
    who = f"{patient.last_name}, {patient.first_name}"
    return Found(url, kind, name, who, what, state, name.casefold() == words.casefold())
