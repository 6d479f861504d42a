"""Control numbers: given out once for the whole home, never twice, whatever happens in between."""

from __future__ import annotations

from django.db import transaction

from cleanclaim.kernel.errors import Refused
from cleanclaim.office.claims.models import ControlCounter

_LARGEST = 999_999_999


@transaction.atomic
def next_number(name: str) -> int:
    """The next number of a series, from 1. Given out with the transaction that uses it.

    Raises:
        Refused: nine digits are used up.
    """
    counter, _ = ControlCounter.objects.select_for_update().get_or_create(name=name)
    if counter.value >= _LARGEST:
        raise Refused(
            f"the control numbers of {name} are used up", fix="agree on a new sender id with the receiver"
        )
    counter.value += 1
    counter.save()
    return counter.value
