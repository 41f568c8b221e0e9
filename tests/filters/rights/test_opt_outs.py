import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.lexicon.literals import Literals
from jingyu.filters.rights.head import LICENSE_CLUES, head_elements
from jingyu.filters.rights.opt_outs import OptOuts, opt_outs


def of_page(markup: str) -> OptOuts:
    return opt_outs({}, head_elements(markup))


def of_header(value: str) -> OptOuts:
    return opt_outs({"x-robots-tag": value}, ())


def test_a_page_that_says_nothing_refuses_nothing() -> None:
    assert of_page("<title>标题</title>") == OptOuts()


@pytest.mark.parametrize(
    "element",
    [
        '<meta name="robots" content="noindex, nofollow">',
        "<META NAME='Robots' CONTENT='NOINDEX,NOFOLLOW'/>",
        "<meta content=nofollow，noindex name=robots>",
        '<meta property="robots" content="nofollow noindex" />',
    ],
)
def test_directives_are_read_in_any_form_and_sorted(element: str) -> None:
    assert of_page(element) == OptOuts("nofollow, noindex", noindex=True, nofollow=True)


def test_none_means_noindex_and_nofollow() -> None:
    assert of_page("<meta name=robots content=none>") == OptOuts(
        "none", noindex=True, nofollow=True
    )


@pytest.mark.parametrize(
    ("directive", "field"),
    [
        ("noarchive", "noarchive"),
        ("nocache", "noarchive"),
        ("nosnippet", "nosnippet"),
        ("noai", "noai"),
        ("noimageai", "noimageai"),
    ],
)
def test_each_directive_has_its_column(directive: str, field: str) -> None:
    found = of_page(f"<meta name=robots content={directive}>")

    assert found.robots_meta == directive
    assert [name for name in OptOuts._fields if getattr(found, name) is True] == [field]


def test_what_is_said_to_one_search_engine_counts() -> None:
    assert of_page("<meta name=Baiduspider content=noindex>") == OptOuts(
        "baiduspider:noindex", noindex=True
    )


@pytest.mark.parametrize("agent", ["GPTBot", "CCBot", "Bytespider"])
def test_a_page_closed_to_a_collector_for_language_models_is_noai(agent: str) -> None:
    assert of_page(f'<meta name="{agent}" content="noindex">') == OptOuts(
        f"{agent.lower()}:noindex", noai=True
    )


def test_what_is_said_to_special_robots_does_not_count() -> None:
    assert of_page("<meta name=googlebot-news content=noindex>") == OptOuts()
    assert of_header("googlebot-news: noindex, nofollow") == OptOuts()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("noindex", OptOuts(x_robots_tag="noindex", noindex=True)),
        ("googlebot: noindex", OptOuts(x_robots_tag="googlebot:noindex", noindex=True)),
        (
            "noai, noimageai",
            OptOuts(x_robots_tag="noai, noimageai", noai=True, noimageai=True),
        ),
        ("max-snippet: 20", OptOuts(x_robots_tag="max-snippet:20")),
        (
            "unavailable_after: 25 Jun 2010 15:00:00 PST",
            OptOuts(x_robots_tag="unavailable_after"),
        ),
        ("13812345678", OptOuts()),
    ],
)
def test_the_header_is_read_with_its_agents(value: str, expected: OptOuts) -> None:
    assert of_header(value) == expected


def test_directives_in_comments_and_in_the_body_do_not_count() -> None:
    element = "<meta name=robots content=noindex>"

    assert of_page(f"<head><!-- {element} --></head>") == OptOuts()
    assert of_page(f"<head></head><body>{element}") == OptOuts()
    assert of_page(f"<head><!-- a -->{element}<!-- b --></head>").noindex


@pytest.mark.parametrize("end", ["</head>", "</HEAD>", "<body>", "<BODY>"])
def test_the_head_ends_where_the_page_says(end: str) -> None:
    element = "<meta name=robots content=noindex>"

    assert of_page(f"{element}{end}") == OptOuts("noindex", noindex=True)
    assert of_page(f"{end}{element}") == OptOuts()


@pytest.mark.parametrize("name", ["name", "NAME", "Property", "itemprop", "rel", "ıtemprop"])
def test_what_names_an_element_is_read_in_any_case(name: str) -> None:
    assert len(head_elements(f"<meta {name}=robots>")) == 1
    assert len(head_elements(f"<meta content=none {name}='robots'>")) == 1
    assert not head_elements(f"<meta data{name}=robots>")


@pytest.mark.parametrize(
    ("markup", "tags"),
    [
        ("<link rel=license></head>", ["link"]),
        ("<link rel=LICENSE></head>", ["link"]),
        ("<link rel=copyright><meta name=license></head>", ["link", "meta"]),
        ("<link rel=copyright></head>", []),
        ("<link rel=copyright></head>license LICENSE", []),
    ],
)
def test_links_are_read_of_a_head_that_speaks_of_licenses(markup: str, tags: list[str]) -> None:
    found = Literals(LICENSE_CLUES).find(markup)

    assert [element.tag for element in head_elements(markup)] == tags
    assert [element.tag for element in head_elements(markup, found)] == tags


@pytest.mark.parametrize(
    ("header", "meta", "reserved"),
    [
        (None, None, None),
        ("1", None, True),
        ("0", None, False),
        (None, "1", True),
        ("0", "1", True),
        ("1", "0", False),
        ("1", "yes", True),
        ("yes", None, None),
    ],
)
def test_what_the_page_says_of_mining_supersedes_its_header(
    header: str | None, meta: str | None, reserved: bool | None
) -> None:
    headers = {"tdm-reservation": header} if header else {}
    markup = f'<meta name="tdm-reservation" content="{meta}">' if meta else ""

    assert opt_outs(headers, head_elements(markup)).tdm_reservation is reserved


def test_the_policy_keeps_its_case() -> None:
    markup = '<meta name="TDM-Policy" content="https://a.cn/Policy?a=1&amp;b=2">'

    assert of_page(markup).tdm_policy == "https://a.cn/Policy?a=1&b=2"


@pytest.mark.parametrize(
    ("usage", "noai"), [("train-ai=n", True), ("search=y, train-ai=n", True), ("train-ai=y", False)]
)
def test_content_usage_can_refuse_training(usage: str, noai: bool) -> None:
    assert opt_outs({"content-usage": usage}, ()).noai is noai


@settings(max_examples=100)
@given(
    header=st.text(),
    markup=st.lists(
        st.sampled_from(
            [*"<>\"'=, :", "<meta ", "name", "content", "robots", "noindex", "<!--", "\ud800", "𠮷"]
        )
    ).map("".join),
)
def test_any_page_and_header_can_be_read(header: str, markup: str) -> None:
    found = opt_outs({"x-robots-tag": header, "tdm-reservation": header}, head_elements(markup))

    assert found.noindex or not found.nofollow or found.robots_meta or found.x_robots_tag
