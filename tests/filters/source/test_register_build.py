"""The shipped register is built from its inputs, and contradictions are refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.register_build import build, compiled, institutions
from jingyu.filters.source.register_files import builtin_path, load_sources
from jingyu.filters.source.source import Source

ROR, TOOLS = "ror-community/ror-records@abc:*.json", "v2fly/domain-list-community@def:data/x"


def candidate(host: str, **more: Any) -> dict[str, Any]:
    base = {"name": "某某大学", "host": host, "category": "education", "confidence": "A"}
    return base | {"sources": [ROR]} | more


@pytest.mark.parametrize(
    ("more", "enters"),
    [
        ({}, True),
        ({"confidence": "B"}, True),
        ({"confidence": "B", "sources": [TOOLS]}, False),
        ({"confidence": "C"}, False),
        ({"name": "Some University"}, False),
        ({"host": "english.a.edu.cn"}, False),
        ({"host": "mail.a.edu.cn"}, False),
        ({"host": "stu.a.edu.cn"}, False),
        ({"host": "stud.a.edu.cn"}, True),
        ({"name": "某某国家重点实验室"}, False),
        ({"name": "某某全国重点实验室"}, True),
        ({"name": "某某研究院备案"}, False),
        ({"name": "某某研究所创建于"}, False),
        ({"name": "版权所有 某某医院"}, False),
        ({"name": "某某成人学院"}, True),
        ({"category": "other"}, False),
        ({"host": "known.cn"}, False),
    ],
)
def test_what_is_vouched_for_enters(more: dict[str, Any], *, enters: bool) -> None:
    by_hand = Source(match="full:known.cn", name="某", category="x", tier="general")

    entered, refused = institutions([candidate("a.edu.cn") | more], [by_hand])

    assert (bool(entered), refused) == (enters, [])


def test_an_entry_names_the_lists_that_it_is_from() -> None:
    ((entry,), _) = institutions([candidate("a.edu.cn", sources=[ROR, TOOLS])], [])

    assert entry.stated_by == "ror-community/ror-records@abc v2fly/domain-list-community@def"
    assert (entry.tier, entry.origin) == ("institutional", "mainland")


def test_contradictions_are_refused() -> None:
    twice = [candidate("a.edu.cn"), candidate("a.edu.cn", name="另一大学")]

    others = [candidate("a.github.io"), candidate("xx.admissions.cn")]
    entered, refused = institutions([*twice, *others], [])

    assert entered == []
    assert refused == [
        "a.edu.cn: has two names: 另一大学, 某某大学",
        "a.github.io: is a platform",
        "xx.admissions.cn: is a platform",
    ]
    source = Source(match="a.cn", name="某", category="x", tier="general")
    with pytest.raises(ConfigError, match=r"`a\.cn` stands in two inputs"):
        compiled([source, source])


def test_the_shipped_register_is_what_its_inputs_make(tmp_path: Path) -> None:
    folder = builtin_path().parent
    for name in ("sources.yaml", "looked_up.csv", "institutions.csv", "lookups.csv"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())

    list(build(tmp_path))

    shipped = (folder / "register.csv").read_bytes()
    assert (tmp_path / "register.csv").read_bytes() == shipped
    sources = load_sources(folder / "institutions.csv")
    assert all("@" in source.stated_by and source.stated_on for source in sources)
    written = load_sources(folder / "looked_up.csv")
    assert all(source.stated_by.startswith("memory confirmed by ") for source in written)


def test_what_look_ups_found_wrong_does_not_enter_again(tmp_path: Path) -> None:
    for name in ("sources.yaml", "looked_up.csv"):
        (tmp_path / name).write_bytes((builtin_path().parent / name).read_bytes())
    (tmp_path / "lookups.csv").write_text(
        "match,name,found_in,looked_up_on,verdict,draw,stratum\n"
        "old.edu.cn,今名大学,某表@1,2026-11-28,name,,\n"
        "gone.com,,,2026-11-28,unconfirmed,,\n",
        encoding="utf-8",
    )
    path = tmp_path / "candidates.jsonl"
    told = [candidate("old.edu.cn", name="旧名学院"), candidate("gone.com")]
    path.write_text("".join(f"{json.dumps(each)}\n" for each in told), encoding="utf-8")

    list(build(tmp_path, path))

    (entry,) = load_sources(tmp_path / "institutions.csv")
    assert (entry.match, entry.name) == ("old.edu.cn", "今名大学")
