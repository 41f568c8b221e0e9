"""Passwords, and keys of programs."""

import re
from collections.abc import Iterator

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.lexicon.literals import Literals
from jingyu.pipeline.page.mask.context import before
from jingyu.pipeline.page.mask.label import Labelled, words
from jingyu.pipeline.page.mask.span import Span

# Source: documented forms of the keys of OpenAI and Anthropic, AWS, Alibaba Cloud, Tencent Cloud,
# GitHub, GitLab, Slack, Google, Hugging Face, npm, PyPI, Stripe, SendGrid; RFC 7519 (tokens).
_BODY = "[A-Za-z0-9_-]"
# Each branch begins with a letter of its own, so that the search runs at full speed.
_APART = "(?<![A-Za-z0-9_]..)"
_KEY = lazy_pattern(
    f"(?:sk{_APART}(?:-{_BODY}{{20,200}}|_(?:live|test)_[A-Za-z0-9]{{16,120}})"
    f"|A[KSI]{_APART}(?:(?<=AK)IA[0-9A-Z]{{16}}|(?<=AS)IA[0-9A-Z]{{16}}"
    f"|(?<=AK)ID[A-Za-z0-9]{{16,48}}|(?<=AI)za{_BODY}{{35}})"
    f"|LT{_APART}AI[A-Za-z0-9]{{12,24}}|g[hli]{_APART}(?:(?<=h)[opsur]_[A-Za-z0-9]{{30,255}}"
    f"|(?<=l)pat-{_BODY}{{20,64}}|(?<=i)thub_pat_[A-Za-z0-9_]{{40,255}})"
    f"|xo{_APART}x[abprs]-{_BODY}{{10,200}}|hf{_APART}_[A-Za-z0-9]{{30,64}}"
    f"|np{_APART}m_[A-Za-z0-9]{{36}}|py{_APART}pi-{_BODY}{{50,250}}"
    f"|rk{_APART}_(?:live|test)_[A-Za-z0-9]{{16,120}}"
    f"|SG{_APART}[.]{_BODY}{{16,32}}[.]{_BODY}{{30,64}}"
    f"|ey{_APART}J{_BODY}{{10,2000}}[.]eyJ{_BODY}{{8,4000}}[.]{_BODY}{{10,1000}})(?![A-Za-z0-9])"
)
_LINE = "(?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"
_BLOCK = lazy_pattern(
    f"-----BEGIN {_LINE}(?:[A-Za-z0-9+/=:,.\\s-]{{1,12000}}?-----END {_LINE}"
    "|[A-Za-z0-9+/=\\s]{0,12000})"
)
_BEGINNINGS = Literals(
    (
        *("sk-", "sk_live_", "sk_test_", "AKIA", "AKID", "ASIA", "AIza", "LTAI", "gho_", "ghp_"),
        *("ghs_", "ghu_", "ghr_", "github_pat_", "glpat-", "xoxa-", "xoxb-", "xoxp-", "xoxr-"),
        *("xoxs-", "hf_", "npm_", "pypi-", "rk_live_", "rk_test_", "SG.", "eyJ"),
    )
)

_OPEN = "[ \t]{0,2}[:：=＝][>=]?[ \t]{0,2}[\"'“”‘「『【]?[ ]?"
_IS = f"(?:{_OPEN}|(?:是|为|改成了?|设为|设成|设置为|设置成)[:：]?[ \t]{{0,2}}[\"'“‘「『【]?)"
_VALUE = "(?P<value>[!#-&*-+\\--;=?-Z^_a-z~@]{4,64})"
_PASSWORD_WORDS = words(
    "密码|密碼|口令|登录密码|登陆密码|密码是|password|Password|PASSWORD|passwd|Passwd|pwd|PWD",
    "Pwd|passphrase|pass|Pass|PASS|pw|PW",
)
_KEY_WORDS = words(
    "api_key|API_KEY|apikey|apiKey|ApiKey|API Key|API key|api key|api-key|API-Key|APIKEY",
    "secret|SECRET|Secret|secret_key|secretKey|SecretKey|SECRET_KEY|Secret Key|client_secret",
    "appsecret|AppSecret|app_secret|appSecret|App Secret|accessKeySecret|AccessKeySecret",
    "access_key|accessKey|AccessKey|ACCESS_KEY|access_key_id|accessKeyId|AccessKeyId",
    "AccessKey ID|token|Token|TOKEN|access_token|accessToken|ACCESS_TOKEN|auth_token|Bearer",
    "bearer|密钥|秘钥|私钥|密鑰|secretId|SecretId|secret_id|AccessKey Secret",
    "access_key_secret|aws_secret_access_key|AWS_SECRET_ACCESS_KEY|aws_access_key_id",
    "AWS_ACCESS_KEY_ID",
)
# What is given to everybody: of archives, shared files and printed examples.
_PUBLIC = lazy_pattern(
    "(?:解压|提取|分享|网盘|访问|下载|压缩包|观看|资源|默认|初始|缺省|出厂|文档|示例)(?:的|文件)?(?:缩|包)?\\Z"
)
_SHARED = lazy_pattern("pan[.]|[网云]盘|链接|提取码|/s/|分享")
_EMPTY = lazy_pattern(
    "[*xX•?._-]+\\Z|(?i:null|none|true|false|your|my_?(?:pass|pwd|key|secret|token)|string|required|changeme|example|undefined|self|this|input|"
    "request|config|getpass|os\\.|env|process|\\$|<|%|@|https?:|/)",
)
_LETTERS_ONLY = lazy_pattern("[A-Za-z_.()\\[\\]-]+\\Z")
_MIN_KEY = 16
_MIN_PASSWORD, _MIN_PLAIN = 4, 6


def keys(text: str) -> Iterator[Span]:
    """Yields keys of known forms, tokens (JWT) and blocks of private keys, cut-off ones too."""
    floor = 0
    for _, place in _BEGINNINGS.longest(text):
        if place >= floor and (found := _KEY.match(text, place)):
            floor = found.end()
            yield Span(place, floor, "key", found[0])
    if "PRIVATE KEY" in text:
        for found in _BLOCK.finditer(text):
            yield Span(found.start(), found.end(), "key", found[0])


def _password(value: re.Match[str], label: str) -> Iterator[Span]:
    """Checks that it is no placeholder, no code, no word; in Chinese contexts words may be."""
    written = value["value"].rstrip(".,;:?!")
    start = value.start("value")
    left = value.string[max(0, value.pos - len(label) - 8) : value.pos - len(label)]
    is_latin = label.isascii()
    if len(written) < _MIN_PASSWORD or _EMPTY.match(written) or _PUBLIC.search(left):
        return
    if len(written) == _MIN_PASSWORD and _SHARED.search(before(value.string, start)):
        return
    has_colon = value["is"] and value["is"].strip()[0] in ":：=＝"
    if written.isalpha() and (written.islower() or written.istitle()) and not has_colon:
        return
    if not value["is"] and (len(written) < _MIN_PLAIN or written.isalpha()):
        return
    if is_latin and (
        not value["is"]
        or _LETTERS_ONLY.match(written)
        or (left[-1:].isalnum() and left[-1:].isascii())
    ):
        return
    yield Span(start, start + len(written), "password", written)


def _labelled_key(value: re.Match[str], _label: str) -> Iterator[Span]:
    """Checks sixteen or more characters with letters and digits."""
    written = value["value"]
    has_both = re.search("[A-Za-z]", written) and len(re.findall("[0-9]", written)) > 1
    if has_both and len(written) >= _MIN_KEY and not _EMPTY.match(written) and ".." not in written:
        yield Span(value.start("value"), value.end("value"), "key", written)


LABELLED = (
    Labelled(_PASSWORD_WORDS, lazy_pattern(f"[\"'”]?(?P<is>{_IS})? ?{_VALUE}"), _password),
    Labelled(
        _KEY_WORDS,
        lazy_pattern(f"[\"'”]?(?:{_IS}| )(?P<value>[A-Za-z0-9+/_.=-]{{8,512}})(?![A-Za-z0-9(])"),
        _labelled_key,
    ),
)
"""Passwords and keys after a word that names them."""
