"""Scripts that a page takes from the host of somebody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.lexicon.literals import Literals
from jingyu.filters.source.scripts import LITERALS, script_hosts

SEARCH = Literals(LITERALS)


def hosts(markup: str, host: str | None = "www.a.com.cn") -> list[str]:
    return script_hosts(markup, SEARCH.find(markup), host)


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ('<script src="http://kb.hnci.net.cn/js/kb.js"></script>', ["kb.hnci.net.cn"]),
        ("<SCRIPT type='text/javascript' SRC='//HM.Baidu.com/hm.js?1'>", ["hm.baidu.com"]),
        ("<script async src=https://js.b.cn:8080/x>", ["js.b.cn"]),
        ("<script src = ' //b.cn'>", ["b.cn"]),
        ("<script src='/js/own.js'>", []),
        ("<script src='http://static.a.com.cn/own.js'>", []),
        ("<script src='http://1.2.3.4/x.js'>", []),
        ("<script src='http://localhost/x.js'>", []),
        ("<script>src='//b.cn/x.js'</script>", []),
        ("<script data-src='//b.cn/x.js'>", []),
        ("<scripts src='//b.cn/x.js'>", []),
        ("<script src='//b.cn@evil.cn/x.js'>", []),
        ("<script src='//b.cn", []),
    ],
)
def test_only_the_hosts_of_others_are_told(tag: str, found: list[str]) -> None:
    assert hosts(f"<html>{tag}<p>文") == found


def test_hosts_are_sorted_each_once_and_not_too_many() -> None:
    tags = "".join(f"<script src='//b{number:02}.cn/x.js'>" for number in range(20))

    assert hosts(tags + tags) == [f"b{number:02}.cn" for number in range(16)]


def test_without_a_host_of_its_own_all_are_of_others() -> None:
    assert hosts("<script src='//b.cn/x.js'>", None) == ["b.cn"]


@given(st.text(alphabet="<script scr=/'\"b.cn:?>\n"))
def test_any_page_has_a_list(markup: str) -> None:
    assert all(name == name.lower() for name in hosts(markup))


def test_tags_full_of_spaces_name_nothing_and_take_no_longer_than_others() -> None:
    tag = "<script " * 20 + " src=" + " " * 230 + ">"

    assert hosts(tag * 250) == []
