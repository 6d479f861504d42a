"""Who does it: every service is told, every event and audit row says it."""

from __future__ import annotations

import datetime as dt

from attrs import frozen


@frozen
class Actor:
    """A person or a program acting now, through one channel ("web", "cli", "job", "demo").

    ``now`` is the moment the work counts as done: services never ask the clock themselves.
    """

    name: str
    channel: str
    now: dt.datetime
    user_id: int | None = None

    @property
    def today(self) -> dt.date:
        """The calendar day of ``now``."""
        return self.now.date()
