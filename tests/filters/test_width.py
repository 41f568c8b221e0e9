"""When a pass over the crawl let in all that another run wants."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.language.settings import Gate, LanguageSection
from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.address import host_of
from jingyu.filters.source.admission import SourceAdmission
from jingyu.filters.source.settings import SourceRegister, Sources
from jingyu.filters.source.source import TIERS
from jingyu.filters.width import Width

NOBODY_REGISTERED = SourceRegister()


def width(
    allow: tuple[str, ...] = (),
    block: tuple[str, ...] = (),
    register: SourceRegister = NOBODY_REGISTERED,
    gate: Gate | None = None,
    keep: tuple[str, ...] = ("zh",),
) -> Width:
    sources = Sources(allow=allow, block=block)
    return Width.of(sources, register, gate or Gate(), LanguageSection(keep=keep))


def test_a_width_lacks_nothing_of_itself() -> None:
    one = width(("a.cn",), ("full:b.cn", "c.cn/x/"), gate=Gate(min_han_count=9), keep=("zh", "yue"))

    assert one.lacks(one) == []


@pytest.mark.parametrize(
    ("passed", "wanted", "is_covered"),
    [
        ((), (), True),
        ((), ("a.cn",), True),
        (("a.cn",), (), False),
        (("a.cn",), ("a.cn",), True),
        (("a.cn",), ("b.cn",), False),
        (("a.cn", "b.cn"), ("b.cn",), True),
        (("b.cn",), ("a.cn", "b.cn"), False),
        (("a.cn",), ("www.a.cn",), True),
        (("www.a.cn",), ("a.cn",), False),
        (("a.cn",), ("ba.cn",), False),
        (("a.cn",), ("full:a.cn",), True),
        (("a.cn",), ("full:www.a.cn",), True),
        (("full:a.cn",), ("a.cn",), False),
        (("full:a.cn",), ("full:a.cn",), True),
        (("full:a.cn",), ("full:www.a.cn",), False),
        (("a.cn",), ("www.a.cn/news/",), True),
        (("full:www.a.cn",), ("www.a.cn/news/",), True),
        (("www.a.cn/news/",), ("www.a.cn/news/2025/",), True),
        (("www.a.cn/news/2025/",), ("www.a.cn/news/",), False),
        (("www.a.cn/news/",), ("full:www.a.cn",), False),
        (("www.a.cn/news/",), ("a.cn/news/",), False),
    ],
)
def test_a_pass_covers_an_allow_list_if_each_entry_of_it_is_on_its_own(
    passed: tuple[str, ...], wanted: tuple[str, ...], *, is_covered: bool
) -> None:
    assert (width(allow=passed).lacks(width(allow=wanted)) == []) is is_covered


@pytest.mark.parametrize(
    ("passed", "wanted", "is_covered"),
    [
        ((), ("a.cn",), True),
        (("a.cn",), (), False),
        (("a.cn",), ("a.cn", "b.cn"), True),
        (("a.cn", "b.cn"), ("a.cn",), False),
        (("www.a.cn",), ("a.cn",), True),
        (("a.cn",), ("www.a.cn",), False),
        (("full:a.cn",), ("a.cn",), True),
        (("a.cn",), ("full:a.cn",), False),
        (("www.a.cn/news/",), ("a.cn",), True),
        (("www.a.cn/news/",), ("www.a.cn/n",), True),
        (("www.a.cn/n",), ("www.a.cn/news/",), False),
    ],
)
def test_a_pass_covers_a_block_list_if_each_entry_of_its_own_is_on_that(
    passed: tuple[str, ...], wanted: tuple[str, ...], *, is_covered: bool
) -> None:
    assert (width(block=passed).lacks(width(block=wanted)) == []) is is_covered


def test_the_form_and_the_place_of_entries_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "sites.txt"
    path.write_text("b.cn # two\nhttp://www.c.cn/x/\n", encoding="utf-8")
    listed = Sources(block=("*.A.cn",), block_lists=(path,))

    found = Width.of(listed, NOBODY_REGISTERED, Gate(), LanguageSection())

    assert found == width(block=("www.c.cn/x/", "a.cn", "b.cn"))


def test_an_entry_that_is_none_is_an_error() -> None:
    with pytest.raises(ConfigError, match="is no host"):
        width(block=("a b",))


def register(**modes: Any) -> SourceRegister:
    return SourceRegister.model_validate({"files": ["builtin"], **modes})


@pytest.mark.parametrize(
    ("passed", "wanted", "is_covered"),
    [
        ({}, {"only_registered": True}, True),
        ({"only_registered": True}, {}, False),
        ({}, {"min_tier": "general"}, True),
        ({"min_tier": "general"}, {}, False),
        ({"min_tier": "general"}, {"min_tier": "official"}, True),
        ({"min_tier": "official"}, {"min_tier": "general"}, False),
        ({"min_tier": "general"}, {"min_tier": "official", "only_registered": True}, True),
        ({"min_tier": "general", "only_registered": True}, {"min_tier": "official"}, False),
    ],
)
def test_a_pass_covers_what_a_stricter_register_lets_in(
    passed: dict[str, Any], wanted: dict[str, Any], *, is_covered: bool
) -> None:
    lacking = width(register=register(**passed)).lacks(width(register=register(**wanted)))

    assert lacking == ([] if is_covered else ["sources"])


def test_a_pass_covers_a_stricter_gate_and_fewer_languages() -> None:
    wide = width(gate=Gate(min_han_count=10), keep=("zh", "yue"))
    narrow = width(gate=Gate(min_han_count=20), keep=("yue",))

    assert wide.lacks(narrow) == []
    assert narrow.lacks(wide) == ["gate", "language"]


def test_every_section_by_which_a_run_is_wider_is_named() -> None:
    narrow, wide = width(block=("a.cn",)), width(gate=Gate(min_han_count=1), keep=("zh", "en"))

    assert narrow.lacks(wide) == ["sources", "gate", "language"]


def test_a_width_is_read_back_from_its_json() -> None:
    one = width(
        ("a.cn", "b.cn/x"), ("full:c.cn",), register(min_tier="general"), keep=("zh", "yue")
    )

    assert Width.model_validate_json(one.model_dump_json()) == one


REGISTER = "defaults: {category: portal}\nsources:\n" + "".join(
    f"  - {{match: {host}, name: {host}, tier: {tier}}}\n"
    for host, tier in zip(("a.cn", "b.a.cn", "full:c.cn", "c.cn/x/", "d.cn"), TIERS, strict=True)
)
HOSTS = ("a.cn", "b.a.cn", "x.b.a.cn", "ba.cn", "c.cn", "x.c.cn", "d.cn", "e.cn")
URLS = [f"http://{host}{path}" for host, path in product(HOSTS, ("/", "/x", "/x/", "/x/y", "/z"))]
entries = st.builds(
    "".join,
    st.tuples(st.sampled_from(["", "full:"]), st.sampled_from(HOSTS))
    | st.tuples(st.sampled_from(HOSTS), st.sampled_from(["/x", "/x/", "/x/y"])),
)
lists = st.lists(entries, max_size=3).map(tuple)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("register") / "register.yaml"
    path.write_text(REGISTER, encoding="utf-8")
    return path


@given(
    allow=st.tuples(lists, lists),
    block=st.tuples(lists, lists),
    only_registered=st.tuples(st.booleans(), st.booleans()),
    min_tier=st.tuples(*[st.sampled_from([None, *TIERS])] * 2),
)
def test_what_lacks_nothing_of_another_width_lets_in_every_address_that_the_other_does(
    allow: tuple[tuple[str, ...], tuple[str, ...]],
    block: tuple[tuple[str, ...], tuple[str, ...]],
    only_registered: tuple[bool, bool],
    min_tier: tuple[Any, Any],
    file: Path,
) -> None:
    registers = [
        SourceRegister(files=(file,), only_registered=only, min_tier=tier)
        for only, tier in zip(only_registered, min_tier, strict=True)
    ]
    one, other = (width(allow[n], block[n], registers[n]) for n in (0, 1))
    lets_in, wanted = (
        SourceAdmission.of(Sources(allow=allow[n], block=block[n]), registers[n]) for n in (0, 1)
    )

    if "sources" not in one.lacks(other):
        for url in URLS:
            if wanted.decide(url, host_of(url)) is None:
                assert lets_in.decide(url, host_of(url)) is None, url
