"""X12 health care files: read without loss, written without a guess.

Read and written as records: 837P, 837I, 835, TA1, 999 and 277CA. Judged (`check`, SNIP types 1 to 5, and 6 and
7 by payer packs) by guides that are data (`reference/x12`): those, 837D, 270, 271, 276, 277 and 278; for reading
only 275, 820, 834 and 997. Not here yet: records of 837D, 270, 271, 276, 277 and 278, and their situational rules
beyond those of 837D.
"""

from cleanclaim.x12.balance import check_claim_balance, check_payment_balance
from cleanclaim.x12.envelope import Envelope
from cleanclaim.x12.envelope_check import check_envelope
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.finding import X12Finding
from cleanclaim.x12.in_words import show
from cleanclaim.x12.judge import Judge, check
from cleanclaim.x12.kinds import sniff
from cleanclaim.x12.read_837 import ClaimInFile, read_837
from cleanclaim.x12.read_acknowledgements import read_acknowledgements
from cleanclaim.x12.reader import copy
from cleanclaim.x12.remittance_835 import read_835
from cleanclaim.x12.verdict import ClaimVerdict, FileVerdict, TransactionVerdict
from cleanclaim.x12.write_277ca import write_277ca
from cleanclaim.x12.write_835 import write_835
from cleanclaim.x12.write_837 import write_837
from cleanclaim.x12.write_acknowledgements import write_999, write_ta1

__all__ = [
    "ClaimInFile",
    "ClaimVerdict",
    "Envelope",
    "FileVerdict",
    "Judge",
    "TransactionVerdict",
    "X12Error",
    "X12Finding",
    "check",
    "check_claim_balance",
    "check_envelope",
    "check_payment_balance",
    "copy",
    "read_835",
    "read_837",
    "read_acknowledgements",
    "show",
    "sniff",
    "write_277ca",
    "write_835",
    "write_837",
    "write_999",
    "write_ta1",
]
