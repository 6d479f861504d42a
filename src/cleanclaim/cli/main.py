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
from cleanclaim.cli.commands import COMMANDS
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
codes_app = App(name="codes", help="Code sets: what a code means on a date, what is loaded, official files.")
x12_app = App(name="x12", help="X12 files: judged, copied, told in words.")
group_app = App(name="group", help="Groupers: MS-DRG and HCC.")
for group in (codes_app, x12_app, group_app):
    app.command(group)

_GROUPS = {"": app, "codes": codes_app, "x12": x12_app, "group": group_app}
for place, commands in COMMANDS.items():
    for name, command in commands.items():
        _GROUPS[place].command(command.target, name=name, help=command.says)


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
