"""Which language a text is in; Chinese is told from its neighbours by script first."""

import functools
import warnings
from collections.abc import Mapping
from enum import IntEnum
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from jingyu.filters.language.kanji import JAPANESE
from jingyu.filters.language.letters import count_letters
from jingyu.filters.language.quantized import Labels
from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.quality.characters import HAN

_WINDOW = 1000
_SCORED = 400
_PLANE = 0x10000
# What stands apart from the words of other scripts; of these blocks some are counted.
_APART = ((0x1100, 0x11FF), (0x3005, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF))
_KANA = ((0x3041, 0x3096), (0x30A1, 0x30FA))
_HANGUL = ((0x1100, 0x11FF), (0xAC00, 0xD7AF))
# Kanji as Japan alone writes them, and words without which nobody writes Chinese.
_JAPANESE = lazy_pattern(f"[{JAPANESE}]")
_CHINESE = lazy_pattern("[的是了这這我你他她们們吗嗎很也就都把着]")
_FEWEST_JAPANESE, _LEAST_JAPANESE, _MOST_CHINESE = 2, 0.015, 0.01
_ENOUGH_HAN = 100
_UNSURE = 0.6
_SURROGATE = lazy_pattern("[\ud800-\udfff]")
# Without one of these nobody writes much of either; in short Chinese texts fastText sees both.
_SINITIC = {
    "yue": lazy_pattern("[嘅咗喺佢冇唔哋嘢啲嚟嗰㗎喎咁噉攞搵瞓咩啱睇]"),
    "wuu": lazy_pattern(
        "[侬儂搿嘸呒倷伲覅朆囥咾]|[阿伊][拉啦]|迭[个個]|辰光|交[关關]|物事|白相|勿[是会會好要晓曉]"
    ),
}


class Language(NamedTuple):
    """A language and how sure the model is of it."""

    code: str
    """ISO 639 code; `und` for a text without letters."""
    score: float
    """fastText's probability of that code, 0 to 1."""


def identify(text: str) -> Language:
    """Returns the language of a text, judged on its first 1,000 characters; fastText sees 400.

    Kana above half of the Han mean Japanese, above a tenth what fastText's lid.176 finds likelier,
    and so do kanji as Japan alone writes them where words that Chinese needs are missing; more
    hangul than Han mean Korean. Text in which Han outnumber the words of other scripts is Chinese,
    Cantonese or Wu, whichever fastText finds likeliest, but Cantonese and Wu only with a word that
    Mandarin lacks. So is text that begins with program code or
    in another language, if it holds a hundred Han and either fastText is unsure of that language or
    Han outnumber the words in all of it. Anything else is what fastText says.

    Source: measured on 6,384 pages that are not Chinese and 3,680 that are, 2026: this rule takes 3
    of the former for Chinese, and Chinese pages had at most 0.065 kana per Han; fastText alone
    calls a quarter of classical Chinese Japanese. To show fastText 1,000 characters in place of 400
    changes 11 of 3,473 texts of real pages, all of them Chinese among program code, to English or
    Japanese, and none of 7,029 labeled texts in Chinese, Korean and Japanese. Of 2,696 sentences in
    Chinese fastText calls 27 Wu or Cantonese, none of which has such a word.
    """
    han, kana, hangul, words = count_letters(text, _WINDOW, _kinds())
    if not han + kana + hangul + words:
        return Language("und", 0.0)
    line = _SURROGATE.sub(" ", text[:_SCORED]).replace("\n", " ")
    scores = _asked(line) if han < words else _labels()(line)
    is_japanese = kana > 0.5 * han or (
        kana > 0.1 * han and scores.get("ja", 0.0) > scores.get("zh", 0.0)
    )
    if (is_japanese and kana >= words) or _is_kanji_only(text[:_WINDOW], han, kana, scores):
        return Language("ja", scores.get("ja", 0.0))
    if hangul > han and hangul >= words:
        return Language("ko", scores.get("ko", 0.0))
    code, score = max(scores.items(), key=lambda item: item[1])
    if han >= words or _is_chinese_beyond(text, is_sure=score >= _UNSURE):
        code = _sinitic(text, scores)
        return Language(code, scores.get(code, 0.0))
    return Language(code, score)


def _sinitic(text: str, scores: Mapping[str, float]) -> str:
    """Returns the likeliest of Chinese, Cantonese and Wu of those that a text can be written in."""
    least = scores.get("zh", 0.0)
    likelier = [code for code in _SINITIC if scores.get(code, 0.0) > least]
    written = [code for code in likelier if _SINITIC[code].search(text, 0, _WINDOW)]
    return max(written, key=lambda code: scores[code], default="zh")


def _is_kanji_only(window: str, han: int, kana: int, scores: Mapping[str, float]) -> bool:
    """Returns whether Han are Japanese though hardly any kana stand among them: lists, minutes."""
    if kana > 0.1 * han or scores.get("ja", 0.0) <= scores.get("zh", 0.0):
        return False
    japanese, chinese = (len(kind.findall(window)) for kind in (_JAPANESE, _CHINESE))
    is_written_so = japanese >= max(_FEWEST_JAPANESE, _LEAST_JAPANESE * han)
    return is_written_so and chinese <= _MOST_CHINESE * han


def _is_chinese_beyond(text: str, *, is_sure: bool) -> bool:
    """Returns whether a text is Chinese though it does not begin so; looks at all of it."""
    han, kana, hangul, words = count_letters(text, len(text), _kinds())
    if han < _ENOUGH_HAN or kana > 0.1 * han or hangul > 0.1 * han:
        return False
    return not is_sure or han >= words


class _Kind(IntEnum):
    """What a character is, as in letters.c."""

    OTHER = 0
    """A letter of a word, if it is one; digits are none."""
    HAN = 1
    KANA = 2
    HANGUL = 3
    APART = 4
    HAN_BEYOND = 5
    """Han beyond the basic plane, which is a letter of a word, too."""


@functools.cache
def _kinds() -> bytes:
    """Returns the kind of each code point up to the last Han and one more."""
    table = bytearray(HAN[-1][1] + 2)
    for kind, blocks in (
        (_Kind.APART, _APART),
        (_Kind.HAN, HAN),
        (_Kind.KANA, _KANA),
        (_Kind.HANGUL, _HANGUL),
    ):
        for first, last in blocks:
            here = _Kind.HAN_BEYOND if first >= _PLANE else kind
            table[first : last + 1] = bytes([here]) * (last + 1 - first)
    return bytes(table)


def _asked(line: str) -> dict[str, float]:
    """Returns what fastText itself says: all that tells a text in which Han are fewer than words.

    Of any other text its sums only say how sure it is, and are the same from `quantized`.
    """
    # The wheel's own `predict` fails under NumPy 2; the bound method beneath it does not.
    predictions = _model().f.predict(line + "\n", 8, 0.0, "strict")
    return {label.removeprefix("__label__"): min(score, 1.0) for score, label in predictions}


@functools.cache
def _labels() -> Labels:
    return Labels(_path().read_bytes())


@functools.cache
def _model() -> Any:
    import fasttext

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return fasttext.load_model(str(_path()))


def _path() -> Path:
    return Path(str(resources.files("jingyu.configs") / "models" / "lid.176.ftz"))
