import json
from collections.abc import Callable

import pytest

from jingyu.filters.language.settings import Gate
from jingyu.pipeline.page.examine import examine
from jingyu.pipeline.page.extract.held import holds_prose, is_prose, opened, text_in_data
from jingyu.pipeline.page.extract.jingyu import main_text
from jingyu.pipeline.page.gate.gate import look_at
from jingyu.pipeline.page.page import Page
from jingyu.pipeline.page.settings import PageSettings

PARAGRAPHS = [
    "渡口的老船工说，江面最宽的地方要划上半个钟头，遇到大风的日子，就得等到傍晚才敢开船。",
    "桥修好以后，他把木船拖上岸，刷了一层桐油，留给镇里的小学当作课堂，讲从前怎样过江。",
    "孩子们最喜欢问的是，夜里没有灯的时候，船怎样找到对岸，老人总是笑着指一指天上的星。",
]
MARKUP = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
TEXT = "\n".join(PARAGRAPHS)
ESCAPED = MARKUP.replace("<", "&lt;").replace(">", "&gt;")


def page_of(body: str, head: str = "") -> str:
    return (
        f"<html><head><title>渡口</title>{head}</head><body><div id=app></div>{body}</body></html>"
    )


def script_of(data: object, kind: str = "application/json", *, ascii_only: bool = False) -> str:
    return f'<script type="{kind}">{json.dumps(data, ensure_ascii=ascii_only)}</script>'


SINGLE = json.dumps({"body": f"“'”\"\n{TEXT}"}).replace("\\", "\\\\").replace("'", "\\'")


@pytest.mark.parametrize(
    "held",
    [
        f"<noscript><article>{MARKUP}</article></noscript>",
        f"<template shadowrootmode=open><main>{MARKUP}</main></template>",
        f"<textarea hidden>{ESCAPED}</textarea>",
        script_of({"@graph": [{"articleBody": TEXT}]}, "application/ld+json"),
        script_of({"articleBody": TEXT}, "application/ld+json", ascii_only=True),
        script_of({"props": {"page": {"html": MARKUP}}}),
        script_of({"blocks": [{"text": each} for each in PARAGRAPHS]}),
        f"<script>window.__STATE__ = {json.dumps({'body': TEXT})};</script>",
        f"<script>self['__STATE__']={json.dumps({'body': TEXT})};</script>",
        f"<script>window.__STATE__=JSON.parse({json.dumps(json.dumps({'body': TEXT}))})</script>",
        f"<script>window.__DATA__ = JSON.parse('{SINGLE}');</script>",
        script_of({"status": 200, "body": json.dumps({"content": TEXT})}),
        f'<script type="text/x-template" id=a><article>{MARKUP}</article></script>',
        f"<script>a = 1;</script><script type=text/template>{MARKUP}</script><script>b()</script>",
    ],
)
def test_a_page_that_shows_nothing_has_the_prose_that_it_holds(held: str) -> None:
    page = page_of(f"<p>加载中…</p>{held}")

    assert main_text(page).text.split("\n")[-3:] == PARAGRAPHS


def test_what_a_page_shows_counts_before_what_it_holds() -> None:
    other = script_of({"articleBody": "另一篇。" + TEXT}, "application/ld+json")

    assert main_text(page_of(f"<article>{MARKUP}</article>", other)).text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    "held",
    [
        "<noscript>请打开脚本，然后刷新。</noscript>",
        f"<template><p>{{{{ title }}}}，{'。'.join(PARAGRAPHS)}</p></template>",
        script_of({"comments": [{"text": each} for each in PARAGRAPHS]}),
        script_of({"messages": ["确定", "取消", "请输入用户名和密码"] * 20}),
        '<script type="application/json">{"articleBody": "' + TEXT + "</script>",
        '<script type="application/json">' + "[" * 100_000 + "</script>",
    ],
)
def test_what_is_no_prose_of_its_own_is_not_taken(held: str) -> None:
    assert main_text(page_of(held)).text == ""


def test_prose_has_han_and_marks_of_sentences() -> None:
    assert is_prose("字" * 57 + "，，。" + "字" * 3)
    assert not is_prose("字" * 56 + "，，。" + "字" * 3)
    assert not is_prose("字" * 70 + "，。")
    assert opened(page_of(MARKUP)) is None
    assert text_in_data(page_of(MARKUP)) is None


def test_a_text_that_only_a_script_can_show_is_the_reason() -> None:
    script = "<script>render('" + "".join(PARAGRAPHS) + "')</script>"
    page = Page(page_of(script).encode(), "text/html", None)

    ended = examine(page, PageSettings()).ended

    assert holds_prose(page_of(script))
    assert ended
    assert (ended.stage, ended.reason) == ("extract", "text_in_script")


def state_of(data: object, *, ascii_only: bool = False) -> str:
    return f"<script>window.__STATE__ = {json.dumps(data, ensure_ascii=ascii_only)};</script>"


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("hold", [script_of, state_of])
def test_the_gate_counts_what_data_for_scripts_hold(
    hold: Callable[..., str], *, ascii_only: bool
) -> None:
    held = hold({"html": MARKUP}, ascii_only=ascii_only)
    han = sum("\u4e00" <= character <= "\u9fff" for character in TEXT)

    seen = look_at(page_of(held).encode(), None, Gate().min_han_count)

    assert seen.measure.han_count == han
