from pathlib import Path

import pytest

from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.admission import Admission, Admitted, page_of
from jingyu.pipeline.page.examine import examine
from jingyu.pipeline.page.page import Page
from jingyu.pipeline.read.record import Record
from jingyu.schemas.decisions import Decision
from tests.support.gate import measure_bytes

RULE = {"signal": "han_count", "min": 1, "reason": "empty"}
CHINESE = "<p>据新华社报道，今年前三季度全国居民人均可支配收入稳步增长。</p>" * 5


REGISTER = """
defaults: {category: portal}
sources:
  - {match: renmin.cn, name: 人民, tier: official}
  - {match: ritan.cn, name: 日坛, tier: reputable}
  - {match: zatan.cn, name: 杂谈, tier: general}
  - {match: full:blog.renmin.cn, name: 博客, tier: untrusted}
"""


def config(**sections: object) -> RunConfig:
    return RunConfig.model_validate({"rules": [RULE], **sections})


def record(**fields: object) -> Record:
    page = Record(0, 0, None, "response", http_status=200, content_type="text/html")
    page.payload = CHINESE.encode()
    for name, value in fields.items():
        setattr(page, name, value)
    return page


def admitted(record: Record, host: str | None = None, **sections: object) -> Admitted:
    return Admission.of(config(**sections)).admit(record, record.url, host)


def test_a_chinese_page_is_admitted() -> None:
    page = record(http_headers={"content-type": "text/html; charset=gbk"})

    found = admitted(page)

    assert found.page == Page(page.payload, "text/html", "gbk")
    assert found.decision is None
    assert found.measured == measure_bytes(page.payload, "gbk")


@pytest.mark.parametrize("charset", ["gb18030", "big5", "utf-16"])
def test_what_the_gate_decoded_is_examined_without_decoding_it_again(charset: str) -> None:
    text = (
        CHINESE if charset != "big5" else "<p>據新華社報導，今年前三季度居民收入穩步增長。</p>" * 9
    )
    captured = record(payload=text.encode(charset))

    page = admitted(captured).page

    assert page
    assert page.decoded
    assert page.decoded.text == text
    assert not page.payload
    assert examine(page, config()) == examine(page_of(captured), config())


def test_english_is_turned_away_with_its_measure() -> None:
    page = record(payload=b"<p>Nothing but English.</p>" * 99)

    found = admitted(page)

    assert found.decision == Decision("rejected", "gate", "too_few_han", 0.0, 50.0)
    assert found.page is None
    assert found.measured == measure_bytes(page.payload)


def test_a_limit_of_the_config_counts() -> None:
    page = record(payload=b"<p>English</p>")

    assert admitted(page, gate={"min_han_count": 0}).page == page_of(page)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"record_type": "revisit"}, "revisit"),
        ({"http_status": 404}, "unwanted_status"),
        ({"content_type": "image/png"}, "unwanted_content_type"),
        ({"damage": "record_too_large", "payload_bytes": 1 << 30}, "record_too_large"),
        ({"payload": b""}, "empty_payload"),
        ({"payload": b"", "damage": "truncated_member"}, "truncated_member"),
    ],
)
def test_a_record_that_is_no_page_ends_before_its_bytes_are_looked_at(
    fields: dict[str, object], reason: str
) -> None:
    found = admitted(record(**fields), sources={"allow": ["example.org"]})

    assert found.decision
    assert (found.decision.stage, found.decision.reason) == ("read", reason)
    assert (found.page, found.measured) == (None, None)


@pytest.mark.parametrize(
    ("sources", "reason"),
    [
        ({"block": ["example.com"]}, "blocked_source"),
        ({"allow": ["example.org"]}, "unlisted_source"),
    ],
)
def test_an_unwanted_source_is_turned_away_before_its_bytes_are_looked_at(
    sources: dict[str, object], reason: str
) -> None:
    page = record(url="http://www.example.com/")

    found = admitted(page, "www.example.com", sources=sources)

    assert found == Admitted(Decision("rejected", "sources", reason), None, None)


def test_sources_are_told_by_the_address_that_is_given_not_by_that_of_the_record() -> None:
    admission = Admission.of(config(sources={"block": ["a.cn/u/13800138000"]}))
    page = record(url="http://a.cn/u/13800138000")

    assert admission.admit(page, "http://a.cn/u/[手机号]", "a.cn").decision is None
    assert admission.admit(page, page.url, "a.cn").decision


def decided(settings: dict[str, object], host: str, folder: Path) -> str | None:
    """Returns why a page of a host does not enter, if it does not."""
    (folder / "register.yaml").write_text(REGISTER, encoding="utf-8")
    register = {"files": [folder / "register.yaml"]} | settings
    found = admitted(record(url=f"http://{host}/a.html"), host, source_register=register)
    return f"{found.decision.stage}/{found.decision.reason}" if found.decision else None


@pytest.mark.parametrize(
    ("settings", "host", "reason"),
    [
        ({}, "weizhi.cn", None),
        ({}, "blog.renmin.cn", None),
        ({"only_registered": True}, "weizhi.cn", "sources/unregistered_source"),
        ({"only_registered": True}, "notrenmin.cn", "sources/unregistered_source"),
        ({"only_registered": True}, "www.renmin.cn", None),
        ({"only_registered": True}, "blog.renmin.cn", None),
        ({"min_tier": "reputable"}, "www.renmin.cn", None),
        ({"min_tier": "reputable"}, "ritan.cn", None),
        ({"min_tier": "reputable"}, "zatan.cn", "sources/untrusted_source"),
        ({"min_tier": "reputable"}, "blog.renmin.cn", "sources/untrusted_source"),
        ({"min_tier": "reputable"}, "weizhi.cn", None),
        (
            {"min_tier": "reputable", "only_registered": True},
            "weizhi.cn",
            "sources/unregistered_source",
        ),
        (
            {"min_tier": "reputable", "only_registered": True},
            "zatan.cn",
            "sources/untrusted_source",
        ),
        ({"min_tier": "reputable", "only_registered": True}, "ritan.cn", None),
    ],
)
def test_the_register_decides_who_enters_if_the_config_says_so(
    settings: dict[str, object], host: str, reason: str | None, tmp_path: Path
) -> None:
    assert decided(settings, host, tmp_path) == reason


def test_a_page_without_an_address_is_of_no_registered_source() -> None:
    register = {"files": ["builtin"], "only_registered": True}

    found = admitted(record(record_type="row", content_type=None), source_register=register)

    assert found.decision == Decision("rejected", "sources", "unregistered_source")


def test_a_block_list_is_asked_before_the_register(tmp_path: Path) -> None:
    (tmp_path / "register.yaml").write_text(REGISTER, encoding="utf-8")
    register = {"files": [tmp_path / "register.yaml"], "min_tier": "official"}
    page = record(url="http://zatan.cn/")

    found = admitted(page, "zatan.cn", source_register=register, sources={"block": ["zatan.cn"]})

    assert found.decision == Decision("rejected", "sources", "blocked_source")


def test_text_of_rows_is_taken_as_it_is() -> None:
    assert page_of(record(record_type="row", content_type=None, is_text=True)).is_text


def test_markup_without_a_media_type_is_html() -> None:
    assert page_of(record(content_type=None)).content_type == "text/html"
    assert (
        page_of(record(payload="纯文本".encode(), content_type=None)).content_type == "text/plain"
    )


@pytest.mark.parametrize("damage", ["truncated_member", "truncated_record"])
def test_a_page_of_a_cut_record_may_end_inside_a_character(damage: str) -> None:
    assert page_of(record(damage=damage)).is_cut
    assert page_of(record(notes=("truncated_fetch",))).is_cut
    assert not page_of(record()).is_cut
