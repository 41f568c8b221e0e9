"""Where the corpus comes from: the share of pages and of hosts that are overseas, by method."""

from collections import Counter
from typing import Any

import pyarrow as pa

from jingyu.filters.source.claims import shared_numbers
from jingyu.filters.source.origin import METHODS
from jingyu.pipeline.steps.write.origins import COMBINED
from jingyu.pipeline.steps.write.statistics import Statistics

_VERDICTS = ("mainland", "overseas", "unknown")


def origin_statistics(counted: Statistics, least_domains: int) -> dict[str, Any]:
    """Returns pages and hosts by method and verdict, and the numbers that many domains claim.

    A host is where most of its pages are that tell, at a tie on the mainland; without any it is
    `unknown`.

    Args:
        counted: What `count_origins` counted, added up.
        least_domains: Fewest registered domains at which a number counts as shared.
    """
    pages: dict[str, Counter[str]] = {method: Counter() for method in (COMBINED, *METHODS)}
    hosts: dict[str, Counter[str]] = {method: Counter() for method in (COMBINED, *METHODS)}
    for counts in counted.get("origins", {}).values():
        for method, counted_pages in pages.items():
            found = {verdict: counts.get(f"{method}/{verdict}", 0) for verdict in _VERDICTS}
            counted_pages.update(found)
            hosts[method][_most(found)] += 1
    return {
        "origin": {
            method: {
                "pages": {verdict: pages[method][verdict] for verdict in _VERDICTS},
                "hosts": {verdict: hosts[method][verdict] for verdict in _VERDICTS},
            }
            for method in pages
        },
        "shared_numbers": _shared(counted.get("claims", {}), least_domains),
    }


def _most(found: dict[str, int]) -> str:
    told = {verdict: count for verdict, count in found.items() if verdict != "unknown" and count}
    return max(told, key=lambda verdict: told[verdict]) if told else "unknown"


def _shared(claims: dict[str, dict[str, int]], least_domains: int) -> dict[str, int]:
    pairs = [(number, domain or None) for number, found in claims.items() for domain in found]
    numbers, domains = zip(*pairs, strict=True) if pairs else ((), ())
    shared = shared_numbers(
        pa.array(numbers, pa.string()), pa.array(domains, pa.string()), least_domains
    )
    return dict(zip(shared["number"].to_pylist(), shared["domain_count"].to_pylist(), strict=True))
