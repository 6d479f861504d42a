from __future__ import annotations

from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.status import SetState, codes_status


def test_every_set_is_listed_with_its_state(book: CodeBook) -> None:
    rows = {row.system: row for row in codes_status(book)}
    assert rows["ICD-10-CM"].state is SetState.COMPLETE
    assert rows["ICD-10-CM"].rows == 74_879
    assert rows["HCPCS"].state is SetState.PARTIAL
    assert rows["CPT"].state is SetState.ABSENT
    assert {
        "POS",
        "TOB",
        "REVENUE",
        "CARC",
        "RARC",
        "TAXONOMY",
        "MODIFIER",
        "MS-DRG",
        "ICD-10-PCS",
    } <= rows.keys()


def test_what_is_not_whole_says_what_is_not_checked(book: CodeBook) -> None:
    for row in codes_status(book):
        if row.state is not SetState.COMPLETE:
            assert row.not_checked, row.system
        assert row.licence and row.source
