"""`cleanclaim balances`: the trial balance, and what is open by claim and by who owes it."""

from __future__ import annotations

from cleanclaim.cli.office import chosen_tenant, open_office
from cleanclaim.cli.output import DONE, FINDINGS, complain, print_json, print_table
from cleanclaim.kernel.money import format_usd


def balances(*, claim: str = "", tenant: str = "", json: bool = False) -> int:
    """Show the trial balance and every claim's balance.

    Args:
        claim: only this claim.
        tenant: another practice of this home than the one in use.
        json: print JSON.
    """
    open_office(make=False)
    from cleanclaim.office.money.balances import balances_report
    from cleanclaim.office.people.tenancy import within

    with within(chosen_tenant(tenant)) as chosen:
        report = {"tenant": chosen.slug, **balances_report(claim)}
    if json:
        print_json(report)
    else:
        accounts = [(name, format_usd(cents)) for name, cents in report["accounts"].items() if cents]
        print_table(f"Trial balance of {chosen.slug}", ("account", "amount"), accounts, right=("amount",))
        amounts = ("charge", "paid", "adjusted", "insurance", "patient")
        rows = [
            (row["claim"], *(format_usd(row[f"{name}_cents"]) for name in amounts), row["state"])
            for row in report["claims"]
        ]
        print_table("Claims", ("claim", *amounts, "state"), rows, right=amounts)
    if claim and not report["claims"]:
        complain("cleanclaim: no claim of that number has an entry in the ledger.")
        return FINDINGS
    return DONE
