"""What comes back before the money: TA1, 999 and 277CA, three different facts about a file or a claim."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from attrs import frozen

from cleanclaim.kernel.money import Cents


class AcknowledgementKind(StrEnum):
    """Which answer it is: TA1 the envelope, 999 the guide's syntax, 277CA the claim's acceptance."""

    TA1 = "TA1"
    IMPLEMENTATION = "999"
    CLAIM = "277CA"


class Verdict(StrEnum):
    """Accepted, accepted though with errors noted, or rejected. A rejection is never a denial."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_ERRORS = "accepted-with-errors"
    REJECTED = "rejected"


@frozen
class Complaint:
    """One fault that an acknowledgement names: place, code, and our words for it.

    ``segment_position`` counts from ST; ``component`` is that of the element. ``claim_id`` is the claim that a 999
    says it is about (CTX), ``copied`` what it repeats of the value.
    """

    code: str
    message: str
    segment: str = ""
    segment_position: int | None = None
    loop: str = ""
    element: int | None = None
    component: int | None = None
    claim_id: str = ""
    copied: str = ""


@frozen
class TransactionVerdict:
    """The answer for one transaction set of a file we sent (AK2/IK5), by its ST02."""

    control_number: str
    set_code: str
    verdict: Verdict
    complaints: tuple[Complaint, ...] = ()


@frozen
class ClaimStatus:
    """The answer for one claim (277CA loop 2200D): category and status code, payer's number once given."""

    claim_id: str
    verdict: Verdict
    category: str
    status: str
    entity: str = ""
    message: str = ""
    payer_claim_number: str = ""
    charge_cents: Cents | None = None
    effective_on: dt.date | None = None


@frozen
class Acknowledgement:
    """One acknowledgement, read.

    ``interchange_control_number`` and ``group_control_number`` are those of the file WE sent;
    ``transactions`` are filled by a 999, ``claims`` by a 277CA, ``complaints`` by a TA1 or by a 999 about the group.
    """

    kind: AcknowledgementKind
    verdict: Verdict
    interchange_control_number: str = ""
    group_control_number: str = ""
    batch_reference: str = ""
    transactions: tuple[TransactionVerdict, ...] = ()
    claims: tuple[ClaimStatus, ...] = ()
    complaints: tuple[Complaint, ...] = ()
