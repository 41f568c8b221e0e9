from jingyu.filters.language.kanji import JAPANESE
from jingyu.filters.language.telling import SIMPLIFIED, TRADITIONAL

LAST_OF_LEVEL_1 = b"\x98\x72"


def encoded(character: str, charset: str) -> bytes:
    """Returns a character in a charset, nothing if it has none."""
    return character.encode(charset, "ignore")


def test_they_are_kanji_of_level_1_that_no_charset_of_chinese_has() -> None:
    computed = [
        character
        for character in map(chr, range(0x4E00, 0xA000))
        if b"" < encoded(character, "shift_jis") <= LAST_OF_LEVEL_1
        and not encoded(character, "gb2312")
        and not encoded(character, "big5")
        and character not in SIMPLIFIED + TRADITIONAL
    ]

    assert "".join(computed) == JAPANESE
