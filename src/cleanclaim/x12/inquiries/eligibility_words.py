"""Eligibility questions and answers told in words, code by code from `reference/x12/words`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from cleanclaim.kernel.money import format_usd
from cleanclaim.x12.inquiries.code_words import words
from cleanclaim.x12.inquiries.eligibility import (
    Benefit,
    Delivery,
    EligibilityAnswer,
    EligibilityInquiry,
    EligibilityRequest,
    FurtherCode,
    PatientBenefits,
)
from cleanclaim.x12.inquiries.parties import Day, Number, Party, Rejection
from cleanclaim.x12.syntax.amounts import format_quantity

_NETWORK = {"Y": "in network", "N": "out of network", "W": "in and out of network", "U": "network unknown"}
_AUTHORIZATION = {"Y": "authorization needed", "N": "no authorization needed", "U": "authorization unknown"}


def rejection_words(rejection: Rejection) -> str:
    """Why a request was not processed, and what to do."""
    reason = words("refusal", rejection.reason, "reason {}")
    return f"{reason} (code {rejection.reason}): {words('follow-up', rejection.follow_up, 'follow-up {}')}"


def request_told(request: EligibilityRequest) -> Iterator[str]:
    """A 270, one line per person asked about and one per question."""
    for inquiry in request.inquiries:
        yield f"  {_asked(inquiry)}"
        for service in inquiry.services:
            asked = [words("service", code, "service type {}") for code in service.service_types]
            asked += [code_words(service.procedure)] if service.procedure else []
            dates = _listed(_days(service.dates))
            yield f"    asked: {'; '.join(asked)}{dates}{_also(service.carried)}"
        yield from _also_lines(inquiry.carried + inquiry.patient().carried)


def _asked(inquiry: EligibilityInquiry) -> str:
    dates = _listed(_days(inquiry.dates))
    return (
        f"Is {person_words(inquiry.patient(), inquiry.subscriber)} covered by {inquiry.payer.shown()}? "
        f"Asked by {inquiry.provider.shown()}{_traces(inquiry)}{dates}"
    )


def answer_told(answer: EligibilityAnswer) -> Iterator[str]:
    """A 271, one line per person and one per benefit, refusals first."""
    for person in answer.answers:
        yield from benefits_told(person)


def benefits_told(person: PatientBenefits) -> Iterator[str]:
    """The benefits of one person in words, or why there are none."""
    patient = person.patient()
    whom = f" about {person_words(patient, person.subscriber)}" if patient is not None else ""
    asked = f" to {person.provider.shown()}" if person.provider is not None else ""
    yield f"  {person.payer.shown()} answers{asked}{whom}{_traces(person)}: {_covered(person)}"
    for rejection in person.refusals():
        yield f"    not answered: {rejection_words(rejection)}"
    for text in _days(person.dates):
        yield f"    {text}"
    for party in (person.subscriber, person.dependent):
        for number in party.numbers if party is not None else ():
            yield f"    {number_words(number)}"
    for benefit in person.benefits:
        yield f"    {benefit_words(benefit)}"
        for party in benefit.related:
            yield f"      {party_words(party)}"
        for text in benefit.messages:
            yield f"      the payer writes: {text}"
    yield from _also_lines(_carried(person))


def _covered(person: PatientBenefits) -> str:
    active = person.is_active()
    if active is None:
        return "it does not say whether coverage is active" if not person.refusals() else "no answer"
    return "coverage is active" if active else "coverage is not active"


def benefit_words(benefit: Benefit) -> str:
    """One benefit in one sentence, with every code it has."""
    kind = words("benefit", benefit.kind, "benefit {}")
    if benefit.cents is not None:
        kind = f"{format_usd(benefit.cents)} {kind}"
    if benefit.percent is not None:
        share = benefit.percent * 100 if benefit.percent <= 1 else benefit.percent
        kind = f"{format_quantity(share)} % {kind}"
    if benefit.quantity is not None:
        unit = words("quantity", benefit.quantity_kind, "quantity {}")
        kind = f"{kind}: {format_quantity(benefit.quantity)} {unit}"
    parts = [f"{kind} {words('period', benefit.period, 'period {}')}".rstrip()]
    parts += [words("coverage-level", benefit.coverage_level, "level {}")]
    parts += [_NETWORK.get(benefit.in_network, "")]
    parts += [_AUTHORIZATION.get(benefit.authorization, "")]
    parts += [words("insurance", benefit.insurance_type, "insurance {}"), benefit.plan]
    parts += [f"for {code_words(benefit.procedure)}"] if benefit.procedure else []
    parts += [delivery_words(item) for item in benefit.deliveries]
    parts += [_further(item) for item in benefit.further]
    parts += [*_days(benefit.dates), *map(number_words, benefit.numbers)]
    services = "; ".join(words("service", code, "service type {}") for code in benefit.service_types)
    head = ", ".join(part for part in parts if part)
    return f"{head}: {services}" if services else head


def delivery_words(item: Delivery) -> str:
    """How much, per what, for how long: "3 visits per week for 2 months"."""
    told = []
    if item.quantity is not None:
        told.append(_many(item.quantity, item.quantity_kind))
    if item.unit:
        told.append(f"per {_many(item.per, item.unit)}")
    if item.period:
        told.append(f"for {_many(item.periods, item.period)}")
    told += [f"pattern {item.frequency}"] if item.frequency else []
    told += [f"time of day {item.time_of_day}"] if item.time_of_day else []
    return " ".join(told)


def _many(number: Decimal | None, unit: str) -> str:
    named = words("unit", unit, "of unit {}")
    if number is None:
        return named
    plural = "s" if number != 1 and not named.startswith("of unit") else ""
    return f"{format_quantity(number)} {named}{plural}"


def _further(item: FurtherCode) -> str:
    if item.code_list == "ZZ":
        return f"at place of service {item.code}"
    told = words("injury", item.code, "injury {}") if item.code_list == "GR" else item.code
    kind = {"BK": "diagnosis", "ABK": "diagnosis", "BF": "diagnosis", "ABF": "diagnosis"}
    return " ".join(part for part in (kind.get(item.code_list, ""), told, item.text) if part)


def code_words(procedure: tuple[str, ...]) -> str:
    """A service as a biller writes it: the code and its modifiers."""
    code = procedure[1] if len(procedure) > 1 else ""
    return "-".join([code, *(part for part in procedure[2:6] if part)])


def person_words(person: Party, subscriber: Party | None) -> str:
    """Who somebody is: the name, the birth date, the member number, and whose dependent."""
    parts = [person.shown()]
    parts += [f"born {person.birth_date}"] if person.birth_date is not None else []
    if subscriber is not None and person is not subscriber:
        kin = words("relationship", person.relationship, "relationship {}") or "dependent"
        parts.append(f"{kin} of {subscriber.shown()}" if subscriber.last else kin)
    holder = subscriber or person
    parts += [f"member {holder.identifier}"] if holder.identifier else []
    return ", ".join(parts)


def party_words(party: Party) -> str:
    """A party with its role, its number and how to reach it."""
    parts = [f"{words('role', party.role, 'party {}')}: {party.shown()}"]
    parts += [party.identifier] if party.identifier else []
    parts += map(number_words, party.numbers)
    for contact in party.contacts:
        parts += [contact.name] if contact.name else []
        parts += [number for _, number in contact.ways]
    return ", ".join(parts)


def number_words(number: Number) -> str:
    """A further number with its kind."""
    named = words("number", number.kind, "number {}")
    return f"{named} {number.number}" + (f" ({number.description})" if number.description else "")


def _days(days: Iterable[Day]) -> list[str]:
    return [f"{words('date', day.kind, 'date {}')} {day.shown()}" for day in days]


def _traces(item: EligibilityInquiry | PatientBenefits) -> str:
    return "".join(f", trace {trace.number}" for trace in item.traces)


def _listed(texts: Iterable[str]) -> str:
    return "".join(f", {text}" for text in texts)


def _carried(person: PatientBenefits) -> tuple[str, ...]:
    found = list(person.carried)
    for party in (person.payer, person.provider, person.subscriber, person.dependent):
        found += party.carried if party is not None else ()
    for benefit in person.benefits:
        found += benefit.carried
        for code in benefit.further:
            found += code.carried
        for party in benefit.related:
            found += party.carried
    return tuple(found)


def _also(carried: Iterable[str]) -> str:
    return "".join(f"; also there: {text}" for text in carried)


def _also_lines(carried: Iterable[str]) -> Iterator[str]:
    for text in carried:
        yield f"    also there: {text}"
