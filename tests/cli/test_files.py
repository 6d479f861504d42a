from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cleanclaim.cli.files import (
    in_file,
    json_lines,
    read_bytes,
    read_text,
    text_lines,
    writable_folder,
    writing,
)
from cleanclaim.kernel.errors import InputError, Refused


def test_a_file_is_read_up_to_its_limit(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"x" * 10)
    assert read_bytes(path, largest=10) == b"x" * 10
    with pytest.raises(InputError, match="too large"):
        read_bytes(path, largest=9)


def test_a_file_without_an_end_is_not_read_for_ever():
    with pytest.raises(InputError, match=r"/dev/zero: the file is too large"):
        read_bytes(Path("/dev/zero"), largest=1 << 20)


def test_what_cannot_be_read_is_named(tmp_path):
    for path in (
        tmp_path,
        tmp_path / "none",
        tmp_path / "none" / "x",
        tmp_path / "a\0b",
        tmp_path / ("n" * 300),
    ):
        with pytest.raises(InputError, match="cannot be read") as caught:
            read_bytes(path)
        assert str(tmp_path) in caught.value.sentence()


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"a\0b", "zero bytes"),
        (b"ab\xff", "byte 2"),
        ("é".encode("latin-1"), "byte 0"),
        ("a".encode("utf-16"), "zero bytes"),
    ],
)
def test_what_is_no_text_is_told_where(tmp_path, data, named):
    path = tmp_path / "a"
    path.write_bytes(data)
    with pytest.raises(InputError, match=named):
        read_text(path)


def test_a_byte_order_mark_is_no_text(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"\xef\xbb\xbfa\r\n")
    assert read_text(path) == "a\r\n"


def test_only_a_line_feed_ends_a_line(tmp_path):
    path = tmp_path / "a"
    separators = "\u2028\u2029\x85\x0b\x0c\x1c"
    path.write_text(f'"a\u2028b"\n\n \r\n"c{separators[1:3]}d"\r\n', encoding="utf-8", newline="")
    assert json_lines(path) == [(1, "a\u2028b"), (4, "c\u2029\x85d")]
    assert [number for number, _ in text_lines(path)] == [1, 4]


def test_a_line_that_is_no_json_is_named(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n{"a": NaN}\n')
    with pytest.raises(InputError, match=r"a\.jsonl, line 2: this is no JSON"):
        json_lines(path)


def test_an_error_from_within_names_the_file_once(tmp_path):
    path = tmp_path / "x.837"
    for where, told in (
        ("", str(path)),
        ("segment 3", f"{path}, segment 3"),
        ("x.837", str(path)),
    ):
        with pytest.raises(InputError) as caught, in_file(path):
            raise Refused("no", where=where, why="because", fix="do")
        assert (caught.value.where, caught.value.why, caught.value.fix) == (told, "because", "do")


def test_an_error_that_names_the_file_already_is_left_alone(tmp_path):
    path = tmp_path / "x.837"
    with pytest.raises(Refused, match="line 1"), in_file(path):
        raise Refused("no", where=f"{path}, line 1")


def test_what_is_written_stands_whole_at_its_place(tmp_path):
    path = tmp_path / "out"
    path.write_bytes(b"old")
    with writing(path) as handle:
        handle.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_what_fails_half_way_leaves_what_was_there(tmp_path):
    path = tmp_path / "out"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError), writing(path) as handle:
        handle.write(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_nothing_half_written(small_disk, everything_in):
    disk = small_disk("size=64k")
    with (
        pytest.raises(InputError, match=r"out: the file cannot be written: no space left on device"),
        writing(disk / "out") as handle,
    ):
        for _ in range(100):
            handle.write(b"x" * 10_000)
    assert everything_in(disk) == []


def test_a_place_that_takes_no_file_is_told(small_disk, tmp_path):
    disk = small_disk("ro")
    for place, why in (
        (disk / "out", "read-only file system"),
        (tmp_path / "none" / "out", "no such file"),
        (tmp_path, "is a directory"),
    ):
        with pytest.raises(InputError, match=why), writing(place) as handle:
            handle.write(b"x")


def test_a_file_is_not_written_over_itself(tmp_path):
    path, link = tmp_path / "a", tmp_path / "link"
    path.write_bytes(b"old")
    link.symlink_to(path)
    for target in (path, link, tmp_path / "." / "a"):
        with pytest.raises(InputError, match="over itself"), writing(target, never=path):
            pass
    assert path.read_bytes() == b"old"


def test_a_link_is_followed_and_a_device_is_not_replaced(tmp_path):
    path, link = tmp_path / "a", tmp_path / "link"
    link.symlink_to(path)
    with writing(link) as handle:
        handle.write(b"x")
    assert link.is_symlink()
    assert path.read_bytes() == b"x"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with writing(pipe) as handle:
        handle.write(b"y")
    assert os.read(reader, 10) == b"y"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_folder_is_tried_before_the_work(tmp_path, small_disk):
    writable_folder(tmp_path / "new" / "folder")
    assert list((tmp_path / "new").iterdir()) == [tmp_path / "new" / "folder"]
    assert list((tmp_path / "new" / "folder").iterdir()) == []
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "file" / "below", small_disk("ro")):
        with pytest.raises(InputError, match="cannot be written"):
            writable_folder(place)
