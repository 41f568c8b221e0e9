import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.rights.page import page_of
from jingyu.filters.rights.reservations import reservations
from jingyu.filters.rights.rights import RESERVATIONS


def found(markup: str) -> set[str]:
    return set(reservations(page_of(markup)))


@pytest.mark.parametrize(
    "sentence",
    [
        "未经授权禁止转载",
        "未经许可不得转载",
        "未經授權，不得轉載",
        "未经本站书面许可，任何单位和个人不得以任何方式复制、转载。",
        "未经<a href='/'>某某网</a>&nbsp;授权，请勿<b>转载</b>",
        "谢绝转载",
        "謝絕轉載",
        "严禁翻印",
        "本文请勿转载！",
        "未经书面授权禁止使用",
        "转载必究",
    ],
)
def test_forbidden_reprints_are_found(sentence: str) -> None:
    assert "no_reprint" in found(f"<div>{sentence}</div>")


@pytest.mark.parametrize(
    "sentence",
    [
        "本文转载自新华社",
        "註明不許轉載、公開播送者，不在此限",
        "欢迎转载",
        "多家媒体转载了这篇文章。",
        "未經合法授權不得製造、輸入或提供公眾使用",
        "请勿转载自他人的作品",
    ],
)
def test_talk_of_reprints_forbids_none(sentence: str) -> None:
    assert "no_reprint" not in found(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "转载请注明出处",
        "转载请注明：标题",
        "轉載請註明出處",
        "如需转载，请注明来源及作者。",
        "转载时必须以链接形式注明原始出处及本声明",
        "转载须保留本文链接",
        "转发请注明本文链接",
    ],
)
def test_wanted_credit_is_found(sentence: str) -> None:
    assert found(sentence) == {"attribution_required"}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("转载请联系作者获得授权", "permission_required"),
        ("转载须经版权人书面授权", "permission_required"),
        ("商业转载请联系作者获得授权", "no_commercial_use"),
        ("本站内容不得用于商业用途，版权归本站所有", "no_commercial_use"),
        ("未经许可，本站内容禁止用于AI训练", "no_ai_training"),
        ("未经授权，不得将本网内容用于训练人工智能大模型。", "no_ai_training"),
        ("禁止将内容用于大模型训练，本站保留权利。版权声明", "no_ai_training"),
        ("未经许可，不得用于文本和数据挖掘", "no_ai_training"),
        ("禁止将本站内容用于大模型训练。", "no_ai_training"),
        ("請勿將本網站內容用於機器學習或訓練人工智慧。", "no_ai_training"),
        ("严禁将本网站数据用于人工智能训练或建立数据集。", "no_ai_training"),
        ("任何人工智能公司不得使用本站内容进行模型训练。", "no_ai_training"),
        ("未经许可，禁止使用爬虫采集本站内容", "no_crawling"),
        ("版权所有，翻印必究", "all_rights_reserved"),
        ("版权所有 违者必究", "all_rights_reserved"),
        ("版權所有　保留一切權利", "all_rights_reserved"),
        ("Copyright 2024 All Rights Reserved.", "all_rights_reserved"),
        ("ALL RIGHTS RESERVED", "all_rights_reserved"),
        ("版权所有：某某公司", "copyright_claimed"),
        ("版权归原作者所有", "copyright_claimed"),
        ("中央社著作權所有", "copyright_claimed"),
    ],
)
def test_each_kind_is_found(sentence: str, kind: str) -> None:
    assert kind in found(f"<p>{sentence}</p>")


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "版权所有者可以投诉",
        "版权归属情况",
        "欧盟不得用受保护的数据训练模型，这是新闻。",
        "我们训练了一个大模型",
        "爬虫入门",
    ],
)
def test_other_talk_reserves_nothing(sentence: str) -> None:
    assert found(sentence) == set()


def test_what_scripts_hold_does_not_count() -> None:
    assert found("<script>var a='未经授权禁止转载';</script><p>正文</p>") == set()
    assert found("<script>a()</script>未经授权禁止转载<script>b()</script>") == {"no_reprint"}
    assert found("<script>授权</script>谢绝转载") == {"no_reprint"}
    assert found("谢绝<script>授权()</script>转载") == {"no_reprint"}


def test_characters_beyond_the_basic_plane_move_no_place() -> None:
    assert found("𠮷" * 300 + "谢绝转载" + "𠮷" * 300) == {"no_reprint"}


def test_the_last_places_count_on_a_page_of_many() -> None:
    markup = "".join(f"<p>下载{i}授权{'一' * 300}</p>" for i in range(300)) + "谢绝转载"

    assert found(markup) == {"no_reprint"}


@settings(max_examples=100)
@given(
    page=st.text()
    | st.lists(
        st.sampled_from(
            ["未经", "授权", "不得", "转载", "<", ">", "\ud800", "𠮷", "版权所有", "<script"]
        )
    ).map("".join)
)
def test_any_text_has_known_kinds_in_order(page: str) -> None:
    kinds = reservations(page_of(page))

    assert list(kinds) == sorted(set(kinds) & set(RESERVATIONS))
