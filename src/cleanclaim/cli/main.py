"""The command `cleanclaim` and its exit status: 0 done, 1 findings or rejections, 2 unreadable or a wrong call."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence

from cyclopts import App
from cyclopts.exceptions import CycloptsError

from cleanclaim import __version__
from cleanclaim.cli.faults import as_error
from cleanclaim.cli.output import DONE, UNREADABLE, complain

_STOPPED = 130

app = App(
    name="cleanclaim",
    help="From the chart note to a zero balance: coding with evidence, clean claims, money to the cent.",
    version=__version__,
    help_format="plaintext",
    result_action="return_value",
)
codes_app = App(name="codes", help="Code sets: what a code means on a date.")
x12_app = App(name="x12", help="X12 files.")
group_app = App(name="group", help="Groupers.")
for group in (codes_app, x12_app, group_app):
    app.command(group)

_COMMANDS = {
    "demo": "cleanclaim.cli.demo:demo",
    "serve": "cleanclaim.cli.serve:serve",
    "code": "cleanclaim.cli.code:code",
    "scrub": "cleanclaim.cli.scrub:scrub_file",
    "price": "cleanclaim.cli.price:price",
    "import": "cleanclaim.cli.office_files:import_file",
    "post": "cleanclaim.cli.office_files:post",
    "take-in": "cleanclaim.cli.office_files:take_in",
    "balances": "cleanclaim.cli.balances:balances",
    "learn": "cleanclaim.cli.learn:learn",
    "verify": "cleanclaim.cli.verify:verify",
}
for name, target in _COMMANDS.items():
    app.command(target, name=name)
codes_app.command("cleanclaim.cli.codes_show:show", name="show")
codes_app.command("cleanclaim.cli.codes:search", name="search")
codes_app.command("cleanclaim.cli.codes:status", name="status")
codes_app.command("cleanclaim.cli.codes_import:import_sets", name="import")
codes_app.command("cleanclaim.cli.codes_pcs:pcs", name="pcs")
x12_app.command("cleanclaim.cli.x12_files:check", name="check")
x12_app.command("cleanclaim.cli.x12_files:copy", name="copy")
x12_app.command("cleanclaim.cli.x12_files:show", name="show")
group_app.command("cleanclaim.cli.group:drg", name="drg")
group_app.command("cleanclaim.cli.group_hcc:hcc", name="hcc")


def main(arguments: Sequence[str]) -> int:
    """Run one command and answer with its exit status; a fault is one sentence, never a traceback."""
    try:
        status = app(list(arguments), exit_on_error=False, print_error=False)
        sys.stdout.flush()
    except CycloptsError as error:
        words = " ".join(str(error).split()).rstrip(".")
        complain(f"cleanclaim: {words}; run cleanclaim --help to see the commands.")
        return UNREADABLE
    except BrokenPipeError:
        _stop_writing()
        return DONE
    except KeyboardInterrupt:
        complain("cleanclaim: stopped.")
        return _STOPPED
    except Exception as error:
        if os.environ.get("CLEANCLAIM_TRACEBACK"):
            raise
        complain(f"cleanclaim: {as_error(error).sentence()}")
        return UNREADABLE
    return status if isinstance(status, int) else DONE


def run() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    raise SystemExit(main(sys.argv[1:]))


def _stop_writing() -> None:
    """Nobody reads any more: what is left in the buffer goes nowhere, without a complaint at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
