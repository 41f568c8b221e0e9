"""Statements of the drafts' and standards' own grammar, and what they come to."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.rights.ai_train import deciding
from jingyu.filters.rights.preferences import content_signal, content_usage
from jingyu.filters.rights.statement import ALLOWED, NOT_STATED, RESERVED, Statement, Uses
from tests.support.stated import Stated, permits, prohibits, rsl

YES, NO, NIL = ALLOWED, RESERVED, NOT_STATED
LICENSE = "https://l.cn/license.xml"
DOCUMENTED = "User-agent: *\nAllow: /\nContent-Usage: train-ai=n\n"

USAGE: list[tuple[str, str, str]] = [
    ("train-ai=n", NO, NIL),
    ("train-ai=y", YES, NIL),
    ("train-ai=y, search=n", YES, NO),
    ("search=n, train-ai=y", YES, NO),
    ("train-ai=n,search=y", NO, YES),
    ("train-ai=n \t,\t search=y", NO, YES),
    ("  train-ai=n  ", NO, NIL),
    ("search=y", NIL, YES),
    ("", NIL, NIL),
    # The last value of a label counts, even where it says nothing.
    ('train-ai=y, train-ai, search=n, search="n"', NIL, NIL),
    ("train-ai=y, train-ai=n", NO, NIL),
    ("train-ai=n, train-ai=y", YES, NIL),
    ("train-ai;allow=n, train-ai=y", YES, NIL),
    ('train-ai;has;parameters="?";', NIL, NIL),
    ('train-ai;has;parameters="?"', NIL, NIL),
    ("train-ai=n;exceptions=cc-cr", NO, NIL),
    ('train-ai=n;note="a, b; train-ai=y"', NO, NIL),
    # All is case-sensitive, and values are tokens.
    ("train-ai=N", NIL, NIL),
    ("train-ai=no", NIL, NIL),
    ("train-ai=Y", NIL, NIL),
    ('train-ai="n"', NIL, NIL),
    ("train-ai=?0", NIL, NIL),
    ("train-ai=?1", NIL, NIL),
    ("train-ai=0", NIL, NIL),
    ("train-ai=:bg==:", NIL, NIL),
    ("train-ai=(n)", NIL, NIL),
    ("train-ai=(n y);q=1, search=n", NIL, NO),
    ("train-ai=@1659578233, search=n", NIL, NO),
    ('train-ai=%"n", search=y', NIL, YES),
    ("train-ai", NIL, NIL),
    # What is not well-formed says nothing at all.
    ("Train-AI=n", NIL, NIL),
    ("train-ai=n, Search=y", NIL, NIL),
    ("train-ai=n,", NIL, NIL),
    (",train-ai=n", NIL, NIL),
    ("train-ai=n,,search=y", NIL, NIL),
    ("train-ai= n", NIL, NIL),
    ("train-ai =n", NIL, NIL),
    ("train-ai=n search=y", NIL, NIL),
    ("train-ai=n; search=y", NO, NIL),
    ('train-ai=n, a="b', NIL, NIL),
    ("train-ai=n, a=1234567890123456", NIL, NIL),
    ("train-ai=n, a=1.2345", NIL, NIL),
    ("train-ai=n, a=1.234", NO, NIL),
    ("训练=n", NIL, NIL),
    ("train-ai=n，search=y", NIL, NIL),
    # Labels that are not known are passed over.
    ("foo=n, train-ai=n", NO, NIL),
    ("foo, *bar=1;a, train-ai=y", YES, NIL),
    ("ai-train=n", NIL, NIL),
    ("bots=n", NIL, NIL),
]


@pytest.mark.parametrize(("value", "train", "search"), USAGE)
def test_content_usage_is_a_dictionary_of_tokens(value: str, train: str, search: str) -> None:
    uses = content_usage(value) or Uses()

    assert (uses.train, uses.search) == (train, search)
    assert Stated(headers={"content-usage": value}).rights().ai_train == train


SIGNALS: list[tuple[str, str, str, str]] = [
    ("search=yes, ai-train=no", NO, YES, NIL),
    ("search=yes,ai-train=no", NO, YES, NIL),
    ("ai-train=no, search=yes, ai-input=yes", NO, YES, YES),
    ("search=yes, ai-input=no, ai-train=yes", YES, YES, NO),
    ("Search=Yes, AI-Train=NO", NO, YES, NIL),
    ("search = yes , ai-train = no", NO, YES, NIL),
    ("search=yes, ai-train=no, use=reference", NO, YES, NIL),
    ("search=yes", NIL, YES, NIL),
    ("ai-train=no, ai-train=yes", NO, NIL, NIL),
    ("ai-train=maybe", NIL, NIL, NIL),
    ("ai-train=n", NIL, NIL, NIL),
    ("train-ai=no", NIL, NIL, NIL),
    ("ai_train=no", NIL, NIL, NIL),
    ("ai-train", NIL, NIL, NIL),
    ("", NIL, NIL, NIL),
    ("=no", NIL, NIL, NIL),
    ("ai-train=no;search=yes", NO, YES, NIL),
]


@pytest.mark.parametrize(("value", "train", "search", "other"), SIGNALS)
def test_content_signals_are_pairs_in_any_case(
    value: str, train: str, search: str, other: str
) -> None:
    assert (content_signal(value) or Uses()) == Uses(train, search, other)  # type: ignore[arg-type]
    robots = f"User-agent: *\nContent-Signal: {value}\nAllow: /\n"
    assert Stated(robots=robots).rights().ai_train == train


EXAMPLE = """User-Agent: *
Allow: /
Disallow: /never/
Content-Usage: train-ai=n
Content-Usage: /ai-ok/ train-ai=y

User-Agent: ExampleBot
Allow: /
Content-Usage: train-ai=y
"""
MANAGED = """# As a condition of accessing this website, you agree to abide by the following
# content signals:
# (a)  If a content-signal = yes, you may collect content for the corresponding use.

User-agent: *
Content-signal: search=yes,ai-train=no
Allow: /

User-agent: Amazonbot
Disallow: /

User-agent: GPTBot
Disallow: /
"""
ANY = ("*",)
ROBOTS: list[tuple[str, str, tuple[str, ...], str]] = [
    (EXAMPLE, "/test", ANY, NO),
    (EXAMPLE, "/never/test", ANY, NIL),
    (EXAMPLE, "/ai-ok/test", ANY, YES),
    (EXAMPLE, "/test", ("ExampleBot",), YES),
    (EXAMPLE, "/never/test", ("examplebot",), YES),
    (EXAMPLE, "/test", ("*", "ExampleBot"), NO),
    (EXAMPLE, "/test", ("OtherBot/1.0",), NO),
    (DOCUMENTED, "/", ANY, NO),
    (MANAGED, "/", ANY, NO),
    (MANAGED, "/", ("GPTBot",), NIL),
    (MANAGED, "/", ("CCBot",), NO),
    ("", "/", ANY, NIL),
    ("User-agent: *\nDisallow: /", "/", ANY, NIL),
    ("User-agent: GPTBot\nDisallow: /", "/", ANY, NIL),
    # Labels, colons and spaces in any form; comments and damage.
    ("user-agent:*\ncontent-usage:train-ai=n", "/", ANY, NO),
    ("  USER-AGENT \t: * \n\tCONTENT-USAGE : \t train-ai=n", "/", ANY, NO),
    ("User-agent: *\rContent-Usage: train-ai=n\rAllow: /", "/", ANY, NO),
    ("User-agent: *\r\nContent-Usage: train-ai=n\r\n", "/", ANY, NO),
    ("User-agent: * # all\nContent-Usage: train-ai=n # ours\n", "/", ANY, NO),
    ("User-agent: *\n# Content-Usage: train-ai=n\n", "/", ANY, NIL),
    ("User-agent: *\nContent-Usage: train-ai=n#", "/", ANY, NO),
    ("\ufeffUser-agent: *\nContent-Usage: train-ai=n", "/", ANY, NO),
    ("User-agent: *\nContent-Usage: TRAIN-AI=N", "/", ANY, NIL),
    ("User-agent: *\nContent-Usage:", "/", ANY, NIL),
    ("User-agent: *\n\x00\xff\nContent-Usage: train-ai=n", "/", ANY, NO),
    ("User-agent: *\nContent-Usages: train-ai=n", "/", ANY, NIL),
    # Paths: absent, empty, long ones first, with their pattern and their escapes.
    ("User-agent: *\nContent-Usage: / train-ai=n", "/b", ANY, NO),
    ("User-agent: *\nContent-Usage: /a/ train-ai=n", "/b", ANY, NIL),
    ("User-agent: *\nContent-Usage: /a/\ttrain-ai=n", "/a/b", ANY, NO),
    ("User-agent: *\nContent-Usage: /a/ \t train-ai=n", "/a/b", ANY, NO),
    ("User-agent: *\nContent-Usage: /a train-ai=n", "/ab", ANY, NO),
    ("User-agent: *\nContent-Usage: /A train-ai=n", "/a", ANY, NIL),
    ("User-agent: *\nContent-Usage: /a$ train-ai=n", "/ab", ANY, NIL),
    ("User-agent: *\nContent-Usage: /a$ train-ai=n", "/a", ANY, NO),
    ("User-agent: *\nContent-Usage: /*.html$ train-ai=n", "/a/b.html", ANY, NO),
    ("User-agent: *\nContent-Usage: /*.html$ train-ai=n", "/a/b.html?c", ANY, NIL),
    ("User-agent: *\nContent-Usage: /a/*/c train-ai=n", "/a/b/c", ANY, NO),
    ("User-agent: *\nContent-Usage: /?id= train-ai=n", "/?id=5", ANY, NO),
    ("User-agent: *\nContent-Usage: /新闻/ train-ai=n", "/%e6%96%b0%e9%97%bb/1", ANY, NO),
    ("User-agent: *\nContent-Usage: /%e6%96%b0 train-ai=n", "/新闻", ANY, NO),
    ("User-agent: *\nContent-Usage: /%7Ejoe/ train-ai=n", "/~joe/", ANY, NO),
    ("User-agent: *\nContent-Usage: /a%20b train-ai=n", "/a%20b", ANY, NO),
    ("User-agent: *\nContent-Usage: /a%2Fb train-ai=n", "/a/b", ANY, NIL),
    ("User-agent: *\nContent-Usage: /a train-ai=y\nContent-Usage: train-ai=n", "/a", ANY, YES),
    ("User-agent: *\nContent-Usage: train-ai=n\nContent-Usage: / train-ai=y", "/a", ANY, YES),
    ("User-agent: *\nContent-Usage: /a/b train-ai=n\nContent-Usage: /a search=y", "/a/b", ANY, NO),
    ("User-agent: *\nContent-Usage: /a train-ai=y\nContent-Usage: /a train-ai=n", "/a", ANY, NO),
    ("User-agent: *\nContent-Usage: /a search=y\nContent-Usage: train-ai=n", "/a", ANY, NIL),
    ("User-agent: *\nContent-Usage: /a train-ai=N\nContent-Usage: train-ai=n", "/a", ANY, NIL),
    ("User-agent: *\nContent-Usage: /a", "/a", ANY, NIL),
    # Groups: their robots, several of one name, and rules before the first.
    ("User-agent: a\nUser-agent: *\nContent-Usage: train-ai=n", "/", ANY, NO),
    ("User-agent: *\n\nUser-agent: a\nContent-Usage: train-ai=n", "/", ANY, NO),
    ("User-agent: *\nSitemap: x\nUser-agent: a\nContent-Usage: train-ai=n", "/", ANY, NO),
    ("User-agent: *\nAllow: /\nUser-agent: a\nContent-Usage: train-ai=n", "/", ANY, NIL),
    ("User-agent: *\nContent-Usage: a\nUser-agent: a\nContent-Usage: train-ai=n", "/", ANY, NIL),
    ("User-agent: *\nAllow: /\n\nUser-agent: *\nContent-Usage: train-ai=n", "/", ANY, NO),
    ("User-agent: a\nContent-Usage: train-ai=n\n\nUser-agent: A/2.0\nAllow: /", "/", ("a",), NO),
    ("Content-Usage: train-ai=n", "/", ANY, NO),
    ("Content-Signal: ai-train=no\nUser-agent: *\nAllow: /", "/", ANY, NO),
    ("Content-Signal: ai-train=no\nUser-agent: *\nContent-Signal: ai-train=yes", "/", ANY, YES),
    ("Content-Signal: ai-train=no\nUser-agent: *\nContent-Usage: search=y", "/", ANY, NO),
    # Access and use are two things; of what may not be fetched no preference is implied.
    ("User-agent: *\nDisallow: /a\nContent-Usage: train-ai=y", "/a", ANY, NIL),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b\nContent-Usage: train-ai=n", "/a/b", ANY, NO),
    ("User-agent: *\nDisallow: /a\nContent-Signal: ai-train=no", "/a", ANY, NO),
    # Both ways of saying it.
    ("User-agent: *\nContent-Usage: train-ai=y\nContent-Signal: ai-train=no", "/", ANY, NO),
    ("User-agent: *\nContent-Usage: /a/ train-ai=y\nContent-Signal: ai-train=no", "/a/", ANY, YES),
    ("User-agent: *\nContent-Signal: /a ai-train=no\nContent-Signal: ai-train=yes", "/a", ANY, NO),
    ("User-agent: *\nContent-Signal: /a/ search=no\nContent-Signal: ai-train=no", "/a/", ANY, NO),
]  # fmt: skip


@pytest.mark.parametrize(("robots", "path", "agents", "train"), ROBOTS)
def test_robots_txt_says_what_may_be_done_with_what_is_fetched(
    robots: str, path: str, agents: tuple[str, ...], train: str
) -> None:
    assert Stated(path, robots, agents=agents).rights().ai_train == train


FREE = "<payment type='free'/>"
SITEWIDE = (
    '<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>'
    '<permits type="usage">all</permits></license></content>'
    '<content url="/articles/"><license><prohibits type="usage">ai-train</prohibits></license>'
    "</content></rsl>"
)
DOCUMENTS: list[tuple[str, str, str]] = [
    (rsl(permits("ai-train")), "/b", YES),
    (rsl(permits("ai-all")), "/b", YES),
    (rsl(permits("all")), "/b", YES),
    (rsl(permits("search", "ai-train")), "/b", YES),
    (rsl(permits("train-ai")), "/b", YES),
    (rsl(permits("search,ai-train")), "/b", YES),
    (rsl(permits("search")), "/b", NO),
    (rsl(permits("ai-input", "ai-index")), "/b", NO),
    (rsl(permits()), "/b", NO),
    (rsl(prohibits("ai-train")), "/b", NO),
    (rsl(prohibits("ai-all")), "/b", NO),
    (rsl(prohibits("all")), "/b", NO),
    (rsl(prohibits("search")), "/b", NIL),
    (rsl(permits("all"), prohibits("ai-train")), "/b", NO),
    (rsl(permits("all") + prohibits("ai-train")), "/b", NO),
    (rsl(permits("search") + prohibits("ai-all")), "/b", NO),
    (rsl(permits("ai-train") + FREE), "/b", YES),
    (rsl(permits("ai-train") + "<payment type='attribution'/>"), "/b", YES),
    (rsl(permits("ai-train") + "<payment type='training'/>"), "/b", NO),
    (rsl(permits("ai-all") + "<payment type='subscription'/>"), "/b", NO),
    (rsl(permits("ai-train"), attributes='server="https://l.cn"'), "/b", NO),
    (rsl(permits("ai-train") + permits("education", kind="user")), "/b", NO),
    (rsl(permits("ai-train") + permits("US", kind="geo")), "/b", NO),
    (rsl(permits("education", kind="user")), "/b", NIL),
    (rsl(""), "/b", NIL),
    (rsl(permits("ai-train"), url="/a/"), "/b", NIL),
    (rsl(prohibits("ai-train"), url="/a/"), "/a/b", NO),
    (rsl(prohibits("ai-train"), url="/*.html$"), "/a/b.html", NO),
    (rsl(prohibits("ai-train"), url=""), "/a/b", NO),
    (rsl(prohibits("ai-train"), url="https://www.a.cn/a/"), "/a/b", NO),
    (rsl(prohibits("ai-train"), url="https://www.a.cn"), "/a/b", NO),
    (SITEWIDE, "/b", YES),
    (SITEWIDE, "/articles/b", NO),
    ("<?xml version='1.0' encoding='UTF-8'?>\n" + SITEWIDE, "/articles/b", NO),
    # Other namespaces are passed over, unknown elements of RSL's own make permissions void.
    (rsl(permits("ai-train") + '<x:y xmlns:x="urn:x">ai-train</x:y>'), "/b", YES),
    (rsl(permits("ai-train") + "<permit>search</permit>"), "/b", NO),
    (rsl(prohibits("ai-train") + "<permit>search</permit>"), "/b", NO),
    (SITEWIDE.replace("rslstandard.org/rsl", "a.cn/rsl"), "/articles/b", NIL),
    (SITEWIDE.replace(' xmlns="https://rslstandard.org/rsl"', ""), "/articles/b", NIL),
    (
        SITEWIDE.replace("<", "<rsl:").replace("<rsl:/", "</rsl:").replace("xmlns", "xmlns:rsl"),
        "/articles/b",
        NO,
    ),
    (SITEWIDE[:-1], "/articles/b", NIL),
    ("<!DOCTYPE rsl>" + SITEWIDE, "/articles/b", NIL),
    ("not XML", "/b", NIL),
    ("", "/b", NIL),
]


@pytest.mark.parametrize(("document", "path", "train"), DOCUMENTS)
def test_rsl_permits_and_prohibits(document: str, path: str, train: str) -> None:
    linked = f'<link rel="license" type="application/rsl+xml" href="{LICENSE}">'
    header = f'<{LICENSE}>; rel="license"; type="application/rsl+xml"'
    inline = f'<script type="application/rsl+xml">{document}</script>'
    capitals = f"<SCRIPT TYPE='APPLICATION/RSL+XML'>{document}</SCRIPT>"

    ways = [
        Stated(path, f"User-agent: *\nLicense: {LICENSE}", rsl={LICENSE: document}),
        Stated(path, f"License: {LICENSE}\nUser-agent: *\nAllow: /", rsl={LICENSE: document}),
        Stated(path, head=linked, rsl={LICENSE: document}),
        Stated(path, headers={"link": header}, rsl={LICENSE: document}),
        Stated(path, head=inline),
        Stated(path, body=f"<section>{inline}</section>"),
        Stated(path, body=capitals),
    ]

    assert {way.rights().ai_train for way in ways} == {train}


OTHERS: list[tuple[dict[str, Any], str]] = [
    ({"headers": {"tdm-reservation": "1"}}, NO),
    ({"headers": {"tdm-reservation": "0"}}, YES),
    ({"headers": {"tdm-reservation": "2"}}, NIL),
    ({"headers": {"tdm-policy": "https://a.cn/p"}}, NIL),
    ({"head": '<meta name="tdm-reservation" content="1">'}, NO),
    ({"head": '<META NAME="TDM-Reservation" CONTENT="0">'}, YES),
    (
        {
            "headers": {"tdm-reservation": "1"},
            "head": '<meta name="tdm-reservation" content="0">',
        },
        YES,
    ),
    (
        {
            "headers": {"tdm-reservation": "0"},
            "head": '<meta name="tdm-reservation" content="1">',
        },
        NO,
    ),
    ({"tdmrep": [{"location": "/", "tdm-reservation": 1}]}, NO),
    ({"tdmrep": [{"location": "/", "tdm-reservation": 0}]}, YES),
    ({"tdmrep": [{"location": "/a", "tdm-reservation": 1}]}, NIL),
    (
        {
            "tdmrep": [
                {"location": "/", "tdm-reservation": 1},
                {"location": "/b", "tdm-reservation": 0},
            ]
        },
        YES,
    ),
    (
        {
            "tdmrep": [{"location": "/", "tdm-reservation": 1}],
            "headers": {"tdm-reservation": "0"},
        },
        YES,
    ),
    ({"tdmrep": {"location": "/", "tdm-reservation": 1}}, NIL),
    ({"head": '<meta name="robots" content="noai, noimageai">'}, NO),
    ({"head": '<meta name="robots" content="NOAI">'}, NO),
    ({"head": '<meta name="robots" content="noimageai">'}, NIL),
    ({"head": '<meta name="robots" content="noindex">'}, NIL),
    ({"head": '<meta name="GPTBot" content="noindex">'}, NO),
    ({"head": '<meta name="tiktokspider" content="none">'}, NO),
    ({"head": '<meta name="oai-searchbot" content="noindex">'}, NIL),
    ({"headers": {"x-robots-tag": "noai"}}, NO),
    ({"headers": {"x-robots-tag": "CCBot: noindex"}}, NO),
    ({"headers": {"x-robots-tag": "otherbot: noai"}}, NIL),
    ({"headers": {"x-robots-tag": "index, follow"}}, NIL),
    ({"headers": {"content-signal": "ai-train=no"}}, NO),
    ({"headers": {"content-signal": "ai-train=yes, search=yes"}}, YES),
    ({"headers": {"content-usage": "train-ai=y", "content-signal": "ai-train=no"}}, NO),
    ({"ai_txt": "User-Agent: *\nDisallow: /\n"}, NO),
    ({"ai_txt": "User-Agent: *\nAllow: /\n"}, YES),
    ({"ai_txt": "User-Agent: *\nDisallow: *.html\nAllow: /\n"}, NO),
    ({"ai_txt": "User-Agent: *\nDisallow: *.html\nAllow: /\n", "path": "/b"}, NO),
    ({"ai_txt": "User-Agent: *\nDisallow: *.jpg\nDisallow: *.txt\n"}, NIL),
    ({"ai_txt": "# nothing\n"}, NIL),
    ({"body": "<p>未经许可，本站内容不得用于训练人工智能模型。</p>"}, NO),
    ({"body": "<p>未經授權，本網站內容禁止用於訓練大模型</p>"}, NO),
    ({"body": "<p>严禁将本网站数据用于人工智能训练。</p>"}, NO),
    ({"body": "<p>任何公司不得使用本站内容进行模型训练。</p>"}, NO),
    ({"body": "<p>大模型训练不得使用未经授权的数据，这是条例的要求。</p>"}, NIL),
    ({"body": "<p>提供者不得使用侵权内容训练大模型。</p>"}, NIL),
    ({"body": "<p>禁止爬虫抓取本站内容。</p>"}, NIL),
    ({"body": "<p>未经许可禁止转载</p>"}, NIL),
    ({"body": "<p>我们训练了一个大模型。</p>"}, NIL),
    ({"headers": {"link": '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'}}, NIL),
    # A page's own word counts before its site's.
    ({"robots": DOCUMENTED, "headers": {"content-usage": "train-ai=y"}}, YES),
    ({"robots": DOCUMENTED, "headers": {"content-usage": "search=y"}}, NO),
    ({"robots": DOCUMENTED, "headers": {"content-usage": "train-ai=Y"}}, NO),
    ({"robots": DOCUMENTED.replace("=n", "=y"), "headers": {"content-usage": "train-ai=n"}}, NO),
    ({"robots": DOCUMENTED.replace("=n", "=y"), "head": '<meta name="robots" content="noai">'}, NO),
    ({"headers": {"content-usage": "train-ai=y", "x-robots-tag": "noai"}}, NO),
    (
        {
            "robots": DOCUMENTED.replace("=n", "=y"),
            "tdmrep": [{"location": "/", "tdm-reservation": 1}],
        },
        NO,
    ),
    (
        {
            "robots": DOCUMENTED.replace("train", "/b train").replace("=n", "=y"),
            "tdmrep": [{"location": "/", "tdm-reservation": 1}],
        },
        YES,
    ),
    ({"robots": f"License: {LICENSE}"}, NIL),
]


@pytest.mark.parametrize(("stated", "train"), OTHERS)
def test_other_statements_count_beside_them(stated: dict[str, Any], train: str) -> None:
    assert Stated(**stated).rights().ai_train == train


def test_the_tables_hold_two_hundred_statements() -> None:
    tables: list[list[Any]] = [USAGE, SIGNALS, ROBOTS, DOCUMENTS, OTHERS]

    assert sum(map(len, tables)) >= 200


KEYS = st.sampled_from(["a", "*b", "c_d", "e.f", "search", "train", "train-ai2", "ai-train"])
ITEMS = st.sampled_from(
    ["-999999999999999", "1.5", "y", "n", "A:/b", "*", '"a, b"', '"\\""', "?0", ":aGk=:", "(a b)"]
)
PARAMETERS = st.lists(st.tuples(KEYS, ITEMS.filter(lambda item: item[0] != "("))).map(
    lambda pairs: "".join(f";{key}={item}" for key, item in pairs)
)
MEMBERS = st.lists(st.tuples(KEYS, ITEMS, PARAMETERS), max_size=3)


@settings(max_examples=50)
@given(before=MEMBERS, after=MEMBERS, parameters=PARAMETERS, value=st.sampled_from("yn"))
def test_whatever_stands_beside_a_preference_changes_nothing(
    before: list[tuple[str, str, str]],
    after: list[tuple[str, str, str]],
    parameters: str,
    value: str,
) -> None:
    members = [(f"{key}={item}{more}") for key, item, more in before]
    members.append(f"train-ai={value}{parameters}")
    members += [f"{key}={item}{more}" for key, item, more in after]

    uses = content_usage(", ".join(members))

    assert uses is not None
    assert uses.train == {"y": ALLOWED, "n": RESERVED}[value]


STATEMENTS = st.builds(
    Statement,
    st.sampled_from(["robots", "content_usage", "tdmrep", "rsl"]),
    st.sampled_from(["robots.txt", "tdmrep.json", "header", "meta"]),
    st.just("said"),
    st.builds(Uses, st.sampled_from([ALLOWED, RESERVED, NOT_STATED])),
    path=st.sampled_from([None, "/", "/a", "/a/b"]),
)


@settings(max_examples=50)
@given(st.lists(STATEMENTS, max_size=6))
def test_the_order_of_statements_changes_no_verdict(statements: list[Statement]) -> None:
    found, backwards = deciding(statements), deciding(statements[::-1])

    assert (found and found.uses.train) == (backwards and backwards.uses.train)


@settings(max_examples=50)
@given(st.lists(STATEMENTS, max_size=6), STATEMENTS)
def test_a_permission_never_outweighs_a_refusal_that_is_as_specific(
    statements: list[Statement], refusal: Statement
) -> None:
    refusal = refusal._replace(protocol="words", place="words", uses=Uses(RESERVED))
    decisive = deciding([*statements, refusal])

    assert decisive is not None
    assert decisive.uses.train == RESERVED


@settings(max_examples=50)
@given(robots=st.text(), header=st.text(), document=st.text())
def test_any_text_can_be_read(robots: str, header: str, document: str) -> None:
    headers = dict.fromkeys(("content-usage", "content-signal", "link", "x-robots-tag"), header)
    body = f'<script type="application/rsl+xml">{document}</script>'

    rights = Stated("/b", robots.replace("\ud800", ""), headers, body=body, ai_txt=robots).rights()

    assert rights.ai_train in {ALLOWED, RESERVED, NOT_STATED}
