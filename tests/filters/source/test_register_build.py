"""The shipped register is built from its inputs, and contradictions are refused."""

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

    entered, refused = institutions([*twice, candidate("a.github.io")], [])

    assert entered == []
    assert refused == ["a.edu.cn: has two names: 另一大学, 某某大学", "a.github.io: is a platform"]
    source = Source(match="a.cn", name="某", category="x", tier="general")
    with pytest.raises(ConfigError, match=r"`a\.cn` stands in two inputs"):
        compiled([source, source])


def test_the_shipped_register_is_what_its_inputs_make(tmp_path: Path) -> None:
    folder = builtin_path().parent
    for name in ("sources.yaml", "institutions.csv"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())

    list(build(tmp_path))

    shipped = (folder / "register.csv").read_bytes()
    assert (tmp_path / "register.csv").read_bytes() == shipped
    sources = load_sources(folder / "institutions.csv")
    assert all("@" in source.stated_by and source.stated_on for source in sources)
