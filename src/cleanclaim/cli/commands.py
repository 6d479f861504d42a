"""The commands of `cleanclaim`, where each is and what it says of itself.

What they say stands here and not only in their docstrings: listing the commands must not import every one of them.
A test holds the two to each other.
"""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A command: its function as "module:name", and its help without its parameters."""

    target: str
    says: str


COMMANDS: dict[str, dict[str, Command]] = {
    "": {
        "demo": Command(
            "cleanclaim.cli.demo:demo",
            "Work the example practice through and write its files, forms and a dashboard.\n\n"
            "The example is a tenant of its own in the home; it becomes the one that commands work "
            "on. A second run changes nothing.",
        ),
        "serve": Command(
            "cleanclaim.cli.serve:serve",
            "Serve the office until it is stopped; prints its address and, on a new home, a one-time link.",
        ),
        "code": Command(
            "cleanclaim.cli.code:code",
            "Suggest codes for a note, each with the words it stands on.",
        ),
        "scrub": Command(
            "cleanclaim.cli.scrub:scrub_file",
            "Scrub the claims of a file.",
        ),
        "price": Command(
            "cleanclaim.cli.price:price",
            "Price claims by contract.",
        ),
        "import": Command(
            "cleanclaim.cli.office_files:import_file",
            "Open the claims of an 837 that another system sent.",
        ),
        "post": Command(
            "cleanclaim.cli.office_files:post",
            "Post the payments of 835 files: what is clean is posted, the rest is suspended with a reason.",
        ),
        "take-in": Command(
            "cleanclaim.cli.office_files:take_in",
            "Take in any file that a payer or clearinghouse sent: TA1, 999, 277CA or 835.",
        ),
        "balances": Command(
            "cleanclaim.cli.balances:balances",
            "Show the trial balance and every claim's balance.",
        ),
        "learn": Command(
            "cleanclaim.cli.learn:learn",
            "Learn from the released visits of a practice, and say what was learned.\n\n"
            "A new numbered version is kept where coders have decided something new; it is used for "
            "the practice's own next visits only, from ten finished notes on.",
        ),
        "verify": Command(
            "cleanclaim.cli.verify:verify",
            "Prove that the office is sound; 1 on any fault.",
        ),
    },
    "codes": {
        "show": Command(
            "cleanclaim.cli.codes_show:show",
            "Show a code as it stands on a date.",
        ),
        "search": Command(
            "cleanclaim.cli.codes:search",
            "Find codes by words, abbreviations or the beginning of a code.",
        ),
        "status": Command(
            "cleanclaim.cli.codes:status",
            "List what is loaded, what it enables, and which checks are not made without the rest.",
        ),
        "import": Command(
            "cleanclaim.cli.codes_import:import_sets",
            "Load official files, all of them or none; each is recognised by its content, never by its name.",
        ),
        "pcs": Command(
            "cleanclaim.cli.codes_pcs:pcs",
            "Show which values may follow the beginning of an ICD-10-PCS code; a whole code is "
            "explained axis by axis.",
        ),
    },
    "x12": {
        "check": Command(
            "cleanclaim.cli.x12_files:check",
            "Judge X12 files: the verdict per file, transaction and claim, with findings.\n\n"
            "Files of any size are judged in flat memory; a progress bar stands on standard error "
            "while that takes.",
        ),
        "copy": Command(
            "cleanclaim.cli.x12_files:copy",
            "Read an X12 file and write it back, byte for byte.",
        ),
        "show": Command(
            "cleanclaim.cli.x12_files:show",
            "Tell an X12 file in words.",
        ),
    },
    "group": {
        "drg": Command(
            "cleanclaim.cli.group:drg",
            "Group inpatient cases by the version in force at discharge, and run the code editor of "
            "that day.",
        ),
        "hcc": Command(
            "cleanclaim.cli.group_hcc:hcc",
            "Score persons by the HCC model that each line names.",
        ),
    },
}
