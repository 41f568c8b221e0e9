"""What the inputs of an output say of the crawls that they are of."""

from collections.abc import Iterable, Mapping
from typing import Any

_NAMES = ("http-header-user-agent", "software")


def crawlers(manifest: Mapping[str, Any]) -> list[str]:
    """Returns the names of the crawlers that the WARC files state, each once, sorted."""
    return sorted({name for crawl in _crawls(manifest) if (name := _name(crawl))})


def inputs_by_crawler(manifest: Mapping[str, Any]) -> dict[str, list[str]]:
    """Returns the inputs of each crawler that the WARC files name, both sorted."""
    found: dict[str, list[str]] = {}
    for each in manifest["inputs"]:
        if name := _name(each.get("crawl", {})):
            found.setdefault(name, []).append(each["name"])
    return {name: sorted(found[name]) for name in sorted(found)}


def stated(manifest: Mapping[str, Any], field: str) -> list[str]:
    """Returns what the WARC files say in a field of their `warcinfo`, each once, sorted."""
    return sorted({crawl[field] for crawl in _crawls(manifest) if crawl.get(field)})


def silent_inputs(manifest: Mapping[str, Any]) -> int:
    """Returns how many inputs name no crawler."""
    return sum(_name(each.get("crawl", {})) is None for each in manifest["inputs"])


def _crawls(manifest: Mapping[str, Any]) -> Iterable[Mapping[str, str]]:
    return (each["crawl"] for each in manifest["inputs"] if each.get("crawl"))


def _name(crawl: Mapping[str, str]) -> str | None:
    return next((crawl[name] for name in _NAMES if crawl.get(name)), None)
