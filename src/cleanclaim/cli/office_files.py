"""`cleanclaim import`, `post` and `take-in`: files that change the office."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cleanclaim.cli.files import in_file, read_bytes
from cleanclaim.cli.office import chosen_tenant, command_actor, open_office
from cleanclaim.cli.output import DONE, FINDINGS, print_json, print_table, say
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.money import format_usd


def import_file(file: Path, *, tenant: str = "", json: bool = False) -> int:
    """Open the claims of an 837 that another system sent.

    Args:
        file: an 837P or 837I.
        tenant: another practice of this home than the one in use.
        json: print JSON.
    """
    data = read_bytes(file)
    open_office()
    from cleanclaim.office.claims.imports import import_claims
    from cleanclaim.office.people.tenancy import within

    with within(chosen_tenant(tenant)) as chosen, in_file(file):
        outcomes = import_claims(chosen, data, file.name, actor=command_actor())
    if json:
        print_json({"file": str(file), "tenant": chosen.slug, "claims": outcomes})
    else:
        rows = [(item.claim, item.outcome, format_usd(item.charge_cents), item.reason) for item in outcomes]
        print_table(
            f"Claims of {file.name}", ("claim", "outcome", "charge", "reason"), rows, right=("charge",)
        )
    return FINDINGS if any(item.outcome == "refused" for item in outcomes) else DONE


def post(*files: Path, tenant: str = "", json: bool = False) -> int:
    """Post the payments of 835 files: what is clean is posted, the rest is suspended with a reason.

    Args:
        files: one or more 835 files.
        tenant: another practice of this home than the one in use.
        json: print JSON.
    """
    if not files:
        raise InputError("there is no file to post", fix="name one or more 835 files")
    contents = [(file, read_bytes(file)) for file in files]
    _refuse_unreadable(contents)
    open_office()
    from cleanclaim.office.people.tenancy import within

    with within(chosen_tenant(tenant)) as chosen:
        reports = [_post(chosen, data, file) for file, data in contents]
    if json:
        print_json({"tenant": chosen.slug, "files": reports})
    else:
        for report in reports:
            _print_posted(report)
    suspended = any(
        payment["suspended_cents"] or not payment["balanced"] for r in reports for payment in r["payments"]
    )
    return FINDINGS if suspended or any(_is_left(report) for report in reports) else DONE


def take_in(file: Path, *, tenant: str = "", json: bool = False) -> int:
    """Take in any file that a payer or clearinghouse sent: TA1, 999, 277CA or 835.

    Args:
        file: the file as received.
        tenant: another practice of this home than the one in use.
        json: print JSON.
    """
    data = read_bytes(file)
    from cleanclaim.x12 import sniff

    with in_file(file):
        kinds = sniff(data)
    open_office()
    from cleanclaim.office.people.tenancy import within

    with within(chosen_tenant(tenant)) as chosen, in_file(file):
        if set(kinds) == {"835"}:
            report = _post(chosen, data, file)
            status = FINDINGS if _is_left(report) else DONE
        else:
            report, status = _take_in_answer(chosen, data, file, kinds)
    if json:
        print_json({"tenant": chosen.slug, "sets": list(kinds), **report})
    elif "payments" in report:
        _print_posted(report)
    else:
        say(f"{file.name}: {', '.join(report['kinds'])}, {report['claims_moved']} claims moved.")
        for line in report["unmatched"]:
            say(f"Not matched: {line}")
        _print_notices(report)
    return status


def _take_in_answer(
    tenant: Any, data: bytes, file: Path, kinds: tuple[str, ...]
) -> tuple[dict[str, Any], int]:
    from cleanclaim.office.claims.acknowledgements import take_in_acknowledgements

    unknown = set(kinds) - {"TA1", "999", "277CA"}
    if unknown or not kinds:
        raise InputError(
            f"{', '.join(sorted(unknown)) or 'nothing'} cannot be taken in yet",
            fix="give a TA1, 999, 277CA or 835; claims go to cleanclaim import",
        )
    taken = take_in_acknowledgements(tenant, data, file.name, actor=command_actor())
    report = {
        "file": str(file),
        "sha256": taken.sha256,
        "already_taken_in": not taken.new,
        "kinds": list(taken.kinds),
        "claims_moved": taken.claims_moved,
        "unmatched": list(taken.unmatched),
        "notices": list(taken.notices),
    }
    return report, FINDINGS if taken.unmatched else DONE


def _refuse_unreadable(contents: list[tuple[Path, bytes]]) -> None:
    """Read every file before the first is posted, so that a broken one leaves nothing half done.

    Raises:
        InputError: one of them is no 835, or nothing can be read of it; it is named.
    """
    from cleanclaim.x12 import read_every_835

    for file, data in contents:
        with in_file(file):
            read_every_835(data)


def _post(tenant: Any, data: bytes, file: Path) -> dict[str, Any]:
    from cleanclaim.office.money.posting import post_remittance

    with in_file(file):
        report = post_remittance(tenant, data, file.name, actor=command_actor())
    return {**report, "file": str(file)}


def _is_left(report: dict[str, Any]) -> bool:
    """Whether something of a file was not posted."""
    return bool(report["unread"]) or any(
        claim["outcome"] == "suspended" for payment in report["payments"] for claim in payment["claims"]
    )


def _print_notices(report: dict[str, Any]) -> None:
    for notice in report["notices"]:
        say(f"Look at the envelope: {notice}")


def _print_posted(report: dict[str, Any]) -> None:
    again = " (posted before: nothing changed)" if report["already_posted"] else ""
    say(f"{report['file']}{again}")
    _print_notices(report)
    for sentence in report["unread"]:
        say(f"Not posted: {sentence}")
    for payment in report["payments"]:
        say(
            f"{payment['payer']} {payment['trace']}: {format_usd(payment['bpr_cents'])} = "
            f"{format_usd(payment['posted_cents'])} posted + {format_usd(payment['suspended_cents'])} suspended - "
            f"{format_usd(payment['provider_adjustment_cents'])} provider adjustments"
        )
        rows = [
            (
                claim["claim"],
                claim["outcome"],
                format_usd(claim["paid_cents"]),
                format_usd(claim["contractual_cents"]),
                format_usd(claim["patient_cents"]),
                "denied" if claim["denied"] else "",
                "; ".join(item["message"] for item in claim["exceptions"]),
            )
            for claim in payment["claims"]
        ]
        columns = ("claim", "outcome", "paid", "contractual", "patient", "", "exceptions")
        print_table("", columns, rows, right=("paid", "contractual", "patient"))
