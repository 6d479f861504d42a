"""A diagnosis line told as disorder, site and side must give the tabular's code, in any order of its words."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.phrases.site_titles import Kind, Saying, Site, code_of, disorders
from cleanclaim.coding.suggest import suggest

_ON = dt.date(2026, 9, 14)
_SIDES = ("right", "unspecified", "")


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("Abrasions of the left knee and right elbow", ["S80.212A", "S50.311A"]),
        ("Contusion of left hip, abrasion right knee", ["S70.02XA", "S80.211A"]),
        ("Lac L forearm", ["S51.812A"]),
        ("Right thumb laceration with nail damage", ["S61.111A"]),
        ("Bilateral knee pain", ["M25.561", "M25.562"]),
        ("DJD both knees", ["M17.0"]),
        ("Right knee osteoarthritis with right knee pain", ["M17.11"]),
        ("Torn medial meniscus L knee, bucket handle", ["S83.212A"]),
        ("Complete right RC tear, nontraumatic", ["M75.121"]),
        ("Fx L distal radius, buckle", ["S52.522A"]),
        ("Nondisplaced fracture of the right fifth metacarpal neck", ["S62.366A"]),
        ("Osteoporotic fx R distal radius", ["M80.031A"]),
        ("C5-6 disc herniation with radiculopathy", ["M50.122"]),
        ("L5-S1 spondylolisthesis", ["M43.17"]),
        ("Chronic tophaceous gout right elbow", ["M1A.0211"]),
        ("Seropositive rheumatoid arthritis of the wrists, hands and feet", ["M05.79"]),
        ("Rheumatoid arthritis, CCP and RF positive, many joints", ["M05.79"]),
        ("RA, seronegative, left knee", ["M06.062"]),
        ("Gout flare right great toe and left knee", ["M10.09"]),
        ("Left ankle sprain. No fracture of the left ankle", ["S93.402A"]),
    ],
)
def test_a_line_by_site_and_side(line: str, codes: list[str], book: CodeBook) -> None:
    result = suggest(f"ASSESSMENT\n1. {line}", setting=Setting.OUTPATIENT, on=_ON, book=book)
    assert [one.code for one in result.suggestions if one.status == "suggested"][: len(codes)] == codes
    given = [
        one.code for one in result.suggestions if one.status == "suggested" and one.system == "ICD-10-CM"
    ]
    assert given == codes


def test_every_row_of_the_table_has_a_title_that_exists(book: CodeBook) -> None:
    lost = [
        (kind.words[0], site.words[:1], saying.titles)
        for kind in disorders()
        for site in _own_sites(kind)
        for saying in (*site.say, *site.both)
        if not _exists(kind, site, saying, book)
    ]
    assert lost == []


def _own_sites(kind: Kind) -> list[Site]:
    """The sites with sayings of their own; a shared saying need not exist for every shared site."""
    return [site for site in (*kind.sites, kind.sided) if site is not None and site.names == ("",)]


def _exists(kind: Kind, site: Site, saying: Saying, book: CodeBook) -> bool:
    titles = (
        title.replace("{side}", side).replace("{stated}", side).replace("{d}", moved)
        for title in saying.titles
        for side in _SIDES
        for moved in ("displaced", "nondisplaced")
    )
    return any(code_of(title, kind.categories, book, _ON) for title in titles)
