import pytest

from jingyu.filters.spam.traces import (
    bait_count,
    domain_run_count,
    pinyin_bracket_count,
    scaffold_count,
    spun_word_count,
    tunnel_count,
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("網(wǎng)絡(luò)科技", 2),
        ("網（wǎng）絡", 1),
        ("长城（cháng chéng）", 0),
        ("函数 f(x) 与 (abc)", 0),
        ("(Wǎng)", 0),
    ],
)
def test_toned_readings_in_brackets_are_counted(text: str, count: int) -> None:
    assert pinyin_bracket_count(text) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("本文讨论了三个问题。", 0),
        ("本文摘要：春天来了。", 1),
        ("本文目录一览：\n一、春天", 1),
        ("本文摘要：春天。\n您可能还对以下资源感兴趣", 2),
    ],
)
def test_scaffolds_of_writing_tools_are_counted(text: str, count: int) -> None:
    assert scaffold_count(text) == count


def test_words_of_the_spinner_count_once_each() -> None:
    assert spun_word_count("颠末努力，颠末学习，打德律风。") == 2
    assert spun_word_count("经过努力，打电话。") == 0
    assert spun_word_count("") == 0


def test_bait_is_counted_in_each_place() -> None:
    assert bait_count("加微信领资料，点击注册，点击注册") == 3
    assert bait_count("他注册了一家公司。") == 0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("见 a.com 与 b.cn。", 0),
        ("a1.com b2.cn c3.net", 1),
        ("a1.com b2.cn c3.net d4.vip", 1),
        ("a1.com\nb2.cn\nc3.net", 0),
        ("a1.com" + "，" * 60 + "b2.cn c3.net", 0),
    ],
)
def test_three_hosts_in_a_line_make_a_run(text: str, count: int) -> None:
    assert domain_run_count(text) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("快连VPN好，快连加速器更好。", 2),
        ("企业用VPN连接各地，IPSec VPN需要证书。", 0),
        ("直线加速器与硬件加速器", 0),
    ],
)
def test_services_that_get_around_blocks_are_counted(text: str, count: int) -> None:
    assert tunnel_count(text) == count
