"""The scrubber: one function per edit, run over claims before they are sent."""

from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.payers import CorrectionMethod, PayerProfile, PayerRule, load_payer_profiles
from cleanclaim.edits.report import ClaimScrub, ScrubReport, ScrubVerdict
from cleanclaim.edits.scrub import EditCrashed, scrub
from cleanclaim.edits.tables import NO_TABLES, EditTables

__all__ = [
    "NO_TABLES",
    "ClaimScrub",
    "CorrectionMethod",
    "EditCrashed",
    "EditTables",
    "PayerProfile",
    "PayerRule",
    "ScrubContext",
    "ScrubReport",
    "ScrubVerdict",
    "load_payer_profiles",
    "scrub",
]
