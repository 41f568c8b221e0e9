import numpy as np
import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.lexicon.characters import Characters, Kind, kind_of

_NONE = max(Kind) + 1
CONVERTER = opencc.OpenCC("t2s")
texts = st.text() | st.text(alphabet="賭乾坤著名後後面Ａaé①㊙\uf900 \n\ud800𠮷⺀", max_size=30)


def forms_and_kinds(text: str, characters: Characters) -> list[tuple[str, int]]:
    forms, kinds, _, _ = characters.folded(text, _NONE, 0)
    points = np.frombuffer(forms, np.uint32).tolist()
    return list(zip(map(chr, points), kinds, strict=True))


def test_kinds_tell_letters_digits_and_signs() -> None:
    kinds = [kind_of(character) for character in "赌aЖ1，* \n\u200b"]

    assert kinds == [
        Kind.PLAIN,
        Kind.LETTER,
        Kind.LETTER,
        Kind.DIGIT,
        Kind.PLAIN,
        Kind.SYMBOL,
        Kind.SYMBOL,
        Kind.BREAK,
        Kind.INVISIBLE,
    ]


@pytest.mark.parametrize(
    ("character", "form"),
    [
        ("Ａ", "a"),
        ("①", "1"),
        ("㊙", "秘"),
        ("賭", "赌"),
        ("\uf900", "岂"),  # a compatibility form of a traditional character
        ("ﬁ", "ﬁ"),  # two characters when folded
        ("\u0130", "\u0130"),
        ("\U000e0041", "\U000e0041"),
        ("\U0010ffff", "\U0010ffff"),
    ],
)
def test_a_character_is_folded_if_one_character_remains(character: str, form: str) -> None:
    assert forms_and_kinds(character, Characters(simplify=True))[0][0] == form


@settings(max_examples=100)
@given(text=texts, simplify=st.booleans())
def test_what_is_learned_together_or_later_is_as_if_learned_alone(
    text: str, *, simplify: bool
) -> None:
    together = forms_and_kinds(text, Characters(simplify=simplify))

    one_by_one = Characters(simplify=simplify)
    assert together == [forms_and_kinds(character, one_by_one)[0] for character in text]
    assert [kind for _, kind in together] == [kind_of(character) for character in text]


@given(character=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))
def test_han_characters_are_simplified_as_opencc_does(character: str) -> None:
    expected = CONVERTER.convert(character)

    ((form, kind),) = forms_and_kinds(character, Characters(simplify=True))
    assert form == (expected if len(expected) == 1 else character)
    assert kind == Kind.PLAIN
    assert forms_and_kinds(character, Characters(simplify=False)) == [(character, Kind.PLAIN)]
