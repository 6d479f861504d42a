"""What is written out stays in its folder, and no file writes over another."""

from __future__ import annotations

from cleanclaim.office.export import write_out
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.files.services import store_file


def test_everything_of_the_example_is_written_and_a_second_time_the_same(example, tmp_path):
    first = write_out(tmp_path)
    contents = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert write_out(tmp_path) == first
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == contents
    assert sum(first.values()) + 2 == len(contents)


def test_two_files_of_one_name_are_both_written(practice, tmp_path):
    for data in (b"one", b"two"):
        store_file(practice.tenant, data, direction="in", kind="835", name="era.835", actor=practice.actor)
    write_out(tmp_path)
    assert sorted(path.read_bytes() for path in (tmp_path / "835").iterdir()) == [b"one", b"two"]


def test_a_name_that_climbs_out_of_the_folder_does_not(practice, tmp_path):
    store_file(practice.tenant, b"x", direction="in", kind="835", name="../../out", actor=practice.actor)
    assert [row.name for row in StoredFile.objects.all()] == ["out"]
    write_out(tmp_path / "a")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_claim_number_that_is_a_path_stays_in_the_folder(practice, desk, tmp_path):
    practice.open(desk.claim("../../C1"))
    write_out(tmp_path / "a")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
