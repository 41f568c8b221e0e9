import functools
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.register import register
from jingyu.filters.source.register_files import (
    builtin_path,
    builtin_sources,
    load_register,
    load_sources,
)
from jingyu.filters.source.source import Source

YAML = """\
defaults: {origin: mainland, category: news}
sources:
  - {match: example.cn, name: 例报, tier: reputable, max_share: 0.1}
  - match: full:www.example.cn
    name: 例报社
    tier: official
    category: press
    origin: null
    valid_from: 2026-01-01
"""
CSV = """\
match,name,category,tier,origin,max_share,valid_from
example.cn,例报,news,reputable,mainland,0.1,
full:www.example.cn,"例报社",press,official,,,2026-01-01
"""


@functools.cache
def starter() -> list[Source]:
    return load_sources(builtin_path().with_name("register.csv"))


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def write_parquet(path: Path, rows: list[dict[str, object]]) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def error_of(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_sources(path)
    return str(caught.value).removeprefix(f"{path}").split(f"\n{path}")


def test_the_same_sources_are_read_from_yaml_csv_and_parquet(tmp_path: Path) -> None:
    from_yaml = load_sources(write(tmp_path, "a.yaml", YAML))
    from_csv = load_sources(write(tmp_path, "a.csv", "\ufeff" + CSV))
    rows = [source.model_dump() for source in from_yaml]
    from_parquet = load_sources(write_parquet(tmp_path / "a.parquet", rows))

    assert [source.match for source in from_yaml] == ["example.cn", "full:www.example.cn"]
    assert [source.origin for source in from_yaml] == ["mainland", None]
    assert [source.category for source in from_yaml] == ["news", "press"]
    assert from_yaml == from_csv == from_parquet


def test_an_entry_of_a_later_file_replaces_an_earlier_one(tmp_path: Path) -> None:
    own = write(tmp_path, "a.csv", "match,name,category,tier\npeople.com.cn,自有,news,untrusted\n")

    sources = load_register(["builtin", own])

    found = sources.find("http://www.people.com.cn/", "www.people.com.cn")
    assert found is not None
    assert found.tier == "untrusted"
    assert sources.size == len(starter())


def test_every_error_has_its_line_and_the_fix(tmp_path: Path) -> None:
    text = YAML + "  - {match: b.cn, name: b, tier: top, weigth: 2}\n  - {match: c.cn, name: 5}\n"

    tiers = "'official', 'institutional', 'reputable', 'general' or 'untrusted'"
    assert error_of(write(tmp_path, "a.yaml", text)) == [
        f":10: tier — `top` is not known; write {tiers}",
        ":10: weigth — `weigth` is not a key here; did you mean `weight`?",
        ":11: name — Input should be a valid string",
        ":11: tier — is missing; every source has `match`, `name`, `category` and `tier`",
    ]


def test_errors_of_csv_have_their_line(tmp_path: Path) -> None:
    text = CSV + "\na b.cn,x,news,general,,,\nc.cn,x,news,general,,much,\n"

    assert [error.partition(" ")[0] for error in error_of(write(tmp_path, "a.csv", text))] == [
        ":5:",
        ":6:",
    ]


def test_errors_of_parquet_have_their_row(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"match": "a.cn", "name": "a", "category": "news", "tier": "general"},
        {"match": "b.cn", "name": None, "category": "news", "tier": "general"},
    ]

    assert error_of(write_parquet(tmp_path / "a.parquet", rows)) == [
        ": row 2: name — is missing; every source has `match`, `name`, `category` and `tier`"
    ]


def test_an_entry_that_stands_twice_in_a_file_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", CSV + "EXAMPLE.cn,x,news,general,,,\n")

    assert error_of(path) == [f":4: `example.cn` stands at {path}:2 already; keep one of them"]


def test_many_errors_are_counted_beyond_the_first_fifty(tmp_path: Path) -> None:
    lines = "".join(f"a{number}.cn,x,news,top\n" for number in range(60))

    errors = error_of(write(tmp_path, "a.csv", "match,name,category,tier\n" + lines))

    assert len(errors) == 51
    assert errors[-1] == ": and 10 more errors"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.txt", "", "is no register; give a file that ends in .yaml, .yml, .csv, .parquet"),
        ("a.yaml", "- 1\n", "has no list `sources`"),
        ("a.yaml", "", "has no list `sources`"),
        ("a.yaml", "sources: []\nsource: []\n", r"a\.yaml:2:1: source — .* mean `sources`"),
        ("a.yaml", "defaults: 3\nsources: []\n", "defaults — is no mapping"),
        ("a.yaml", "sources:\n- a.cn\n", r"a\.yaml:2: is no mapping; write"),
        ("a.yaml", "sources: [\n", r"a\.yaml:2:1: "),
        ("a.yaml", "sources:\n- {match: a.cn, match: b.cn}\n", r"a\.yaml:2:\d+: `match` is given"),
        ("a.csv", "match,nmae\n", r"a\.csv:1: `nmae` is not a key here; did you mean `name`\?"),
        ("a.csv", "match,name\na.cn,x,y\n", r"a\.csv:2: has more cells than the head line"),
        ("a.csv", 'match,name\n"a".cn,x\n', r"a\.csv:2: is not CSV"),
        ("a.parquet", "PAR1", "is not Parquet"),
    ],
)
def test_a_file_that_is_no_register_is_refused(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        load_sources(write(tmp_path, name, text))


def test_a_file_that_is_missing_or_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"match,name\n\xc0\xfd,x\n")

    with pytest.raises(ConfigError, match=r"a\.csv:2: is not UTF-8"):
        load_sources(tmp_path / "a.csv")
    with pytest.raises(ConfigError, match="cannot read the register"):
        load_sources(tmp_path / "b.csv")


def test_the_starter_register_needs_no_check() -> None:
    assert builtin_sources() == starter()


def test_the_starter_register_has_what_it_promises() -> None:
    sources = register(starter())

    assert sources.size == len(starter()) >= 2000
    assert {source.basis for source in starter()} == {"unstated"}
    for host, tier in {
        "www.gov.cn": "official",
        "www.tonghua.gov.cn": "official",
        "lib.xyz.edu.cn": "institutional",
        "www.tsinghua.edu.cn": "institutional",
        "www.scbg.ac.cn": "institutional",
        "paper.people.com.cn": "official",
        "news.sina.com.cn": "reputable",
        "blog.sina.com.cn": "general",
        "baike.baidu.com": "general",
    }.items():
        found = sources.find(None, host)
        assert found is not None, host
        assert found.tier == tier, host
    for host in ("www.xyz.ac.cn", "www.xyz.org.cn"):
        assert sources.find(None, host) is None


def test_names_of_the_starter_register_are_chinese_and_its_head_says_what_a_tier_is() -> None:
    text = builtin_path().read_text(encoding="utf-8")

    assert "editorial judgment" in text.partition("\nsources:")[0]
    assert "2026-11" in text.partition("\nsources:")[0]
    names = [source.name for source in starter()]
    assert sum(bool(re.search("[一-鿿]", name)) for name in names) > 0.97 * len(names)
