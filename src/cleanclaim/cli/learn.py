"""`cleanclaim learn`: what the practice's coders taught, in words."""

from __future__ import annotations

from typing import Any

from cleanclaim.cli.office import chosen_tenant, command_actor, open_office
from cleanclaim.cli.output import DONE, print_json, say
from cleanclaim.kernel.errors import InputError


def learn(
    *, tenant: str = "", versions: bool = False, use: str = "", reason: str = "", json: bool = False
) -> int:
    """Learn from the released visits of a practice, and say what was learned.

    A new numbered version is kept where coders have decided something new; it is used for the practice's own
    next visits only, from ten finished notes on.

    Args:
        tenant: another practice of this home than the one in use.
        versions: list every version and say which is in use, and learn nothing now.
        use: code the next visits with this version (a number, 0 for none of them, or "newest"), and learn nothing now.
        reason: why, for --use; it is kept.
        json: print JSON.
    """
    open_office(make=False)
    from cleanclaim.office.encounters.learning import learn_from_coders, number_in_use, use_version
    from cleanclaim.office.people.tenancy import within

    with within(chosen_tenant(tenant)) as chosen:
        if use:
            use_version(chosen, _version(use), reason, actor=command_actor())
        if use or versions:
            return _list(chosen, json=json)
        learned = learn_from_coders(chosen, actor=command_actor())
        in_use = number_in_use(chosen)
    if json:
        report = {"version": learned.version, "notes": learned.notes, "sentences": list(learned.report())}
        print_json({"tenant": chosen.slug, **report, "in_use": in_use})
        return DONE
    for sentence in learned.report():
        say(sentence)
    if in_use != learned.version:
        told = f"version {in_use}" if in_use else "none of the versions"
        say(f"In use is {told}, as somebody chose: cleanclaim learn --use newest changes it.")
    return DONE


def _version(given: str) -> int | None:
    if given == "newest":
        return None
    if given.isascii() and given.isdigit() and len(given) < 6:
        return int(given)
    raise InputError("this is no version", where="--use", fix='give its number, 0 for none, or "newest"')


def _list(chosen: Any, *, json: bool) -> int:
    from cleanclaim.office.encounters.learning import learned_versions, number_in_use

    number = number_in_use(chosen)
    rows = [
        {
            "version": one.number,
            "in_use": one.number == number,
            "learned_at": one.file.stored_at.isoformat(),
            "notes": one.learned.notes if one.learned else None,
            "sha256": one.file.sha256,
            "sentences": list(one.learned.report()) if one.learned else [],
        }
        for one in learned_versions(chosen)
    ]
    if json:
        print_json({"tenant": chosen.slug, "in_use": number, "versions": rows})
        return DONE
    for row in rows:
        mark = ", in use" if row["in_use"] else ""
        notes = f"from {row['notes']} notes" if row["notes"] is not None else "cannot be read"
        say(f"Version {row['version']}, {row['learned_at'][:10]}, {notes}{mark}")
    if not rows:
        say("Nothing was learned yet.")
    elif not number:
        say("None of them is in use.")
    return DONE
