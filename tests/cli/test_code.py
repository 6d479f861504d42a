from __future__ import annotations

import json
import resource

import pytest

NOTE = "Assessment: Type 2 diabetes mellitus with hyperglycemia. No neuropathy.\nPlan: continue metformin.\n"
KEYS = {"system", "code", "description", "status", "confidence", "assertion", "evidence", "because"}
TEN_MEGABYTES = 10_000_000


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text(NOTE, encoding="utf-8")
    return path


def test_a_note_gives_suggestions_each_with_its_words(call, note):
    done = call("code", note, "--on", "2026-10-15", "--json")
    assert (done.status, done.err) == (0, "")
    answer = json.loads(done.out)
    assert {"suggestions", "em"} <= set(answer)
    assert "E11.65" in [item["code"] for item in answer["suggestions"] if item["status"] == "suggested"]
    for item in answer["suggestions"]:
        assert set(item) >= KEYS
        assert item["status"] in {"suggested", "suppressed"}
        assert 0 <= item["confidence"] <= 1
        assert item["assertion"] in {
            "affirmed",
            "negated",
            "family",
            "historical",
            "hypothetical",
            "uncertain",
        }
        assert all(NOTE[span["start"] : span["end"]] == span["text"] for span in item["evidence"])
        assert item["because"]


def test_a_visit_has_its_level_with_the_elements(call, demo):
    from cleanclaim.kernel.resources import examples_folder

    done = call(
        "code", examples_folder() / "encounters/01-office-diabetes/note.txt", "--on", "2026-09-14", "--json"
    )
    level = json.loads(done.out)["em"]
    assert set(level) >= {"code", "level", "by", "elements"}
    assert level["by"] in {"mdm", "time"}
    assert level["elements"]


def test_a_note_that_is_no_visit_has_no_level(call, tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("Chest radiograph, two views. Impression: right lower lobe pneumonia.")
    assert json.loads(call("code", path, "--on", "2026-10-15", "--json").out)["em"] is None


def test_an_earlier_note_adds_what_was_carried_over_and_changes_nothing_else(call, note, tmp_path):
    earlier = tmp_path / "march.txt"
    earlier.write_text("Assessment: Type 2 diabetes mellitus with hyperglycemia.\n", encoding="utf-8")
    alone = json.loads(call("code", note, "--on", "2026-10-15", "--json").out)
    beside = json.loads(call("code", note, "--on", "2026-10-15", "--earlier", earlier, "--json").out)
    copied = beside.pop("copied")
    assert beside == alone
    assert [one["span"]["text"] for one in copied["sentences"]] == [
        "Type 2 diabetes mellitus with hyperglycemia."
    ]
    assert "E11.65" in [one["code"] for one in copied["only"]]
    told = call("code", note, "--on", "2026-10-15", "--earlier", earlier).out
    assert "Carried over from march.txt: Type 2 diabetes" in told


def test_a_stay_tells_what_counts_as_cc_or_mcc_and_a_visit_does_not(call, tmp_path):
    path = tmp_path / "stay.txt"
    path.write_text(
        "DISCHARGE SUMMARY\nPrincipal diagnosis: Pneumonia.\n"
        "Secondary diagnoses: Acute respiratory failure with hypoxia. Type 2 diabetes mellitus.\n"
    )
    stay = json.loads(call("code", path, "--setting", "inpatient", "--on", "2026-10-15", "--json").out)
    found = {one["code"]: one["severity"] for one in stay["suggestions"] if one["status"] == "suggested"}
    assert found["J18.9"] is None
    assert (found["J96.01"]["level"], found["J96.01"]["excluded"]) == ("MCC", False)
    assert found["E11.9"]["level"] == "NCC"
    visit = json.loads(call("code", path, "--on", "2026-10-15", "--json").out)
    assert not any("severity" in one for one in visit["suggestions"])


def test_a_person_sees_a_table(call, note):
    done = call("code", note, "--on", "2026-10-15", "--setting", "ED")
    assert done.status == 0
    assert "E11.65" in done.out


def test_a_person_is_told_what_the_note_contradicts_itself_on(call, tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("HPI: no asthma.\nAssessment: Asthma, stable. Essential hypertension.\n")
    done = call("code", path, "--on", "2026-10-15")
    assert "Contradicted: J45.909 is named in one place and said to be absent in another (asthma)" in done.out
    assert "I10 is named" not in done.out


def test_a_person_sees_the_questions_for_the_clinician(call, tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("Assessment: Type 2 diabetes, A1c 9.8, not at goal. Continue metformin.\n")
    told = json.loads(call("code", path, "--on", "2026-10-15", "--json").out)["holds"]
    shown = " ".join(call("code", path, "--on", "2026-10-15").out.split())
    assert told
    assert all(f"Question: {' '.join(one.split())}" in shown for one in told)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ("note.txt", "the note is empty")),
        (b" \n\t\r\n", ("note.txt", "the note is empty")),
        (b"\xef\xbb\xbf", ("note.txt", "the note is empty")),
        (bytes(range(256)) * 40, ("note.txt", "zero bytes")),
        (b"%PDF-1.7\n\xe2\xe3", ("note.txt", "not UTF-8", "byte 9")),
        (b"%PDF-1.7 all of it letters", ("note.txt", "document file")),
        (b"{\\rtf1 text}", ("note.txt", "document file")),
        ("naïve".encode("latin-1"), ("note.txt", "byte 2")),
        (NOTE.encode("utf-16"), ("note.txt",)),
        (b"\x01\x02\x03\x04\x05 a b c", ("note.txt", "binary")),
        (b"a" * TEN_MEGABYTES, ("note.txt", "too large")),
    ],
    ids=[
        "empty",
        "blank",
        "only a mark",
        "binary",
        "pdf",
        "pdf letters",
        "rtf",
        "latin",
        "utf-16",
        "controls",
        "large",
    ],
)
def test_what_is_no_note_is_one_sentence(call, tmp_path, content, words):
    path = tmp_path / "note.txt"
    path.write_bytes(content)
    call("code", path, "--json").refused(*words)


def test_a_note_that_is_not_there_is_named(call, tmp_path):
    call("code", tmp_path / "none.txt").refused("none.txt", "no such file")
    call("code", tmp_path).refused("is a directory")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--on", "2026-02-30"), ("--on", "not a day")),
        (("--on", "10/15/2026"), ("--on", "YYYY-MM-DD")),
        (("--setting", "clinic"), ("outpatient, inpatient or ed",)),
        (("--out", "x"), ("--out belongs to a batch",)),
        (("--batch", "x"), ("a batch needs --out",)),
    ],
)
def test_a_wrong_option_is_one_sentence(call, note, options, words):
    call("code", note, *options).refused(*words)


def work_of(command, *arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = command(*arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_a_large_note_of_one_line_is_read_in_five_seconds(command, call, note, tmp_path):
    call("code", note)
    _, start = work_of(command, "code", note, "--on", "2026-10-15", "--json")
    line = NOTE.replace("\n", " ")
    path = tmp_path / "large.txt"
    path.write_text(line * (1_000_000 // len(line)))
    done, seconds = work_of(command, "code", path, "--on", "2026-10-15", "--json")
    assert done.status == 0
    assert "E11.65" in done.out
    assert seconds - start < 5


@pytest.mark.parametrize("content", [NOTE.encode(), b"\xff"])
def test_a_note_of_ten_megabytes_is_refused_at_once(command, tmp_path, content):
    path = tmp_path / "large.txt"
    path.write_bytes((content * (TEN_MEGABYTES // len(content) + 1))[:TEN_MEGABYTES])
    done, seconds = work_of(command, "code", path)
    done.refused("large.txt", "too large", "9,999,999 bytes", "in parts")
    assert seconds < 1


def lines_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def write_batch(path, *rows):
    path.write_text(
        "".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) + "\n" for row in rows),
        encoding="utf-8",
    )


def test_many_notes_are_answered_in_their_order(call, tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    write_batch(
        source,
        *({"id": n, "text": f"{NOTE}{n}", "setting": "outpatient", "on": "2026-10-15"} for n in range(20)),
    )
    done = call("code", "--batch", source, "--out", target, "--json")
    assert (done.status, json.loads(done.out)["notes"]) == (0, 20)
    answers = lines_of(target)
    assert [answer["id"] for answer in answers] == list(range(20))
    for n, answer in enumerate(answers):
        assert {"id", "suggestions", "em"} <= set(answer)
        for item in answer["suggestions"]:
            assert all(f"{NOTE}{n}"[span["start"] : span["end"]] == span["text"] for span in item["evidence"])


def test_a_batch_says_the_same_as_a_single_note(call, note, tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    write_batch(source, {"id": "a", "text": NOTE, "setting": "outpatient", "on": "2026-10-15"})
    assert call("code", "--batch", source, "--out", target).status == 0
    single = json.loads(call("code", note, "--on", "2026-10-15", "--json").out)
    assert lines_of(target) == [{"id": "a", **single}]


def test_a_line_that_cannot_be_read_spoils_no_other(call, tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    bad = [
        {"id": "no text"},
        {"id": "empty", "text": " "},
        {"id": "number", "text": 5},
        {"id": "setting", "text": NOTE, "setting": "clinic"},
        {"id": "odd setting", "text": NOTE, "setting": 5},
        {"id": "list", "text": NOTE, "setting": ["ed"]},
        {"id": "day", "text": NOTE, "on": "2026-02-30"},
        {"id": "odd day", "text": NOTE, "on": 20261015},
        {"id": "binary", "text": "\x01\x02\x03\x04\x05"},
        ["a list"],
        "5\n",
    ]
    good = {"id": "good", "text": f'{NOTE}\u2028 and \x85 more "error"', "on": "2026-10-15"}
    write_batch(source, *bad, good)
    done = call("code", "--batch", source, "--out", target)
    assert done.status == 2
    assert "11 of 12 notes" in done.err
    answers = lines_of(target)
    assert [("error" in answer, "suggestions" in answer) for answer in answers] == [(True, False)] * 11 + [
        (False, True)
    ]
    assert all(answer["error"].startswith(f"line {n}") for n, answer in enumerate(answers[:-1], 1))


@pytest.mark.parametrize(
    "line", ["{", '{"id": 1, "id": 2, "text": "x"}', '{"id": NaN, "text": "x"}', '{"text": "\\ud800"}']
)
def test_a_batch_that_is_no_json_leaves_no_answers(call, tmp_path, everything_in, line):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    write_batch(source, {"id": 1, "text": NOTE}, line + "\n")
    call("code", "--batch", source, "--out", target).refused("in.jsonl, line 2", "no JSON")
    assert everything_in(tmp_path) == ["in.jsonl"]


def test_a_batch_with_nowhere_to_write_leaves_nothing(call, tmp_path, small_disk, everything_in):
    source = tmp_path / "in.jsonl"
    write_batch(source, *({"id": n, "text": NOTE, "on": "2026-10-15"} for n in range(3)))
    call("code", "--batch", source, "--out", source).refused("over itself")
    call("code", "--batch", source, "--out", tmp_path / "none" / "out").refused("none/out", "no such file")
    call("code", "--batch", source, "--out", small_disk("ro") / "out").refused("read-only")
    full = small_disk("size=4k")
    call("code", "--batch", source, "--out", full / "out").refused("no space left")
    assert everything_in(full) == []
