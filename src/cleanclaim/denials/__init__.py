"""What a refusal means: whether it is one, whose work it is, what to do next, and until when.

Advice is for a person; nothing here sends, writes off or bills anything.
"""

from cleanclaim.denials.case import DenialCase, open_cases
from cleanclaim.denials.classify import Action, DenialVerdict, PatientMayBeBilled, classify, classify_claim
from cleanclaim.denials.deadlines import Deadline, deadline_for, payer_kind
from cleanclaim.denials.remarks import Remark, remark

__all__ = [
    "Action",
    "Deadline",
    "DenialCase",
    "DenialVerdict",
    "PatientMayBeBilled",
    "Remark",
    "classify",
    "classify_claim",
    "deadline_for",
    "open_cases",
    "payer_kind",
    "remark",
]
