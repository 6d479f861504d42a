"""People, organizations and addresses as segments (NM1, N3, N4, PER, REF, PRV)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cleanclaim.claims.coverage import Coverage, Relationship
from cleanclaim.claims.parties import Address, Patient, Payer, PersonName, Provider, Sex
from cleanclaim.claims.supplements import PayToPlan
from cleanclaim.kernel.dates import format_compact_date
from cleanclaim.x12.claims_837.supplement_rows import other_number_rows
from cleanclaim.x12.syntax.rows import Row, row

SPECIALTIES = {
    "837P": {"82": "PE"},
    "837I": {"71": "AT"},
    "837D": {"82": "PE", "DN": "RF", "P3": "RF", "DD": "AS"},
}
"""PRV01 by guide and NM101, for the roles whose taxonomy the guide carries."""


def provider_name_row(of: str, role: str, provider: Provider) -> Row:
    """NM1 of a provider, a person or an organization, with its NPI where it has one."""
    key = ("XX", provider.npi) if provider.npi else ()
    if provider.name is not None:
        return _person_row(of, role, provider.name, *key)
    return row(of, "NM1", role, "2", provider.organization, "", "", "", "", *key)


def provider_rows(
    of: str,
    role: str,
    provider: Provider,
    *,
    guide: str = "837P",
    address: bool = False,
    contact: bool = False,
) -> Iterator[Row]:
    """A provider of a claim or a line: NM1, PRV where the guide has it, N3 and N4 and PER where wanted, REF."""
    yield provider_name_row(of, role, provider)
    specialty = SPECIALTIES[guide].get(role)
    if provider.taxonomy and specialty:
        yield row(of, "PRV", specialty, "PXC", provider.taxonomy)
    if address and provider.address is not None:
        yield from address_rows(of, provider.address)
    yield from other_number_rows(of, provider.other_numbers)
    if contact:
        yield from contact_rows(of, provider.contact, provider.phone, provider.phone_extension)


def contact_rows(of: str, name: str, phone: str, extension: str) -> Iterator[Row]:
    """PER with a telephone and its extension, where there is a telephone."""
    if phone:
        yield row(of, "PER", "IC", name, "TE", phone, *(("EX", extension) if extension else ()))


def address_rows(of: str, address: Address) -> Iterator[Row]:
    """N3 and N4."""
    yield row(of, "N3", address.line1, address.line2)
    yield row(
        of, "N4", address.city, address.state, address.zip_code, address.country, "", "", address.subdivision
    )


def billing_rows(provider: Provider) -> Iterator[Row]:
    """Loop 2010AA: name, address, tax number and contact of the billing provider."""
    of = "billing provider"
    yield provider_name_row(of, "85", provider)
    if provider.address is not None:
        yield from address_rows(of, provider.address)
    yield row(of, "REF", provider.tax_id_kind, provider.tax_id)
    yield from other_number_rows(of, provider.other_numbers)
    yield from contact_rows(of, provider.contact, provider.phone, provider.phone_extension)


def pay_to_rows(pay_to: Provider) -> Iterator[Row]:
    """Loop 2010AB, which in 5010 is another address of the billing provider and nobody else's."""
    of = "pay-to address"
    yield row(of, "NM1", "87", "1" if pay_to.is_person() else "2")
    if pay_to.address is not None:
        yield from address_rows(of, pay_to.address)


def pay_to_plan_rows(plan: PayToPlan) -> Iterator[Row]:
    """Loop 2010AC: the plan that is paid in the billing provider's place."""
    of = "pay-to plan"
    yield row(of, "NM1", "PE", "2", plan.name, "", "", "", "", "PI", plan.plan_id)
    yield from address_rows(of, plan.address)
    if plan.other_number:
        yield row(of, "REF", plan.other_kind, plan.other_number)
    yield row(of, "REF", "EI", plan.tax_id)


def subscriber_name_row(of: str, coverage: Coverage) -> Row:
    """NM1*IL: the holder of the policy, who is an organization where an employer stands there."""
    subscriber = coverage.subscriber
    key = ("MI", subscriber.member_id) if subscriber.member_id else ()
    employer = employer_of(coverage)
    if employer:
        return row(of, "NM1", "IL", "2", employer, "", "", "", "", *key)
    return _person_row(of, "IL", subscriber.name, *key)


def employer_of(coverage: Coverage) -> str:
    """The organization that holds the policy, empty where a person does."""
    if coverage.relationship is not Relationship.EMPLOYEE:
        return ""
    return coverage.employer or ("" if coverage.subscriber.name.first else coverage.subscriber.name.last)


def patient_name_row(of: str, patient: Patient) -> Row:
    """NM1*QC: the patient, where somebody else holds the policy."""
    return _person_row(of, "QC", patient.name)


def demographic_row(of: str, birth_date: dt.date, sex: Sex | None) -> Row:
    """DMG: birth date and administrative sex."""
    return row(of, "DMG", "D8", format_compact_date(birth_date), sex.value if sex else "U")


def payer_rows(of: str, payer: Payer) -> Iterator[Row]:
    """NM1*PR with N3 and N4 where the address is known, and its further numbers."""
    yield from payer_name_rows(of, payer)
    yield from other_number_rows(of, payer.other_numbers)


def payer_name_rows(of: str, payer: Payer) -> Iterator[Row]:
    """NM1*PR with N3 and N4 where the address is known."""
    yield row(of, "NM1", "PR", "2", payer.name, "", "", "", "", "PI", payer.payer_id)
    if payer.address is not None:
        yield from address_rows(of, payer.address)


def _person_row(of: str, role: str, name: PersonName, *key: str) -> Row:
    return row(of, "NM1", role, "1", name.last, name.first, name.middle, "", name.suffix, *key)
