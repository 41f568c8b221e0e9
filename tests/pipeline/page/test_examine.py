import hashlib
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.examine import examine
from jingyu.pipeline.page.page import Examined, Page
from jingyu.schemas.decisions import Decision
from jingyu.schemas.gate import GATE
from jingyu.schemas.origin import ORIGIN
from jingyu.schemas.provenance import PROVENANCE
from jingyu.schemas.staging import STAGING
from tests.crawl import PAGES
from tests.support.paths import SUPPORT

RULES = [{"signal": "char_count", "min": 1, "reason": "too_short"}]
PROSE = "山里的天气说变就变，早上还是晴空万里，中午就下起了大雨，我们只好等雨停下来。\n" * 3
TRADITIONAL = "山裡的天氣說變就變，早上還是晴空萬里，中午就下起了大雨，我們只好等雨停下來。\n" * 3
ENGLISH = "The weather in the mountains changes fast, so we waited for the rain to stop.\n" * 3


def config(**sections: Any) -> RunConfig:
    return RunConfig.model_validate({"rules": RULES} | sections)


def examined(text: str | bytes, kind: str = "text/plain", **sections: Any) -> Examined:
    payload = text if isinstance(text, bytes) else text.encode()
    return examine(Page(payload, kind, None), config(**sections))


def test_a_page_that_goes_on_has_every_column_beyond_provenance_and_gate() -> None:
    page = (PAGES / "news-cold-wave.html").read_bytes()

    found = examined(page, "text/html")

    assert found.ended is None
    of_the_source = {name for name in ORIGIN.names if name.startswith("source_")}
    before = {*PROVENANCE.names, *GATE.names, "url_key", "damage_count"}
    beyond = set(STAGING.names) - before - of_the_source
    assert set(found.columns) == beyond
    assert found.columns["title"]
    assert found.columns["char_count"] == len(found.columns["text"].replace("\n", ""))


def test_half_a_character_at_the_end_of_a_cut_page_is_no_lost_character() -> None:
    payload = f"<p>{PROSE * 3}。你".encode()[:-1]

    cut = examine(Page(payload, "text/html", "utf-8", is_cut=True), config())
    whole = examine(Page(payload, "text/html", "utf-8"), config())

    assert cut.columns["replacement_ratio"] == 0
    assert "\ufffd" not in cut.columns["text"]
    assert whole.columns["replacement_ratio"] > 0


FORMS = (
    f"<title>标题</title><h1>标题</h1><p>{PROSE}<p>{PROSE}<ol><li>{PROSE}</ol>"
    "<pre><code class=language-c>int main() {\n    return 0;\n}</code></pre>"
    f"<p>{PROSE}电话 13812345678，联系王老师。"
    "<table><tr><td>甲<td><td>乙<tr><td>子<td>丑<td>寅</table>"
)


def test_what_is_measured_and_signed_is_plain_in_either_form() -> None:
    plain = examined(FORMS, "text/html").columns
    marked = examined(FORMS, "text/html", extraction={"format": "markdown"}).columns

    assert "```c\nint main() {\n    return 0;\n}\n```" in marked["text"]
    assert "```" not in plain["text"]
    assert "13812345678" not in marked["text"]
    assert {name for name in plain if plain[name] != marked[name]} == {"text"}


def test_plain_text_is_taken_as_it_is_but_for_its_form() -> None:
    found = examined(f"<p>\u3000\u3000{PROSE}\n\n\t第二\x00段 𠮷。")

    assert found.columns["text"] == f"<p> {PROSE}第二段𠮷。"
    assert found.columns["title"] is None


def test_text_that_was_given_is_not_decoded_again() -> None:
    page = Page(f"﻿<meta charset=big5>{PROSE}".encode(), "text/plain", "gbk", is_text=True)

    found = examine(page, config())

    assert (found.columns["charset"], found.columns["charset_source"]) == ("utf-8", "given")
    assert found.columns["replacement_ratio"] == 0.0
    assert found.columns["text"].endswith(PROSE.strip())


@pytest.mark.parametrize(("limit", "is_ended"), [(0.2, False), (0.19, True)])
def test_text_with_more_damage_than_allowed_is_undecodable(limit: float, *, is_ended: bool) -> None:
    page = Page("好".encode() * 80 + b"\xff" * 20, "text/plain", None, is_text=True)

    found = examine(page, config(decoding={"max_replacement_ratio": limit}))

    expected = Decision("rejected", "decode", "undecodable", 0.2, limit)
    assert (found.ended == expected) is is_ended
    assert ("text" in found.columns) is not is_ended


@pytest.mark.parametrize("payload", ["", " \n\u3000\t\u200b", "\x00\ufeff"])
def test_a_page_without_text_has_no_main_text(payload: str) -> None:
    expected = Decision("rejected", "extract", "no_main_text", 0.0, 1.0)

    assert examined(payload).ended == expected
    assert "text" not in examined(payload).columns


def test_markup_without_main_text_has_none() -> None:
    ended = examined("<html><body><script>var a = 1;</script></body></html>", "text/html").ended

    assert ended == Decision("rejected", "extract", "no_main_text", 0.0, 1.0)


def test_another_language_ends_with_its_score_and_no_signals() -> None:
    found = examined(ENGLISH)

    assert found.ended is not None
    assert found.ended[:3] == ("rejected", "language", "other_language")
    assert found.ended.measured == found.columns["language_score"]
    assert found.columns["language"] == "en"
    assert not {"char_count", "signature", "text_hash"} & found.columns.keys()


def test_a_language_that_is_kept_goes_on() -> None:
    assert examined(ENGLISH, language={"keep": ["en"]}).ended is None


def test_damage_is_judged_before_text_and_text_before_language() -> None:
    strict: dict[str, Any] = {"decoding": {"max_replacement_ratio": 0}}
    damaged = Page(ENGLISH.encode() + b"\xff", "text/plain", None, is_text=True)

    reasons = [
        examine(damaged, config(**strict)).ended,
        examined("", **strict).ended,
        examined(ENGLISH, **strict).ended,
    ]

    assert [ended.reason for ended in reasons if ended] == [
        "undecodable",
        "no_main_text",
        "other_language",
    ]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ValueError("13800138000"), "value_error"),
        (RecursionError(), "recursion_error"),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "13800138000"), "unicode_decode_error"),
        (MemoryError(), "memory_error"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_an_engine_raises_is_the_failure_of_the_page(
    error: Exception, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise error

    # The engines are foreign code; no page is known to make them raise.
    monkeypatch.setattr("jingyu.pipeline.page.extract.engines.extract", broken)

    found = examined("<p>页</p>", "text/html")

    assert found.ended == Decision("failed", "extract", reason)
    assert "13800138000" not in repr(found)


@pytest.mark.parametrize(("script", "expected"), [("keep", TRADITIONAL), ("simplified", PROSE)])
def test_traditional_text_is_converted_if_the_config_says_so(script: str, expected: str) -> None:
    found = examined(TRADITIONAL, normalization={"script": script})

    assert found.columns["text"] == expected.strip()
    assert found.columns["script"] == "traditional"
    assert found.columns["traditional_ratio"] == 1.0


def test_both_scripts_have_one_signature_once_they_are_converted() -> None:
    settings: dict[str, Any] = {"normalization": {"script": "simplified"}}
    one, other = examined(PROSE, **settings), examined(TRADITIONAL, **settings)

    assert one.columns["text_hash"] == other.columns["text_hash"]
    assert one.columns["signature"] == other.columns["signature"]


def test_personal_data_is_masked_in_text_and_title_and_of_other_languages_too() -> None:
    html = (
        "<html><head><title>联系 13800138000</title></head><body><article>"
        + "".join(f"<p>第 {n} 段，{PROSE}电话 13800138000。</p>" for n in range(3))
        + "</article></body></html>"
    )

    found = examined(html, "text/html")
    foreign = examined(f"{ENGLISH} Write to someone@example.cn today.")

    assert found.columns["masked_mobile_count"] == 3
    assert "13800138000" not in repr(found)
    assert "[手机号]" in found.columns["title"]
    assert "someone@example.cn" not in repr(foreign)


def test_wrapped_paragraphs_are_joined_unless_the_config_says_otherwise() -> None:
    paragraph = "山里的柿子一天比一天红，老人每天清早都要到坡上转一圈，看看哪棵树上的果子先熟，" * 4
    text = "\n".join(
        f"{number}月里，{paragraph}"[start : start + 30]
        for number in range(1, 4)
        for start in range(0, 4 + len(paragraph), 30)
    ).replace("，\n", "。\n")

    joined, kept = examined(text), examined(text, normalization={"unwrap": False})

    assert joined.columns["unwrapped_line_count"] > 3
    assert kept.columns["unwrapped_line_count"] == 0
    assert kept.columns["text"] == text


def test_text_without_markup_loses_its_furniture_unless_the_config_says_otherwise() -> None:
    menu = "首页\n新闻中心\n政务公开\n登录\n注册\n当前位置：首页 > 新闻中心\n"
    footer = "\n上一篇：春季植树\n下一篇：没有了\n相关新闻\n更多>>\n关于我们\n技术支持：某某科技"

    cut = examined(menu + PROSE.strip() + footer)
    whole = examined(menu + PROSE.strip() + footer, extraction={"text_lines": "all"})

    assert cut.columns["text"] == PROSE.strip()
    assert cut.columns["furniture_line_count"] == 12
    assert whole.columns["text"].startswith("首页\n")
    assert whole.columns["furniture_line_count"] == 0


def test_what_surrounds_a_text_is_evidence() -> None:
    found = examined(
        PROSE.strip() + "\n上一篇：没有了\n联系我们\n网站地图\n本站文章未经许可不得转载\n"
    )

    assert "不得转载" not in found.columns["text"]
    assert found.columns["reservations"]


def test_density_is_the_share_of_the_page_that_is_text() -> None:
    text = PROSE.strip()
    spaced = examined(text + "\n" * len(text))

    assert examined(text).columns["text_density"] == 1.0
    assert spaced.columns["text_density"] == 0.5


def test_the_signature_follows_the_config() -> None:
    found = {
        seed: examined(PROSE, signature={"seed": seed, "hashes": 112}).columns["signature"]
        for seed in (1, 2)
    }

    assert len(np.frombuffer(found[1], "<u4")) == 112
    assert found[1] != found[2]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A fastText model of twenty lines each of `PROSE` and of an invented advertisement.

    It is not trained here: fastText 0.9.3 ends in "Encountered NaN" as memory happens to be.
    """
    path = tmp_path_factory.mktemp("model") / "quality.bin"
    path.write_bytes((SUPPORT / "quality.bin").read_bytes())
    return {"path": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def quality(text: str, model: dict[str, str]) -> float:
    return float(examined(text, quality={"model": model}).columns["quality"])


def test_a_models_probability_is_the_quality(model: dict[str, str]) -> None:
    spam = "澳门娱乐城注册送彩金，点击进入。\n" * 5

    good, bad = quality(PROSE, model), quality(spam, model)

    assert 0.9 < good <= 1
    assert 0 <= bad < 0.1
    assert quality(spam, model | {"label": "__label__dirty"}) == pytest.approx(1 - bad, abs=1e-3)
    assert quality(PROSE, model | {"label": "__label__none"}) == 0.0


def test_a_model_that_changed_under_way_is_an_error(model: dict[str, str], tmp_path: Path) -> None:
    changed = tmp_path / "quality.bin"
    changed.write_bytes(b"changed")

    with pytest.raises(ValueError, match=re.escape(f"{changed} has changed since")):
        quality(PROSE, model | {"path": str(changed)})


def test_what_a_page_hides_beside_its_text_is_a_signal() -> None:
    article = "".join(f"<p>第 {n} 段，{PROSE}</p>" for n in range(3))
    hidden = f"<div style='display:none'><a href=/>{'彩票开户' * 20}</a></div>"

    plain = examined(f"<article>{article}</article>", "text/html")
    spam = examined(f"<article>{article}</article>{hidden}", "text/html")
    later = examined(f"<article style='visibility:hidden'>{article}</article>", "text/html")

    length = len(spam.columns["text"])
    assert spam.columns["hidden_ratio"] == 80 / (80 + length)
    assert plain.columns["hidden_ratio"] == later.columns["hidden_ratio"] == 0.0
