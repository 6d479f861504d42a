"""Whether a file that arrives is meant for this practice: by its envelope and the trading partner on file."""

from __future__ import annotations

import json

from cleanclaim.kernel.errors import InputError
from cleanclaim.office.registry.models import TradingPartnerRow
from cleanclaim.x12 import Addressee, check_addressed

_TEST = "TEST-FILE"


def envelope_notices(data: bytes) -> tuple[str, ...]:
    """What the envelope of a file says against its being ours, for a person to look at; empty where all is well.

    Without a trading partner on file nothing is asked.

    Raises:
        InputError: a test file (ISA15 is T) where the practice works in production: nothing in it is meant.
    """
    row = TradingPartnerRow.objects.first()
    if row is None:
        return ()
    trading = json.loads(row.record)
    who = Addressee(
        receiver_ids=(str(trading["submitter"]["id"]),),
        sender_ids=(str(trading["receiver"]["id"]),),
        production=trading["usage"] == "P",
    )
    found = check_addressed(data, who)
    if any(one.code == _TEST for one in found):
        raise InputError(
            "this is a test file (ISA15 is T), and this practice works in production",
            why="what a test file says of claims and money is not so",
            fix="ask the sender for the file of production",
        )
    return tuple(f"segment {one.segment}: {one.message}" for one in found)
