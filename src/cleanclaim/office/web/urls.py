"""Every address of the office; the gate refuses what is not marked."""

from __future__ import annotations

from django.urls import path

from cleanclaim.office.web.views import claim, codes, coding, files, patient, payments, pcs, sign_in, work

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("no-sign-up/", sign_in.no_sign_up, name="account_signup"),
    path("account-ended/", sign_in.account_ended, name="account_inactive"),
    path("first/<str:token>/", sign_in.first, name="first"),
    path("tenant/", sign_in.choose_tenant, name="choose_tenant"),
    path("health/", sign_in.health, name="health"),
    path("", work.home, name="home"),
    path("find/", work.search, name="find"),
    path("work/<slug:queue>/", work.queue, name="work"),
    path("work/<slug:queue>/next/", work.following, name="next"),
    path("visits/<str:encounter_id>/", coding.page, name="coding"),
    path("visits/<str:encounter_id>/decide/", coding.decide_code, name="decide"),
    path("visits/<str:encounter_id>/move/", coding.move_code, name="move"),
    path("visits/<str:encounter_id>/undo/", coding.undo_act, name="undo"),
    path("visits/<str:encounter_id>/search/", coding.search, name="code_search"),
    path("visits/<str:encounter_id>/check/", coding.check, name="check"),
    path("visits/<str:encounter_id>/release/", coding.release, name="release"),
    path("claims/<str:claim_id>/", claim.page, name="claim"),
    path("claims/<str:claim_id>/form/", claim.form_pdf, name="claim_form"),
    path("claims/<str:claim_id>/scrub/", claim.scrub_again, name="claim_scrub"),
    path("claims/<str:claim_id>/override/", claim.override, name="claim_override"),
    path("send/", claim.send, name="send"),
    path("patients/<str:patient_id>/", patient.ledger, name="patient"),
    path("patients/<str:patient_id>/pay/", patient.pay, name="patient_pay"),
    path("patients/<str:patient_id>/statements/<int:statement_id>/", patient.statement, name="statement"),
    path("payments/<int:payment_id>/", payments.page, name="payment"),
    path("payments/take-in/", payments.take_in, name="take_in"),
    path("codes/", codes.page, name="codes"),
    path("codes/find/", codes.find, name="codes_find"),
    path("codes/changes/", codes.changes, name="code_changes"),
    path("codes/loaded/", codes.loaded, name="code_sets"),
    path("codes/pcs/", pcs.builder, name="pcs"),
    path("codes/<str:system>/<str:code>/", codes.entry, name="code_entry"),
    path("files/", files.listing, name="files"),
    path("files/<str:sha256>/", files.download, name="file"),
]
