"""`cleanclaim learn`: what the practice's coders taught, in words."""

from __future__ import annotations

from cleanclaim.cli.office import chosen_tenant, command_actor, open_office
from cleanclaim.cli.output import DONE, print_json, say


def learn(*, tenant: str = "", json: bool = False) -> int:
    """Learn from the released visits of a practice, and say what was learned.

    A new numbered version is kept where coders have decided something new; it is used for the practice's own
    next visits only, from ten finished notes on.

    Args:
        tenant: another practice of this home than the one in use.
        json: print JSON.
    """
    open_office(make=False)
    from cleanclaim.office.encounters.learning import learn_from_coders
    from cleanclaim.office.people.tenancy import within

    with within(chosen_tenant(tenant)) as chosen:
        learned = learn_from_coders(chosen, actor=command_actor())
    if json:
        report = {"version": learned.version, "notes": learned.notes, "sentences": list(learned.report())}
        print_json({"tenant": chosen.slug, **report})
    else:
        for sentence in learned.report():
            say(sentence)
    return DONE
