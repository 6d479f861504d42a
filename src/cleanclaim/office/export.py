"""Everything the office made or received, as files in a folder that a person can open."""

from __future__ import annotations

import json
from pathlib import Path

from django.template import Context, Engine

from cleanclaim.claims.claim import InstitutionalClaim
from cleanclaim.forms.cms1500 import cms1500_pdf
from cleanclaim.forms.ub04 import ub04_pdf
from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.json import plain
from cleanclaim.kernel.money import format_usd
from cleanclaim.office.claims.models import ClaimVersion
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.files.services import read_file, safe_name
from cleanclaim.office.money.balances import account_cents
from cleanclaim.office.overview import figures, visit_rows

_FOLDERS = {"statement": "statements"}
_PAGES = Path(__file__).parent / "export_pages"


def write_out(folder: Path) -> dict[str, int]:
    """Write files, forms, statements, the summary and the dashboard; returns how many of each kind.

    Raises:
        Refused: the folder cannot be written.
    """
    counts: dict[str, int] = {}
    try:
        taken: set[Path] = set()
        for row in StoredFile.objects.order_by("id"):
            name = _FOLDERS.get(row.kind, row.kind)
            _write(_free(folder / name / safe_name(row.name), row.sha256, taken), read_file(row))
            counts[name] = counts.get(name, 0) + 1
        for version in ClaimVersion.objects.select_related("claim").order_by("id"):
            name, data = _form(version)
            _write(folder / "forms" / safe_name(name.replace("/", "_")), data)
            counts["forms"] = counts.get("forms", 0) + 1
        _write(folder / "summary.json", _summary().encode())
        _write(folder / "dashboard.html", _dashboard().encode())
    except OSError as error:
        raise Refused(
            "the files cannot be written",
            where=str(folder),
            why=(error.strerror or type(error).__name__).lower(),
            fix="name another folder with --out, or free this one",
        ) from error
    return counts


def _form(version: ClaimVersion) -> tuple[str, bytes]:
    claim = version.read()
    if isinstance(claim, InstitutionalClaim):
        return f"{claim.claim_id}-v{version.version}-ub04.pdf", ub04_pdf(claim)
    return f"{claim.claim_id}-v{version.version}-cms1500.pdf", cms1500_pdf(claim)


def _summary() -> str:
    content = {"accounts": account_cents(), "visits": plain(visit_rows()), "figures": plain(figures())}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _dashboard() -> str:
    rows = visit_rows()
    totals = {
        name: sum(getattr(row, f"{name}_cents") for row in rows)
        for name in ("charge", "paid", "adjusted", "insurance", "patient")
    }
    expected = sum(row.expected_cents or 0 for row in rows)
    states: dict[str, int] = {}
    for row in rows:
        states[row.state] = states.get(row.state, 0) + 1
    most = max(states.values(), default=1)
    engine = Engine(dirs=[_PAGES], autoescape=True)
    context = {
        "rows": [_shown(row) for row in rows],
        "tiles": [
            ("Charged", format_usd(totals["charge"])),
            ("Expected from first payers", format_usd(expected)),
            ("Paid", format_usd(totals["paid"])),
            ("Adjusted", format_usd(totals["adjusted"])),
            ("Insurance owes", format_usd(totals["insurance"])),
            ("Patients owe", format_usd(totals["patient"])),
        ],
        "totals": {name: format_usd(cents) for name, cents in totals.items()},
        "figures": [
            {
                "name": item.name,
                "percent": item.percent(),
                "part": format_usd(item.part) if item.money else item.part,
                "whole": format_usd(item.whole) if item.money else item.whole,
            }
            for item in figures()
        ],
        "states": [
            {"name": name, "count": count, "width": round(100 * count / most)}
            for name, count in sorted(states.items(), key=lambda pair: -pair[1])
        ],
    }
    return engine.get_template("dashboard.html").render(Context(context))


def _shown(row) -> dict[str, object]:
    money = ("charge", "paid", "adjusted", "insurance", "patient")
    shown = {name: format_usd(getattr(row, f"{name}_cents")) for name in money}
    expected = "" if row.expected_cents is None else format_usd(row.expected_cents)
    return {**plain(row), **shown, "expected": expected}


def _free(path: Path, digest: str, taken: set[Path]) -> Path:
    """A path of its own for every file: two files of one name do not write over each other."""
    if path in taken:
        path = path.with_name(f"{path.stem}-{digest[:8]}{path.suffix}")
    taken.add(path)
    return path


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: a disk that fills up leaves the old file as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.read_bytes() == data:
        return
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
