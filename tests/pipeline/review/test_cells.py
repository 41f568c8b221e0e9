import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.review.cells import CELL_UNITS, clean, csv_text, excerpt, workbook_text

texts = st.text() | st.text(alphabet="中𠮷a_x0F1=\ud83d\x00\x0b\ufffe\r\n")


def test_what_xml_forbids_is_removed_and_line_ends_are_one() -> None:
    assert clean("a\x00b\x0bc\x1fd\ufffe\ud800e\r\nf\rg\th𠮷") == "abcde\nf\ng\th𠮷"


def test_a_text_within_the_limit_is_shown_whole() -> None:
    assert excerpt("清明时节", 4) == "清明时节"


def test_of_a_longer_text_the_note_says_how_much_more_there_is() -> None:
    assert excerpt("清明时节" * 1000, 2) == "清明\n……（余 3,998 字未显示; 3,998 more characters）"


def test_characters_beyond_the_basic_plane_take_two_units_of_a_cell() -> None:
    shown = excerpt("𠮷" * 20_000, 30_000)

    assert shown.startswith("𠮷" * 15_000 + "\n")
    assert "余 5,000 字" in shown
    assert len(shown.encode("utf-16-le")) // 2 <= CELL_UNITS


def test_what_spreadsheets_would_decode_as_an_escape_stays_as_it_is() -> None:
    assert workbook_text("a_x0041_b _x41_") == "a_x005F_x0041_b _x41_"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "＝1", "\t=1"])
def test_in_csv_an_apostrophe_stands_before_what_looks_like_a_formula(text: str) -> None:
    assert csv_text(text) == f"'{text}"


@pytest.mark.parametrize("name", ["1" * 32, "1234567890e12345678901234567890"])
def test_in_csv_an_apostrophe_stands_before_an_id_that_looks_like_a_number(name: str) -> None:
    assert csv_text(name) == f"'{name}"


@pytest.mark.parametrize("text", ["", "正文=1", "a1", "17", "2025-04-04", "a" * 32])
def test_in_csv_other_texts_stand_as_they_are(text: str) -> None:
    assert csv_text(text) == text


@settings(max_examples=100)
@given(text=texts, repeated=st.sampled_from([1, 9_000]), characters=st.integers(1, 30_000))
def test_any_text_fits_into_a_cell(text: str, repeated: int, characters: int) -> None:
    cell = workbook_text(excerpt(text * repeated, characters))

    assert len(cell.encode("utf-16-le")) // 2 <= CELL_UNITS
    assert clean(cell) == cell
