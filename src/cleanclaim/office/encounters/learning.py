"""What an organisation's own coders taught: learned from its released visits, kept as numbered files, used only
for its own next visits.

The file holds phrases of notes, so it is kept and guarded like the notes: in the home, under its hash, by tenant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen
from django.db import transaction

from cleanclaim.coding.lessons.learning import (
    FEWEST_NOTES,
    AcceptedCode,
    Decision,
    Learned,
    decide,
    from_json,
    learn,
    to_json,
)
from cleanclaim.coding.records import CodingResult, SuggestionStatus
from cleanclaim.documents.note import Span
from cleanclaim.kernel.errors import InputError, Refused
from cleanclaim.office.audit.services import record
from cleanclaim.office.encounters.coding import ChosenCode, chosen_codes, kept_result
from cleanclaim.office.encounters.models import (
    DocumentRow,
    EncounterRow,
    LearnedInUse,
    Release,
)
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.files.services import read_file, store_file
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import hold

KIND = "learned"
# Older visits than these are forgotten: coding changes, and learning must stay quick.
_MOST_VISITS = 2_000
_EVERY = 10


@frozen
class LearnedVersion:
    """One numbered file; ``learned`` is None where it can no longer be read."""

    number: int
    file: StoredFile
    learned: Learned | None


def learned_versions(tenant: Tenant) -> list[LearnedVersion]:
    """Every version of what this tenant taught, the oldest first."""
    return [LearnedVersion(n, file, _read(tenant, file)) for n, file in enumerate(_versions(tenant), 1)]


def learned_in_use(tenant: Tenant) -> Learned | None:
    """What this tenant's next visits are coded with: the version a lead chose, else the newest.

    None where there is none, where a lead wants none, or where the file cannot be read: a damaged file must not keep
    visits from being coded; `verify` tells of it.
    """
    files = _versions(tenant)
    number = _wanted(tenant, len(files))
    return _read(tenant, files[number - 1]) if 0 < number <= len(files) else None


def number_in_use(tenant: Tenant) -> int:
    """The number of the version in use, 0 where there is none."""
    return _wanted(tenant, len(_versions(tenant)))


@transaction.atomic
def use_version(tenant: Tenant, version: int | None, reason: str, *, actor: Actor) -> LearnedInUse:
    """Code the next visits with an earlier version (0: with none), or with the newest again (None).

    Visits that already have suggestions keep them.

    Raises:
        Refused: there is no such version, its file cannot be read, or no reason is given.
    """
    hold(tenant)
    files = _versions(tenant)
    if version is not None and not 0 <= version <= len(files):
        raise Refused(
            f"there is no version {version}", where="what the coders taught", fix="choose one listed"
        )
    if version and _read(tenant, files[version - 1]) is None:
        raise Refused(
            f"version {version} cannot be read",
            where="what the coders taught",
            fix="restore it from the backup",
        )
    if not reason.strip():
        raise Refused("a change of version needs a reason", fix="say why in a few words")
    last = LearnedInUse.objects.filter(tenant=tenant).last()
    row = LearnedInUse(
        tenant=tenant,
        sequence=(last.sequence if last else 0) + 1,
        version=version,
        reason=reason.strip()[:300],
        who=actor.name,
        at=actor.now,
    )
    row.save(force_insert=True)
    told = "newest" if version is None else str(version)
    record(actor, "use learned version", "learned", told, tenant=tenant)
    return row


def latest_learned(tenant: Tenant) -> Learned | None:
    """The newest version of what this tenant taught, in use or not; None as for `learned_in_use`."""
    newest = _versions(tenant)[-1:]
    return _read(tenant, newest[0]) if newest else None


def _wanted(tenant: Tenant, newest: int) -> int:
    chosen = LearnedInUse.objects.filter(tenant=tenant).last()
    return newest if chosen is None or chosen.version is None else chosen.version


def _read(tenant: Tenant, file: StoredFile) -> Learned | None:
    try:
        return from_json(read_file(file).decode(), organisation=tenant.slug)
    except (InputError, UnicodeDecodeError):
        return None


def learn_from_coders(tenant: Tenant, *, actor: Actor) -> Learned:
    """Learn from every released visit and keep the result as the next version; where nothing new was decided,
    the version there is stays."""
    number = len(_versions(tenant))
    decisions = list(_decisions())
    before = latest_learned(tenant)
    if before is not None and to_json(learn(tenant.slug, decisions, version=number)) == to_json(before):
        return before
    learned = learn(tenant.slug, decisions, version=number + 1)
    with transaction.atomic():
        hold(tenant)
        if len(_versions(tenant)) != number:  # somebody else was quicker, from the same visits
            return latest_learned(tenant) or learned
        name = f"learned-{learned.version}.json"
        data = to_json(learned).encode()
        store_file(tenant, data, direction="made", kind=KIND, name=name, actor=actor)
        record(actor, "learn from coders", "learned", str(learned.version), tenant=tenant)
    return learned


def learn_when_due(tenant: Tenant, *, actor: Actor) -> Learned | None:
    """A new version after the first ten released visits and after every ten more; else the newest there is."""
    there = latest_learned(tenant)
    if there is None:
        due = _released().count() >= FEWEST_NOTES
    else:
        due = Release.objects.filter(at__gt=_versions(tenant)[-1].stored_at).count() >= _EVERY
    return learn_from_coders(tenant, actor=actor) if due else there


def _versions(tenant: Tenant) -> Sequence[StoredFile]:
    return list(StoredFile.objects.filter(tenant=tenant, kind=KIND).order_by("pk"))


def _released():
    return EncounterRow.objects.filter(state="released")


def _decisions() -> Iterator[Decision]:
    """The released visits as the engine learns from them, oldest first; a visit of several documents counts once
    for each that anything was suggested from or tied to."""
    newest = (
        _released().order_by("-pk").prefetch_related("documents", "suggestions", "decisions")[:_MOST_VISITS]
    )
    for encounter in reversed(newest):
        chosen = chosen_codes(encounter)
        for document in encounter.documents.all():
            result = kept_result(encounter, document)
            accepted = _accepted(chosen, document, result)
            yield decide(document.text, result, accepted, note=encounter.encounter_id)


def _accepted(
    chosen: Sequence[ChosenCode], document: DocumentRow, result: CodingResult
) -> list[AcceptedCode]:
    codes = {item.code for item in chosen}
    turned_down = [
        one.code
        for one in result.suggestions
        if one.status is SuggestionStatus.SUGGESTED and one.code not in codes
    ]
    suggested = {one.code for one in result.suggestions}
    accepted = []
    for item in chosen:
        spans = tuple(_own_spans(item, document))
        changed = [code for code in turned_down if code[:3] == item.code[:3]]
        instead_of = changed[0] if len(changed) == 1 and item.code not in suggested else ""
        accepted.append(AcceptedCode(item.code, spans, instead_of))
    return accepted


def _own_spans(item: ChosenCode, document: DocumentRow) -> Iterator[Span]:
    """The words of this document that the coder tied to the code."""
    for given in item.details.get("evidence") or ():
        start, end, text = given["start"], given["end"], given["text"]
        if given.get("document") == document.document_id and document.text[start:end] == text:
            yield Span(start, end, text)
