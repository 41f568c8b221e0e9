"""The columns that say where a page comes from, what its rights are, and which words it holds."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.source.pasted_names import PastedNames
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.evidence import evidence_of
from jingyu.pipeline.page.page import About
from jingyu.schemas.lexicon import LEXICON
from jingyu.schemas.origin import ORIGIN
from jingyu.schemas.rights import RIGHTS
from jingyu.schemas.signals import SIGNALS
from jingyu.schemas.site import SITE

RULE = {"signal": "han_count", "min": 1, "reason": "empty"}
CAPTURED = datetime(2024, 5, 1, 8, tzinfo=UTC)
ABOUT = About(
    "https://www.chenghe-ribao.cn/a.html", "www.chenghe-ribao.cn", "203.0.113.9", CAPTURED
)
NUMBERS = """<a href="https://beian.miit.gov.cn/">京ICP备12345678号-1</a>
<a>京公网安备11010102000001号</a>"""
REGISTER = """
sources:
  - match: chenghe-ribao.cn
    name: 澄河日报
    category: local_media
    tier: official
    origin: mainland
    basis: contract
    valid_from: 2024-05-01
    valid_until: 2024-05-31
    weight: 1.5
"""


def config(**sections: Any) -> RunConfig:
    return RunConfig.model_validate({"rules": [RULE], "lexicon": {"starter": False}, **sections})


def evidence(about: About = ABOUT, markup: str = "", text: str = "", **sections: Any) -> Any:
    return evidence_of(about, markup, text, config(**sections))


def written(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def test_a_source_of_the_register_lends_the_page_its_entry(tmp_path: Path) -> None:
    register = {"files": [written(tmp_path / "sources.yaml", REGISTER)]}

    found = evidence(source_register=register)

    assert {name: value for name, value in found.items() if name.startswith("source_")} == {
        "source_name": "澄河日报",
        "source_category": "local_media",
        "source_tier": "official",
        "source_basis": "contract",
        "source_weight": 1.5,
    }
    assert (found["origin"], found["origin_evidence"]) == (
        "mainland",
        ["register:official", "cctld:cn"],
    )


@pytest.mark.parametrize(
    ("captured_at", "basis"),
    [
        (datetime(2024, 4, 30, 23, 59, tzinfo=UTC), None),
        (datetime(2024, 5, 1, tzinfo=UTC), "contract"),
        (datetime(2024, 5, 31, 23, 59, tzinfo=UTC), "contract"),
        (datetime(2024, 6, 1, tzinfo=UTC), None),
        (None, "contract"),
    ],
)
def test_a_basis_holds_on_its_first_and_last_day_and_not_beyond(
    captured_at: datetime | None, basis: str | None, tmp_path: Path
) -> None:
    register = {"files": [written(tmp_path / "sources.yaml", REGISTER)]}

    found = evidence(ABOUT._replace(captured_at=captured_at), source_register=register)

    assert found["source_basis"] == basis
    assert found["source_name"] == "澄河日报"


def test_a_page_of_no_registered_source_has_no_entry(tmp_path: Path) -> None:
    register = {"files": [written(tmp_path / "sources.yaml", REGISTER)]}
    about = ABOUT._replace(url="https://weizhi.com/", host="weizhi.com", ip=None)

    found = evidence(about, source_register=register)

    assert not [name for name in found if name.startswith("source_")]
    assert (found["origin"], found["origin_evidence"]) == ("unknown", [])


def test_the_numbers_that_a_page_claims_stand_in_their_columns() -> None:
    about = ABOUT._replace(host="weizhi.com", ip=None)

    found = evidence(about, f"<footer>{NUMBERS}</footer>")

    assert found["icp_numbers"] == ["京ICP备12345678号-1"]
    assert found["psb_numbers"] == ["京公网安备11010102000001号"]
    assert (found["origin"], found["origin_evidence"]) == ("unknown", ["icp", "psb"])


def test_a_page_without_numbers_claims_none_and_text_without_markup_is_not_asked() -> None:
    asked, not_asked = evidence(markup="<p>正文</p>"), evidence(text=NUMBERS)

    assert (asked["icp_numbers"], asked["psb_numbers"]) == ([], [])
    assert (not_asked["icp_numbers"], not_asked["psb_numbers"]) == (None, None)


@pytest.mark.parametrize(("year", "seen"), [(2011, "icp:implausible"), (2012, "icp")])
def test_a_number_of_a_later_year_than_the_capture_counts_for_nothing(year: int, seen: str) -> None:
    about = About("http://a.com/", "a.com", captured_at=datetime(year, 12, 31, tzinfo=UTC))

    assert evidence(about, "京ICP备12345678号-1")["origin_evidence"] == [seen]


def test_the_country_of_the_server_is_that_of_the_smallest_network(tmp_path: Path) -> None:
    mainland = written(tmp_path / "cn.txt", "203.0.113.0/24\n2001:db8::/32\n")
    others = written(tmp_path / "others.txt", "203.0.113.128/25,US\n# none\n")
    provenance = {"networks": [mainland, others]}

    def country(ip: str | None) -> Any:
        return evidence(ABOUT._replace(ip=ip), provenance=provenance)["server_country"]

    addresses = ("203.0.113.127", "203.0.113.128", "203.0.114.0", "2001:db8::1", "none", None)
    assert list(map(country, addresses)) == ["CN", "US", None, "CN", None, None]


def test_a_claimed_number_and_a_server_abroad_decide_nothing(tmp_path: Path) -> None:
    provenance = {"networks": [written(tmp_path / "us.txt", "203.0.113.0/24\n")]}

    found = evidence(ABOUT._replace(host="a.com"), "京ICP备12345678号", provenance=provenance)

    assert (found["origin"], found["origin_evidence"]) == ("unknown", ["icp", "ip:US"])


@pytest.mark.parametrize(
    ("path", "agents", "verdict"),
    [
        ("/a.html", ["*"], "allowed"),
        ("/intern/a.html", ["*"], "disallowed"),
        ("/a.html", ["*", "CCBot"], "disallowed"),
    ],
)
def test_the_snapshot_of_robots_txt_says_whether_robots_may_fetch_the_page(
    path: str, agents: list[str], verdict: str, tmp_path: Path
) -> None:
    body = "User-agent: *\nDisallow: /intern/\n\nUser-agent: CCBot\nDisallow: /\n"
    line = json.dumps({"host": "www.chenghe-ribao.cn", "body": body})
    rights = {"robots": [str(written(tmp_path / "robots.jsonl", line))], "agents": agents}
    about = ABOUT._replace(url=f"https://www.chenghe-ribao.cn{path}")

    assert evidence(about, rights=rights)["robots_txt"] == verdict


def test_of_hosts_without_a_snapshot_nothing_is_known(tmp_path: Path) -> None:
    snapshot = written(tmp_path / "robots.jsonl", '{"host": "andere.cn", "body": ""}')

    assert evidence(rights={"robots": [str(snapshot)]})["robots_txt"] is None
    assert evidence()["robots_txt"] is None


@pytest.mark.parametrize(("headers", "reserved"), [({}, True), ({"tdm-reservation": "0"}, False)])
def test_what_a_site_says_of_mining_counts_where_the_page_says_nothing(
    headers: dict[str, str], tmp_path: Path, *, reserved: bool
) -> None:
    body = json.dumps([{"location": "/", "tdm-reservation": 1, "tdm-policy": "http://a.cn/p"}])
    line = json.dumps({"host": "www.chenghe-ribao.cn", "body": body, "kind": "tdmrep"})
    rights = {"robots": [str(written(tmp_path / "sites.jsonl", line))]}
    about = ABOUT._replace(url="https://www.chenghe-ribao.cn/a.html", http_headers=headers)
    found = evidence(about, rights=rights)

    assert found["tdm_reservation"] is reserved
    assert found["tdm_policy"] == ("http://a.cn/p" if reserved else None)


def test_what_a_page_says_of_its_use_stands_in_its_columns() -> None:
    about = ABOUT._replace(http_headers={"x-robots-tag": "noarchive"})
    markup = '<head><meta name="robots" content="noai"></head><p>未经许可不得转载</p>'

    found = evidence(about, markup)

    assert (found["noai"], found["noarchive"], found["noindex"]) == (True, True, False)
    assert found["reservations"] == ("no_reprint",)


@pytest.mark.parametrize(
    ("policy", "shown"),
    [
        ("https://a.cn/tdm.json", "https://a.cn/tdm.json"),
        ("https://a.cn/tdm?to=13912345678", "https://a.cn/tdm?to=_MOBILE_"),
        ("mailto:zhang.san@chenghe-ribao.cn", "mailto:_EMAIL_"),
    ],
)
def test_personal_data_in_the_address_of_a_policy_is_masked(policy: str, shown: str) -> None:
    header = ABOUT._replace(http_headers={"tdm-reservation": "1", "tdm-policy": policy})
    meta = f'<head><meta name="tdm-policy" content="{policy}"></head>'

    assert evidence(header)["tdm_policy"] == shown
    assert evidence(markup=meta)["tdm_policy"] == shown


def test_no_directive_carries_personal_data_on() -> None:
    about = ABOUT._replace(http_headers={"x-robots-tag": "13912345678: noindex, max-snippet:1"})
    markup = '<head><meta name="robots" content="noindex, 13912345678, a.b@chenghe.cn"></head>'

    found = evidence(about, markup)

    assert "139" not in f"{found['robots_meta']} {found['x_robots_tag']}"
    assert "@" not in str(found["robots_meta"])


def test_words_of_a_list_are_counted(tmp_path: Path) -> None:
    listed = {"path": written(tmp_path / "words.txt", "金海赌场\n"), "category": "gambling"}
    lexicon = {"starter": False, "lists": [listed]}

    found = evidence(text="金海赌场今天开业。金海赌场，欢迎光临。", lexicon=lexicon)

    assert found["lexicon_gambling_count"] == 2
    assert found["lexicon_gambling_distinct"] == 1
    assert found["lexicon_gambling_ratio"] == pytest.approx(8 / 19)
    assert not any(evidence(text="金海赌场")[name] for name in LEXICON.names)


@given(
    markup=st.text() | st.text(alphabet="<>/京ICP备号公网安 0123456789𠮷\ud800赌博"),
    text=st.text(alphabet="中文𠮷赌博平台a1，。 \n"),
    headers=st.dictionaries(st.sampled_from(["x-robots-tag", "tdm-policy", "link"]), st.text()),
    host=st.none() | st.sampled_from(["a.cn", "a.tw", "[::1]", "gov.cn"]),
)
@settings(max_examples=80)
def test_any_page_has_a_row_of_the_schemas(
    markup: str, text: str, headers: dict[str, str], host: str | None
) -> None:
    of_names = [SIGNALS.field(name) for name in PastedNames._fields]
    schema = pa.schema([*ORIGIN, *SITE, *RIGHTS, *LEXICON, *of_names])
    about = About(host and f"http://{host}/", host, "::1", CAPTURED, headers)

    found = evidence(about, markup, text, source_register={"files": ["builtin"]})

    assert set(found) <= set(schema.names)
    assert {field.name for field in schema if not field.nullable} <= set(found)
    pa.RecordBatch.from_pylist([found], schema=schema).validate(full=True)


ROBOTS = "User-agent: *\nContent-Signal: ai-train=no\nAllow: /\n"


def test_a_statement_stands_in_the_row_with_its_place_words_and_date(tmp_path: Path) -> None:
    line = {"host": "www.chenghe-ribao.cn", "body": ROBOTS, "date": "2026-11-01T08:00:00Z"}
    rights = {"robots": [str(written(tmp_path / "robots.jsonl", json.dumps(line)))]}

    found = evidence(ABOUT._replace(http_headers={"content-usage": "search=y"}), rights=rights)

    assert found["ai_train"] == "reserved"
    assert found["ai_train_rule"] == "robots.txt:2: Content-Signal: ai-train=no"
    assert found["robots_txt_rule"] == "robots.txt:3: Allow: /"
    assert found["robots_txt_at"] == datetime(2026, 11, 1, 8, tzinfo=UTC)
    assert [(row["place"], row["line"], row["stated_at"]) for row in found["statements"]] == [
        ("robots.txt", 3, found["robots_txt_at"]),
        ("robots.txt", 2, found["robots_txt_at"]),
        ("header", None, CAPTURED),
    ]


@pytest.mark.parametrize(
    ("as_of", "train"),
    [
        (None, "not_stated"),
        ("2024-12-31", "not_stated"),
        ("2025-01-01", "allowed"),
        ("2026-01-01", "reserved"),
        ("2026-11-28", "reserved"),
    ],
)
def test_a_later_snapshot_is_applied_to_an_older_capture(
    as_of: str | None, train: str, tmp_path: Path
) -> None:
    bodies = {"2026-01-01": ROBOTS, "2025-01-01": ROBOTS.replace("no", "yes"), None: ""}
    lines = [
        json.dumps({"host": "www.chenghe-ribao.cn", "body": body} | ({"date": at} if at else {}))
        for at, body in bodies.items()
    ]
    path = written(tmp_path / "robots.jsonl", "\n".join(lines))

    found = evidence(rights={"robots": [str(path)], "as_of": as_of})

    assert found["ai_train"] == train


def test_no_statement_carries_personal_data_on(tmp_path: Path) -> None:
    body = "User-agent: *\nDisallow: /a?to=13912345678\nContent-Signal: ai-train=no, a@chenghe.cn"
    line = json.dumps({"host": "www.chenghe-ribao.cn", "body": body})
    rights = {"robots": [str(written(tmp_path / "robots.jsonl", line))]}
    usage = {
        "content-usage": "train-ai=n; tel=13912345678",
        "link": "<tel:13912345678>; rel=license",
    }
    about = ABOUT._replace(url="https://www.chenghe-ribao.cn/a?to=13912345678", http_headers=usage)

    found = evidence(about, rights=rights)

    shown = json.dumps([found[name] for name in RIGHTS.names], default=str)
    assert "13912345678" not in shown
    assert "a@chenghe.cn" not in shown


@given(st.integers(0, 30))
@settings(max_examples=31)
def test_a_statement_is_masked_before_it_is_cut(before: int) -> None:
    text = "a" * (170 + before) + " 13912345678 "
    found = evidence(ABOUT._replace(http_headers={"content-usage": text}))

    (row,) = found["statements"]
    assert len(row["text"]) <= 200
    assert "139" not in row["text"]
