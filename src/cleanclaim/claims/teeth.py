"""What dentistry adds: teeth, surfaces, areas of the mouth, appliances."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen


@frozen
class Tooth:
    """A tooth of a line (TOO): its number 1 to 32 or letter A to T, and the treated surfaces (B, D, F, I, L, M, O)."""

    number: str
    surfaces: tuple[str, ...] = ()


@frozen
class ToothStatus:
    """A tooth that is missing (M) or to be extracted (E) (DN2)."""

    number: str
    status: str


@frozen
class Orthodontics:
    """Orthodontic treatment (DN1): months in all and months left; ``told`` says so where no month is known."""

    total_months: Decimal | None = None
    remaining_months: Decimal | None = None
    told: bool = False


@frozen
class DentalService:
    """What a dental line says besides its code (SV3, TOO).

    ``areas`` are areas of the mouth (SV304, "00" all of it, "10" upper right, ...), at most five. ``prosthesis``
    is I for a first placement and R for a replacement, which needs the date of the one before.
    """

    teeth: tuple[Tooth, ...] = ()
    areas: tuple[str, ...] = ()
    prosthesis: str = ""
