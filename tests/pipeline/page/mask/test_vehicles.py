import pytest

from jingyu.pipeline.page.mask.masking import mask
from jingyu.pipeline.page.mask.vehicles import may_hold_vins


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("京A·12345停在路口", "[车牌号]停在路口"),
        ("沪AD12345", "[车牌号]"),
        ("粤B·12345F", "[车牌号]"),
        ("浙A 1B23C", "[车牌号]"),
        ("粤Z·1234港", "[车牌号]"),
        ("鲁H1234挂", "[车牌号]"),
        ("京Ａ１２３４５", "[车牌号]"),
        ("车牌新A12345", "车牌[车牌号]"),
        ("新A·12345", "[车牌号]"),
    ],
)
def test_plates_are_masked(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    ["新GB18030标准", "京A股12345", "京I12345", "京A123", "京AABCDE", "川航3U8633", "京A1234567"],
)
def test_what_is_no_plate_stays(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("LSVAM4187C2184847", "[车架号]"),
        ("车架号：1M8GDM9AXKP042788", "车架号：[车架号]"),
        ("1M8GDM9AXKP042788", None),
        ("LSVAM4188C2184847", None),
        ("XLSVAM4187C2184847", None),
        ("11111111111111111", None),
    ],
)
def test_vehicle_identification_numbers_are_checked(text: str, masked: str | None) -> None:
    assert mask(text).text == (masked or text)


@pytest.mark.parametrize(
    ("ascii_only", "expected"),
    [
        (b"", False),
        (b"LSVAM4187C218484", False),
        (b"LSVAM4187C2184847", True),
        (b"no. lsvam4187c2184847!", True),
        (b"LSVAM4187-2184847", False),
        (b"LSVAMI187C2184847", False),  # of letters I, O and Q have no value
    ],
)
def test_seventeen_characters_in_a_row_may_be_of_a_vehicle(
    ascii_only: bytes, *, expected: bool
) -> None:
    assert may_hold_vins(ascii_only) is expected
