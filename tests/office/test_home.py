"""A home is made whole by whoever comes first, and its key is nobody else's to read."""

from __future__ import annotations

import threading

import pytest

from cleanclaim.kernel.errors import Refused
from cleanclaim.office.home import Home


def test_many_who_prepare_one_bare_home_agree_on_its_key(tmp_path):
    home, keys, faults = Home(tmp_path / "home"), [], []

    def prepare():
        try:
            for _ in range(20):
                home.prepare()
                keys.append(home.secret_key())
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=prepare) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(set(keys)) == 1
    assert sorted(path.name for path in home.folder.iterdir()) == ["files", "office.key"]


def test_a_key_that_others_can_read_is_refused(tmp_path):
    home = Home(tmp_path)
    home.prepare()
    home.key_file.chmod(0o644)
    with pytest.raises(Refused, match="other users"):
        home.secret_key()


def test_a_key_cut_short_is_refused(tmp_path):
    home = Home(tmp_path)
    home.prepare()
    home.key_file.write_text("short")
    with pytest.raises(Refused, match="too short"):
        home.secret_key()


def test_a_file_in_the_homes_place_is_refused(tmp_path):
    (tmp_path / "home").write_text("x")
    with pytest.raises(Refused, match="cannot be written"):
        Home(tmp_path / "home").prepare()
