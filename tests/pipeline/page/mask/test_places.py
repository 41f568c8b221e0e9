import pytest

from jingyu.pipeline.page.mask.masking import mask


@pytest.mark.parametrize(
    "written",
    [
        "30.274085,120.155070",
        "120.15507, 30.27408",
        "北纬30.2740°，东经120.1550°",
        "lat=30.2740&lng=120.1550",
        "30.2740N 120.1550E",
    ],
)
def test_precise_coordinates_are_masked(written: str) -> None:
    assert "[坐标]" in mask(f"在{written}。").text
    assert "30.2" not in mask(f"在{written}。").text


@pytest.mark.parametrize(
    "text",
    [
        "30.2740,120.1550",
        "坐标30.27,120.15",
        "0.12345,0.23456",
        "坐标230.2740,120.1550",
        "3.1415926",
    ],
)
def test_other_pairs_of_decimals_stay(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("家住杭州市西湖区文三路12号3幢2单元501室，", "家住[住址]，"),
        ("住址：北京市海淀区学院路20号院5号楼302", "住址：[住址]"),
        ("家庭住址：学院路二十号院五号楼四〇二室", "家庭住址：[住址]"),
        ("张三，男，住江苏省南京市汉中门大街1号。", "张三，男，住[住址]。"),
        ("现住青山镇王家村3组12号", "现住[住址]"),
        ("家住文三路12号的张三于3月5号来访", "家住[住址]的张三于3月5号来访"),
        ("收件人：张三，地址：文三路12号3幢501室", "收件人：张三，地址：[住址]"),
        ("他住在望京花园205号楼1802室", "他住在[住址]"),
    ],
)
def test_home_addresses_are_masked_to_the_door(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "书店位于文三路12号",
        "地址：北京市中关村大街1号科技大厦3层",
        "家住杭州市西湖区",
        "我们住在酒店8号楼302室",
        "我和他住在一个小区,一栋楼",
        "住院部3号楼302室",
        "联系人：张三\n地址：文三路12号3幢501室",
    ],
)
def test_public_and_vague_addresses_stay(text: str) -> None:
    assert mask(text).text == text
