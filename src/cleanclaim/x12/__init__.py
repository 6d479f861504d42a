"""X12 health care files: read without loss, written without a guess.

Read and written as records: 837P, 837I, 837D, 835, TA1, 999, 277CA, 270, 271, 276, 277 and 278. Judged (`check`, SNIP
types 1 to 5, and 6 and 7 by payer packs) by guides that are data (`reference/x12`): those, and 275, 820, 834 and 997
for reading only.
"""

from cleanclaim.x12.answer_to import Answers, answer
from cleanclaim.x12.balance import check_claim_balance, check_payment_balance
from cleanclaim.x12.claim_status import (
    ClaimAsked,
    ClaimTold,
    LevelTold,
    Status,
    StatusAnswer,
    StatusCode,
    StatusInquiry,
    StatusLine,
    StatusReport,
    StatusRequest,
)
from cleanclaim.x12.claim_status_in import read_276, read_277
from cleanclaim.x12.claim_status_out import write_276, write_277
from cleanclaim.x12.eligibility import (
    Benefit,
    Delivery,
    EligibilityAnswer,
    EligibilityInquiry,
    EligibilityRequest,
    FurtherCode,
    PatientBenefits,
    ServiceAsked,
)
from cleanclaim.x12.eligibility_in import read_270, read_271
from cleanclaim.x12.eligibility_out import write_270, write_271
from cleanclaim.x12.envelope import Envelope
from cleanclaim.x12.envelope_check import check_envelope
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.finding import X12Finding
from cleanclaim.x12.in_words import show
from cleanclaim.x12.judge import Judge, check
from cleanclaim.x12.kinds import sniff
from cleanclaim.x12.parties import Contact, Day, Heading, Number, Party, Rejection, Trace
from cleanclaim.x12.read_837 import ClaimInFile, EveryClaimInFile, read_837, read_every_837
from cleanclaim.x12.read_acknowledgements import read_acknowledgements
from cleanclaim.x12.reader import copy
from cleanclaim.x12.remittance_835 import read_835
from cleanclaim.x12.services_review import (
    Decision,
    Review,
    ReviewDiagnosis,
    ReviewedCode,
    ReviewedService,
    ReviewEvent,
    ServicesReview,
)
from cleanclaim.x12.services_review_in import read_278
from cleanclaim.x12.services_review_out import write_278
from cleanclaim.x12.trace_match import TraceMatch, match_traces
from cleanclaim.x12.verdict import ClaimVerdict, FileVerdict, TransactionVerdict
from cleanclaim.x12.write_277ca import write_277ca
from cleanclaim.x12.write_835 import write_835
from cleanclaim.x12.write_837 import write_837
from cleanclaim.x12.write_acknowledgements import write_999, write_ta1

__all__ = [
    "Answers",
    "Benefit",
    "ClaimAsked",
    "ClaimInFile",
    "ClaimTold",
    "ClaimVerdict",
    "Contact",
    "Day",
    "Decision",
    "Delivery",
    "EligibilityAnswer",
    "EligibilityInquiry",
    "EligibilityRequest",
    "Envelope",
    "EveryClaimInFile",
    "FileVerdict",
    "FurtherCode",
    "Heading",
    "Judge",
    "LevelTold",
    "Number",
    "Party",
    "PatientBenefits",
    "Rejection",
    "Review",
    "ReviewDiagnosis",
    "ReviewEvent",
    "ReviewedCode",
    "ReviewedService",
    "ServiceAsked",
    "ServicesReview",
    "Status",
    "StatusAnswer",
    "StatusCode",
    "StatusInquiry",
    "StatusLine",
    "StatusReport",
    "StatusRequest",
    "Trace",
    "TraceMatch",
    "TransactionVerdict",
    "X12Error",
    "X12Finding",
    "answer",
    "check",
    "check_claim_balance",
    "check_envelope",
    "check_payment_balance",
    "copy",
    "match_traces",
    "read_270",
    "read_271",
    "read_276",
    "read_277",
    "read_278",
    "read_835",
    "read_837",
    "read_acknowledgements",
    "read_every_837",
    "show",
    "sniff",
    "write_270",
    "write_271",
    "write_276",
    "write_277",
    "write_277ca",
    "write_278",
    "write_835",
    "write_837",
    "write_999",
    "write_ta1",
]
