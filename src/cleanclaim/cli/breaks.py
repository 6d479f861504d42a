"""What an import breaks of the codes of the office that lies in the same home, where there is one."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence

from cleanclaim.cli.office import chosen_tenant, open_office
from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.impact import Break, LoadedRelease, broken_codes
from cleanclaim.codesets.imports.load import ImportSummary
from cleanclaim.codesets.known_sets import KNOWN_SETS
from cleanclaim.kernel.errors import CleanClaimError


def breaks_of(done: Sequence[ImportSummary], book: CodeBook) -> tuple[tuple[Break, ...], str]:
    """The used codes that the imported releases break, and why they were not compared, or nothing.

    The import stands whatever happens here: a closed database is told, not raised.
    """
    fresh = [item for item in done if not item.already_loaded]
    if not fresh or not _has_office():
        return (), ""
    try:
        open_office(make=False)
        from cleanclaim.office.encounters.used_codes import used_codes
        from cleanclaim.office.people.tenancy import within

        with within(chosen_tenant("")):
            used = used_codes()
    except CleanClaimError as error:
        return (), f"what the import breaks of the office's own codes was not looked for: {error}"
    today = dt.datetime.now(dt.UTC).date()
    releases = [
        LoadedRelease(item.set_name, item.release, _from(item, today), item.last, item.all_ended)
        for item in fresh
    ]
    return broken_codes(used, releases, book), ""


def _from(item: ImportSummary, today: dt.date) -> dt.date:
    """The first day of a release; today for a list that bears no day of its own."""
    undated = KNOWN_SETS[item.set_name].cycle in ("none", "policy")
    return today if undated or item.first is None else item.first


def _has_office() -> bool:
    if os.environ.get("DATABASE_URL"):
        return True
    from cleanclaim.office.home import home_from_environment

    return home_from_environment().database.is_file()
