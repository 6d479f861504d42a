"""The 835 read as money: the balance proof, the lines matched, and the postings that follow from it.

Nothing here writes: `propose` answers with drafts of ledger transactions, and with every reason for which
money waits instead.
"""

from cleanclaim.remittances.cases import ClaimsOnFile, FiledClaims
from cleanclaim.remittances.keys import payment_key, posting_key
from cleanclaim.remittances.on_file import ClaimOnFile, PriorPosting
from cleanclaim.remittances.proof import BalanceFault, prove
from cleanclaim.remittances.proposal import (
    ClaimPosting,
    LineMatch,
    NextStep,
    Outcome,
    PaymentProposal,
    PostedReason,
    PostingException,
    ProviderAdjustmentPosting,
    Rung,
)
from cleanclaim.remittances.propose import propose
from cleanclaim.remittances.secondary import build_secondary

__all__ = [
    "BalanceFault",
    "ClaimOnFile",
    "ClaimPosting",
    "ClaimsOnFile",
    "FiledClaims",
    "LineMatch",
    "NextStep",
    "Outcome",
    "PaymentProposal",
    "PostedReason",
    "PostingException",
    "PriorPosting",
    "ProviderAdjustmentPosting",
    "Rung",
    "build_secondary",
    "payment_key",
    "posting_key",
    "propose",
    "prove",
]
