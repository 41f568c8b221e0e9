import pytest

from jingyu.pipeline.page.mask.masking import mask
from jingyu.pipeline.page.mask.secrets import may_hold_keys

BODY = "Ab1" * 12


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("密码：Abc@123", "密码：[密码]"),
        ("wifi密码是66778899。", "wifi密码是[密码]。"),
        ("密码abc123", "密码[密码]"),
        ("口令：qwerty", "口令：[密码]"),
        ("password: Abc@1234", "password: [密码]"),
        ('"password": "x9k2m4"', '"password": "[密码]"'),
        ("pwd=x9k2m4", "pwd=[密码]"),
        ("密码：８８９９００", "密码：[密码]"),
    ],
)
def test_passwords_are_masked(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "忘记密码请点击找回",
        "密码：******",
        "密码必须包含8位",
        "密码为 'infected'",
        "解压密码：abc123",
        "链接：pan.example.com/s/1ab 密码：nbrm",
        "password: required",
        "password = getpass()",
        "db_password=xxxx",
        "提取码：abcd",
    ],
)
def test_what_is_no_password_or_everybodys_stays(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    "key",
    [
        f"sk-{BODY}",
        "AKIAIOSFODNN7EXAMPLE",
        f"ghp_{BODY}",
        f"eyJ{BODY}.eyJ{BODY}.{BODY}",
        f"-----BEGIN RSA PRIVATE KEY-----\n{BODY}\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
    ],
)
def test_keys_of_known_forms_are_masked(key: str) -> None:
    assert mask(f"用{key}，").text == "用[密钥]，"


def test_other_keys_need_a_label_sixteen_characters_letters_and_digits() -> None:
    assert mask("api_key = 'abcd1234efgh5678'").text == "api_key = '[密钥]'"
    assert mask("appsecret：abcd1234efgh5678").text == "appsecret：[密钥]"
    assert mask("api_key = 'abcd1234efgh567'").text == "api_key = 'abcd1234efgh567'"
    assert mask("token = abcdefghijklmnopqrst").text == "token = abcdefghijklmnopqrst"
    assert mask("abcd1234efgh5678").text == "abcd1234efgh5678"
    assert mask(f"task-{BODY}").text == f"task-{BODY}"


@pytest.mark.parametrize(
    "beginning",
    [
        *("sk-", "AKI", "ASIA", "AIza", "LTAI", "ghp_", "gho_", "ghs_", "ghu_", "ghr_"),
        *("github_pat_", "glpat-", "xoxa-", "xoxb-", "xoxp-", "xoxr-", "xoxs-", "hf_", "npm_"),
        *("pypi-", "rk_live_", "sk_test_", "SG.", "eyJ"),
    ],
)
def test_a_long_word_with_the_beginning_of_a_key_may_be_one(beginning: str) -> None:
    body = "0" * (15 - len(beginning))

    assert may_hold_keys(f"a {beginning}{body} b".encode())
    assert not may_hold_keys(f"a {beginning}{body[1:]} b".encode())
    assert not may_hold_keys(f"a {beginning[1:]}{body} b {'0' * 15}".encode())


def test_the_name_of_a_private_key_is_enough() -> None:
    assert may_hold_keys(b"PRIVATE KEY")
    assert not may_hold_keys(b"")
