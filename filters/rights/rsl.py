"""Really Simple Licensing: what a document in its XML permits and prohibits of a path."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError, XMLParser

from jingyu.filters.rights.patterns import names_everything, pattern_of
from jingyu.filters.rights.statement import (
    ALLOWED,
    NOT_STATED,
    RESERVED,
    Uses,
    Verdict,
    combined,
)

MEDIA_TYPE: Final = "application/rsl+xml"
_MAX_CHARACTERS = 1 << 18
_REFUSED = ("<!DOCTYPE", "<!ENTITY", "\0")  # who finds a zero reads all as UTF-16
_NAMESPACE = "{https://rslstandard.org/rsl}"
_OF_USE: Final[Mapping[str, frozenset[str]]] = {
    # Tokens of AIPREF and of the draft 0.9 beside those of 1.0.
    "train": frozenset({"all", "ai-all", "ai-train", "train-ai", "train-genai"}),
    "search": frozenset({"all", "search"}),
    "other": frozenset({"all", "ai-all", "ai-input", "ai-index", "ai-use"}),
}
_WITHOUT_PRICE = frozenset({"free", "attribution", "contribution"})
_KNOWN = frozenset(
    {"rsl", "content", "license", "permits", "prohibits", "payment", "standard", "custom"}
    | {"amount", "accepts", "reporting", "legal", "alternate", "schema", "copyright", "terms"}
    | {"server"}
)


class Terms(NamedTuple):
    """What holds for the paths that a `content` element names."""

    path: str
    """Its pattern; empty for whatever the document is attached to."""
    uses: Uses


def rsl_terms(document: str) -> tuple[Terms, ...] | None:
    """Returns the terms of each `content` of a document; none if it is no RSL.

    A use is reserved if a license prohibits it, or permits others only, and allowed if one permits
    it for nothing. What is to be paid for, or is only for some users, countries or holders of a
    token, is reserved: no run can show that it was had. In a document with elements that RSL does
    not know, prohibitions count and permissions do not.

    Source: RSL 1.0 (RSL-SPEC-1.0 with errata to August 2026), sections 3.1 to 3.7 and 4.9.
    """
    root = _parsed(document)
    if root is None or root.tag != f"{_NAMESPACE}rsl":
        return None
    ours = [each for each in root.iter() if str(each.tag).startswith(_NAMESPACE)]
    is_known = all(str(each.tag).removeprefix(_NAMESPACE) in _KNOWN for each in ours)
    contents = list(root.iter(f"{_NAMESPACE}content"))
    return tuple(Terms(_path(each), _uses(each, is_known=is_known)) for each in contents)


def _parsed(document: str) -> Element | None:
    """Returns the root of a document; none if it is damaged, or declares types and entities."""
    document = document.strip()
    if len(document) > _MAX_CHARACTERS or any(each in document for each in _REFUSED):
        return None
    # Entities are refused above, and nothing outside is ever read. The text is decoded: whatever
    # encoding it names is of the past.
    parser = XMLParser(encoding="utf-8")  # noqa: S314
    try:
        parser.feed(document.encode("utf-8", "replace"))
        root: Element = parser.close()
    except (ParseError, ValueError):
        return None
    return root


def _path(content: Element) -> str:
    url = content.get("url", "").strip()
    if "://" not in url:
        return url
    after = url.partition("://")[2]
    slash = after.find("/")
    return after[slash:] if slash >= 0 else "/"


def _uses(content: Element, *, is_known: bool) -> Uses:
    licenses = content.findall(f"{_NAMESPACE}license")
    needs_token = content.get("server") is not None or _find(content, "server") is not None
    uses = Uses()
    for each in licenses:
        uses = combined(uses, _of_license(each, is_free=is_known and not needs_token))
    return uses


def _of_license(element: Element, *, is_free: bool) -> Uses:
    prohibited = _tokens(element, "prohibits", "usage")
    permitted = _tokens(element, "permits", "usage")
    conditions = [
        _tokens(element, name, kind)
        for name in ("permits", "prohibits")
        for kind in ("user", "geo")
    ]
    is_free = is_free and _is_free(element) and not any(conditions)

    def verdict(use: str) -> Verdict:
        tokens = _OF_USE[use]
        if prohibited and tokens & prohibited:
            return RESERVED
        if permitted is None:
            return NOT_STATED
        return ALLOWED if tokens & permitted and is_free else RESERVED

    return Uses(*map(verdict, Uses._fields))


def _tokens(element: Element, name: str, kind: str) -> frozenset[str] | None:
    """Returns the tokens of a license's elements of a name and type; none if there is none."""
    found = [
        each
        for each in element.findall(f"{_NAMESPACE}{name}")
        if each.get("type", "").strip().lower() == kind
    ]
    words = (" ".join(each.itertext()).replace(",", " ").lower().split() for each in found)
    return frozenset(token for some in words for token in some) if found else None


def _is_free(element: Element) -> bool:
    payment = _find(element, "payment")
    reporting = _find(element, "reporting")
    if reporting is not None:  # who cannot report has no license
        return False
    if payment is None:
        return True
    return payment.get("type", "free").strip().lower() in _WITHOUT_PRICE and (
        _find(payment, "amount") is None
    )


def _find(element: Element, name: str) -> Element | None:
    return element.find(f"{_NAMESPACE}{name}")


def terms_of(terms: Iterable[Terms], path: str) -> Iterator[Terms]:
    """Yields the terms that hold for a path, in its normal form, the most specific first.

    Of each use the first that states something counts.
    """
    found = (each for each in terms if not each.path or pattern_of(each.path).matches(path))
    yield from sorted(found, key=lambda each: -specificity(each.path))


def specificity(path: str | None) -> int:
    """Returns how specific a pattern is: its length, or 0 if it excepts no path."""
    return 0 if names_everything(path) or path is None else pattern_of(path).length


def uses_at(terms: Iterable[Terms], path: str) -> tuple[Uses, str | None]:
    """Returns what terms say of a path, and the most specific pattern that says something of it.

    Of equally specific ones the stricter counts.
    """
    uses, deciding = Uses(), None
    by_specificity: dict[int, Uses] = {}
    for each in terms_of(terms, path):
        rank = specificity(each.path)
        known = by_specificity.get(rank, Uses())
        by_specificity[rank] = combined(known, each.uses)
        deciding = each.path if deciding is None else deciding
    for said in by_specificity.values():
        uses = Uses(
            *(new if old == NOT_STATED else old for old, new in zip(uses, said, strict=True))
        )
    return uses, deciding
