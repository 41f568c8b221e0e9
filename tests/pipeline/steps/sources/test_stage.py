"""Sources whose share of bad pages is too large are left out whole, and told as a list."""

from collections.abc import Mapping
from math import inf, nextafter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jingyu.filters.language.settings import LanguageSection
from jingyu.filters.source.settings import Sources, Verdicts
from jingyu.filters.source.source_list import SourceList, source_list
from jingyu.filters.source.wilson import wilson
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.statistics_files import templates_found
from jingyu.pipeline.steps.select.select import select_item
from jingyu.pipeline.steps.sources.claims import SCRIPT, sites_of_traced
from jingyu.pipeline.steps.sources.sites import block_list, dropped_sources, judged_sites
from jingyu.pipeline.store.decided import read_decisions
from tests.support.staged import HERE, ON_A_RUNNER, declare, judge_here, layout_in, stage_item

RULES = [
    {"signal": "char_count", "min": 50, "reason": "too_short"},
    {"signal": "lexicon_gambling_count", "max": 2, "reason": "gambling"},
    {"signal": "lexicon_fraud_count", "max": 2, "reason": "fraud"},
]
BAD = {"lexicon_gambling_count": 3}


def config(exclude: tuple[str, ...] = (), **verdicts: Any) -> RunConfig:
    few = {"bad_reasons": ["gambling"], "prior_pages": 0, "min_pages": 1}
    return RunConfig.model_validate(
        {
            "rules": RULES,
            "rights": {"exclude": exclude},
            "verdicts": few | verdicts,
        }
    )


def pages(domain: str | None, bad: int, all_: int, **columns: Any) -> list[dict[str, Any]]:
    """Returns so many pages of a domain, of which some are bad."""
    page = {"site": domain, "host": domain and f"www.{domain}"} | columns
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
    judge_here(list(items), layout, settings)
    count, rows = dropped_sources(layout)
    assert count == len(rows)
    return rows


def names(found: list[dict[str, object]]) -> list[object]:
    return [row["site"] for row in found]


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

    rows = [
        (row["site"], row["pages"], row["bad_pages"], row["bad_ratio"])
        for row in dropped(tmp_path, config(), items)
    ]

    assert rows == [("a.cn", 1, 1, 1.0), ("b.cn", 6, 3, 0.5)]


def test_only_the_reasons_that_the_config_names_make_a_page_a_bad_one(tmp_path: Path) -> None:
    short = {"site": "kurz.cn", "char_count": 1}
    fraud = {"site": "fraud.cn", "lexicon_fraud_count": 9}
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
    items = {"a": [*pages("spiel.cn", 9, 9), {"site": "kurz.cn", "char_count": 1}]}

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


def listed(folder: Path, found: list[dict[str, object]]) -> SourceList:
    """Returns dropped sources as a later run reads their list."""
    path = folder / "dropped_sources.txt"
    path.write_text("".join(block_list(found)), encoding="utf-8")
    return source_list((), [path])


def test_the_list_blocks_sites_alone(tmp_path: Path) -> None:
    bad = [*pages("www.a.cn", 4, 4), *pages("github.com/alice/", 1, 1), *pages("b.cn", 0, 9)]
    found = dropped(tmp_path, config(), {"a": bad})

    blocked = listed(tmp_path, found)

    assert "".join(block_list(found)).splitlines()[1:] == [
        "github.com/alice/  # bad, 1 of 1 pages bad",
        "full:www.a.cn  # bad, 4 of 4 pages bad",
    ]
    assert blocked.matches("http://www.a.cn/1", "www.a.cn")
    assert not blocked.matches("http://a.cn/", "a.cn")
    assert blocked.matches("https://github.com/alice/page", "github.com")
    assert not blocked.matches("https://github.com/bob/page", "github.com")


def test_an_empty_list_is_read_back_too(tmp_path: Path) -> None:
    assert not listed(tmp_path, [])


@pytest.mark.parametrize(
    "site",
    [
        "[2001:db8::1]",
        "*.a.cn",
        "a b.cn",
        "x\ngut.cn",
        "x\u2028gut.cn",
        "x\u001cgut.cn",
        "github.com/x\u2028gut.cn/",
        "github.com/x\x85gut.cn/",
        "github.com/#/",
    ],
)
def test_a_site_that_no_list_can_name_is_told_and_spoils_neither_list_nor_others(
    site: str, tmp_path: Path
) -> None:
    rows: list[dict[str, Any]] = [
        {"site": each, "pages": 2, "bad_pages": 2, "verdict": "bad", "against": ["bad_pages"]}
        for each in (site, "127.0.0.1", "a_b.cn")
    ]

    assert listed(tmp_path, rows) == source_list(["full:127.0.0.1", "full:a_b.cn"])
    assert "no list can name" in "".join(block_list(rows))


def verdict_of(folder: Path, settings: RunConfig, documents: list[dict[str, Any]]) -> list[Any]:
    """Returns verdict and evidence of each site of an item."""
    dropped(folder, settings, {"a": documents})
    (table,) = judged_sites(layout_in(folder))
    return [(row["verdict"], *row["against"]) for row in table.to_pylist()]


DEAD = {"link_count": 50, "dead_link_count": 5}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, ("fine",)),
        ({"source_tier": "official"}, ("trusted",)),
        ({"source_tier": "general"}, ("fine",)),
        (DEAD, ("doubtful", "dead_links")),
        (DEAD | {"source_tier": "official"}, ("doubtful", "dead_links")),
        ({"link_count": 50, "dead_link_count": 0}, ("fine",)),
        ({"province_contradicted_count": 2}, ("doubtful", "provinces")),
        ({"province_contradicted_count": 2, "province_agreed_count": 1}, ("fine",)),
        ({"doubled_name_count": 1}, ("doubtful", "doubled_names")),
        ({"pasted_title_count": 1}, ("doubtful", "doubled_names")),
        ({"char_count": 1}, ("unknown",)),
    ],
)
def test_what_its_pages_say_makes_the_verdict_on_a_site(
    columns: dict[str, Any], expected: tuple[str, ...], tmp_path: Path
) -> None:
    settings = config(prior_pages=5)

    assert verdict_of(tmp_path, settings, pages("a.cn", 0, 30, **columns)) == [expected]


def test_of_few_pages_nothing_is_said_for_sure(tmp_path: Path) -> None:
    settings = config(prior_pages=5, min_pages=20)

    assert verdict_of(tmp_path / "1", settings, pages("a.cn", 1, 1)) == [("unknown",)]
    assert verdict_of(tmp_path / "2", settings, pages("a.cn", 9, 9)) == [("doubtful", "bad_pages")]
    assert verdict_of(tmp_path / "3", settings, pages("a.cn", 20, 20)) == [("bad", "bad_pages")]
    assert verdict_of(tmp_path / "4", settings, pages("a.cn", 0, 3)) == [("unknown",)]


def test_a_number_that_many_domains_claim_makes_their_sites_doubtful(tmp_path: Path) -> None:
    def page(domain: str, number: str) -> dict[str, Any]:
        numbers = [f"京ICP备{number}号-{len(domain)}"]
        return {"site": f"www.{domain}", "registered_domain": domain, "icp_numbers": numbers}

    shared = [page(f"{name}.cn", "12345678") for name in ("a", "bb", "ccc", "dddd", "eeeee")]
    several = [page(f"{name}.com", "87654321") for name in "abcd"]

    found = verdict_of(tmp_path, config(), [*shared, *several, *several])

    assert found.count(("doubtful", "shared_numbers")) == 5
    assert len(found) == 9


def with_script(domain: str, host: str, *, traced: bool, count: int = 3) -> list[dict[str, Any]]:
    page = {"site": f"www.{domain}", "registered_domain": domain, "script_hosts": [host]}
    return [page | {"link_count": 9, "dead_link_count": 9 * int(traced)}] * count


def test_a_script_of_domains_that_bear_traces_makes_all_their_sites_doubtful(
    tmp_path: Path,
) -> None:
    network = [with_script(f"{name}.cn", "kb.hnci.cn", traced=name != "z") for name in "abcdefgz"]
    common = [with_script(f"{name}.com", "hm.baidu.com", traced=name == "a") for name in "abcdefgz"]
    few = [with_script(f"{name}.net", "js.few.cn", traced=name != "z") for name in "abcz"]
    documents = [page for pages in (*network, *common, *few) for page in pages]

    found = verdict_of(tmp_path, config(max_dead_link_ratio=1), documents)

    assert found.count(("doubtful", "shared_scripts")) == 8
    assert len(found) == 20


@pytest.mark.parametrize(
    ("domains", "traced", "is_network"),
    [(5, 5, True), (4, 4, False), (9, 5, False), (20, 14, False), (20, 15, True)],
)
def test_surely_more_of_the_domains_than_the_limit_have_to_bear_traces(
    domains: int, traced: int, *, is_network: bool
) -> None:
    claims = np.zeros(domains, SCRIPT)
    claims["domain"], claims["site"] = np.arange(domains), 100 + np.arange(domains)
    claims["pages"] = 3
    claims["traced"][:traced], claims["traced"][traced:] = 2, 1

    found = sites_of_traced(claims, Verdicts())

    assert found.tolist() == (claims["site"].tolist() if is_network else [])
    assert (wilson(traced, domains)[0] > 0.5 and domains >= 5) is is_network


@pytest.mark.parametrize(
    ("tier", "expected"),
    [
        ("reputable", ("trusted", [])),
        ("general", ("doubtful", ["shared_numbers", "shared_scripts", "templates"])),
    ],
)
def test_what_copies_have_of_a_registered_site_speaks_against_the_copies_alone(
    tier: str, expected: tuple[str, list[str]], tmp_path: Path
) -> None:
    def copied(domain: str, title: str) -> dict[str, Any]:
        page = with_script(domain, "js.news.org", traced=title != "新华社", count=1)[0]
        return page | {"icp_numbers": ["京ICP备12345678号"], "form_hash": 7, "title": title}

    own = [copied("news.cn", "新华社") | {"source_tier": tier, "link_count": 0}] * 20
    copies = [copied(f"a{n}.cn", f"某{n}社") for n in range(20)]

    dropped(tmp_path, config(max_dead_link_ratio=1), {"a": [*own, *copies]})

    (sites,) = judged_sites(layout_in(tmp_path))
    found = {row["site"]: row for row in sites.to_pylist()}
    site, copy = found["www.news.cn"], found["www.a1.cn"]
    assert (site["verdict"], site["against"]) == expected
    assert (site["shared_numbers"], site["shared_scripts"], site["template_pages"]) == (1, 1, 20)
    assert (copy["verdict"], copy["against"][:2]) == (
        "doubtful", ["shared_numbers", "shared_scripts"],
    )  # fmt: skip


def test_sites_that_contradict_themselves_leave_if_the_config_says_so(tmp_path: Path) -> None:
    settings = config(drop=["doubtful", "bad"])
    documents = [*pages("a.cn", 0, 3, **DEAD), *pages("b.cn", 0, 3)]

    found = dropped(tmp_path, settings, {"a": documents})
    decisions = read_decisions("a", layout_in(tmp_path), "sources")

    assert names(found) == ["a.cn"]
    assert decisions["reason"].tolist() == ["doubtful_source"] * 3 + [None] * 3
    assert decisions["evidence"][0] == "dead_links"


def filled_in(site: str, titles: int, form: int, **columns: Any) -> list[dict[str, Any]]:
    """Returns a page for each title of a form."""
    page = {"site": site, "form_hash": form, "char_count": 99} | columns
    return [page | {"title": f"{name}的报价"} for name in range(titles)]


def reasons(folder: Path, settings: RunConfig, *items: list[dict[str, Any]]) -> list[list[Any]]:
    """Returns the reasons for which the documents of items leave because of their sites."""
    keys = [f"item-{number}" for number in range(len(items))]
    dropped(folder, settings, dict(zip(keys, items, strict=True)))
    layout = layout_in(folder)
    return [read_decisions(key, layout, "sources")["reason"].tolist() for key in keys]


@pytest.mark.parametrize(
    ("limit", "titles", "leaves"),
    [(4, 4, False), (4, 5, True), (1, 3, True), (1, 2, False), (None, 9, False)],
)
def test_pages_leave_whose_form_comes_back_under_more_titles_than_may_stay(
    limit: int | None, titles: int, *, leaves: bool, tmp_path: Path
) -> None:
    settings = config(max_template_titles=limit)

    (found,) = reasons(tmp_path, settings, [*filled_in("a.cn", titles, 7), {"site": "a.cn"}])

    assert found == ["filled_template" if leaves else None] * titles + [None]


def test_a_form_is_counted_over_all_items_and_sites(tmp_path: Path) -> None:
    one, other = filled_in("a.cn", 3, 7), filled_in("b.cn", 5, 7)[3:]

    found = reasons(tmp_path, config(max_template_titles=4), one, [{"site": "c.cn"}, *other])

    assert found == [["filled_template"] * 3, [None, *["filled_template"] * 2]]


def test_sites_that_are_trusted_or_fine_may_have_forms(tmp_path: Path) -> None:
    settings = config(max_template_titles=4, max_template_ratio=1)
    trusted = filled_in("news.cn", 5, 7, source_tier="official")
    fine = [*filled_in("a.cn", 5, 8), *pages("a.cn", 0, 40)]
    doubtful = filled_in("b.cn", 5, 9, **DEAD)

    (found,) = reasons(tmp_path, settings, [*trusted, *fine, *doubtful])

    assert found == [None] * 50 + ["filled_template"] * 5


def test_what_ended_before_stays_ended_for_its_own_reason(tmp_path: Path) -> None:
    short = filled_in("a.cn", 5, 7, char_count=1)

    assert reasons(tmp_path, config(max_template_titles=4), short) == [["too_short"] * 5]


NAME = "某县林业和草原局"


def named(site: str, text: str, count: int = 1, **columns: Any) -> list[dict[str, Any]]:
    """Returns pages of a doubtful site whose titles end in a name."""
    return [{"site": site, "text": text, "site_name": NAME} | DEAD | columns] * count


def test_pages_of_doubtful_sites_leave_that_name_what_their_titles_end_in(tmp_path: Path) -> None:
    settings = config(min_common_name_ratio=0.3)
    bare, pasted = "山里下了雨。", f"山里下了雨，{NAME}说。"
    documents = [
        *named("a.cn", bare, 3),
        *named("a.cn", pasted, site_name=None),
        *named("a.cn", pasted, char_count=1),
        *named("b.cn", pasted, 5, link_count=0),
        *named("c.cn", pasted, 2),
        {"site": None, "text": pasted},
    ]

    found, other = reasons(tmp_path, settings, documents, named("a.cn", pasted))

    assert found == [None] * 3 + ["site_name_pasted", "too_short"] + [None] * 8
    assert other == ["site_name_pasted"]
    decisions = read_decisions("item-1", layout_in(tmp_path), "sources")
    assert decisions["evidence"].tolist() == [NAME]
    assert reasons(tmp_path / "none", config(), named("a.cn", pasted, 4)) == [[None] * 4]


@pytest.mark.parametrize(
    ("with_name", "all_", "is_common"), [(3, 10, True), (3, 11, False), (2, 3, False), (4, 4, True)]
)
def test_a_name_is_common_from_its_share_and_three_pages_on(
    with_name: int, all_: int, *, is_common: bool, tmp_path: Path
) -> None:
    documents = named("a.cn", NAME, with_name)
    documents += named("a.cn", NAME, all_ - with_name, site_name=None)

    (found,) = reasons(tmp_path, config(min_common_name_ratio=0.3), documents)

    assert found == ["site_name_pasted" if is_common else None] * all_


@pytest.mark.parametrize(
    ("url", "leaves"),
    [
        ("http://a.cn/", True),
        ("http://a.cn", True),
        ("https://a.cn/index.html", True),
        ("http://a.cn/default.aspx", True),
        ("http://a.cn/news/index.html", False),
        ("http://a.cn/1.html", False),
        (None, False),
    ],
)
def test_pages_leave_that_name_what_the_home_page_is_called(
    url: str | None, *, leaves: bool, tmp_path: Path
) -> None:
    home = named("a.cn", "山里下了雨。", url=url)
    others = named("a.cn", f"{NAME}说。", site_name="通知公告")

    (found,) = reasons(tmp_path, config(min_common_name_ratio=0.3), [*home, *others])

    assert found == [None, "site_name_pasted" if leaves else None]


MIXED = "江苏的老师来了，南京的学校在上海开班。"
ELSEWHERE = {"province_contradicted_count": 1}


@pytest.mark.parametrize(
    ("with_name", "others", "leaves"), [(3, 1, True), (2, 0, False), (3, 2, False), (6, 2, True)]
)
def test_pages_leave_whose_places_contradict_what_titles_speak_of(
    with_name: int, others: int, *, leaves: bool, tmp_path: Path
) -> None:
    documents = [
        *named("a.cn", MIXED, with_name, site_name="江苏某某中学", **ELSEWHERE),
        *named("a.cn", MIXED, others, site_name="浙江某某中学", **ELSEWHERE),
        *named("a.cn", MIXED, 9, site_name=None),
        *named("b.cn", MIXED, 9, site_name="江苏某某中学", link_count=0),
    ]

    (found,) = reasons(tmp_path, config(min_province_name_ratio=0.75), documents)

    expected = "places_contradict" if leaves else None
    assert found == [expected] * (with_name + others + 9) + [None] * 9


def test_places_are_measured_and_the_home_page_says_more_than_others(tmp_path: Path) -> None:
    home = named("a.cn", "山里下了雨。", site_name="江苏某某中学", url="http://a.cn/")
    others = named("a.cn", MIXED, 4, site_name="浙江某某中学", **ELSEWHERE)

    (found,) = reasons(tmp_path, config(min_province_name_ratio=0.75), [*home, *others])

    assert found == [None] + ["places_contradict"] * 4
    decisions = read_decisions("item-0", layout_in(tmp_path), "sources")
    assert decisions["measured"].tolist()[1:] == [1] * 4


@pytest.mark.parametrize(
    ("name", "columns", "leaves"),
    [
        ("江苏某某中学", {}, True),
        ("江苏某某大学", {}, False),
        ("江苏某某大学", ELSEWHERE, True),
    ],
)
def test_portals_may_name_other_provinces_unless_their_numbers_do(
    name: str, columns: dict[str, Any], *, leaves: bool, tmp_path: Path
) -> None:
    documents = named("a.cn", MIXED, 9, site_name=name, **columns)

    settings = config(min_common_name_ratio=0.3, min_province_name_ratio=0.75)
    (found,) = reasons(tmp_path, settings, documents)

    assert found == ["places_contradict" if leaves else None] * 9


@pytest.mark.parametrize(("vouched", "all_", "leaves"), [(2, 8, True), (3, 8, False)])
def test_pages_stay_where_numbers_of_both_kinds_vouch_for_the_name(
    vouched: int, all_: int, *, leaves: bool, tmp_path: Path
) -> None:
    documents = named("a.cn", NAME, vouched, province_agreed_count=2)
    documents += named("a.cn", NAME, all_ - vouched, province_agreed_count=1)

    (found,) = reasons(tmp_path, config(min_common_name_ratio=0.3), documents)

    assert found == ["site_name_pasted" if leaves else None] * all_


BY_VERDICT = {
    "signal": "quality",
    "min": {"trusted": 0.1, "unknown": 0.3, "doubtful": 0.7},
    "reason": "low_quality",
}


def with_limits(**verdicts: Any) -> RunConfig:
    values = config(**verdicts).model_dump(mode="json")
    return RunConfig.model_validate(values | {"rules": [*RULES, BY_VERDICT]})


def test_each_document_has_to_pass_the_limit_of_the_verdict_on_its_site(tmp_path: Path) -> None:
    trusted = {"site": "news.cn", "source_tier": "official", "source_name": "新华网"}
    documents: list[dict[str, Any]] = [
        *({"quality": value} | trusted for value in (0.09, 0.1)),
        *({"quality": value, "site": "a.cn"} for value in (0.29, 0.3)),
        *({"quality": value, "site": "b.cn"} | DEAD for value in (0.69, 0.7)),
        *({"quality": value, "site": None} for value in (0.29, 0.3)),
        {"quality": 0.0, "site": "b.cn", "char_count": 1},
    ]

    dropped(tmp_path, with_limits(), {"a": documents, "b": [{"site": None, "quality": 0.2}]})
    decisions = read_decisions("a", layout_in(tmp_path), "sources")

    assert decisions["reason"].tolist() == ["low_quality", None] * 4 + ["too_short"]
    assert decisions["limit"][::2].tolist() == [0.1, 0.3, 0.7, 0.3, 50]
    assert decisions["evidence"][::2].tolist() == [
        "trusted", "unknown", "doubtful", "unknown", None,
    ]  # fmt: skip
    of_no_site = read_decisions("b", layout_in(tmp_path), "sources")
    assert of_no_site["stage"].tolist() == ["select"]


def test_a_page_counts_as_passed_if_it_would_pass_on_an_unknown_site(tmp_path: Path) -> None:
    documents = [{"site": "a.cn", "quality": 0.2}] * 9 + [{"site": "a.cn", "quality": 0.3}]

    dropped(tmp_path, with_limits(), {"a": documents})
    (sites,) = judged_sites(layout_in(tmp_path))

    assert sites["pages"].to_pylist() == [10]
    assert sites["passed_pages"].to_pylist() == [1]


def test_what_leaves_with_its_site_does_not_leave_by_a_rule(tmp_path: Path) -> None:
    settings = with_limits(drop=["doubtful", "bad"])

    dropped(tmp_path, settings, {"a": [{"site": "a.cn", "quality": 0.1} | DEAD] * 3})

    decisions = read_decisions("a", layout_in(tmp_path), "sources")
    assert decisions["reason"].tolist() == ["doubtful_source"] * 3


@pytest.mark.parametrize("engine", [HERE, ON_A_RUNNER])
def test_sites_are_judged_alike_wherever_items_meet(engine: Engine, tmp_path: Path) -> None:
    settings = config(max_template_titles=2, min_common_name_ratio=0.3)
    layout = layout_in(tmp_path)
    items = {key: [*pages("a.cn", 3, 5), *pages(f"{key}.cn", 0, 2)] for key in "cab"}
    items |= {"d": [*filled_in("d.cn", 2, 7), *named("e.cn", NAME, 2)]}
    items |= {"e": [*filled_in("d.cn", 3, 7)[2:], *named("e.cn", NAME)]}
    for key, documents in items.items():
        declare(layout, key, settings)
        stage_item(layout, key, documents)
        select_item(key, layout, settings)

    judge_here(list(items), layout, settings, engine)

    (table,) = judged_sites(layout)
    told = [(row["site"], row["pages"], row["surt_host"]) for row in table.to_pylist()]
    assert told[:3] == [("a.cn", 17, "cn,a"), ("b.cn", 2, "cn,b"), ("c.cn", 2, "cn,c")]
    assert told[3:] == [("d.cn", 3, "cn,d"), ("e.cn", 3, "cn,e")]
    reasons = read_decisions("b", layout, "sources")["reason"].tolist()
    assert reasons == ["gambling"] * 3 + ["bad_source"] * 2 + [None] * 2
    by_others = ["filled_template", "filled_template", "site_name_pasted", "site_name_pasted"]
    assert read_decisions("d", layout, "sources")["reason"].tolist() == by_others
    assert read_decisions("e", layout, "sources")["reason"].tolist() == by_others[1:3]


def filled(site: str, count: int, titles: int, form: int = 7) -> list[dict[str, Any]]:
    """Returns pages of one form under some titles, and as many of forms of their own."""
    return [
        page
        | {"form_hash": form if n < count else 100 + n, "title": f"第{n % titles}城起名"}
        | {"text": f"第{n % titles}城的宝宝起名哪家好？"}
        for n, page in enumerate(pages(site, 0, 2 * count))
    ]


@pytest.mark.parametrize(
    ("count", "titles", "expected"),
    [(30, 3, ("doubtful", ["templates"])), (30, 2, ("unknown", [])), (1, 3, ("unknown", []))],
)
def test_a_site_of_which_many_pages_fill_in_a_template_is_doubtful(
    count: int, titles: int, expected: tuple[str, list[str]], tmp_path: Path
) -> None:
    items = {"a": filled("a.cn", count, titles), "b": pages("b.cn", 0, 3)}
    dropped(tmp_path, config(min_fine_passed_ratio=1), items)

    (sites,) = judged_sites(layout_in(tmp_path))
    found = {row["site"]: row for row in sites.to_pylist()}
    assert (found["a.cn"]["verdict"], found["a.cn"]["against"]) == expected
    assert found["a.cn"]["template_pages"] == (count if expected[1] else 0)
    assert found["b.cn"]["template_pages"] == 0


def test_templates_are_told_with_their_slots_whatever_carries_the_step_out(tmp_path: Path) -> None:
    items = {"a": filled("a.cn", 3, 3), "b": filled("b.cn", 2, 2), "c": filled("c.cn", 5, 1, 8)}
    tables = []
    for name, engine in (("here", HERE), ("there", ON_A_RUNNER)):
        layout = layout_in(tmp_path / name)
        for key, documents in items.items():
            declare(layout, key, config())
            stage_item(layout, key, [{"paywall": "none"} | columns for columns in documents])
            select_item(key, layout, config())
        judge_here(list(items), layout, config(), engine)
        tables.append(templates_found(layout).to_pylist())

    ((row,), again) = tables
    assert again == [row]
    assert (row["pages"], row["titles"], row["sites"], row["site"]) == (5, 3, 2, "a.cn")
    assert row["pattern"] == "第〔…〕城的宝宝起名哪家好？"
    assert row["slots"] == ["0 | 1"]
    assert len(row["documents"]) == 2


def test_pages_that_a_narrower_pass_turns_away_fill_in_nothing(tmp_path: Path) -> None:
    strange = [page | {"language": "en"} for page in filled("a.cn", 30, 3)]
    wide, narrow = (
        config().model_copy(update={"language": LanguageSection(keep=keep)})
        for keep in (("zh", "en"), ("zh",))
    )
    items = {"a": [*strange, *pages("a.cn", 0, 1, language="zh")]}
    dropped(tmp_path, narrow, items, wide)

    assert templates_found(layout_in(tmp_path)).num_rows == 0
