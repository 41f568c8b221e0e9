import pytest

from jingyu.pipeline.page.mask.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("家庭电话：0571-87654321", "家庭电话：[座机号]"),
        ("电话010-88881234", "电话[座机号]"),
        ("（010）62345678", "[座机号]"),
        ("(0759) 3345678", "[座机号]"),
        ("010-8765-4321", "[座机号]"),
        ("0571 8765 4321", "[座机号]"),
        ("+86-571-87654321", "[座机号]"),
        ("0571-87654321-801", "[座机号]"),
        ("(010)62345678-801", "[座机号]-801"),
        ("宅电01062345678", "宅电[座机号]"),
        ("家里座机87654321", "家里座机[座机号]"),
        ("本人电话：87654321、86543210", "本人电话：[座机号]、[座机号]"),
        ("找我〇一〇-六二三四五六七八", "找我[座机号]"),
    ],
)
def test_landlines_of_people_are_masked(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "市教育局监督电话：0571-87654321",
        "0571-87654321（区人民政府办公室）",
        "咨询热线010-62345678",
        "公示期三天。\n联系电话：0851-23130060",
        "客服电话：4001234567",
        "拨打95588",
        "电话：400-123-4567",
        "01062345678",
        "圆周率0571.87654321",
        "0123-4567890",
        "0571-17654321",
        "人口28765432人",
        "Phone: (888) 509-8442",
        "phone 415-561-6767",
        "Telefon: 0721 608-43313",
        "Telefon: (0721) 608-43313",
        "Helpline 0808 8020 133",
    ],
)
def test_numbers_of_institutions_services_and_other_things_stay(text: str) -> None:
    assert mask(text).text == text


def test_a_word_such_as_home_outweighs_an_institution() -> None:
    assert mask("公司员工家庭电话：0571-87654321").text == "公司员工家庭电话：[座机号]"
    assert mask("公司员工电话：0571-87654321").text == "公司员工电话：0571-87654321"
