import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.source.filing import NONE, PROVINCES, is_plausible
from jingyu.filters.source.filing_numbers import filing_numbers

FORMS = {
    "京ICP备12345678号-1": "京ICP备12345678号-1",
    "京ICP备12345678号": "京ICP备12345678号",
    "京ICP备12345678": "京ICP备12345678号",
    "京ICP备2021012345号": "京ICP备2021012345号",
    "渝ICP备18016573号-4": "渝ICP备18016573号-4",
    "苏ICP备05000000号": "苏ICP备05000000号",
    "琼ICP备05000001号-1A": "琼ICP备05000001号-1A",
    "新ICP备2022000123号-2X": "新ICP备2022000123号-2X",
    "新ICP备2022000123号-2x": "新ICP备2022000123号-2X",
    "粤icp备12345678号": "粤ICP备12345678号",
    "粤Icp备12345678号": "粤ICP备12345678号",
    "京ICP备05032222-1号": "京ICP备05032222号-1",
    "粤ICP备05070829-1": "粤ICP备05070829号-1",
    "科技创新 京 ICP备12345678号": "京ICP备12345678号",
    "京ICP备12345678号-3Copyright": "京ICP备12345678号-3",
    "京ICP备12345678号-3Author": "京ICP备12345678号-3",
    "京ICP备12345678号-3.": "京ICP备12345678号-3",
    "冀ICP备：11021833号-2": "冀ICP备11021833号-2",
    "ICP备案编号：京ICP备13026484": "京ICP备13026484号",
    "京 ICP 备 13052560 号 - 1": "京ICP备13052560号-1",
    "京ＩＣＰ备１２３４５６７８号－１": "京ICP备12345678号-1",
    "京ICP备1234 5678号": "京ICP备12345678号",
    "有限公司渝ICP备18016573号—4": "渝ICP备18016573号-4",
    "京|ICP备11020872号－17": "京ICP备11020872号-17",
    "(京)ICP备05000001号": "京ICP备05000001号",
    "（浙）ICP备05000001号": "浙ICP备05000001号",
    "ICP备(浙)字第05000001号": "浙ICP备05000001号",
    "(浙)字ICP备05000001号": "浙ICP备05000001号",
    "蘇ICP備13036349號-1": "苏ICP备13036349号-1",
    "京<em>ICP</em>备<em>11009265</em>号": "京ICP备11009265号",
    "&#x4EAC;ICP&#x5907;14027177&#x53F7;-1": "京ICP备14027177号-1",
    "京ICP备&nbsp;14027177号": "京ICP备14027177号",
    r"\u4eacICP\u590714027177\u53f7-1": "京ICP备14027177号-1",
    "?no=%E4%BA%ACICP%E5%A4%8714027177%E5%8F%B7": "京ICP备14027177号",
    '<a title="闽ICP备08003123号-2 ">备案</a>': "闽ICP备08003123号-2",
    '{"title":"京ICP证030609号"}': "京ICP证030609号",
    "京ICP证030173号": "京ICP证030173号",
    "京icp证030173号": "京ICP证030173号",
    "京ICP证：<em>080527</em>号": "京ICP证080527号",
    "京 ICP 证 110745 号": "京ICP证110745号",
    "ICP证(沪)字第020552号": "沪ICP证020552号",
    "粤B2-20090059": "粤B2-20090059",
    "粤Ｂ２－20090059 增值电信业务经营许可证:粤Ｂ２－20090059": "粤B2-20090059",
    "ICP证：桂B2-20040022-5": "桂B2-20040022-5",
    "京ICP证B2-20050132号": "京B2-20050132",
    "增值电信业务经营许可证B2-20140447": "B2-20140447",
    "增值电信业务经营许可证：合字B2-20210330": "合字B2-20210330",
    "经营许可证编号：A2.B1.B2-20100001": "A2.B1.B2-20100001",
}
SECURITY = {
    "京公网安备 11010102000001号": "京公网安备11010102000001号",
    "京公网安备11010802012345": "京公网安备11010802012345号",
    "京公网安备<br/>11000002000017": "京公网安备11000002000017号",
    "京\n          公网安备\t11010202000010  ": "京公网安备11010202000010号",
    '京公网安备1100<span class="ba">00000025号</span>': "京公网安备110000000025号",
    "沪公网安备：31011502015841": "沪公网安备31011502015841号",
    "京公网安备:110402430068号": "京公网安备110402430068号",
    "科技创新 公网安备 31010102003133号": "沪公网安备31010102003133号",
    "公网安备 31010102003133号": "沪公网安备31010102003133号",
    "公安备案号 11010502030143": "京公网安备11010502030143号",
    "网警备案号：45010302000153": "桂公网安备45010302000153号",
    "滬公網安備 31010102003133號": "沪公网安备31010102003133号",
    "粤公网安备４４０３０５０２００４３３０号": "粤公网安备44030502004330号",
    "&#20140;&#20844;&#32593;&#23433;&#22791; 11010102000001&#21495;": "京公网安备11010102000001号",
    "http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=11010802020088": (
        "京公网安备11010802020088号"
    ),
    "https://beian.mps.gov.cn/#/query/webSearch?code=11010802020088": "京公网安备11010802020088号",
}
NOT_NUMBERS = [
    "",
    "第47届ICPC国际大学生程序设计竞赛备战",
    "粤ICP备******号",
    "粤ICP备号 备案查询",
    "豫ICP 579764531号",
    "ICP备案号：12345678",
    "科技创新 ICP备12345678号",
    "科技创新</p><p>ICP备12345678号",
    "科技创新 B2-20090059",
    "京ICP备12345号",
    "京ICP备12345678901号",
    "公网安备 电话 13812345678",
    "冀公网安备 电话 15812345678",
    "京公网安备1101010200",
    "京公网安备31010102000",
    "型号 B2-20090059",
    "GB2-20090059",
    "广播电视节目制作经营许可证（京）字第04005号",
    "京网文[2014]0934-236号",
    "http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=99010802020088",
    "http://beian.example.cn/?code=1",
]


@pytest.mark.parametrize(("markup", "number"), FORMS.items())
def test_every_form_of_a_filing_or_licence_is_found_in_one_form(markup: str, number: str) -> None:
    assert filing_numbers(markup).icp == (number,)
    assert filing_numbers(f"<p>{markup}</p>").icp == (number,)


@pytest.mark.parametrize(("markup", "number"), SECURITY.items())
def test_every_form_of_a_public_security_number_is_found(markup: str, number: str) -> None:
    assert filing_numbers(markup).psb == (number,)
    assert filing_numbers(f"<p>{markup}</p>").psb == (number,)


@pytest.mark.parametrize("markup", NOT_NUMBERS)
def test_what_only_looks_like_a_number_is_none(markup: str) -> None:
    assert filing_numbers(markup) == NONE


@pytest.mark.parametrize("province", PROVINCES)
def test_every_province_is_known(province: str) -> None:
    markup = f"{province}ICP备12345678号 {province}公网安备{PROVINCES[province]}010102000001号"

    found = filing_numbers(markup)

    assert found.icp == (f"{province}ICP备12345678号",)
    assert found.psb == (f"{province}公网安备{PROVINCES[province]}010102000001号",)


def test_several_numbers_are_sorted_and_each_given_once() -> None:
    markup = (
        "京ICP证080047号[京ICP备08010314号-6] 蜀ICP备19002444号 川ICP备19002444号"
        "<a>京ICP备08010314号-6</a> 京公网安备 11000002000006号"
    )

    found = filing_numbers(markup)

    assert found.icp == (
        "京ICP备08010314号-6",
        "京ICP证080047号",
        "川ICP备19002444号",
        "蜀ICP备19002444号",
    )
    assert found.psb == ("京公网安备11000002000006号",)


@pytest.mark.parametrize("after", [" - 2015 版权所有", "-2015", " 2001-2015", "-0755-26000000"])
def test_a_year_or_telephone_after_a_number_is_no_suffix(after: str) -> None:
    assert filing_numbers(f"粤ICP备05018469号{after}").icp == ("粤ICP备05018469号",)


def test_digits_of_two_elements_are_not_made_one_number() -> None:
    assert filing_numbers("<td>京ICP备12345678</td><td>90</td>").icp == ("京ICP备12345678号",)


@pytest.mark.parametrize(
    "filler", [" ", "\n<b>", "京", "京ICP备", "B2-", "公网安备", "1 ", "<", "&#"]
)
def test_hostile_pages_end(filler: str) -> None:
    markup = f"京ICP备{filler * 20_000}沪ICP备12345678号"

    assert "沪ICP备12345678号" in filing_numbers(markup).icp


@pytest.mark.parametrize("distance", [0, 90, 100_000])
def test_numbers_far_apart_and_close_by_are_all_found(distance: int) -> None:
    markup = "京ICP备12345678号" + "文" * distance + "沪ICP备12345678号"

    assert filing_numbers(markup).icp == ("京ICP备12345678号", "沪ICP备12345678号")


@pytest.mark.parametrize(
    ("number", "is_given"),
    [
        ("京ICP备05000001号", True),
        ("京ICP备26000001号-1", True),
        ("京ICP备27000001号", False),
        ("京ICP备88888888号", False),
        ("京ICP备2026012345号", True),
        ("京ICP备2027012345号", False),
        ("京ICP备2013012345号", True),
        ("京ICP备2012012345号", False),
        ("沪ICP备150054215号", False),
        ("京ICP备020552号", True),
        ("京ICP备0505521号", True),
        ("渝ICP备1710644号-1", False),
        ("京ICP备050005210号", False),
        ("京ICP证000007号", True),
        ("京ICP证000000号", False),
        ("粤B2-20090059", True),
        ("B2-20270059", False),
        ("A2.B1-19990001-3", False),
        ("A2.B1-20000001-3", True),
        ("京公网安备11010102000001号", True),
        ("京公网安备110108007970号", True),
        ("京公网安备31010102000001号", False),
        ("蜀公网安备51010102000001号", True),
    ],
)
def test_a_number_is_plausible_if_year_and_length_are(number: str, *, is_given: bool) -> None:
    assert is_plausible(number) is is_given


def test_a_number_of_a_later_year_than_the_capture_is_not_plausible() -> None:
    assert is_plausible("京ICP备2020012345号", latest_year=2020)
    assert not is_plausible("京ICP备2020012345号", latest_year=2019)


pieces = st.sampled_from(["京", "浙", "ICP", "icp", "备", "证", "号", "公网安备", "B2-", "-1", "A"])
pieces |= st.sampled_from(["2009", "12345678", "11010102000001", " ", "<b>", "</b>", "&nbsp;"])
pieces |= st.sampled_from(["&#", "\\u5907", "%E5", "𠮷", "\ud800", "（"])
texts = st.lists(pieces | st.text(max_size=3), max_size=20).map("".join)


@settings(max_examples=200)
@given(markup=texts)
def test_no_digits_are_invented(markup: str) -> None:
    found = filing_numbers(markup)

    plain = re.sub(r"<[^<>]*(?:>|$)|\D", "", unicodedata.normalize("NFKC", markup))
    attributes = re.sub(r"\D", "", unicodedata.normalize("NFKC", markup))
    for number in (*found.icp, *found.psb):
        digits = re.sub(r"ICP|[AB][1-9]", "", number)
        assert max(re.findall("[0-9]+", digits), key=len) in plain + " " + attributes
        is_plausible(number)


@settings(max_examples=100)
@given(
    before=st.text("文公司，。 ", max_size=5),
    province=st.sampled_from(sorted(PROVINCES)),
    digits=st.from_regex("[0-2][0-9]{7}", fullmatch=True),
    site=st.integers(1, 99),
    after=st.sampled_from(["", " ", "</a>", "。", "|", "版权所有"]),
)
def test_a_number_in_its_own_form_is_found_as_it_is(
    before: str, province: str, digits: str, site: int, after: str
) -> None:
    number = f"{province}ICP备{digits}号-{site}"

    assert filing_numbers(before + number + after).icp == (number,)
