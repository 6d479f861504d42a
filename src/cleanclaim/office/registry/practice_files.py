"""Reading a practice's own files (practice, payers, patients, charge master) into engine records."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from cleanclaim.claims.coverage import Coverage, CoverageOrder, Relationship, Subscriber
from cleanclaim.claims.parties import Address, Patient, Payer, PersonName, Provider, Sex
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.errors import InputError

_PROVIDER_FIELDS = (
    "npi",
    "organization",
    "taxonomy",
    "tax_id",
    "tax_id_kind",
    "phone",
    "contact",
    "clia_number",
)
BEFORE_ALL = dt.date(1900, 1, 1)


def read_yaml(path: Path) -> Any:
    """A YAML file's content.

    Raises:
        InputError: the file is missing or is not YAML.
    """
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            "a file of the practice is missing", where=path.name, why=str(error.strerror)
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError("this file is not YAML", where=path.name, why=str(error).splitlines()[0]) from error


def provider_from(raw: dict[str, Any]) -> Provider:
    """A provider from its YAML mapping; a person has ``name``, an organization ``organization``."""
    fields = {key: raw[key] for key in _PROVIDER_FIELDS if key in raw}
    return Provider(**fields, name=_name(raw.get("name")), address=_address(raw.get("address")))


def payer_from(raw: dict[str, Any]) -> Payer:
    """A payer from its YAML mapping."""
    return Payer(raw["payer_id"], raw["name"], raw["filing_indicator"], _address(raw.get("address")))


def patient_from(raw: dict[str, Any]) -> Patient:
    """A patient from the YAML mapping."""
    return Patient(
        patient_id=raw["patient_id"],
        name=_need_name(raw["name"]),
        birth_date=raw["birth_date"],
        sex=Sex(raw["sex"]),
        address=_need_address(raw["address"]),
        phone=raw.get("phone", ""),
        guarantor=_name(raw.get("guarantor")),
    )


def coverage_from(raw: dict[str, Any], patient: Patient, payer: Payer) -> Coverage:
    """A coverage from its YAML mapping; without a subscriber the patient is the subscriber."""
    holder = raw.get("subscriber") or {}
    own = not holder
    subscriber = Subscriber(
        member_id=str(raw["member_id"]),
        name=patient.name if own else _need_name(holder["name"]),
        birth_date=patient.birth_date if own else holder.get("birth_date"),
        sex=patient.sex if own else (Sex(holder["sex"]) if holder.get("sex") else None),
        address=patient.address if own else _address(holder.get("address")),
    )
    return Coverage(
        coverage_id=f"{patient.patient_id}-{raw['payer_id']}-{raw['order']}",
        payer=payer,
        order=CoverageOrder(raw["order"]),
        relationship=Relationship(str(raw["relationship"])),
        subscriber=subscriber,
        period=DatePeriod(raw.get("from") or BEFORE_ALL, raw.get("to")),
        group_number=raw.get("group_number", ""),
        group_name=raw.get("group_name", ""),
        plan_name=raw.get("plan_name", ""),
        insurance_type=str(raw.get("insurance_type", "") or ""),
        property_casualty_number=raw.get("property_casualty_number", ""),
        employer=raw.get("employer", ""),
    )


def _name(raw: dict[str, str] | None) -> PersonName | None:
    return None if not raw else _need_name(raw)


def _need_name(raw: dict[str, str]) -> PersonName:
    return PersonName(raw["last"], raw.get("first", ""), raw.get("middle", ""), raw.get("suffix", ""))


def _address(raw: dict[str, str] | None) -> Address | None:
    return None if not raw else _need_address(raw)


def _need_address(raw: dict[str, str]) -> Address:
    return Address(raw["line1"], raw["city"], raw["state"], str(raw["zip_code"]), raw.get("line2", ""))
