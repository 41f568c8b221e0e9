from hypothesis import given, settings
from hypothesis import strategies as st

from filters.lexicon.literals import Literals

strings = st.text(alphabet="ab转载\u00e9𠮷\ud800", max_size=12)


@settings(max_examples=200)
@given(literals=st.lists(strings.filter(bool), min_size=1), text=strings)
def test_all_places_of_all_literals_are_found(literals: list[str], text: str) -> None:
    assert Literals(literals).find(text) == {
        literal: places
        for literal in literals
        if (places := [at for at in range(len(text)) if text.startswith(literal, at)])
    }


def test_a_literal_is_found_inside_another_and_across_its_end() -> None:
    found = Literals(["翻版", "版权", "版", "版权所有"]).find("𠮷翻版权所有")

    assert found == {"翻版": [1], "版": [2], "版权": [2], "版权所有": [2]}


def test_a_literal_may_overlap_itself() -> None:
    assert Literals(["aa"]).find("aaaa") == {"aa": [0, 1, 2]}
