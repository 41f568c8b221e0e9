import pytest

from jingyu.pipeline.page.mask.masking import mask


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
    ("text", "is_masked"),
    [
        ("", False),
        ("LSVAM4187C218484", False),
        ("LSVAM4187C2184847", True),
        ("中LSVAM4187C2184847号", True),
        ("xLSVAM4187C2184847", False),
        ("LSVAM4187C21848470", False),
        ("LSVAM4187-2184847", False),
        ("LSVAMI187C2184847", False),  # of letters I, O and Q have no value
    ],
)
def test_a_vehicle_has_a_word_of_seventeen_characters(text: str, *, is_masked: bool) -> None:
    assert ("[车架号]" in mask(text).text) is is_masked
