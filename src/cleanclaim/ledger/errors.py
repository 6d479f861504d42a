"""What the ledger refuses."""

from __future__ import annotations

from cleanclaim.kernel.errors import Refused


class LedgerError(Refused):
    """A transaction that may not enter the ledger."""


class Unbalanced(LedgerError):
    """Debits and credits differ, in the whole transaction or for one claim in it."""


class EmptyTransaction(LedgerError):
    """No entry, or no key to know it by."""


class ZeroEntry(LedgerError):
    """An entry of no cents, which says nothing."""


class NotCents(LedgerError):
    """An amount that is not an integer of cents: a float, a text, a truth value."""


class ReversalRefused(LedgerError):
    """A reversal of a reversal, or one that would carry the key of what it reverses."""


class WriteOffRefused(LedgerError):
    """A write-off without a person, without a reason, or to an account that takes none."""
