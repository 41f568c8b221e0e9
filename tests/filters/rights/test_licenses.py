import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.rights.licenses import EVIDENCE, License, licenses
from jingyu.filters.rights.page import page_of

ADDRESS = "https://creativecommons.org/licenses/by-nc-sa/4.0/"


@pytest.mark.parametrize(
    ("markup", "license_"),
    [
        (f'<link rel="license" href="{ADDRESS}">', License("CC-BY-NC-SA-4.0", "link")),
        (f'<a rel="license" href="{ADDRESS}">许可</a>', License("CC-BY-NC-SA-4.0", "rel")),
        (f'<a href="{ADDRESS}" rel="license">许可</a>', License("CC-BY-NC-SA-4.0", "rel")),
        (f'<a href="{ADDRESS}deed.zh">许可</a>', License("CC-BY-NC-SA-4.0", "anchor")),
        (f'<meta name="dc.rights" content="{ADDRESS}">', License("CC-BY-NC-SA-4.0", "meta")),
        (f"<!-- {ADDRESS} -->", License("CC-BY-NC-SA-4.0", "address")),
        (
            '<a href="http://creativecommons.org/publicdomain/zero/1.0/">CC0</a>',
            License("CC0-1.0", "anchor"),
        ),
        (
            '<a href="http://creativecommons.org/publicdomain/mark/1.0/">x</a>',
            License("CC-PDM-1.0", "anchor"),
        ),
        ("本文采用 CC BY-NC-SA 4.0 许可协议", License("CC-BY-NC-SA-4.0", "text")),
        ("遵循 CC 4.0 BY-SA 版权协议", License("CC-BY-SA-4.0", "text")),
        ("采用CC BY协议", License("CC-BY", "text")),
        ("以 CC0 授权发布", License("CC0-1.0", "text")),
        (
            "知识共享 署名-非商业性使用-相同方式共享 4.0 国际许可协议",
            License("CC-BY-NC-SA-4.0", "text"),
        ),
        ("采用知识共享署名-禁止演绎3.0许可协议", License("CC-BY-ND-3.0", "text")),
        ("創用CC 姓名標示-非商業性-相同方式分享 3.0 授權", License("CC-BY-NC-SA-3.0", "text")),
        ("依据 GNU 自由文档许可证发布", License("GFDL", "text")),
        ("under the GNU Free Documentation License", License("GFDL", "text")),
        ("依政府資料開放授權條款釋出", License("OGDL-Taiwan-1.0", "text")),
        ("（此件公开发布）", License("government-open", "text")),
        ("信息公开属性：主动公开", License("government-open", "text")),
        ("（此件主动公开）", License("government-open", "text")),
    ],
)
def test_each_license_is_found_with_its_evidence(markup: str, license_: License) -> None:
    assert licenses(page_of(markup)) == (license_,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "许可协议",
        "CC0-1.0、MPL-1.1、MPL-2.0、Apache-2.0或Artistic許可證",
        "某些 GFDL 协议的文档",
        "知识共享的社区，授权登录",
        "抄送 CC: by Wang 许可",
        "https://creativecommons.org/about 许可",
    ],
)
def test_talk_of_licenses_states_none(text: str) -> None:
    assert licenses(page_of(text)) == ()


def test_of_one_license_the_best_evidence_counts_and_a_version_is_better_than_none() -> None:
    markup = f'本文采用CC BY-NC-SA协议 <a href="{ADDRESS}">x</a> <a rel=license href="{ADDRESS}">'

    assert licenses(page_of(markup)) == (License("CC-BY-NC-SA-4.0", "rel"),)


def test_several_licenses_come_best_attested_first() -> None:
    markup = f'<link rel=license href="{ADDRESS}"></head>采用 CC BY 3.0 协议'

    assert licenses(page_of(markup)) == (
        License("CC-BY-NC-SA-4.0", "link"),
        License("CC-BY-3.0", "text"),
    )


@settings(max_examples=100)
@given(
    page=st.lists(
        st.sampled_from(
            [
                *"<>\"' =-𠮷",
                "CC",
                "BY",
                "NC",
                "4.0",
                "0",
                "署名",
                "知识共享",
                "许可",
                ADDRESS,
                "a href",
                "\ud800",
            ]
        )
    ).map("".join)
)
def test_any_page_has_licenses_of_known_evidence(page: str) -> None:
    found = licenses(page_of(page))

    assert len({one.name for one in found}) == len(found)
    assert {one.evidence for one in found} <= set(EVIDENCE)
