import pytest

from jingyu.pipeline.page.mask.masking import mask


@pytest.mark.parametrize(
    "number",
    [
        "110101199003077715",
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110101 19900307 7715",
    ],
)
def test_resident_ids_are_masked_without_context(number: str) -> None:
    assert mask(f"号码{number}。").text == "号码[身份证号]。"


@pytest.mark.parametrize(
    "number",
    [
        "110101199003077710",  # check digit
        "170101199003077716",  # area
        "110101199002307718",  # 30 February
    ],
)
def test_doubtful_resident_ids_are_masked_after_a_word_only(number: str) -> None:
    assert mask(number).text == number
    assert mask(f"身份证号：{number}").text == "身份证号：[身份证号]"


def test_births_count_within_fixed_days() -> None:
    first, last = "110101188001010011", "110101203512310019"
    before, after = "110101187912310010", "110101203601010018"

    assert mask(f"{first}，{last}").counts["resident_id"] == 2
    assert mask(f"{before}，{after}").counts["resident_id"] == 0


def test_old_resident_ids_are_masked_after_a_word_only() -> None:
    assert mask("110101900307771").text == "110101900307771"
    assert mask("身份证110101900307771").text == "身份证[身份证号]"
    assert mask("身份证110101901307771").text == "身份证110101901307771"


@pytest.mark.parametrize(
    "text",
    [
        "91110000600037341L",
        "91350211M000100Y43",
        "911101199001010293",  # would be the resident ID of a foreigner
        "统一社会信用代码：511101199001011590",  # would be a resident ID
        "身份证或信用代码91110000600037341L",
    ],
)
def test_credit_codes_stay(text: str) -> None:
    assert mask(text).text == text


def test_a_resident_id_that_also_passes_as_a_credit_code_is_masked() -> None:
    assert mask("511101199001011590").text == "[身份证号]"


@pytest.mark.parametrize(
    "number",
    [
        "一一〇一〇一一九九〇〇三〇七七七一五",
        "①①⓪①⓪①①⑨⑨⓪⓪③⓪⑦⑦⑦①⑤",
        "110101.19900307.7715",
        "1-1-0-1-0-5-1-9-4-9-1-2-3-1-0-0-2-X",
        "110101 1990 0307 7715",
    ],
)
def test_obfuscated_resident_ids_are_masked(number: str) -> None:
    assert mask(f"号码{number}。").text == "号码[身份证号]。"


def test_cards_of_foreigners_have_a_type_of_their_own() -> None:
    assert mask("永居证911124198108030024").text == "永居证[外国人永居证号]"
    assert mask("911124198108030024").text == "[外国人永居证号]"
    assert mask("永久居留身份证：USA310085010112").text == "永久居留身份证：[外国人永居证号]"


def test_residence_permits_of_hong_kong_macau_and_taiwan_are_resident_ids() -> None:
    assert mask("810000199003077719").text == "[身份证号]"
