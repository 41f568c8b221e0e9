import json
import os
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.language.script import script_of
from jingyu.filters.language.telling import SIMPLIFIED, TRADITIONAL


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("这里有几个汉语词汇", "simplified"),
        ("這裡有幾個漢語詞彙", "traditional"),
        ("皇后在后里吃干面，台北", "undetermined"),
        ("你好", "undetermined"),
        ("", "undetermined"),
        ("plain text 123", "undetermined"),
        ("\ud800漢\udfff", "traditional"),
        ("𫠊", "simplified"),
        ("汉漢", "mixed"),
    ],
)
def test_script_is_told_by_the_characters_that_differ(text: str, script: str) -> None:
    assert script_of(text)[0] == script


@pytest.mark.parametrize(
    ("traditional", "simplified", "script"),
    [
        (80, 20, "traditional"),
        (79, 21, "mixed"),
        (21, 79, "mixed"),
        (20, 80, "simplified"),
    ],
)
def test_limits_belong_to_the_purer_script(traditional: int, simplified: int, script: str) -> None:
    found = script_of("漢" * traditional + "中" * 50 + "汉" * simplified)

    assert found == (script, traditional / 100)


def test_text_without_telling_characters_has_ratio_zero() -> None:
    assert script_of("中文") == ("undetermined", 0.0)


@given(text=st.text() | st.text(alphabet="汉漢中后\ud800𠮷𫠊ａ1 "))
def test_any_text_has_a_script_and_a_ratio(text: str) -> None:
    script, ratio = script_of(text)

    assert script in {"simplified", "traditional", "mixed", "undetermined"}
    assert 0 <= ratio <= 1


@pytest.mark.skipif("JINGYU_REAL_DATA" not in os.environ, reason="needs JINGYU_REAL_DATA")
@pytest.mark.parametrize(
    ("label", "script"), [("zho_Hans", "simplified"), ("zho_Hant", "traditional")]
)
def test_labelled_sentences_are_told_apart(label: str, script: str) -> None:
    path = Path(os.environ["JINGYU_REAL_DATA"]) / "text" / "langid.jsonl"
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    scripts: list[str] = [script_of(row["text"])[0] for row in rows if row["label"] == label]
    told = [found for found in scripts if found != "undetermined"]

    assert told.count(script) >= 0.95 * len(told) > 0


def test_the_telling_characters_are_those_that_opencc_converts_in_one_direction() -> None:
    blocks = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))
    han = [chr(point) for first, end in blocks for point in range(first, end)]
    traditional, simplified = changed_by("t2s", han), changed_by("s2t", han)
    # Lead bytes of the frequent characters: Big5's 5,401 and GB 2312's 3,755.
    frequent_in_traditional = {c for c in han if 0xA4 <= lead_byte(c, "big5") < 0xC7}
    frequent_in_simplified = {c for c in han if 0xB0 <= lead_byte(c, "gb2312") < 0xD8}

    assert set(SIMPLIFIED) == simplified - traditional - frequent_in_traditional
    assert set(TRADITIONAL) == traditional - simplified - frequent_in_simplified


def changed_by(configuration: str, han: list[str]) -> set[str]:
    lines = "\n".join(han)  # one a line, so that no phrase is found across them
    converted = opencc.OpenCC(configuration).convert(lines).split("\n")
    return {before for before, now in zip(han, converted, strict=True) if before != now}


def lead_byte(character: str, charset: str) -> int:
    return next(iter(character.encode(charset, "ignore")), 0)
