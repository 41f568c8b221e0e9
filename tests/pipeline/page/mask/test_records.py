import pytest

from jingyu.pipeline.page.mask.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("护照号码：E12345678", "护照号码：[护照号]"),
        ("护照EA1234567", "护照[护照号]"),
        ("护照号：E 1234 5678", "护照号：[护照号]"),
        ("持E12345678号护照", "持[护照号]号护照"),
        ("Passport No. G12345678", "Passport No. [护照号]"),
        ("港澳通行证C12345678", "港澳通行证[通行证号]"),
        ("回乡证 H1234567801", "回乡证 [通行证号]"),
        ("台胞证号码12345678", "台胞证号码[通行证号]"),
        ("外国人居留许可：123456789", "外国人居留许可：[通行证号]"),
        ("社会保障号码：A12345678", "社会保障号码：[社保号]"),
        ("医保卡号123456789", "医保卡号[社保号]"),
        ("社保号：110101199003077715", "社保号：[身份证号]"),
        ("住院号：ZY00123456", "住院号：[病历号]"),
        ("病历号码 1234567", "病历号码 [病历号]"),
    ],
)
def test_numbers_of_documents_and_records_are_masked(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "E12345678",
        "护照办理需2023年",
        "护照：E1234",
        "社保缴费12345元",
        "病历共1234页",
        "通行证2023",
    ],
)
def test_what_has_no_label_or_another_form_stays(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("A123456(3)", "[港澳台身份证号]"),
        ("身份证A123456（3）", "身份证[港澳台身份证号]"),
        ("身份证A1234563", "身份证[港澳台身份证号]"),
        ("A1234563", None),
        ("A123456(4)", None),
        ("身分證字號A123456789", "身分證字號[港澳台身份证号]"),
        ("身分證字號A123456788", None),
        ("A123456789", None),
        ("澳门居民身份证1234567(8)", "澳门居民身份证[港澳台身份证号]"),
        ("1234567(8)", None),
    ],
)
def test_identity_numbers_of_the_regions_are_checked(text: str, masked: str | None) -> None:
    assert mask(text).text == (masked or text)
