"""Who sends what to whom, under which numbers: all that an interchange needs besides its contents."""

from __future__ import annotations

import datetime as dt

from attrs import frozen


@frozen(kw_only=True)
class Envelope:
    """The parties, numbers and time of one interchange; the caller keeps the numbers unique.

    ``created_at`` is the local time of the sender, given and never taken from a clock.
    ``first_transaction_control_number`` is that of the first ST, the following ones count up. ``test`` is
    ISA15: T when true.
    """

    sender_id: str
    receiver_id: str
    created_at: dt.datetime
    interchange_control_number: int
    group_control_number: int
    submitter_name: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    receiver_name: str = ""
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    first_transaction_control_number: int = 1
    test: bool = True
    acknowledgement_requested: bool = True

    def transaction_control_number(self, index: int) -> str:
        """ST02 of the transaction set at this place from 0: at least four digits."""
        return f"{self.first_transaction_control_number + index:04d}"

    def reference(self, index: int) -> str:
        """BHT03 of the transaction set at this place: the interchange's number, then the set's."""
        return f"{self.interchange_control_number:09d}{self.transaction_control_number(index)}"
