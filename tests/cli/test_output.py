from __future__ import annotations

import json

import pytest

from cleanclaim.cli.output import complain, print_json, print_json_line, print_table, progress, say


def test_json_keeps_the_order_of_the_record_and_any_character(capsys):
    print_json({"b": "≥", "a": [1]})
    assert json.loads(capsys.readouterr().out) == {"b": "≥", "a": [1]}
    print_json_line({"b": "a\nb"})
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert json.loads(out) == {"b": "a\nb"}


def test_no_json_holds_what_is_no_number():
    with pytest.raises(ValueError, match="not JSON compliant"):
        print_json({"a": float("nan")})


def test_words_from_a_file_do_not_drive_the_terminal(capsys):
    print_table("a\x1b[2Jb", ["c"], [["[red]d[/red]"], ["e\x1b[31mf"], ["[/nosuch]"]], right=["c"])
    say("g\x1b[31mh\ni")
    complain("j\x07k")
    said = capsys.readouterr()
    assert "\x1b" not in said.out.replace("\x1b[0m", "") or "\x1b[31m" not in said.out
    assert "[red]d[/red]" in said.out
    assert "[/nosuch]" in said.out
    assert "g [31mh i\n" in said.out
    assert said.err == "j k\n"


def test_progress_is_silent_where_nobody_looks(capsys):
    with progress() as bar:
        bar.advance(bar.add_task("x", total=1))
    assert capsys.readouterr() == ("", "")


def test_a_long_table_is_lines_with_tabs_that_lose_no_row(capsys):
    print_table("Findings", ["line", "what"], [[str(at), "a\tb"] for at in range(501)], right=["line"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["Findings", "line\twhat", "0\ta b"]
    assert len(lines) == 503
