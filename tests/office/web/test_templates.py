"""Script or style inside a page, which the content policy would drop or an attacker could use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cleanclaim.office.web

WEB = Path(cleanclaim.office.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "javascript address": re.compile(r"javascript:", re.I),
    "htmx script": re.compile(r"hx-on|hx-vals\s*=\s*[\"']js:", re.I),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape off|mark_safe"),
    "address of another host": re.compile(r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//", re.I),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(path, what):
    assert not FORBIDDEN[what].search(path.read_text(encoding="utf-8"))


def test_every_form_that_posts_carries_the_mark():
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.S | re.I):
            assert "{% csrf_token %}" in form, path.name


@pytest.mark.parametrize("name", ["office.js", "codes.js"])
def test_the_script_never_writes_markup(name):
    text = (WEB / "static" / name).read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|localStorage", text
    )


def test_pages_forbid_all_but_their_own(owner):
    for address in ("/work/billing/", "/claims/V01/", "/patients/P-01/", "/visits/V01/"):
        answer = owner.get(address)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "style-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Cache-Control"] == "no-store"
        assert "<style" not in answer.content.decode()
