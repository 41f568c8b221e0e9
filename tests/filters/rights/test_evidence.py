from typing import get_args

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from jingyu.filters.rights.evidence import rights_of
from jingyu.filters.rights.exclusion import EVIDENCE, exclusion, grounds
from jingyu.filters.rights.rights import Rights
from jingyu.filters.rights.settings import Excluding
from jingyu.filters.rights.settings import Rights as Settings
from jingyu.filters.rights.statement import Statement, Uses
from jingyu.schemas.rights import RIGHTS


def test_a_page_shows_all_that_it_says() -> None:
    markup = """<html><head><meta name="robots" content="noarchive">
        <link rel="license" href="https://creativecommons.org/licenses/by-nc/4.0/"></head>
        <body>正文<p>登录后查看全文</p><footer>版权所有 未经授权禁止转载</footer></body></html>"""

    assert rights_of({"tdm-reservation": "1"}, markup, "正文") == Rights(
        robots_meta="noarchive",
        noarchive=True,
        tdm_reservation=True,
        license="CC-BY-NC-4.0",
        license_evidence="link",
        licenses=("CC-BY-NC-4.0",),
        reservations=("copyright_claimed", "no_reprint"),
        paywall="locked",
        paywall_evidence="login",
        ai_train="reserved",
        ai_train_rule="header: tdm-reservation: 1",
        statements=(
            Statement(
                "tdmrep",
                "header",
                "tdm-reservation: 1",
                Uses(train="reserved", other="reserved"),
            ),
        ),
    )


def test_text_is_read_where_there_is_no_markup() -> None:
    assert rights_of({}, "", "谢绝转载") == Rights(reservations=("no_reprint",))
    assert rights_of({}, "<p>正文</p>", "谢绝转载") == Rights()


@settings(max_examples=50)
@given(markup=st.text(), text=st.text(), headers=st.dictionaries(st.text(), st.text()))
def test_the_rights_of_any_page_are_a_row_of_the_schema(
    markup: str, text: str, headers: dict[str, str]
) -> None:
    rights = rights_of(headers, markup, text)._asdict()

    assert list(rights) == RIGHTS.names
    rights["statements"] = [each.columns() for each in rights["statements"]]
    pa.RecordBatch.from_pylist([rights], schema=RIGHTS).validate(full=True)


def test_every_column_is_described() -> None:
    assert all(field.metadata[b"description"].endswith(b".") for field in RIGHTS)


def test_by_default_nothing_excludes() -> None:
    everything = Rights("disallowed", noai=True, noindex=True, paywall="locked")

    assert exclusion(everything, Settings()) is None


@pytest.mark.parametrize(
    ("name", "rights"),
    [
        ("robots_disallowed", Rights("disallowed")),
        ("noindex", Rights(noindex=True)),
        ("noai", Rights(noai=True)),
        ("tdm_reservation", Rights(tdm_reservation=True)),
        ("no_reprint", Rights(reservations=("no_reprint",))),
        ("no_ai_training", Rights(reservations=("no_ai_training", "no_reprint"))),
        ("license_non_commercial", Rights(licenses=("CC-BY-NC-4.0",))),
        ("license_no_derivatives", Rights(licenses=("CC-BY-ND-4.0",))),
        ("paywall_metered", Rights(paywall="metered")),
        ("paywall_locked", Rights(paywall="locked")),
    ],
)
def test_evidence_excludes_if_the_config_says_so(name: str, rights: Rights) -> None:
    settings = Settings.model_validate({"exclude": [name], "robots": ["robots.warc.gz"]})

    assert exclusion(rights, settings) == name
    assert exclusion(Rights("allowed", tdm_reservation=False), settings) is None


def test_the_first_that_the_config_names_is_the_reason() -> None:
    rights = Rights(noai=True, noindex=True)

    assert exclusion(rights, Settings(exclude=("noindex", "noai"))) == "noindex"
    assert exclusion(rights, Settings(exclude=("noai", "noindex"))) == "noai"


def test_the_config_can_name_all_evidence_and_no_other() -> None:
    assert set(get_args(Excluding)) == set(EVIDENCE)


@pytest.mark.parametrize(
    "section",
    [
        {"exclude": ["noindex", "noindex"]},
        {"exclude": ["unknown"]},
        {"exclude": "lenient"},
        {"agents": []},
    ],
)
def test_a_section_that_cannot_be_meant_is_refused(section: dict[str, list[str]]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(section)


def test_recipes_stand_for_lists_of_evidence() -> None:
    strict = Settings.model_validate({"exclude": "strict", "robots": ["robots"]})
    permissive = Settings.model_validate({"exclude": "permissive"})

    assert permissive.exclude == ("ai_train_reserved",)
    assert set(permissive.exclude) < set(strict.exclude)
    assert exclusion(Rights(ai_train="reserved"), permissive) == "ai_train_reserved"
    assert exclusion(Rights(ai_agents_disallowed=("gptbot",)), strict) == "ai_agents_disallowed"


def test_editors_are_told_of_recipes() -> None:
    listed, named = Settings.model_json_schema()["properties"]["exclude"]["anyOf"]

    assert listed["type"] == "array"
    assert named["enum"] == ["permissive", "strict"]


def test_an_exclusion_has_its_rule_as_its_ground() -> None:
    rights = Rights(robots_txt_rule="a", ai_train_rule="b", ai_agents_disallowed=("c", "d"))

    names = ("robots_disallowed", "ai_train_reserved", "ai_agents_disallowed", "noai")
    assert [grounds(rights, name) for name in names] == ["a", "b", "c, d", None]
