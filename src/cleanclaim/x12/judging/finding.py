"""A finding about a file: which SNIP level, how grave, where, and what to do."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class X12Finding:
    """One fault of a file.

    ``snip`` is the WEDI SNIP type of the test, 1 to 7; ``severity`` "error" or "warning"; ``segment`` the
    ordinal in the file from 1, 0 where none is meant, and ``offset`` the byte where it begins, -1 where none
    is meant; ``element`` such as "CLM02"; ``claim`` CLM01 or CLP01; ``transaction`` ST02.
    """

    snip: int
    severity: str
    code: str
    message: str
    fix: str
    segment: int = 0
    offset: int = -1
    element: str = ""
    loop: str = ""
    claim: str = ""
    transaction: str = ""
