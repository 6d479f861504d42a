"""Who does it: every service is told, every event and audit row says it."""

from __future__ import annotations

import datetime as dt

from attrs import field, frozen

from cleanclaim.kernel.errors import InputError


def _in_utc(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        raise InputError("the moment of an act has no time zone", fix="give it in UTC")
    return moment.astimezone(dt.UTC)


@frozen
class Actor:
    """A person or a program acting now, through one channel ("web", "cli", "job", "demo").

    ``now`` is the moment the work counts as done, kept in UTC: services never ask the clock themselves.

    Raises:
        InputError: ``now`` has no time zone.
    """

    name: str
    channel: str
    now: dt.datetime = field(converter=_in_utc)
    user_id: int | None = None

    @property
    def today(self) -> dt.date:
        """The calendar day of ``now``."""
        return self.now.date()
