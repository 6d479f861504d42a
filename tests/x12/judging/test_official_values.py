"""What is found at SNIP 5 in the official examples is true: every value is judged again here, from the raw text.

Nothing of the judge is used for the second opinion: segments are cut by hand, the check digit of an NPI is worked
out by the rule of CMS (Luhn over 80840 and the ten digits), shapes and days are compared with constants.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cleanclaim.x12 import X12Finding, check

Cut = list[list[str]]
FIRST_DAY_OF_ICD10 = "20151001"
# FL 17 of the paper claim as CMS lists them: two digits each (Medicare Claims Processing Manual, ch. 25, 75.2).
DISCHARGES = {f"{n:02d}" for n in (*range(1, 8), 9, 20, 21, 30, *range(40, 44), 50, 51, *range(61, 67), 69, 70)} | {
    str(n) for n in range(81, 96)
}  # fmt: skip
# The billing provider and the places of service have ZIP+4 (N403 of 2010AA and of the facilities).
NINE, FIVE_OR_NINE = re.compile(r"\d{9}"), re.compile(r"\d{5}(\d{4})?")
TAXONOMY = re.compile(r"[0-9A-Z]{9}X")


def cut(data: bytes) -> Cut:
    """The segments of a file, cut by the characters behind its ISA, each as its elements."""
    text = data.decode("utf-8-sig", "surrogateescape").replace("\ufeff", "").lstrip()
    element, end = text[3], text[105]
    parts = (part.strip("\r\n ") for part in text.split(end))
    return [part.split(element) for part in parts if part]


def npi_is_sound(text: str) -> bool:
    """Ten digits, the last of which makes the Luhn sum of 80840 and all of them a multiple of ten."""
    if not re.fullmatch(r"[0-9]{10}", text) or text[0] not in "12":
        return False
    total = 0
    for place, digit in enumerate(reversed("80840" + text)):
        doubled = int(digit) * 2 if place % 2 else int(digit)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def npis(segments: Cut) -> Iterator[tuple[int, str, str]]:
    """Every number said to be an NPI: its segment, element and text."""
    for ordinal, segment in enumerate(segments, 1):
        kind = {"NM1": 8, "N1": 3}.get(segment[0])
        if kind is not None and len(segment) > kind + 1 and segment[kind] == "XX":
            yield ordinal, f"{segment[0]}{kind + 1:02d}", segment[kind + 1]


def last_service(segments: Cut) -> str:
    return max(part for s in segments if s[:2] == ["DTP", "472"] for part in s[3].split("-"))


def value(finding: X12Finding, segments: Cut) -> str:
    """The element or component that a finding is about."""
    segment = segments[finding.segment - 1]
    number, _, part = finding.element[len(segment[0]) :].partition("-")
    assert finding.element.startswith(segment[0]), (finding, segment)
    text = segment[int(number)]
    return text.split(segments[0][16][0])[int(part) - 1] if part else text


# For every code of a finding: whether the value of the file is as wrong as the finding says.
WRONG: dict[str, Callable[[str, X12Finding, Cut], bool]] = {
    "NPI": lambda text, one, cut: not npi_is_sound(text),
    "TAXONOMY": lambda text, one, cut: not TAXONOMY.fullmatch(text),
    "ZIP9": lambda text, one, cut: not NINE.fullmatch(text) and len(cut[one.segment - 1]) < 5,
    "ZIP": lambda text, one, cut: not FIVE_OR_NINE.fullmatch(text),
    "TAX": lambda text, one, cut: not NINE.fullmatch(text) and cut[one.segment - 1][1] == "EI",
    "DSTATUS": lambda text, one, cut: text not in DISCHARGES,
    "DX": lambda text, one, cut: (
        cut[one.segment - 1][int(one.element[2:4])].startswith("AB")
        and last_service(cut) < FIRST_DAY_OF_ICD10
    ),
}


def official(root: Path) -> Iterator[tuple[str, bytes]]:
    with (root / "INDEX.tsv").open(encoding="utf-8") as rows:
        for row in csv.reader(rows, delimiter="\t"):
            if row and row[-1] == "valid (official X12 example)":
                yield row[0], (root / row[0]).read_bytes()


def findings(data: bytes) -> list[X12Finding]:
    verdict = check(data)
    return [one for item in verdict.transactions for one in item.findings if one.snip == 5]


def test_the_rule_of_the_check_digit_is_that_of_cms() -> None:
    """The example of CMS: 1234567893."""
    assert npi_is_sound("1234567893")
    assert not any(npi_is_sound(f"123456789{digit}") for digit in range(10) if digit != 3)


@pytest.mark.shared
def test_whatever_is_found_at_snip_5_is_wrong_by_a_second_reckoning(shared_x12: list[Path]) -> None:
    seen: Counter[str] = Counter()
    for name, data in official(shared_x12[0].parents[1]):
        segments = cut(data)
        for one in findings(data):
            text = value(one, segments)
            assert WRONG[one.code](text, one, segments), (name, one, text)
            assert data[one.offset :].startswith(segments[one.segment - 1][0].encode()), (name, one)
            seen[one.code] += 1
    print(dict(seen))
    assert sum(seen.values()) >= 130 and seen["NPI"] >= 80


@pytest.mark.shared
def test_every_wrong_npi_is_found_and_no_sound_one(shared_x12: list[Path]) -> None:
    wrong = sound = 0
    for name, data in official(shared_x12[0].parents[1]):
        numbers = list(npis(cut(data)))
        expected = Counter((at, element) for at, element, text in numbers if not npi_is_sound(text))
        found = Counter((one.segment, one.element) for one in findings(data) if one.code == "NPI")
        assert found == expected, name
        wrong, sound = wrong + len(list(expected.elements())), sound + len(numbers) - sum(expected.values())
    print(wrong, sound)
    assert wrong >= 80 and sound >= 10
