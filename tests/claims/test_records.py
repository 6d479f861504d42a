from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanclaim.claims.acknowledgement import Acknowledgement
from cleanclaim.claims.build import ClaimParties, build_claim
from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.claims.coverage import Coverage
from cleanclaim.claims.dental import DentalClaim
from cleanclaim.claims.encounter import CodedEncounter
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Patient
from cleanclaim.claims.records import (
    claim_from_json,
    claim_to_json,
    every_claim_from_json,
    record_from_plain,
)
from cleanclaim.claims.remittance import Payment
from cleanclaim.kernel.because import Because, Citation
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.json import canonical_json, plain

LINE = {"number": 1, "service_date": "2026-09-14", "charge_cents": 26500, "units": "1"}
SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@SLOW
@given(st.data())
def test_any_claim_survives_json_and_is_the_same_bytes_again(any_claim, data):
    claim = data.draw(any_claim)
    line = claim_to_json(claim)
    back = every_claim_from_json(line)
    assert back == claim
    assert type(back) is type(claim)
    assert claim_to_json(back) == line
    assert "\n" not in line


@SLOW
@pytest.mark.parametrize("kind", [Payment, CodedEncounter, Patient, Coverage, Acknowledgement])
@given(data=st.data())
def test_any_other_record_survives_its_plain_form(any_record, kind, data):
    drawn = data.draw(any_record(kind))
    assert record_from_plain(kind, json.loads(canonical_json(drawn))) == drawn


@pytest.fixture
def shape(world):
    claim = build_claim(
        world.office_visit, world.patient, [world.first], ClaimParties(billing=world.clinic), "V01"
    )
    return json.loads(claim_to_json(claim))


def read(shape):
    return claim_from_json(json.dumps(shape), where="claims.jsonl, line 3")


def test_a_claim_as_written_is_read(shape):
    assert read(shape).claim_id == "V01"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda c: c.pop("patient"), "patient is missing"),
        (lambda c: c["patient"].pop("birth_date"), r"patient\.birth_date is missing"),
        (lambda c: c["lines"][1].pop("charge_cents"), r"lines\[1\]\.charge_cents is missing"),
        (lambda c: c.update(colour="red"), "unknown field colour"),
        (lambda c: c["patient"]["name"].update(nick="x"), r"patient\.name has the unknown field nick"),
        (lambda c: c["coverage"].update(order="X"), r"coverage\.order has a value that is not known"),
        (lambda c: c.update(frequency=1), "frequency is not text"),
        (lambda c: c.update(lines=[]), "no line"),
        (lambda c: c.update(diagnoses={"code": "E11.65"}), "diagnoses is not a list"),
        (lambda c: c.update(patient="Farrow"), "patient is not a record"),
        (lambda c: c.update(claim_id=None), "claim_id is not text"),
        (lambda c: c.update(claim_id=7), "claim_id is not text"),
        (lambda c: c.update(version=True), "version is not a whole number"),
        (lambda c: c.update(assignment_accepted="false"), "assignment_accepted is not true or false"),
        (lambda c: c.update(assignment_accepted=1), "assignment_accepted is not true or false"),
        (lambda c: c["coverage"]["period"].update(last="2020-01-01"), r"coverage\.period is wrong"),
    ],
)
def test_what_is_wrong_with_a_claim_is_named_with_its_field(shape, change, named):
    change(shape["claim"])
    with pytest.raises(InputError, match=rf"^claims\.jsonl, line 3: .*{named}"):
        read(shape)


@pytest.mark.parametrize("cents", [100.9, 100.0, "100", "1_00", True, None, [100], 1e2, "１００"])
def test_an_amount_is_whole_cents_and_nothing_is_cut_off_to_make_it_so(cents):
    with pytest.raises(InputError, match="charge_cents is not a whole number"):
        record_from_plain(ServiceLine, {**LINE, "charge_cents": cents})


@pytest.mark.parametrize(
    "units", ["NaN", "Infinity", "1E+3", "1_0", " 1", "１", "", "1.", ".5", 1.5, None, True, "9" * 30]
)
def test_a_quantity_is_a_plain_decimal(units):
    with pytest.raises(InputError, match="units is not a decimal"):
        record_from_plain(ServiceLine, {**LINE, "units": units})


def test_a_whole_quantity_may_be_a_number():
    assert record_from_plain(ServiceLine, {**LINE, "units": 2}).units == 2


@pytest.mark.parametrize(
    "day", ["20260914", "2026-W38-1", "2026-09-14T10:00:00", "2026-02-30", 20260914, None, "0001-01-01"]
)
def test_a_day_is_written_one_way(day):
    with pytest.raises(InputError, match="service_date is wrong"):
        record_from_plain(ServiceLine, {**LINE, "service_date": day})


@pytest.mark.parametrize("modifiers", ["25", {"25": 1}, 25, [25], [["25"]], None])
def test_a_text_is_not_taken_for_a_list_of_its_letters(modifiers):
    with pytest.raises(InputError, match="modifiers"):
        record_from_plain(ServiceLine, {**LINE, "modifiers": modifiers})


@pytest.mark.parametrize("raw", [None, 5, "x", [], [LINE]])
def test_a_record_is_made_from_fields_only(raw):
    with pytest.raises(InputError, match="record with fields"):
        record_from_plain(ServiceLine, raw)


def test_a_refusal_never_holds_a_value():
    secrets = {
        "patient_id": 1,
        "name": {"last": "Secretname", "first": 3},
        "birth_date": "1957-02-31",
        "sex": "Secretsex",
        "address": "Secretstreet",
    }
    with pytest.raises(InputError) as caught:
        record_from_plain(Patient, secrets)
    sentence = caught.value.sentence()
    assert "Secret" not in sentence
    assert "1957" not in sentence


def test_many_faults_are_counted_and_not_all_told():
    with pytest.raises(InputError, match="and 4 more"):
        record_from_plain(ProfessionalClaim, {})


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "null",
        "5",
        '"claim"',
        "{}",
        '{"kind": "professional"}',
        '{"claim": {}}',
        '{"kind": "dental", "claim": {}}',
        '{"kind": ["professional"], "claim": {}}',
        '{"kind": "professional", "claim": {}, "claim": {}}',
        '{"kind": "professional", "claim": {}, "more": 1}',
        '{"kind": "professional", "claim": NaN}',
        "[" * 100_000,
    ],
)
def test_what_is_no_claim_is_an_input_error(line):
    with pytest.raises(InputError):
        claim_from_json(line)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda v: st.lists(v) | st.dictionaries(st.text(), v),
    )
)
def test_no_plain_value_escapes_as_anything_but_an_input_error(raw):
    with pytest.raises(InputError):
        record_from_plain(ProfessionalClaim, raw)


def test_reasons_come_back_with_their_citation():
    reasons = (Because("so", Citation("A", "B", "C"), (("x", "1"), ("y", "2"))), Because("also"))
    assert record_from_plain(tuple[Because, ...], plain(reasons)) == reasons


def test_a_claim_kept_before_a_field_was_added_is_read(shape):
    claim = read(shape)
    everything = {"kind": "professional", "claim": plain(claim, floats=False)}
    for name in ("references", "carried", "transport", "delay_reason", "provider_signature_on_file"):
        del everything["claim"][name]
    for line in everything["claim"]["lines"]:
        for name in ("dates", "dental", "date_told", "forms"):
            del line[name]
    assert read(everything) == claim


def test_a_field_that_says_nothing_is_left_out_of_what_is_kept(shape):
    assert "transport" not in shape["claim"]
    assert "epsdt" not in shape["claim"]["lines"][0]
    assert shape["claim"]["place_of_service"] == "11"


@settings(max_examples=5)
@given(data=st.data())
def test_a_dental_claim_is_no_claim_of_the_two_usual_kinds(any_record, data):
    line = claim_to_json(data.draw(any_record(DentalClaim)))
    with pytest.raises(InputError, match="no kind of claim"):
        claim_from_json(line)
