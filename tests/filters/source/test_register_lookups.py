"""What was looked up: a table that is checked, shares with their intervals, names that mend."""

from pathlib import Path

import pytest

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.register_files import builtin_path, builtin_sources
from jingyu.filters.source.register_lookups import (
    DRAWN_FROM,
    Lookup,
    confirmed,
    load_lookups,
    mended,
    shares,
)
from jingyu.filters.source.source import Source

HEAD = "match,name,found_in,looked_up_on,verdict,draw,stratum\n"


def looked_up(match: str, verdict: str = "right", **more: str) -> Lookup:
    row = {"name": "某", "found_in": "某表@1", "looked_up_on": "2026-11-28", "draw": ""}
    return Lookup(**(row | {"match": match, "verdict": verdict, "stratum": ""} | more))


def entry(match: str, name: str = "某", stated_by: str = "memory") -> Source:
    return Source(match=match, name=name, category="x", tier="general", stated_by=stated_by)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("match,name\n", ":1: the columns have to be match, name, found_in"),
        (HEAD + "a.cn,某\n", ":2: has 2 cells, not 7"),
        (HEAD + "a.cn,某,,2026-11-28,good,,\n", ":2: `good` is no verdict"),
        (HEAD + 2 * "a.cn,某,,2026-11-28,right,1,memory\n", ":3: `a.cn` stands there before"),
    ],
)
def test_a_table_that_is_wrong_names_its_line(tmp_path: Path, text: str, error: str) -> None:
    path = tmp_path / "lookups.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        load_lookups(path)
    assert str(caught.value).startswith(f"{path}{error}")


def test_a_wrong_name_is_mended_and_what_no_source_confirms_is_left_out() -> None:
    sources = [entry("a.cn"), entry("b.cn", "旧"), entry("c.cn"), entry("d.cn"), entry("e.cn")]
    found = [
        looked_up("a.cn"),
        looked_up("b.cn", "name", name="新"),
        looked_up("b.cn", "right", draw="1"),
        looked_up("c.cn", "host"),
        looked_up("d.cn", "unconfirmed"),
    ]

    kept = list(mended(sources, found))

    assert [(source.match, source.name) for source in kept] == [
        ("a.cn", "某"),
        ("b.cn", "新"),
        ("e.cn", "某"),
    ]


def test_an_entry_from_memory_says_what_confirms_it() -> None:
    sources = [entry("a.cn"), entry("b.cn"), entry("c.cn"), entry("d.cn", stated_by="list@1")]
    found = [looked_up("a.cn"), looked_up("b.cn", "unconfirmed"), looked_up("d.cn")]

    told = [source.stated_by for source in confirmed(sources, found)]

    assert told == ["memory confirmed by 某表@1", "memory", "memory", "list@1"]


def test_a_share_weighs_each_stratum_by_its_size() -> None:
    half = [looked_up(f"{n}.a.cn", "right" if n % 2 else "name", draw="9") for n in range(10)]
    found = [each._replace(stratum="a") for each in half]
    found += [looked_up(f"{n}.b.cn", draw="9", stratum="b") for n in range(20)]
    found += [looked_up("other.cn", "host", draw="8", stratum="a")]

    told = list(shares(found, "9", {"a": 100, "b": 300}))

    assert told[0].startswith("draw 9, a: 5 of 10 right, 50.0% (23.7% to 76.3%); 5 name, 0 host")
    assert told[1].startswith("draw 9, b: 20 of 20 right, 100.0% (83.9% to 100.0%)")
    assert told[2] == "draw 9, all 400 entries: 87.5% right (73.7% to 94.1%)"


def test_the_shipped_table_holds_its_draws_whole() -> None:
    found = load_lookups(builtin_path().with_name("lookups.csv"))

    for draw, strata in DRAWN_FROM.items():
        drawn = [each for each in found if each.draw == draw]
        assert {each.stratum for each in drawn} == set(strata)
        assert len(list(shares(drawn, draw, strata))) == len(strata) + 1
    known = {source.match: source.name for source in builtin_sources()}
    wrong = [each for each in found if each.verdict == "name" and each.match in known]
    assert all(known[each.match] == each.name for each in wrong)
