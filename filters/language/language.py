"""Which language a text is in; Chinese is told from its neighbours by script first."""

import functools
import re
import warnings
from importlib import resources
from typing import Any, NamedTuple

_WINDOW = 1000
_SCORED = 400
_HAN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]+")
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]+")
_WORD = re.compile("[^\\W\\d_\u1100-\u11ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SINITIC = ("zh", "yue", "wuu")


class Language(NamedTuple):
    """A language and how sure the model is of it."""

    code: str
    """ISO 639 code; `und` for a text without letters."""
    score: float
    """fastText's probability of that code, 0 to 1."""


def identify(text: str) -> Language:
    """Returns the language of a text, judged on its first 1,000 characters; fastText sees 400.

    Kana above half of the Han mean Japanese, above a tenth what fastText's lid.176 finds likelier;
    more hangul than Han mean Korean. Text in which Han outnumber the words of other scripts is
    Chinese, Cantonese or Wu, whichever fastText finds likeliest. Anything else is what it says.

    Source: measured on 6,384 pages that are not Chinese and 3,680 that are, 2026: this rule takes 3
    of the former for Chinese, and Chinese pages had at most 0.065 kana per Han; fastText alone
    calls a quarter of classical Chinese Japanese. To show fastText 1,000 characters in place of 400
    changes 11 of 3,473 texts of real pages, all of them Chinese among program code, to English or
    Japanese, and none of 7,029 labeled texts in Chinese, Korean and Japanese.
    """
    window = _SURROGATE.sub(" ", text[:_WINDOW]).replace("\n", " ")
    han, kana, hangul = (sum(map(len, kind.findall(window))) for kind in (_HAN, _KANA, _HANGUL))
    words = len(_WORD.findall(window))
    if not han + kana + hangul + words:
        return Language("und", 0.0)
    scores = _scores(window)
    is_japanese = kana > 0.5 * han or (
        kana > 0.1 * han and scores.get("ja", 0.0) > scores.get("zh", 0.0)
    )
    if is_japanese and kana >= words:
        return Language("ja", scores.get("ja", 0.0))
    if hangul > han and hangul >= words:
        return Language("ko", scores.get("ko", 0.0))
    if han >= words:
        code = max(_SINITIC, key=lambda code: (scores.get(code, 0.0), code == "zh"))
        return Language(code, scores.get(code, 0.0))
    code, score = max(scores.items(), key=lambda item: item[1])
    return Language(code, score)


def _scores(window: str) -> dict[str, float]:
    # The wheel's own `predict` fails under NumPy 2; the bound method beneath it does not.
    predictions = _model().f.predict(window[:_SCORED] + "\n", 8, 0.0, "strict")
    return {label.removeprefix("__label__"): min(score, 1.0) for score, label in predictions}


@functools.cache
def _model() -> Any:
    import fasttext

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return fasttext.load_model(
            str(resources.files("jingyu.configs") / "models" / "lid.176.ftz")
        )
