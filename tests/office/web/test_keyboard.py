"""A visit coded, released and its claim sent in a real browser against the real office, with the keyboard alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from queue import Empty, Queue

import pytest

from cleanclaim.kernel.resources import examples_folder

pytestmark = pytest.mark.browser

MOST_PRESSES = 25
START_SECONDS = 300
CODED_ON = ("2026-09-14", "2026-10-12")
FIRST_ANSWER_MS = 120_000
PASSWORD = "six unrelated quiet harbor words"
WANTED = ("E11.65", "I10", "Z79.84", "99214", "83036", "36415")


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "cleanclaim", *words]


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Iterator[dict[str, str]]:
    """The office as a practice starts it, on a home that is new, with the example's visits waiting."""
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "CLEANCLAIM_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    note = examples_folder() / "encounters" / "01-office-diabetes" / "note.txt"
    # The code book and the lexicon are compiled into the cache by one process, before two threads ask for them.
    for words in (["demo", "--load-only"], *(["code", str(note), "--json", "--on", day] for day in CODED_ON)):
        subprocess.run(
            command(*words), env=environment, cwd=home, check=True, capture_output=True, timeout=START_SECONDS
        )
    served = subprocess.Popen(
        command("serve", "--port", "0"),
        env=environment,
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield _addresses(served)
    finally:
        served.terminate()
        served.wait(timeout=20)


def _addresses(served: subprocess.Popen[str]) -> dict[str, str]:
    lines: Queue[str] = Queue()
    threading.Thread(target=lambda: [lines.put(line) for line in served.stdout or ()], daemon=True).start()
    threading.Thread(target=lambda: [None for _ in served.stderr or ()], daemon=True).start()
    said: dict[str, str] = {}
    while not {"Office", "First sign-in"} <= said.keys():
        try:
            line = lines.get(timeout=START_SECONDS)
        except Empty:
            raise AssertionError(f"the office did not start; it said {said}") from None
        match = re.match(r"(Office|First sign-in): (http://\S+)", line)
        if match:
            said[match[1]] = match[2]
    return said


@pytest.fixture(scope="module")
def browser():
    """The system's Chromium; that it is missing is a fault, never a reason to skip."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "no Chromium: run bash tests/setup_browser.sh"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Keyboard:
    """Presses keys, counts them, and waits as a person would: until what they look at has changed."""

    def __init__(self, page) -> None:
        self.page = page
        self.presses = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.presses += 1

    def decide(self, *keys: str) -> None:
        """Keys that settle the code at the cursor; the panel answers."""
        before = self.page.locator("#codes [data-kind=open]").count()
        for key in keys:
            self.press(key)
        self.page.wait_for_function(
            "count => document.querySelectorAll('#codes [data-kind=open]').length < count"
            " && document.querySelector('#codes [data-row].current')",
            arg=before,
        )


@pytest.fixture
def page(browser, office):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(FIRST_ANSWER_MS)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    yield page
    assert page.faults == []
    page.close()


def test_a_visit_is_coded_and_its_claim_sent_without_a_mouse(page, office):
    keyboard = Keyboard(page)
    _set_password_and_sign_in(page, office)
    _open_visit(page, "V01")

    keyboard.presses = 0
    while page.locator("#codes [data-kind=open]").count():
        code = page.locator("#codes [data-row].current").get_attribute("data-code")
        keyboard.decide("Enter") if code in WANTED else keyboard.decide("x", "1")
    chosen = page.locator("#codes [data-kind=chosen]").evaluate_all(
        "rows => rows.map(row => row.dataset.code)"
    )
    for code in set(WANTED) - set(chosen):
        keyboard.press("a")
        page.keyboard.type(code)
        keyboard.presses += len(code)
        page.locator("#found .current", has_text=code).wait_for()
        keyboard.press("Enter")
        page.locator(f"#codes [data-kind=chosen][data-code='{code}']").wait_for()
    keyboard.press("Control+Enter")
    page.wait_for_url("**/claims/V01/")
    assert keyboard.presses <= MOST_PRESSES, keyboard.presses

    assert page.locator("h1 .state").get_attribute("data-state") == "ready"
    sent = page.locator(".boxes-table tbody tr td:nth-child(3)").all_inner_texts()
    assert sorted(sent) == ["36415", "83036", "99214"]
    page.keyboard.press("s")
    page.locator("h1 .state[data-state=sent]").wait_for()
    assert "download the file under Files" in page.locator(".messages").inner_text()
    page.keyboard.press("g")
    page.keyboard.press("f")
    page.wait_for_url("**/files/")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith("837P.x12")


def _set_password_and_sign_in(page, office) -> None:
    if "used" in office:
        page.goto(office["Office"] + "sign-in/?email=owner@office.invalid")
    else:
        office["used"] = "yes"
        page.goto(office["First sign-in"])
        page.locator("#password:focus").wait_for()
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/sign-in/"))
    page.locator("#password:focus").wait_for()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/coding/")


def _open_visit(page, number: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(visits|find)/"))
    if "/find/" in page.url:
        page.keyboard.press("Enter")
    page.wait_for_url(f"**/visits/{number}/")
    page.locator("#codes [data-row].current").wait_for()


def test_the_one_time_link_opens_once(page, office):
    if "used" not in office:
        _set_password_and_sign_in(page, office)
    assert page.goto(office["First sign-in"]).status == 410
    assert "This link has ended" in page.content()
    page.faults.clear()


def test_a_code_clicked_shows_its_words_and_undo_opens_it_again(page, office):
    _set_password_and_sign_in(page, office)
    _open_visit(page, "V02")
    first = page.locator("#codes [data-kind=open]").first
    code = first.get_attribute("data-code")
    assert page.locator(".note mark.current").count() >= 1
    keyboard = Keyboard(page)
    keyboard.decide("Enter")
    page.locator(f"#codes [data-kind=chosen][data-code='{code}']").wait_for()
    keyboard.press("u")
    page.locator(f"#codes [data-kind=open][data-code='{code}'].current").wait_for()
    assert page.locator("#codes [data-kind=chosen]").count() == 0


def test_words_selected_in_the_note_are_searched_and_kept_as_evidence(page, office):
    _set_password_and_sign_in(page, office)
    _open_visit(page, "V03")
    page.evaluate(
        """() => {
          const text = document.querySelector('.note .text');
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode());) {
            const at = node.textContent.indexOf('palpitations');
            if (at < 0) continue;
            document.getSelection().setBaseAndExtent(node, at, node, at + 'palpitations'.length);
            return;
          }
        }"""
    )
    page.keyboard.press("a")
    page.locator("#found .current").wait_for()
    assert page.locator("#add").input_value() == "palpitations"
    code = page.locator("#found .current .code").inner_text()
    page.keyboard.press("Enter")
    row = page.locator(f"#codes [data-kind=chosen][data-code='{code}']")
    row.wait_for()
    page.reload()
    page.locator(f"#codes [data-kind=chosen][data-code='{code}'] .line").click()
    assert "palpitations" in page.locator(".note mark.current").all_inner_texts()


def test_keys_pressed_faster_than_the_office_answers_are_all_done(page, office):
    _set_password_and_sign_in(page, office)
    _open_visit(page, "V05")
    count = page.locator("#codes [data-kind=open]").count()
    assert count > 1
    for _ in range(count):
        page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('#codes [data-kind=open]').length === 0")
    assert page.locator("#codes [data-kind=chosen]").count() == count


def test_release_with_open_suggestions_asks_first(page, office):
    _set_password_and_sign_in(page, office)
    _open_visit(page, "V04")
    page.keyboard.press("Control+Enter")
    page.locator("dialog#release[open]").wait_for()
    assert "not decided" in page.locator("dialog#release").inner_text()
    page.keyboard.press("Escape")
    page.locator("dialog#release[open]").wait_for(state="detached")
    assert page.url.endswith("/visits/V04/")


def test_a_code_is_found_and_opened_in_the_book_without_a_mouse(page, office):
    _set_password_and_sign_in(page, office)
    page.locator("#main").wait_for()
    page.keyboard.press("g")
    page.keyboard.press("o")
    page.wait_for_url("**/codes/")
    page.locator("#words:focus").wait_for()
    page.keyboard.type("ankle sprain right")
    page.locator("#results [data-hit].current").wait_for()
    page.locator("#entry [data-entry]").wait_for()
    first = page.locator("#entry [data-entry]").get_attribute("data-entry")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(
        "first => document.querySelector('#entry [data-entry]').dataset.entry !== first", arg=first
    )
    shown = page.locator("#entry [data-entry]").get_attribute("data-entry")
    assert shown == page.locator("#results [data-hit].current .code").inner_text()
    assert "ankle" not in page.url
