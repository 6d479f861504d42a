"""Raw files as they came and as they went."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cleanclaim.office.claims.models import Batch
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.files.services import read_file
from cleanclaim.office.people.gate import needs
from cleanclaim.office.people.roles import Permission
from cleanclaim.office.web.downloads import attachment

AT_MOST = 200


@needs(Permission.READ_FILES, reads="files")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The latest files, in and out, narrowed by the words after ``q``."""
    words = request.GET.get("q", "").strip()[:80]
    batches = {batch.file_id: batch for batch in Batch.objects.order_by("-number")[:AT_MOST]}
    rows = [
        {"file": row, "batch": batches.get(row.pk), "payments": list(row.payments.all())}
        for row in StoredFile.objects.order_by("-stored_at", "-id").prefetch_related("payments")[:AT_MOST]
    ]
    shown = [row for row in rows if _fits(row["file"], words)]
    return render(request, "files/list.html", {"rows": shown, "words": words})


@needs(Permission.READ_FILES, reads="file")
@require_GET
def download(request: HttpRequest, sha256: str) -> HttpResponse:
    """The bytes, to be saved."""
    row = StoredFile.objects.filter(sha256=sha256).order_by("id").first()
    if row is None:
        raise Http404
    return attachment(read_file(row), row.name)


def _fits(row: StoredFile, words: str) -> bool:
    text = f"{row.name} {row.direction} {row.kind} {row.sha256}".casefold()
    return all(word in text for word in words.casefold().split())
