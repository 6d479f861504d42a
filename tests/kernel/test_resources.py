from __future__ import annotations

from cleanclaim.kernel import resources


def test_both_folders_are_there_and_hold_what_the_product_reads():
    assert (resources.reference_folder() / "parameters").is_dir()
    assert (resources.examples_folder() / "practice.yaml").is_file()


def test_an_installed_copy_goes_before_the_checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    (tmp_path / "_reference").mkdir()
    assert resources.reference_folder() == tmp_path / "_reference"
    assert resources.examples_folder().name == "examples"
