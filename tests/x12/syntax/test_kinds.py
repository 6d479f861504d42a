"""A file is known by what is in it, and what is no X12 is called by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanclaim.claims.claim import InstitutionalClaim, ProfessionalClaim
from cleanclaim.kernel.errors import InputError
from cleanclaim.x12 import Envelope, show, sniff, write_837, write_999, write_ta1


def test_sets_are_named_in_order(
    office_claim: ProfessionalClaim, stay_claim: InstitutionalClaim, envelope: Envelope
) -> None:
    office, stay = write_837([office_claim], envelope), write_837([stay_claim], envelope)
    data = office + stay + write_ta1(office, envelope) + write_999(office, envelope)
    assert sniff(data) == ("837P", "837I", "TA1", "999")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty"),
        (b" \r\n ", "white space"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04abc", "ZIP"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<!DOCTYPE html><title>Sign in</title>", "HTML"),
        (b"\n<html>", "HTML"),
        (b"<?xml version='1.0'?>", "XML"),
        ("ISA*00*".encode("utf-16"), "UTF-16"),
        ("ISA*00*".encode("utf-16-le"), "UTF-16"),
        ("ISA*00*".encode("cp037"), "EBCDIC"),
        (b"\xef\xbb\xbfISA*", "byte order mark"),
        (b"MSH|^~\\&|", "HL7"),
        (b'{"a":1}', "JSON"),
        (b"hello", "ISA"),
    ],
)
def test_what_is_no_x12_is_called_by_its_name(data: bytes, name: str) -> None:
    for reader in (sniff, show):
        with pytest.raises(InputError) as caught:
            reader(data)
        assert name in caught.value.sentence()


@pytest.mark.shared
def test_samples_are_what_their_folder_says(shared_x12: list[Path]) -> None:
    for path in shared_x12:
        data = path.read_bytes()
        if data.startswith(b"ISA"):
            assert path.parent.name in sniff(data)
