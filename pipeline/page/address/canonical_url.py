"""The form under which the addresses of one page meet."""

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.source.suffixes import suffix_list
from jingyu.pipeline.page.address import tracking
from jingyu.pipeline.page.sign.minhash import hash_of

_ADDRESS = lazy_pattern(
    r"https?:[/\\]{2}(?:[^/?#\\]*@)?(?P<host>\[[0-9a-f:.]+\]|[^/?#\\:@\[\]]+)(?::(?P<port>[0-9]*))?"
    r"(?P<path>[/\\][^?#]*)?(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_DOTS = ".\u3002\uff0e\uff61"  # Source: RFC 3490, section 3.1
_LAYOUT = str.maketrans("", "", "\t\r\n")
_NO_HOST = lazy_pattern(r"[\s\x00-\x1f\x7f/?#@:\\<>\"^|%`{}\[\]]|\.\.")
_PLAIN = lazy_pattern(r"[A-Za-z0-9._~!$&'()*+,;=:@/?-]*")
_ESCAPE_OR_NOT = lazy_pattern(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~!$&'()*+,;=:@/?-]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

_LONGEST = 8000
_DEFAULT_PORTS = frozenset({"", "80", "443"})
_TWINS = frozenset({"www", "m", "wap", "amp"})
_RARE_TWINS = frozenset({"mobile", "3g"})
_WIKIS = lazy_pattern(
    r"(?<=\.)m\.(?=(?:wikipedia|wiktionary|wikisource|wikiquote|wikivoyage|wikibooks)\.org\Z)"
)

_SESSION = lazy_pattern(
    r";(?:jsessionid|phpsessid)=[^/;]*|/\((?:[A-Z]\([^()/]+\))+\)(?=/)", re.IGNORECASE
)
_SLASHES = lazy_pattern(r"(?<!:)//+")
_INDEX = lazy_pattern(r"/(?:index|default)\.(?:s?html?|xhtml|php|aspx?|jsp|do)\Z", re.IGNORECASE)
_AMP = lazy_pattern(r"(?<=[0-9])/amp\Z|(?<=\.html)/amp\Z|(?<=[0-9])\.amp(?=\.html\Z)")
_MOBILE_PATH = lazy_pattern(r"/(?:m|wap)(?=/[A-Za-z]+/(?:[^/]+/)*[^/]*[0-9]{5})")
_NUMBER = lazy_pattern(r"[0-9]{5}")


class _Host(NamedTuple):
    certain: str
    """Without the labels of twins that serve the same pages."""
    possible: str
    """Without those, too, that are twins on some sites and channels on others."""


def canonical_url(url: str) -> str | None:
    """Returns an address in the form that all addresses of its page share; none if it has no host.

    It begins with `http://`, whatever the scheme was. These make no difference: user, case and
    Unicode form of the host, ports 80 and 443; `www.`, `m.`, `wap.` and `amp.` before a domain that
    somebody registered, `mobile.` and `3g.` (on portals, channels about telephones) where a number
    of five digits in the path shows that it is one article; index pages, where no query is left
    (`index.php` with one, too), slashes at the end and twice; the fragment, but for `#!…` and
    `#/…`, which single-page sites route by; escapes that need not be, and their case; the
    order of parameters; parameters of tracking, sharing, sessions and caches, as listed in
    ``tracking`; `;jsessionid=` and ASP.NET's `/(S(…))/`; `/amp` after a number or
    `.html`; `/m/` and `/wap/` before a section and a number of five digits. All else does: ids and
    page numbers, the case of the path, the bytes that escapes stand for, whatever their charset.

    The form of a form is itself. Any string is accepted; of other schemes than http there is none,
    nor of addresses that are, or become, longer than 8,000 characters.

    Source: RFC 3986, section 6.2; RFC 9110, section 4.1, for the length; nginx, `merge_slashes`,
    which is on by default; the Public Suffix List for what is registered, its private part included
    (`m.github.io` is somebody's own site).
    """
    match = _ADDRESS.fullmatch(url.strip().translate(_LAYOUT)) if len(url) <= _LONGEST else None
    if match is None:
        return None
    host = _host(match["host"])
    if host is None:
        return None
    query = _query(match["query"], host.certain) if match["query"] else ""
    path = _path(match["path"] or "/", has_query=bool(query))
    name = host.possible if _NUMBER.search(path) else host.certain
    port = "" if (match["port"] or "") in _DEFAULT_PORTS else f":{match['port']}"
    fragment = match["fragment"] or ""
    kept = f"#{_escaped(fragment)}" if len(fragment) > 1 and fragment[0] in "!/" else ""
    form = f"http://{name}{port}{path}{'?' if query else ''}{query}{kept}"
    return form if len(form) <= _LONGEST else None


def url_key(url: str | None) -> int:
    """Returns the hash under which captures of one address meet, 0 if there is none."""
    canonical = canonical_url(url) if url else None
    return hash_of(canonical) if canonical else 0


@functools.lru_cache(1 << 16)
def _host(host: str) -> _Host | None:
    name = host.lower() if host[0] == "[" else _ascii(host.strip(_DOTS)).strip(".")
    if not name or (name[0] != "[" and _NO_HOST.search(name)):
        return None
    name = _WIKIS.sub("", name)
    certain = _without_twins(name, _TWINS)
    return _Host(certain, _without_twins(certain, _TWINS | _RARE_TWINS))


def _ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return host.lower().encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


def _without_twins(host: str, labels: frozenset[str]) -> str:
    label, _, rest = host.partition(".")
    while label in labels and suffix_list(with_private=True).registered(rest):
        host = rest
        label, _, rest = host.partition(".")
    return host


def _path(path: str, *, has_query: bool) -> str:
    path = _escaped(path.replace("\\", "/"))
    before = ""
    while path != before:
        before = path
        if ";" in path or "(" in path:
            path = _SESSION.sub("", path)
        if "//" in path:
            path = _SLASHES.sub("/", path)
        if "/." in path:
            path = _without_dots(path)
        index = _INDEX.search(path)
        if index and (not has_query or index[0].lower() == "/index.php"):
            path = path[: index.start()]
        path = _AMP.sub("", path.rstrip("/")) or "/"
        mobile = _MOBILE_PATH.match(path)
        path = path[mobile.end() :] if mobile else path
    return path


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join(kept)


def _query(query: str, host: str) -> str:
    allowed = _of_site(host, tracking.SITE_CONTENT)
    dropped = _of_site(host, tracking.SITE_TRACKING) or frozenset()
    kept = []
    for part in _escaped(query).split("&"):
        name, _, value = part.partition("=")
        name = name.lower()
        if not part or name in dropped or (allowed is not None and name not in allowed):
            continue
        if not _says_nothing(name, value):
            kept.append((part.partition("=")[0], part))
    kept.sort(key=lambda pair: pair[0])
    return "&".join(part for _, part in kept)


def _says_nothing(name: str, value: str) -> bool:
    if name in tracking.TRACKING or name in tracking.SESSIONS:
        return True
    if name.startswith((*tracking.TRACKING_PREFIXES, tracking.SESSION_PREFIX)):
        return True
    values = tracking.SHARE_VALUES.get(name)
    if values is not None and value.lower() in values:
        return True
    if name in tracking.OPAQUE_SESSIONS:
        return tracking.OPAQUE.fullmatch(value) is not None
    buster = tracking.CACHE_BUSTERS.get(name)
    return buster is not None and buster.fullmatch(value) is not None


def _of_site(host: str, sites: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    while host:
        if host in sites:
            return sites[host]
        host = host.partition(".")[2]
    return None


def _escaped(text: str) -> str:
    """Returns what needs an escape escaped, in UTF-8, and nothing else; existing ones as bytes."""
    return text if _PLAIN.fullmatch(text) else _ESCAPE_OR_NOT.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) > 1:
        character = chr(int(found[1:], 16))
        return character if character in _UNRESERVED else found.upper()
    return "".join(f"%{octet:02X}" for octet in found.encode("utf-8", "surrogatepass"))
