"""The patient's ledger, and taking a payment."""

from __future__ import annotations

import datetime as dt
import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from cleanclaim.kernel.dates import parse_date
from cleanclaim.kernel.errors import CleanClaimError, InputError
from cleanclaim.kernel.money import format_usd, parse_cents
from cleanclaim.office.files.services import read_file
from cleanclaim.office.money.models import LedgerTransaction, StatementRow
from cleanclaim.office.money.patient_payments import take_patient_payment
from cleanclaim.office.people.gate import actor_of, needs
from cleanclaim.office.people.roles import Permission
from cleanclaim.office.registry.models import PatientRow
from cleanclaim.office.web.downloads import attachment
from cleanclaim.office.web.ledger_view import ledger_page

_RECEIPT = re.compile(r"[A-Za-z0-9-]{1,40}")


@needs(Permission.READ_ACCOUNT, reads="patient")
@require_GET
def ledger(request: HttpRequest, patient_id: str) -> HttpResponse:
    """The whole page."""
    return _page(request, _patient(patient_id))


@needs(Permission.TAKE_PATIENT_PAYMENT)
@require_POST
def pay(request: HttpRequest, patient_id: str) -> HttpResponse:
    """Take a payment; the same receipt again takes nothing."""
    patient = _patient(patient_id)
    try:
        cents = parse_cents(request.POST.get("amount", "").strip(), where="amount")
        receipt = request.POST.get("receipt", "").strip()
        if not _RECEIPT.fullmatch(receipt):
            raise InputError(
                "the receipt number is not accepted", why="it has other signs than letters, digits and dashes"
            )
        on = parse_date(request.POST.get("on", ""), where="day")
        if on > dt.datetime.now(dt.UTC).date():
            raise InputError("the day is in the future", where="day", fix="enter the day the money came")
        if LedgerTransaction.objects.filter(key__startswith=f"patient-payment:{receipt}:").exists():
            raise InputError(
                f"receipt {receipt} was taken before",
                why="nothing was changed",
                fix="give the next receipt number",
            )
        take_patient_payment(request.tenant, patient, cents, on, receipt, actor=actor_of(request))
    except CleanClaimError as error:
        return _page(request, patient, fault=error.sentence(), given=request.POST, status=422)
    messages.success(request, f"{format_usd(cents)} taken, receipt {receipt}.")
    return redirect("patient", patient_id=patient_id)


@needs(Permission.READ_ACCOUNT, reads="statement")
@require_GET
def statement(request: HttpRequest, patient_id: str, statement_id: int) -> HttpResponse:
    """A statement as it was made."""
    row = get_object_or_404(
        StatementRow.objects.select_related("file"), pk=statement_id, patient__patient_id=patient_id
    )
    return attachment(read_file(row.file), row.file.name, "application/pdf")


def _page(
    request: HttpRequest,
    patient: PatientRow,
    *,
    fault: str = "",
    given: dict | None = None,
    status: int = 200,
) -> HttpResponse:
    today = dt.datetime.now(dt.UTC).date()
    context = {**ledger_page(patient), "fault": fault, "given": given or {}, "today": today}
    return render(request, "patient/ledger.html", context, status=status)


def _patient(patient_id: str) -> PatientRow:
    return get_object_or_404(PatientRow, patient_id=patient_id)
