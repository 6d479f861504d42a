"""What cannot be read or written as X12, and where."""

from __future__ import annotations

from cleanclaim.kernel.errors import InputError


class X12Error(InputError):
    """A file that is not the X12 it claims to be, or a record that X12 cannot carry.

    ``segment`` is the ordinal in the file from 1, or 0 when no segment is meant; ``offset`` the byte at
    which that segment begins.
    """

    def __init__(
        self, what: str, *, segment: int = 0, offset: int = 0, where: str = "", why: str = "", fix: str = ""
    ) -> None:
        self.segment = segment
        self.offset = offset
        place = f"segment {segment}" if segment else ""
        both = ", ".join(part for part in (place, where) if part)
        super().__init__(what, where=both, why=why, fix=fix)
