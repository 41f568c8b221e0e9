"""Builds the shipped register from its inputs, and refuses what contradicts.

`python -m jingyu.filters.source.register_build [CANDIDATES.jsonl]`

The inputs lie in `configs/lists`: `sources.yaml` and `looked_up.csv`, written by hand, the latter
with where each entry was then found; `institutions.csv`, facts of freely licensed lists, each with
the list and its version; and `lookups.csv`, what looking entries up has shown. The result is
`register.csv`, which loads in a tenth of the time. With a file of candidates, institutions are
chosen from it anew.
"""

import csv
import io
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.platforms import platform_of
from jingyu.filters.source.register_files import builtin_path, load_sources
from jingyu.filters.source.register_lookups import confirmed, load_lookups, mended
from jingyu.filters.source.source import Source

TIER_OF: Final = {
    "government": "official",
    "education": "institutional",
    "research": "institutional",
    "culture": "institutional",
    "health": "institutional",
    "news": "reputable",
    "broadcaster": "reputable",
    "publisher": "reputable",
}
"""Tier of the categories that enter; others (companies, tools, platforms) do not."""

STATED_ON: Final = "2026-11-28"
"""Day on which the lists were read."""

COLUMNS: Final = ("match", "name", "category", "tier", "origin", "stated_by", "stated_on")
_SURE, _LIKELY = "A", "B"
_BY_ROR = "ror-community/ror-records"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FOREIGN = re.compile(r"(?:en|eng|english|international|global)\d?\.")
"""Hosts of translations, which have no Chinese text."""
_MAIL = re.compile(r"(?:mail|email|stu)\d?\.")
"""Hosts of mail addresses, which lists of universities' domains have too."""
_LABORATORY = re.compile(r"国家重点(?:联合)?实验室")
"""Laboratories of the order before 2022; their names, and often their hosts, were given up."""
_TITLE = re.compile(r"[_|;；]|版权所有|欢迎您|备案|编辑$|^简称|^根据|(?:创建|创建于|成|创|是)$")
"""What is of a page's title and no name."""
_LIST = re.compile(r"(?P<list>[^@]+)@(?P<version>[0-9a-f]+)")


def institutions(
    candidates: Iterable[dict[str, Any]], known: Sequence[Source]
) -> tuple[list[Source], list[str]]:
    """Returns the candidates that enter, ordered by host, and why others do not.

    A candidate enters with a Chinese name and a category of `TIER_OF`, if two lists or an official
    suffix vouch for it, or ROR, which is kept up, does alone; not a host of mail, a laboratory by
    the name that it had before 2022, or with a page's title for a name. One host with two names
    and a host of a platform contradict, and are refused.

    Args:
        candidates: Objects with `name`, `host`, `category`, `confidence` and `sources`.
        known: Entries that were written by hand; they stand.
    """
    hosts = {source.match.removeprefix("full:") for source in known}
    by_host: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in candidates:
        if _may_enter(each) and each["host"] not in hosts:
            by_host[each["host"]].append(each)
    entered, refused = [], []
    for host, found in sorted(by_host.items()):
        names = {each["name"] for each in found}
        if len(names) > 1:
            refused.append(f"{host}: has two names: {', '.join(sorted(names))}")
        elif platform_of(host):
            refused.append(f"{host}: is a platform")
        else:
            entered.append(_source(host, found[0]))
    return entered, refused


def _may_enter(candidate: dict[str, Any]) -> bool:
    is_sure = candidate["confidence"] == _SURE or (
        candidate["confidence"] == _LIKELY
        and any(source.startswith(_BY_ROR) for source in candidate["sources"])
    )
    name, host = candidate["name"], candidate["host"]
    is_chinese = _HAN.search(name) and not _FOREIGN.match(host)
    is_site = not (_MAIL.match(host) or _LABORATORY.search(name) or _TITLE.search(name))
    return bool(is_sure and is_chinese and is_site and candidate["category"] in TIER_OF)


def _source(host: str, candidate: dict[str, Any]) -> Source:
    lists = (_LIST.match(source) for source in candidate["sources"])
    told = (f"{found['list']}@{found['version']}" for found in lists if found)
    return Source.model_validate(
        {
            "match": host,
            "name": candidate["name"],
            "category": candidate["category"],
            "tier": TIER_OF[candidate["category"]],
            "origin": "mainland",
            "stated_by": " ".join(dict.fromkeys(told)),
            "stated_on": STATED_ON,
        }
    )


def compiled(sources: Iterable[Source]) -> str:
    """Returns sources as CSV.

    Raises:
        ConfigError: Two have the same `match`.
    """
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(COLUMNS)
    seen: set[str] = set()
    for source in sources:
        if source.match in seen:
            raise ConfigError(f"`{source.match}` stands in two inputs; keep one")
        seen.add(source.match)
        row = source.model_dump(mode="json")
        writer.writerow("" if row[name] is None else row[name] for name in COLUMNS)
    return held.getvalue()


def build(folder: Path, candidates: Path | None = None) -> Iterator[str]:
    """Writes the register into the folder of its inputs; yields what is told of it.

    Args:
        folder: Holds `sources.yaml`, `looked_up.csv`, `lookups.csv`, and `institutions.csv` unless
            there are candidates.
        candidates: A file of them, an object a line.
    """
    lookups = load_lookups(folder / "lookups.csv")
    by_hand = [
        *confirmed(load_sources(folder / "sources.yaml"), lookups),
        *load_sources(folder / "looked_up.csv"),
    ]
    listed = folder / "institutions.csv"
    if candidates:
        lines = candidates.read_text(encoding="utf-8").splitlines()
        entered, refused = institutions(map(json.loads, lines), by_hand)
        listed.write_text(compiled(mended(entered, lookups)), encoding="utf-8")
        yield from refused
    sources = [*by_hand, *load_sources(listed)]
    (folder / "register.csv").write_text(compiled(sources), encoding="utf-8")
    yield f"{len(sources):,} entries, {len(by_hand):,} of them by hand"


if __name__ == "__main__":
    given = Path(sys.argv[1]) if sys.argv[1:] else None
    sys.stdout.writelines(f"{line}\n" for line in build(builtin_path().parent, given))
