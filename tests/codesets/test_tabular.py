from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.codesets.tabular import read_tabular
from cleanclaim.kernel.errors import InputError

SMALL = b"""<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular><version>2099</version>
<introduction><introSection type="title"><title>An introduction</title></introSection></introduction>
<chapter><name>1</name><desc>Invented diseases (A00-A09)</desc>
<excludes2><note>something else (Z00)</note></excludes2>
<sectionIndex><sectionRef first="A00" last="A09" id="A00-A09">Invented</sectionRef></sectionIndex>
<section id="A00-A09"><desc>Invented diseases (A00-A09)</desc>
<diag><name>A00</name><desc>First
  disease</desc><inclusionTerm><note>the first one</note></inclusionTerm>
<sevenChrNote><note>add one</note></sevenChrNote>
<sevenChrDef><extension char="A">initial</extension><extension char="S">sequela</extension></sevenChrDef>
<diag><name>A00.0</name><desc>First, plain</desc><codeFirst><note>cause (B00)</note></codeFirst></diag>
</diag></section></chapter></ICD10CM.tabular>"""


def test_nodes_keep_their_place_and_their_notes() -> None:
    version, nodes = read_tabular(io.BytesIO(SMALL))
    assert version == "2099"
    assert [(node.kind, node.name, node.parent) for node in nodes] == [
        ("chapter", "Chapter 1", -1),
        ("block", "A00-A09", 0),
        ("code", "A00", 1),
        ("code", "A00.0", 2),
    ]
    assert nodes[0].notes == {"excludes2": ["something else (Z00)"]}
    assert nodes[2].title == "First disease"
    assert nodes[2].seventh == {"A": "initial", "S": "sequela"}
    assert nodes[2].notes["inclusion"] == ["the first one"]
    assert nodes[3].notes == {"code_first": ["cause (B00)"]}


@pytest.mark.parametrize("length", [10, 200, len(SMALL) // 2, len(SMALL) - 5])
def test_a_file_cut_off_is_refused(length: int) -> None:
    with pytest.raises(InputError):
        read_tabular(io.BytesIO(SMALL[:length]))


def test_entities_are_never_expanded() -> None:
    hostile = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><ICD10CM.tabular>&x;</ICD10CM.tabular>'
    with pytest.raises(InputError, match="document type"):
        read_tabular(io.BytesIO(hostile))


@pytest.mark.parametrize("other", [b"<ICD10CM.index/>", b"<html></html>", b"<ICD10CM.tabular/>"])
def test_another_xml_is_refused(other: bytes) -> None:
    with pytest.raises(InputError):
        read_tabular(io.BytesIO(other))


def test_bottomless_nesting_is_refused() -> None:
    deep = b"<ICD10CM.tabular>" + b"<diag>" * 5_000
    with pytest.raises(InputError, match="deep"):
        read_tabular(io.BytesIO(deep))


@given(st.binary(max_size=400))
def test_rubbish_is_refused_never_an_accident(data: bytes) -> None:
    with pytest.raises(InputError):
        read_tabular(io.BytesIO(data))
