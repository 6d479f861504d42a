"""Names and notes that are markup, template code or script: shown as they were written, run nowhere."""

from __future__ import annotations

import attrs
import pytest
from django.utils.html import escape

from cleanclaim.claims.encounter import Document
from cleanclaim.claims.parties import PersonName
from cleanclaim.office.encounters.intake import Arrival, receive_encounter
from cleanclaim.office.people.roles import Role
from cleanclaim.office.registry.services import save_coverage, save_patient

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "{{ 7|add:7 }}{% debug %}${7*7}%s",
    "</div></main><svg/onload=alert(1)>",
    "a\u202eb\u200bc\ufeff",
]


@pytest.fixture
def hostile_visit(practice, desk):
    def make(words):
        patient = attrs.evolve(desk.person(), name=PersonName(words, "Ada"))
        row = save_patient(practice.tenant, patient)
        save_coverage(practice.tenant, row, desk.coverage(patient))
        facts = {
            "kind": "professional",
            "setting": "outpatient",
            "place_of_service": "11",
            "period": {"from": desk.SERVED, "to": desk.SERVED},
        }
        document = Document("H1-1", words[:60], f"HPI: {words} cough.\nA/P: {words}", desk.SERVED)
        receive_encounter(
            practice.tenant,
            Arrival("H1", patient.patient_id, words[:160], facts, (document,)),
            actor=practice.actor,
        )
        practice.make(desk.claim("C9", patient=patient))
        return patient

    return make


@pytest.mark.parametrize("words", HOSTILE)
def test_it_is_text_on_every_page(hostile_visit, person, practice, words):
    patient = hostile_visit(words)
    client = person(practice.tenant, *Role)
    addresses = [
        "/work/coding/",
        "/work/billing/",
        "/visits/H1/",
        "/claims/C9/",
        f"/patients/{patient.patient_id}/",
        "/find/?q=H1",
        "/find/?q=C9",
    ]
    for address in addresses:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        if escape(words) != words:
            assert words not in page, address
        assert "14" not in page or "{{ 7|add:7 }}" not in words or escape(words) in page, address
    assert escape(f"HPI: {words} cough.\nA/P: {words}").split("\n")[0][:5] == "HPI: "


@pytest.mark.parametrize("words", HOSTILE)
def test_what_is_searched_for_is_text(person, practice, words):
    page = person(practice.tenant, *Role).get("/find/", {"q": words}).content.decode()
    assert escape(words) in page
    if escape(words) != words:
        assert words not in page


@pytest.mark.parametrize(
    "name", ['a"b\r\nX-Evil: 1.835', "../../etc/passwd", "über ; rm -rf.835", "", "a" * 400]
)
def test_a_files_name_cannot_leave_its_header(practice, person, name):
    from cleanclaim.office.files.services import store_file

    stored, _ = store_file(
        practice.tenant, b"raw \x00 bytes", direction="in", kind="835", name=name, actor=practice.actor
    )
    answer = person(practice.tenant, Role.MANAGER).get(f"/files/{stored.sha256}/")
    assert answer.content == b"raw \x00 bytes"
    assert answer["X-Content-Type-Options"] == "nosniff"
    disposition = answer["Content-Disposition"]
    assert disposition.startswith('attachment; filename="')
    assert set(disposition[22:-1]) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
