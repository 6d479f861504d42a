import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.forms.text import printable


def test_accents_of_latin_1_are_literal():
    shown = printable("José Ñuñez-Müller Åse Çelik")
    assert shown.text == "José Ñuñez-Müller Åse Çelik"
    assert shown.is_literal()


def test_brackets_and_backslashes_are_literal():
    assert printable(r"O'Neil (\Jr) <b>").text == r"O'Neil (\Jr) <b>"


def test_letters_without_glyph_lose_their_mark_visibly():
    shown = printable("Łukasz Kovač Őry")
    assert shown.text == "Lukasz Kovac Ory"
    assert (shown.simplified, shown.substituted) == (3, 0)


def test_other_scripts_become_a_visible_substitute():
    assert printable("משה").text == "???"
    assert printable("王").substituted == 1


def test_direction_overrides_and_control_characters_never_reach_the_page():
    shown = printable("A\u202eB\x00C\u200bD\xadE")
    assert shown.text == "A?B?C?D?E"
    assert shown.substituted == 4


def test_decomposed_letters_are_composed_first():
    assert printable(unicodedata.normalize("NFD", "José")).text == "José"


@given(st.text())
def test_any_text_becomes_printable_in_the_standard_fonts(text):
    shown = printable(text).text
    assert shown.encode("cp1252").decode("cp1252") == shown
    assert not any(unicodedata.category(character)[0] == "C" for character in shown)
    assert printable(shown).text == shown
