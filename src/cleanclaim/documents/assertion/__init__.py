"""Whether a condition that is mentioned is asserted: of this patient, now, and for certain."""

from cleanclaim.documents.assertion.cues import Assertion
from cleanclaim.documents.assertion.deciding import Asserted, assertion_at

__all__ = ["Asserted", "Assertion", "assertion_at"]
