"""X12 health care files: read without loss, written without a guess.

Read and written as records: 837P, 837I, 837D, 835, TA1, 999, 277CA, 270, 271, 276, 277 and 278. Judged (`check`, SNIP
types 1 to 5, and 6 and 7 by payer packs) by guides that are data (`reference/x12`): those, and 275, 820, 834 and 997
for reading only.
"""

from cleanclaim.claims.unread import Unread
from cleanclaim.x12.acknowledgements.answer_to import Answers, answer
from cleanclaim.x12.acknowledgements.read_acknowledgements import read_acknowledgements
from cleanclaim.x12.acknowledgements.write_277ca import write_277ca
from cleanclaim.x12.acknowledgements.write_acknowledgements import write_999, write_ta1
from cleanclaim.x12.claims_837.read_837 import (
    ClaimInFile,
    EveryClaimInFile,
    read_837,
    read_each_837,
    read_every_837,
)
from cleanclaim.x12.claims_837.write_837 import write_837
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.in_words import show, tell
from cleanclaim.x12.inquiries.claim_status import (
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
from cleanclaim.x12.inquiries.claim_status_in import read_276, read_277
from cleanclaim.x12.inquiries.claim_status_out import write_276, write_277
from cleanclaim.x12.inquiries.eligibility import (
    Benefit,
    Delivery,
    EligibilityAnswer,
    EligibilityInquiry,
    EligibilityRequest,
    FurtherCode,
    PatientBenefits,
    ServiceAsked,
)
from cleanclaim.x12.inquiries.eligibility_in import read_270, read_271
from cleanclaim.x12.inquiries.eligibility_out import write_270, write_271
from cleanclaim.x12.inquiries.parties import Contact, Day, Heading, Number, Party, Rejection, Trace
from cleanclaim.x12.inquiries.services_review import (
    Decision,
    Review,
    ReviewDiagnosis,
    ReviewedCode,
    ReviewedService,
    ReviewEvent,
    ServicesReview,
)
from cleanclaim.x12.inquiries.services_review_in import read_278
from cleanclaim.x12.inquiries.services_review_out import write_278
from cleanclaim.x12.inquiries.trace_match import TraceMatch, match_traces
from cleanclaim.x12.judging.addressed import Addressee, check_addressed
from cleanclaim.x12.judging.balance import check_claim_balance, check_payment_balance
from cleanclaim.x12.judging.envelope_check import check_envelope
from cleanclaim.x12.judging.finding import X12Finding
from cleanclaim.x12.judging.judge import Judge, check
from cleanclaim.x12.judging.verdict import ClaimVerdict, FileVerdict, TransactionVerdict
from cleanclaim.x12.remittances_835.remittance_835 import read_835, read_every_835
from cleanclaim.x12.remittances_835.write_835 import write_835
from cleanclaim.x12.syntax.envelope import Envelope
from cleanclaim.x12.syntax.kinds import sniff
from cleanclaim.x12.syntax.reader import copy

__all__ = [
    "Addressee",
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
    "Unread",
    "X12Error",
    "X12Finding",
    "answer",
    "check",
    "check_addressed",
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
    "read_each_837",
    "read_every_835",
    "read_every_837",
    "show",
    "sniff",
    "tell",
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
