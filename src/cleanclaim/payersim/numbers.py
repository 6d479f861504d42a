"""Control and trace numbers for the pretend clearinghouse: counted, never drawn."""

from __future__ import annotations

import datetime as dt


class Numbers:
    """A counter that the caller owns; the same start and the same calls give the same numbers.

    ``last`` is the number given out last, to be kept by whoever continues later.
    """

    def __init__(self, first: int = 1) -> None:
        self.last = first - 1

    def next(self) -> int:
        """The next number, from 1 to 999,999,999 and then from 1 again."""
        self.last = self.last % 999_999_999 + 1
        return self.last

    def trace(self, payer_id: str, on: dt.date) -> str:
        """The number of a cheque or transfer (TRN02)."""
        return f"{payer_id[-3:]}{on:%y%m%d}{self.next():06d}"
