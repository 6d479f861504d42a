"""A small practice for the office's tests: claims in a few lines, answers of payers as bytes, an example at work."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from decimal import Decimal
from types import SimpleNamespace

import attrs
import pytest

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.claims.coordination import OtherPayer
from cleanclaim.claims.coverage import Coverage, CoverageOrder, Relationship, Subscriber
from cleanclaim.claims.diagnosis import Diagnosis
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Address, Patient, Payer, PersonName, Provider, Sex
from cleanclaim.claims.remittance import Payment, ProviderAdjustment, RemittedClaim, RemittedLine
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.identifiers import npi_from_nine
from cleanclaim.office.people.actor import Actor
from cleanclaim.x12 import Envelope, write_835, write_837

SERVED = dt.date(2026, 9, 14)
PAID_ON = dt.date(2026, 11, 9)
NOW = dt.datetime(2026, 11, 10, 9, 0, tzinfo=dt.UTC)
ADDRESS = Address("1 Mill Street", "Lakeside", "OH", "440010001")
CLINIC = Provider(
    npi_from_nine("130000001"),
    organization="Lakeside Clinic",
    taxonomy="207Q00000X",
    address=ADDRESS,
    tax_id="990000001",
    phone="5555550101",
    contact="Billing",
)
DOCTOR = Provider(npi_from_nine("130000101"), name=PersonName("Testwright", "Ada"), taxonomy="207Q00000X")
FIRST_PAYER = Payer("TSTHM", "Harbor Mutual", "CI", ADDRESS)
NEXT_PAYER = Payer("TSTSM", "Second Mutual", "CI", ADDRESS)
TRADING = {
    "submitter": {
        "id_qualifier": "ZZ",
        "id": "LAKESIDE",
        "name": "Lakeside Clinic",
        "contact": "Billing",
        "phone": "5555550101",
    },
    "receiver": {"id_qualifier": "ZZ", "id": "HOUSE", "name": "Test House"},
    "usage": "T",
}


def envelope(number=1, *, sender="HARBOR"):
    return Envelope(
        sender_id=sender,
        receiver_id="LAKESIDE",
        created_at=dt.datetime(2026, 11, 9, 8, 0),
        interchange_control_number=number,
        group_control_number=number,
        submitter_name="Lakeside Clinic",
        contact_name="Billing",
        contact_phone="5555550101",
        receiver_name="Test House",
    )


def person(number=1):
    name = PersonName(f"Example{chr(65 + number % 26)}{chr(65 + number // 26 % 26)}", "Ada")
    return Patient(f"P-{number}", name, dt.date(1970, 1, 1) + dt.timedelta(days=number), Sex.FEMALE, ADDRESS)


def coverage(patient, payer=FIRST_PAYER, order=CoverageOrder.PRIMARY):
    holder = Subscriber(
        f"M{patient.patient_id[2:].zfill(8)}{order.value}",
        patient.name,
        patient.birth_date,
        patient.sex,
        patient.address,
    )
    return Coverage(
        f"{patient.patient_id}-{payer.payer_id}",
        payer,
        order,
        Relationship.SELF,
        holder,
        DatePeriod(dt.date(2026, 1, 1)),
    )


def claim(claim_id="C1", charges=(10_000,), *, number=1, second=False, **fields):
    """A professional claim of office visits; with ``second`` another payer comes after the first."""
    patient = fields.pop("patient", None) or person(number)
    lines = tuple(
        ServiceLine(
            number=place,
            service_date=fields.get("served", SERVED),
            charge_cents=cents,
            units=Decimal(1),
            code=f"9921{place + 1}",
            pointers=(1,),
            control_number=f"{claim_id}L{place}",
        )
        for place, cents in enumerate(charges, 1)
    )
    fields.pop("served", None)
    later = coverage(patient, NEXT_PAYER, CoverageOrder.SECONDARY)
    return ProfessionalClaim(
        claim_id=claim_id,
        patient=patient,
        coverage=coverage(patient),
        other_payers=(OtherPayer(later),) if second else (),
        billing=CLINIC,
        rendering=DOCTOR,
        lines=lines,
        diagnoses=(Diagnosis("I10"),),
        place_of_service="11",
        **fields,
    )


def adjustments(text):
    """``"CO 45 3000, PR 2 1000"`` as adjustments, in cents."""
    parts = [item.split() for item in text.split(",") if item.strip()]
    return tuple(Adjustment(group, reason, int(cents)) for group, reason, cents in parts)


def answer(of, *said, status="1", number="ICN1", **fields):
    """A payer's answer to a claim: for each of its lines (paid cents, adjustments as text)."""
    lines = tuple(
        RemittedLine(
            line.charge_cents,
            paid,
            code=line.code,
            service_date=line.service_date,
            control_number=line.control_number,
            adjustments=adjustments(words),
        )
        for line, (paid, words) in zip(of.lines, said, strict=True)
    )
    return RemittedClaim(
        claim_id=of.claim_id,
        status=status,
        charge_cents=sum(line.charge_cents for line in lines),
        paid_cents=sum(line.paid_cents for line in lines),
        filing_indicator="CI",
        payer_claim_number=number,
        facility_code="11",
        frequency="1",
        lines=lines,
        patient_last_name=of.patient.name.last,
        patient_first_name=of.patient.name.first,
        member_id=of.coverage.subscriber.member_id,
        **fields,
    )


def take_back(remitted):
    """The reversal of an answer: every amount with the other sign."""
    lines = tuple(
        attrs.evolve(
            line,
            charge_cents=-line.charge_cents,
            paid_cents=-line.paid_cents,
            adjustments=tuple(attrs.evolve(one, cents=-one.cents) for one in line.adjustments),
        )
        for line in remitted.lines
    )
    return attrs.evolve(
        remitted,
        status="22",
        charge_cents=-remitted.charge_cents,
        paid_cents=-remitted.paid_cents,
        lines=lines,
    )


def provider_adjustment(reason, cents, reference="REF1"):
    return ProviderAdjustment(CLINIC.npi, dt.date(2026, 12, 31), reason, reference, cents)


def payment(*answers, trace="T1", payer=FIRST_PAYER, provider=(), **fields):
    """A payment that balances, unless ``payment_cents`` says otherwise."""
    total = sum(item.paid_cents for item in answers) - sum(item.cents for item in provider)
    given = {
        "trace": trace,
        "payer_name": payer.name,
        "payer_id": payer.payer_id,
        "payment_cents": total,
        "method": "ACH" if total else "NON",
        "effective_on": PAID_ON,
        "payee_npi": CLINIC.npi,
        "payee_name": CLINIC.organization,
        "payer_tax_id": "990000009",
        "production_on": PAID_ON,
        "claims": tuple(answers),
        "provider_adjustments": tuple(provider),
    }
    return Payment(**(given | fields))


def remittance(*payments, number=1):
    """The bytes of an 835 with these payments."""
    return write_835(payments, envelope(number), FIRST_PAYER, CLINIC)


def claims_file(*claims, number=1):
    """The bytes of an 837P with these claims."""
    return write_837(claims, envelope(number, sender="LAKESIDE"))


def actor(name="tester", now=NOW, channel="test"):
    return Actor(name, channel, now)


@pytest.fixture(scope="session")
def desk():
    """The builders of this folder."""
    return SimpleNamespace(
        NOW=NOW,
        PAID_ON=PAID_ON,
        SERVED=SERVED,
        CLINIC=CLINIC,
        DOCTOR=DOCTOR,
        FIRST_PAYER=FIRST_PAYER,
        NEXT_PAYER=NEXT_PAYER,
        TRADING=TRADING,
        actor=actor,
        adjustments=adjustments,
        answer=answer,
        claim=claim,
        claims_file=claims_file,
        coverage=coverage,
        envelope=envelope,
        payment=payment,
        person=person,
        provider_adjustment=provider_adjustment,
        remittance=remittance,
        take_back=take_back,
    )


class Practice:
    """A tenant at work: its claims opened, answered and looked at through the services only."""

    def __init__(self, tenant):
        self.tenant = tenant
        self.actor = actor()
        self._numbers = itertools.count(1)

    def open(self, *claims):
        """Claims that are out at their payer, as imported from the system that sent them."""
        from cleanclaim.office.claims.imports import import_claims

        return import_claims(
            self.tenant, claims_file(*claims, number=next(self._numbers)), "claims.x12", actor=self.actor
        )

    def make(self, *claims: ProfessionalClaim):
        """Claims of visits of our own: charged, scrubbed, and let go whatever the scrubber said."""
        from cleanclaim.office.claims.create import create_claim
        from cleanclaim.office.claims.scrubbing import override_hold
        from cleanclaim.office.registry.services import save_patient

        rows = []
        for item in claims:
            patient = save_patient(self.tenant, item.patient)
            row = create_claim(self.tenant, item, patient, None, actor=self.actor)
            if row.state == "held":
                override_hold(self.tenant, row, "a test lets it go", actor=self.actor)
                row.refresh_from_db()
            rows.append(row)
        return rows

    def batch(self):
        from cleanclaim.office.claims.batches import make_batches

        return make_batches(self.tenant, TRADING, actor=self.actor)

    def take(self, data: bytes, name="era.835"):
        from cleanclaim.office.money.posting import post_remittance

        return post_remittance(self.tenant, data, name, actor=self.actor)

    def pay(self, *answers, **fields):
        """Post one payment in a file of its own; returns its report."""
        return self.take(remittance(payment(*answers, **fields), number=next(self._numbers)))["payments"][0]

    def balance(self, claim_id="C1"):
        from cleanclaim.office.money.balances import balances_of_claims

        return balances_of_claims(claim_id=claim_id)[claim_id]

    def accounts(self):
        from cleanclaim.office.money.balances import account_cents

        return {name: cents for name, cents in account_cents().items() if cents}

    def state(self, claim_id="C1"):
        from cleanclaim.office.claims.models import ClaimRow

        return ClaimRow.objects.get(claim_id=claim_id).state

    def events(self, claim_id="C1") -> Sequence[str]:
        from cleanclaim.office.claims.models import ClaimEvent

        return list(
            ClaimEvent.objects.filter(claim__claim_id=claim_id)
            .order_by("sequence")
            .values_list("kind", flat=True)
        )

    def money(self):
        """Everything that money is: accounts and every claim's balance."""
        from cleanclaim.office.money.balances import balances_of_claims

        return self.accounts(), balances_of_claims()


@pytest.fixture
def practice(db):
    """An empty practice, entered."""
    from cleanclaim.office.people.tenancy import find_tenant, within

    with within(find_tenant("practice")) as tenant:
        yield Practice(tenant)


@pytest.fixture
def sound(db):
    """Ask the office for its own proof: the faults it finds, none when all is well."""
    from cleanclaim.office.verify import verify_home

    def faults():
        return {item.check: item.detail for item in verify_home() if not item.ok}

    return faults


@pytest.fixture(scope="session")
def worked_example(django_db_setup, django_db_blocker):
    """The example practice worked through once, kept for the whole run."""
    from cleanclaim.office.example import run_example
    from cleanclaim.office.people.tenancy import find_tenant, within

    with django_db_blocker.unblock():
        tenant = find_tenant("example")
        with within(tenant):
            run_example(tenant)
    return tenant


@pytest.fixture
def example(worked_example, db):
    """The worked example, entered; whatever a test does to it is rolled back."""
    from cleanclaim.office.people.tenancy import within

    with within(worked_example) as tenant:
        yield Practice(tenant)
