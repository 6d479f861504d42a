"""`cleanclaim demo`: the whole way of the example practice, from notes to balances."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cleanclaim.cli.files import writable_folder
from cleanclaim.cli.office import open_office
from cleanclaim.cli.output import DONE, FINDINGS, complain, print_json, print_table, progress, say
from cleanclaim.kernel.money import format_usd

if TYPE_CHECKING:
    from cleanclaim.office.overview import VisitRow

_STEPS_A_VISIT = 2
_STEPS_AFTER = 5


def demo(*, out: Path = Path("cleanclaim-demo"), load_only: bool = False, json: bool = False) -> int:
    """Work the example practice through and write its files, forms and a dashboard.

    The example is a tenant of its own in the home; it becomes the one that commands work on. A second run
    changes nothing.

    Args:
        out: the folder for files, forms, statements, summary and dashboard.
        load_only: only load the practice and let its visits arrive, uncoded.
        json: print JSON.
    """
    if not load_only:
        writable_folder(out)
    open_office()
    from cleanclaim.office.example import load_example, run_example, visits
    from cleanclaim.office.export import write_out
    from cleanclaim.office.overview import visit_rows
    from cleanclaim.office.people.tenancy import choose_tenant, find_tenant, within
    from cleanclaim.office.verify import verify_home

    tenant = find_tenant("example")
    choose_tenant(tenant)
    total = len(list(visits())) * _STEPS_A_VISIT + _STEPS_AFTER
    with within(tenant), progress(quiet=json) as bar:
        task = bar.add_task("example practice", total=total)

        def tick(what: str) -> None:
            bar.update(task, advance=1, description=what)

        if load_only:
            load_example(tenant, tick=tick)
        else:
            run_example(tenant, tick=tick)
    with within(tenant):
        rows = visit_rows()
        counts = {} if load_only else write_out(out)
    checks = verify_home()
    sound = all(check.ok for check in checks)
    if json:
        print_json(
            {
                "tenant": tenant.slug,
                "out": None if load_only else str(out.absolute()),
                "visits": rows,
                "files": counts,
                "sound": sound,
            }
        )
    else:
        _print(rows)
        if counts:
            written = ", ".join(f"{count} {name}" for name, count in counts.items())
            say(f"Written to {out.absolute()}: {written}, dashboard.html, summary.json")
    for check in checks:
        if not check.ok:
            complain(f"cleanclaim: {check.check}: {check.detail}")
    return DONE if sound else FINDINGS


def _print(rows: list[VisitRow]) -> None:
    money = ("charge", "expected", "paid", "adjusted", "insurance", "patient")
    table = [
        (
            row.encounter_id,
            " ".join(row.diagnoses),
            " ".join(row.services),
            row.claim or "none",
            format_usd(row.charge_cents),
            "" if row.expected_cents is None else format_usd(row.expected_cents),
            format_usd(row.paid_cents),
            format_usd(row.adjusted_cents),
            format_usd(row.insurance_cents),
            format_usd(row.patient_cents),
            row.state,
        )
        for row in rows
    ]
    columns = ("visit", "diagnoses", "services", "claim", *money, "state")
    print_table("Example practice", columns, table, right=money)
