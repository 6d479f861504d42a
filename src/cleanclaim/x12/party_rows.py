"""People, organizations and addresses as segments (NM1, N3, N4, PER, REF, PRV)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cleanclaim.claims.coverage import Coverage, Relationship
from cleanclaim.claims.parties import Address, Patient, Payer, PersonName, Provider, Sex
from cleanclaim.kernel.dates import format_compact_date
from cleanclaim.x12.rows import Row, row

PROVIDER_ROLES = {
    "82": "PE",
    "71": "AT",
    "85": "BI",
}
"""PRV01 by NM101, for the roles whose taxonomy the guides carry."""


def provider_name_row(of: str, role: str, provider: Provider) -> Row:
    """NM1 of a provider, a person or an organization, with its NPI where it has one."""
    key = ("XX", provider.npi) if provider.npi else ()
    if provider.name is not None:
        return _person_row(of, role, provider.name, *key)
    return row(of, "NM1", role, "2", provider.organization, "", "", "", "", *key)


def provider_rows(of: str, role: str, provider: Provider, *, address: bool = False) -> Iterator[Row]:
    """A provider of a claim or a line: NM1, PRV where the guide has it, N3 and N4 where wanted."""
    yield provider_name_row(of, role, provider)
    if provider.taxonomy and role in PROVIDER_ROLES:
        yield row(of, "PRV", PROVIDER_ROLES[role], "PXC", provider.taxonomy)
    if address and provider.address is not None:
        yield from address_rows(of, provider.address)


def address_rows(of: str, address: Address) -> Iterator[Row]:
    """N3 and N4."""
    yield row(of, "N3", address.line1, address.line2)
    yield row(of, "N4", address.city, address.state, address.zip_code)


def billing_rows(provider: Provider) -> Iterator[Row]:
    """Loop 2010AA: name, address, tax number and contact of the billing provider."""
    of = "billing provider"
    yield provider_name_row(of, "85", provider)
    if provider.address is not None:
        yield from address_rows(of, provider.address)
    yield row(of, "REF", provider.tax_id_kind, provider.tax_id)
    if provider.phone:
        yield row(of, "PER", "IC", provider.contact, "TE", provider.phone)


def pay_to_rows(pay_to: Provider) -> Iterator[Row]:
    """Loop 2010AB, which in 5010 is another address of the billing provider and nobody else's."""
    of = "pay-to address"
    yield row(of, "NM1", "87", "1" if pay_to.is_person() else "2")
    if pay_to.address is not None:
        yield from address_rows(of, pay_to.address)


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
    """NM1*PR with N3 and N4 where the address is known."""
    yield row(of, "NM1", "PR", "2", payer.name, "", "", "", "", "PI", payer.payer_id)
    if payer.address is not None:
        yield from address_rows(of, payer.address)


def _person_row(of: str, role: str, name: PersonName, *key: str) -> Row:
    return row(of, "NM1", role, "1", name.last, name.first, name.middle, "", name.suffix, *key)
