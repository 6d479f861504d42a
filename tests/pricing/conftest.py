"""Small claims and contract files to price."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cleanclaim.claims.claim import InstitutionalClaim, ProfessionalClaim
from cleanclaim.claims.coverage import Coverage, CoverageOrder, Relationship, Subscriber
from cleanclaim.claims.diagnosis import Diagnosis
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Address, Patient, Payer, PersonName, Provider, Sex
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.identifiers import npi_from_nine
from cleanclaim.pricing import Contract, load_contract

DAY = dt.date(2026, 9, 14)
HOME = Address("1 Test Lane", "Exampleton", "OH", "431990001")


def _service(number: int, code: str, charge: int, **more: Any) -> ServiceLine:
    more.setdefault("service_date", DAY)
    more["units"] = Decimal(more.get("units", 1))
    return ServiceLine(number=number, code=code, charge_cents=charge, **more)


def _claim(*services: tuple[str, int, dict[str, Any]], order: CoverageOrder, **more: Any) -> Any:
    payer = Payer(more.pop("payer", "EXTST"), "Test Payer", "CI")
    subscriber = Subscriber("T1", PersonName("Testman", "Max"))
    common: dict[str, Any] = {
        "claim_id": "T01",
        "patient": Patient("P-1", PersonName("Testman", "Max"), dt.date(1960, 5, 1), Sex.MALE, HOME),
        "coverage": Coverage(
            "C-1", payer, order, Relationship.SELF, subscriber, DatePeriod(dt.date(2020, 1, 1))
        ),
        "billing": Provider(npi=npi_from_nine("130000001"), organization="Test Clinic"),
        "lines": tuple(
            _service(number, code, charge, **fields)
            for number, (code, charge, fields) in enumerate(services, 1)
        ),
    }
    if "type_of_bill" in more:
        common |= {"statement": DatePeriod(DAY, DAY), "principal_diagnosis": Diagnosis("J18.9")}
        return InstitutionalClaim(**common, **more)
    return ProfessionalClaim(diagnoses=(Diagnosis("I10"),), place_of_service="11", **common, **more)


@pytest.fixture(scope="session")
def claim_of() -> Callable[..., Any]:
    """A claim to EXTST with lines (code, charge in cents, further fields)."""

    def build(*services: Any, order: CoverageOrder = CoverageOrder.PRIMARY, **more: Any) -> Any:
        padded = [(*item, {}) if len(item) == 2 else item for item in services]
        return _claim(*padded, order=order, **more)

    return build


@pytest.fixture
def contract_of(tmp_path: Path) -> Callable[..., Contract]:
    """A contract from the text of its terms; ``head`` replaces what stands before them."""

    def build(terms: str, head: str = "contract: t\npayer: EXTST\ndocument: Test agreement\n") -> Contract:
        path = tmp_path / "contract.yaml"
        path.write_text(f"{head}terms:\n{terms}", encoding="utf-8")
        return load_contract(path)

    return build
