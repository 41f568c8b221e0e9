"""Whether a page comes from the mainland, and what says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from jingyu.filters.source.claims import without_suffix
from jingyu.filters.source.filing import LATEST_YEAR, NONE, FilingNumbers, is_plausible
from jingyu.filters.source.source import Source

Verdict = Literal["mainland", "overseas", "unknown"]

_MAINLAND_TLDS = frozenset({"cn", "xn--fiqs8s", "xn--fiqz9s", "xn--55qx5d", "xn--io0a7i"})
"""cn, 中国, 中國, and 公司 and 网络, which the mainland's registry runs as well.

Source: IANA's root zone database."""

_WORLDWIDE_TLDS = (
    frozenset({"ac", "ad", "ai", "as", "bz", "cc", "cd", "co", "dj", "eu", "fm", "gg", "im", "io"})
    | {"la", "ly", "me", "ms", "nu", "pw", "sc", "sh", "so", "sr", "st", "su", "tk", "to", "tv"}
    | {"vc", "ws"}
)
"""Domains of countries and regions that are sold worldwide.

Source: the generic ones of Google's "Managing multi-regional sites", and what registries market."""

_COUNTRY_LENGTH = 2
_MAINLAND = "CN"


@dataclass(frozen=True)
class PageEvidence:
    """What is known of where a page comes from."""

    host: str | None
    claimed: FilingNumbers = NONE
    country: str | None = None
    """ISO 3166 code of the country of the server's address."""
    source: Source | None = None
    """Entry of the register."""
    latest_year: int = LATEST_YEAR
    """Year of capture, which no number can be later than."""
    shared: frozenset[str] = frozenset()
    """Numbers, without suffix, that many unrelated sites claim (`claims.shared_numbers`)."""
    is_contradicted: bool = False
    """Whether all numbers on the page are of other provinces than its site (`site_signs`)."""


class Finding(NamedTuple):
    """What one method says."""

    verdict: Verdict
    evidence: str | None
    """`method`, or `method:what was seen`; none where nothing was."""


_NOTHING = Finding("unknown", None)


class Origin(NamedTuple):
    """The verdict on a page."""

    verdict: Verdict
    evidence: tuple[str, ...]
    """What speaks for the verdict, the most trusted first; of `unknown`, what was seen at all."""
    against: tuple[str, ...]
    """What speaks against it."""
    by_method: dict[str, Verdict]
    """What each of `METHODS` says alone."""


def by_register(page: PageEvidence) -> Finding:
    """Returns what the register says: the origin of its entry, if it states one."""
    if page.source is None:
        return _NOTHING
    return Finding(page.source.origin or "unknown", f"register:{page.source.tier}")


def by_cctld(page: PageEvidence) -> Finding:
    """Returns what the top-level domain says, if it is a country's own."""
    name = (page.host or "").rpartition(".")[2]
    if name in _MAINLAND_TLDS:
        return Finding("mainland", f"cctld:{name}")
    if len(name) == _COUNTRY_LENGTH and name.isalpha() and name not in _WORLDWIDE_TLDS:
        return Finding("overseas", f"cctld:{name}")
    return _NOTHING


def by_icp(page: PageEvidence) -> Finding:
    """Returns what the filings and licences say that the page claims; their absence says nothing.

    Evidence is `icp`, or `icp:shared`, `icp:implausible` and `icp:other_province` of numbers that
    do not count.
    """
    return _claim("icp", page.claimed.icp, page)


def by_psb(page: PageEvidence) -> Finding:
    """Returns what the public-security numbers say that the page claims, as of `by_icp`."""
    return _claim("psb", page.claimed.psb, page)


def by_ip(page: PageEvidence) -> Finding:
    """Returns what the country of the server says."""
    if page.country is None:
        return _NOTHING
    verdict: Verdict = "mainland" if page.country == _MAINLAND else "overseas"
    return Finding(verdict, f"ip:{page.country}")


METHODS: dict[str, Callable[[PageEvidence], Finding]] = {
    "register": by_register,
    "cctld": by_cctld,
    "icp": by_icp,
    "psb": by_psb,
    "ip": by_ip,
}
"""Ways to tell, by name, in the order of evidence."""


def origin(page: PageEvidence) -> Origin:
    """Returns where a page comes from, by the most trusted evidence that tells.

    1. `register`: an entry that states its origin decides.
    2. `cctld`, another country's or region's (Hong Kong, Macau and Taiwan are outside the
       mainland): overseas, whatever numbers the page shows, since those are easily copied. Domains
       of countries that are sold worldwide (.io, .tv, .cc) tell nothing.
    3. `ip`: a server in the mainland, which its owner cannot copy: mainland.
    4. `icp`, `psb` and a mainland `cctld` are claims that anybody can make: alone they decide
       nothing. They outweigh a server overseas, since large mainland sites serve crawlers abroad
       from the nearest node of a delivery network: the page is unknown then, and its evidence says
       what was claimed. Without any claim a server overseas means overseas.

    Source: of 34 counterfeit pages (November 2026) 27 claim a number that is another site's.
    """
    findings = {method: tell(page) for method, tell in METHODS.items()}
    by_method: dict[str, Verdict] = {name: found.verdict for name, found in findings.items()}
    verdict = _decided(by_method)
    seen = [finding for finding in findings.values() if finding.evidence]
    speaking = [found for found in seen if verdict in (found.verdict, "unknown")]
    against = [found for found in seen if {found.verdict, verdict} == {"mainland", "overseas"}]
    return Origin(verdict, _named(speaking), _named(against), by_method)


def _decided(by_method: dict[str, Verdict]) -> Verdict:
    if by_method["register"] != "unknown":
        return by_method["register"]
    if by_method["cctld"] == "overseas":
        return "overseas"
    is_claimed = "mainland" in (by_method["icp"], by_method["psb"], by_method["cctld"])
    return "unknown" if is_claimed and by_method["ip"] != "mainland" else by_method["ip"]


def _claim(method: str, numbers: tuple[str, ...], page: PageEvidence) -> Finding:
    if not numbers:
        return _NOTHING
    plausible = [number for number in numbers if is_plausible(number, page.latest_year)]
    if not plausible:
        return Finding("unknown", f"{method}:implausible")
    if page.shared and all(without_suffix(number) in page.shared for number in plausible):
        return Finding("unknown", f"{method}:shared")
    if page.is_contradicted:
        return Finding("unknown", f"{method}:other_province")
    return Finding("mainland", method)


def _named(findings: list[Finding]) -> tuple[str, ...]:
    return tuple(finding.evidence for finding in findings if finding.evidence)


def verdicts_of(
    verdict: Verdict, evidence: Sequence[str], against: Sequence[str]
) -> dict[str, Verdict]:
    """Returns what each of `METHODS` says alone, as far as the evidence was written down.

    Args:
        verdict: The column `origin`.
        evidence: `origin_evidence`.
        against: `origin_against`.
    """
    found: dict[str, Verdict] = dict.fromkeys(METHODS, "unknown")
    for seen, said in ((evidence, verdict), (against, _OPPOSITE.get(verdict, "unknown"))):
        for each in seen:
            method, _, what = each.partition(":")
            found[method] = said if said != "unknown" else _alone(method, what)
    return found


_CLAIMS = frozenset({"icp", "psb"})
_OPPOSITE: dict[Verdict, Verdict] = {"mainland": "overseas", "overseas": "mainland"}


def _alone(method: str, what: str) -> Verdict:
    """Returns what evidence says that was not enough for a verdict."""
    if method == "cctld":
        return "mainland" if what in _MAINLAND_TLDS else "overseas"
    if method == "ip":
        return "mainland" if what == _MAINLAND else "overseas"
    return "mainland" if method in _CLAIMS and not what else "unknown"
