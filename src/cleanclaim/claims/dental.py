"""The dental claim (ADA form, 837D)."""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from cleanclaim.claims.claim import AnyClaim, Claim
from cleanclaim.claims.diagnosis import Diagnosis
from cleanclaim.claims.parties import Provider
from cleanclaim.claims.teeth import Orthodontics, ToothStatus


@frozen(kw_only=True)
class DentalClaim(Claim):
    """A claim of a dentist; its lines carry CDT codes and a `DentalService` each.

    ``diagnoses`` are at most four and often none. ``appliance_placed_on`` is the day an orthodontic appliance
    was placed, ``service_date`` one day for all lines that tell none. A treatment plan sent for its price is a
    ``predetermination``; its lines have no date, and their ``service_date`` is the day the plan was sent.
    """

    place_of_service: str
    diagnoses: tuple[Diagnosis, ...] = ()
    service_date: dt.date | None = None
    appliance_placed_on: dt.date | None = None
    orthodontics: Orthodontics | None = None
    tooth_status: tuple[ToothStatus, ...] = ()
    assistant_surgeon: Provider | None = None


EveryClaim = AnyClaim | DentalClaim

__all__ = ["DentalClaim", "EveryClaim"]
