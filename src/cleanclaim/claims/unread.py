"""What of a file makes no record: a claim, a claim payment or a whole set, told in its place among its neighbours."""

from __future__ import annotations

from attrs import frozen

from cleanclaim.kernel.errors import CleanClaimError

_SHOWN = 38


@frozen(kw_only=True)
class Unread:
    """One claim, claim payment or transaction set that cannot be read, while those beside it are.

    ``claim_id`` is the patient control number as sent (CLM01, CLP01), empty where a whole set or level is
    meant, or the claim has none. ``segments`` are the ordinals of its first and last segment; ``segment`` and
    ``offset`` name the one at fault and the byte at which it begins. ``what``, ``why`` and ``fix`` are those of
    an error, without patient data.
    """

    claim_id: str
    segments: tuple[int, int]
    segment: int
    offset: int
    what: str
    why: str = ""
    fix: str = ""
    transaction_control_number: str = ""

    def sentence(self) -> str:
        """All of it as one line."""
        first, last = self.segments
        place = f"segments {first} to {last}" if last > first else f"segment {first}"
        whose = f"claim {self.claim_id[:_SHOWN]}" if self.claim_id else self._part()
        where = f"{whose} ({place}) cannot be read: segment {self.segment}, byte {self.offset}"
        return CleanClaimError(self.what, where=where, why=self.why, fix=self.fix).sentence()

    def _part(self) -> str:
        return f"set {self.transaction_control_number[:_SHOWN]}"
