import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.mask.masking import mask
from jingyu.pipeline.page.mask.secrets import _KEY, keys

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
    ("beginning", "size"),
    [
        *(("sk-", 20), ("sk_live_", 16), ("sk_test_", 16), ("rk_live_", 16), ("rk_test_", 16)),
        *(("AKIA", 16), ("ASIA", 16), ("AKID", 16), ("AIza", 35), ("LTAI", 12)),
        *((f"gh{kind}_", 30) for kind in "opsur"),
        *(("github_pat_", 40), ("glpat-", 20), ("hf_", 30), ("npm_", 36), ("pypi-", 50)),
        *((f"xox{kind}-", 10) for kind in "abprs"),
    ],
)
def test_a_key_has_its_beginning_and_enough_characters_in_a_word_of_its_own(
    beginning: str, size: int
) -> None:
    key = beginning + "0" * size

    assert mask(f"a {key} b").text == "a [密钥] b"
    assert mask(f"a {key[:-1]} b").text == f"a {key[:-1]} b"
    assert mask(f"a a{key} b").text == f"a a{key} b"
    assert mask(f"{key} {key}").text == "[密钥] [密钥]"


@given(
    st.lists(
        st.sampled_from(["sk-", "sk_live_", "eyJ", ".", "ghp_", "SG.", "-", BODY, "0" * 20, " "])
    ).map("".join)
)
def test_keys_are_what_their_pattern_finds(text: str) -> None:
    found = [(match.start(), match[0]) for match in _KEY.finditer(text)]

    assert [(span.start, span.value) for span in keys(text)] == found
