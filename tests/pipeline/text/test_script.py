import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.script import script_of


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
