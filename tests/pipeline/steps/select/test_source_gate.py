"""Sources whose share of bad pages is too large are left out whole, and told as a list."""

from collections.abc import Mapping
from math import inf, nextafter
from pathlib import Path
from typing import Any

import pytest

from jingyu.filters.language.settings import LanguageSection
from jingyu.filters.source.settings import Sources
from jingyu.filters.source.source_list import SourceList, source_list
from jingyu.filters.source.wilson import wilson
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.steps.select.select import select_item
from jingyu.pipeline.steps.select.source_gate import (
    as_block_list,
    dropped_sources,
    write_dropped_sources,
)
from tests.support.staged import declare, layout_in, stage_item

RULES = [
    {"signal": "char_count", "min": 50, "reason": "too_short"},
    {"signal": "lexicon_gambling_count", "max": 2, "reason": "gambling"},
    {"signal": "lexicon_fraud_count", "max": 2, "reason": "fraud"},
]
BAD = {"lexicon_gambling_count": 3}


def config(exclude: tuple[str, ...] = (), **source_gate: Any) -> RunConfig:
    few = {"bad_reasons": ["gambling"], "source": "registered_domain", "min_pages": 1}
    return RunConfig.model_validate(
        {
            "rules": RULES,
            "rights": {"exclude": exclude},
            "source_gate": few | source_gate,
        }
    )


def pages(domain: str | None, bad: int, all_: int, **columns: Any) -> list[dict[str, Any]]:
    """Returns so many pages of a domain, of which some are bad."""
    host = domain and f"www.{domain}"
    page = {"registered_domain": domain, "host": host} | columns
    return [page | BAD] * bad + [page] * (all_ - bad)


def dropped(
    folder: Path,
    settings: RunConfig,
    items: Mapping[str, list[dict[str, Any]]],
    passed: RunConfig | None = None,
) -> list[dict[str, object]]:
    """Returns the sources that are left out of items, which a pass of another config may stage."""
    layout = layout_in(folder)
    for key, documents in items.items():
        declare(layout, key, passed or settings)
        stage_item(layout, key, [{"paywall": "none"} | columns for columns in documents])
        select_item(key, layout, settings)
    write_dropped_sources(list(items), layout, settings)
    return dropped_sources(layout)


def names(found: list[dict[str, object]]) -> list[object]:
    return [row["source"] for row in found]


@pytest.mark.parametrize(
    ("bad", "all_", "is_dropped"),
    [
        (0, 1, False),
        (1, 1, True),
        (1, 3, True),
        (1, 4, False),
        (2, 11, True),
        (2, 12, False),
        (2, 20, False),
        (3, 20, True),
        (3, 21, False),
        (60, 1000, False),
        (66, 1000, True),
    ],
)
def test_a_source_is_dropped_if_the_lower_bound_of_its_share_is_above_the_limit(
    bad: int, all_: int, *, is_dropped: bool, tmp_path: Path
) -> None:
    found = dropped(tmp_path, config(max_bad_ratio=0.05), {"a": pages("a.cn", bad, all_)})

    assert bool(found) is is_dropped
    assert (wilson(bad, all_)[0] > 0.05) is is_dropped


@pytest.mark.parametrize(("pages_of_it", "is_dropped"), [(19, False), (20, True)])
def test_a_source_of_too_few_pages_is_not_dropped(
    pages_of_it: int, *, is_dropped: bool, tmp_path: Path
) -> None:
    items = {"a": pages("a.cn", pages_of_it, pages_of_it)}

    assert bool(dropped(tmp_path, config(min_pages=20), items)) is is_dropped


@pytest.mark.parametrize(("towards", "expected"), [(0, ["a.cn"]), (None, []), (inf, [])])
def test_on_the_limit_a_source_stays(
    towards: float | None, expected: list[str], tmp_path: Path
) -> None:
    bound, _ = wilson(3, 20)
    limit = bound if towards is None else nextafter(bound, towards)

    found = dropped(tmp_path, config(max_bad_ratio=limit), {"a": pages("a.cn", 3, 20)})

    assert names(found) == expected


@pytest.mark.parametrize(("limit", "expected"), [(0, ["a.cn"]), (1, [])])
def test_a_limit_of_zero_allows_no_bad_page_and_one_of_one_all(
    limit: float, expected: list[str], tmp_path: Path
) -> None:
    items = {"a": [*pages("a.cn", 9, 9), *pages("b.cn", 0, 9)]}

    assert names(dropped(tmp_path, config(max_bad_ratio=limit), items)) == expected


def test_pages_are_counted_over_all_items(tmp_path: Path) -> None:
    items = {"a": pages("b.cn", 2, 4), "b": pages("a.cn", 1, 1), "c": [], "d": pages("b.cn", 1, 2)}

    assert dropped(tmp_path, config(), items) == [
        {
            "kind": "registered_domain",
            "source": "a.cn",
            "pages": 1,
            "bad_pages": 1,
            "bad_ratio": 1.0,
        },
        {
            "kind": "registered_domain",
            "source": "b.cn",
            "pages": 6,
            "bad_pages": 3,
            "bad_ratio": 0.5,
        },
    ]


def test_only_the_reasons_that_the_config_names_make_a_page_a_bad_one(tmp_path: Path) -> None:
    short = {"registered_domain": "kurz.cn", "char_count": 1}
    fraud = {"registered_domain": "fraud.cn", "lexicon_fraud_count": 9}
    items = {"a": [*[short] * 9, *[fraud] * 9, *pages("spiel.cn", 9, 9)]}

    assert names(dropped(tmp_path / "1", config(), items)) == ["spiel.cn"]
    more = config(bad_reasons=["fraud", "gambling"])
    assert names(dropped(tmp_path / "2", more, items)) == ["fraud.cn", "spiel.cn"]
    other = config(bad_reasons=["too_short"])
    assert names(dropped(tmp_path / "3", other, items)) == ["kurz.cn"]


def test_a_page_counts_by_the_first_ground_that_rejects_it(tmp_path: Path) -> None:
    short = pages("kurz.cn", 9, 9, char_count=1)
    excluded = pages("recht.cn", 9, 9, noai=True)

    found = dropped(tmp_path, config(("noai",)), {"a": [*short, *excluded]})

    assert found == []


def test_that_rights_exclude_pages_does_not_move_what_the_rules_say(tmp_path: Path) -> None:
    items = {"a": [*pages("spiel.cn", 9, 9), {"registered_domain": "kurz.cn", "char_count": 1}]}

    assert names(dropped(tmp_path, config(("noai", "noindex")), items)) == ["spiel.cn"]


def test_pages_that_a_pass_as_narrow_as_the_config_turns_away_do_not_count(tmp_path: Path) -> None:
    wide = config(min_pages=5)
    narrow = wide.model_copy(
        update={"sources": Sources(block=("www.a.cn/news/",)), "language": LanguageSection()}
    )
    wide = wide.model_copy(update={"language": LanguageSection(keep=("zh", "en"))})
    news = pages("a.cn", 0, 90, url="http://www.a.cn/news/1", language="zh")
    english = pages("a.cn", 0, 90, url="http://www.a.cn/1", language="en")
    others = pages("a.cn", 5, 5, url="http://www.a.cn/1", language="zh")
    items = {"a": [*news, *english, *others]}

    (found,) = dropped(tmp_path / "narrow", narrow, items, passed=wide)

    assert (found["pages"], found["bad_pages"]) == (5, 5)
    assert dropped(tmp_path / "wide", wide, items) == []


def test_without_bad_reasons_no_source_is_dropped(tmp_path: Path) -> None:
    settings = config(bad_reasons=[], max_bad_ratio=0)

    assert dropped(tmp_path, settings, {"a": pages("a.cn", 9, 9)}) == []


def test_without_items_no_source_is_dropped(tmp_path: Path) -> None:
    assert dropped(tmp_path, config(), {}) == []


@pytest.mark.parametrize("nameless", [None, ""])
def test_pages_of_no_source_are_not_one_source(nameless: str | None, tmp_path: Path) -> None:
    assert dropped(tmp_path, config(), {"a": pages(nameless, 9, 9)}) == []


def test_a_source_is_a_registered_domain_or_a_host(tmp_path: Path) -> None:
    bad = pages("a.cn", 2, 2, host="bo.a.cn")
    items = {"a": [*bad, *pages("a.cn", 0, 30, host="www.a.cn")]}

    assert names(dropped(tmp_path / "domains", config(), items)) == []
    hosts = dropped(tmp_path / "hosts", config(source="host"), items)
    assert [(row["kind"], row["source"], row["pages"]) for row in hosts] == [("host", "bo.a.cn", 2)]


def listed(folder: Path, found: list[dict[str, object]]) -> SourceList:
    """Returns dropped sources as a later run reads their list."""
    path = folder / "dropped_sources.txt"
    path.write_text(as_block_list(found), encoding="utf-8")
    return source_list((), [path])


def test_the_list_of_registered_domains_blocks_them_and_all_below(tmp_path: Path) -> None:
    found = dropped(tmp_path, config(), {"a": [*pages("a.cn", 3, 4), *pages("b.com.cn", 1, 1)]})

    blocked = listed(tmp_path, found)

    assert blocked == source_list(["a.cn", "b.com.cn"])
    assert as_block_list(found).splitlines()[1:] == [
        "a.cn  # 3 of 4 pages bad",
        "b.com.cn  # 1 of 1 pages bad",
    ]
    assert blocked.matches("http://www.b.com.cn/", "www.b.com.cn")
    assert not blocked.matches("http://ba.cn/", "ba.cn")


def test_the_list_of_hosts_blocks_these_alone(tmp_path: Path) -> None:
    found = dropped(tmp_path, config(source="host"), {"a": pages("a.cn", 4, 4)})

    blocked = listed(tmp_path, found)

    assert blocked == source_list(["full:www.a.cn"])
    assert not blocked.matches("http://a.cn/", "a.cn")
    assert not blocked.matches("http://m.www.a.cn/", "m.www.a.cn")


def test_an_empty_list_is_read_back_too(tmp_path: Path) -> None:
    assert not listed(tmp_path, [])


@pytest.mark.parametrize(
    "host", ["[2001:db8::1]", "*.a.cn", "a b.cn", "x\ngut.cn", "x\u2028gut.cn", "x\u001cgut.cn"]
)
def test_a_host_that_no_list_can_name_is_told_and_spoils_neither_list_nor_others(
    host: str, tmp_path: Path
) -> None:
    rows = [
        {"kind": "host", "source": source, "pages": 2, "bad_pages": 2}
        for source in (host, "127.0.0.1", "a_b.cn")
    ]

    assert listed(tmp_path, rows) == source_list(["full:127.0.0.1", "full:a_b.cn"])
    assert "no list can name" in as_block_list(rows)


def test_an_address_as_a_domain_is_read_back(tmp_path: Path) -> None:
    row = {"kind": "registered_domain", "source": "127.0.0.1", "pages": 2, "bad_pages": 2}

    assert listed(tmp_path, [row]) == source_list(["127.0.0.1"])
