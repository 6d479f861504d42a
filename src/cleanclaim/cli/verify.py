"""`cleanclaim verify`: proves ledger, seals, files, audit chain and foreign keys."""

from __future__ import annotations

from cleanclaim.cli.faults import as_error
from cleanclaim.cli.office import open_office
from cleanclaim.cli.output import DONE, FINDINGS, print_json, print_table


def verify(*, json: bool = False) -> int:
    """Prove that the office is sound; 1 on any fault.

    Args:
        json: print JSON.
    """
    open_office(make=False)
    from cleanclaim.office.verify import Check, verify_home

    try:
        checks = verify_home()
    except Exception as error:
        # Rows so changed that they cannot even be read are a fault of the home, not of the call.
        checks = [Check("reading", False, as_error(error).sentence())]
    if json:
        print_json({"checks": checks})
    else:
        rows = [("ok" if item.ok else "FAULT", item.check, item.detail) for item in checks]
        print_table("Verify", ("", "check", "detail"), rows)
    return DONE if all(item.ok for item in checks) else FINDINGS
