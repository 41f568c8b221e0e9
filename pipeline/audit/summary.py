"""What a run says on the terminal when it ends: what people ask first."""

from typing import Any

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from jingyu.pipeline.store.terminal import printable

_MOST_DOMAINS = 10
_MOST_CUT = 3
_VERDICTS = ("mainland", "overseas", "unknown")


def summarize(stats: dict[str, Any], out: str) -> Group:
    """Returns the figures of a finished run for the terminal."""
    return Group(
        _figures(stats),
        _origin(stats["origin"]),
        _where_pages_went(stats),
        _domains(stats["domains"]),
        *_warnings(stats),
        Text(
            f"output: {out} (corpus/, ledger/, report.html, stats.json, manifest.json, README.md)"
        ),
    )


def _warnings(stats: dict[str, Any]) -> list[Text]:
    """Returns what must be looked at."""
    return [*_left_out(stats.get("dropped_sources", [])), *_cut(stats["cut_inputs"])]


def _left_out(dropped: list[dict[str, Any]]) -> list[Text]:
    if not dropped:
        return []
    ordered = sorted(dropped, key=lambda each: (-each.get("pages", 0), each["site"]))
    named = ", ".join(
        f"{each['site']} ({each.get('bad_pages', 0):,} of {each.get('pages', 0):,} pages bad)"
        for each in ordered[:_MOST_CUT]
    ) + (", …" if len(dropped) > _MOST_CUT else "")
    sites = "1 site was" if len(dropped) == 1 else f"{len(dropped):,} sites were"
    return [Text(f"{sites} left out whole: {named}", style="bold")]


def _cut(cut: list[str]) -> list[Text]:
    if not cut:
        return []
    named = ", ".join(cut[:_MOST_CUT]) + (", …" if len(cut) > _MOST_CUT else "")
    ends, it = ("1 input ends", "it") if len(cut) == 1 else (f"{len(cut)} inputs end", "them")
    return [Text(f"{ends} inside a record: fetch {it} again: {named}", style="bold")]


def _figures(stats: dict[str, Any]) -> Table:
    outcomes, pages = stats["outcomes"], stats["pages_read"]
    types = ", ".join(
        f"{kind or 'none'} {count:,}" for kind, count in stats["records_by_type"].items()
    )
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column()
    rows = {
        "records read": f"{stats['records_read']:,} ({types})",
        "pages": f"{pages:,}",
        "kept": f"{outcomes['kept']:,} ({_share(outcomes['kept'], pages)})",
        "usable Chinese pages per million": f"{stats['usable_pages_per_million']:,.0f}",
        "characters": f"{stats['characters']:,}",
        "duplicates": f"{outcomes['duplicate']:,}",
        "failed": f"{outcomes['failed']:,}",
        "personal data masked": _masked(stats.get("signals", {})),
        "registered domains": _of(stats["registered_domains"]),
        "hosts": _of(stats["hosts"]),
        "time": _time(stats["seconds"], pages),
    }
    if moved := stats.get("moved"):
        share = _share(moved["bytes"], moved["file_bytes"])
        rows["bytes moved"] = f"{moved['bytes']:,} of {moved['file_bytes']:,} ({share})"
    for name, value in rows.items():
        table.add_row(name, value)
    return table


def _masked(signals: dict[str, Any]) -> str:
    """Returns how many spans of the corpus were masked, and of which types most."""
    sums = {
        name.removeprefix("masked_").removesuffix("_count"): round(told["sum"])
        for name, told in signals.items()
        if name.startswith("masked_") and told["sum"]
    }
    most = sorted(sums, key=lambda name: (-sums[name], name))[:_MOST_CUT]
    told = ", ".join(f"{name} {sums[name]:,}" for name in most)
    return f"{sum(sums.values()):,} spans" + (f" ({told})" if told else "")


def _time(seconds: dict[str, float], pages: int) -> str:
    """Returns how long the steps took; the rate is that of extract, if all pages were new."""
    steps = ", ".join(f"{step} {spent:,.1f} s" for step, spent in seconds.items())
    rate = f" ({pages / seconds['extract']:,.0f} pages/s)" if seconds.get("extract") else ""
    return f"{sum(seconds.values()):,.1f} s: {steps}{rate}"


def _origin(origin: dict[str, dict[str, dict[str, int]]]) -> Table:
    """Returns pages and hosts by origin, and the shares overseas and unknown, by method."""
    table = Table(
        title="usable pages by origin: mainland / overseas / unknown",
        title_justify="left",
        title_style="bold",
    )
    table.add_column("method")
    for name in ("pages", "hosts"):
        table.add_column(name, justify="right")
    for name in ("overseas", "unknown"):
        table.add_column(name, justify="right")
    for method, found in origin.items():
        cells = [
            " / ".join(f"{found[kind][verdict]:,}" for verdict in _VERDICTS)
            for kind in ("pages", "hosts")
        ]
        pages = found["pages"]
        # Of all pages: a share of those alone that tell would hide how many do not.
        whole = sum(pages.values())
        cells += [_share(pages[name], whole) for name in ("overseas", "unknown")]
        table.add_row(method, *cells)
    return table


def _where_pages_went(stats: dict[str, Any]) -> Table:
    table = Table(title="where the pages went", title_justify="left", title_style="bold")
    for name in ("stage", "outcome", "reason"):
        table.add_column(name)
    table.add_column("pages", justify="right")
    table.add_column("share", justify="right")
    for name, count in sorted(
        stats["reasons"].items(), key=lambda item: (_stage(item[0]), -item[1])
    ):
        stage, outcome, reason = (*name.split("/", 2), "")[:3]
        table.add_row(stage, outcome, reason, f"{count:,}", _share(count, stats["pages_read"]))
    return table


def _domains(domains: dict[str, dict[str, int]]) -> Table:
    table = Table(title="registered domains", title_justify="left", title_style="bold")
    table.add_column("domain")
    for name in ("pages", "hosts", "kept", "characters"):
        table.add_column(name, justify="right")
    for domain, counts in list(domains.items())[:_MOST_DOMAINS]:
        values = (counts["records"], counts["hosts"], counts["kept"], counts["characters"])
        table.add_row(Text(printable(domain or "(none)")), *(f"{value:,}" for value in values))
    return table


_STAGES = (
    "read", "sources", "gate", "decode", "extract", "language", "rights", "select", "deduplicate",
    "clean", "takedown", "write",
)  # fmt: skip


def _stage(name: str) -> int:
    stage = name.partition("/")[0]
    return _STAGES.index(stage) if stage in _STAGES else len(_STAGES)


def _of(counts: dict[str, int]) -> str:
    return f"{counts['read']:,} read, {counts['kept']:,} kept"


def _share(count: int, whole: int) -> str:
    return f"{count / whole:.2%}" if whole else "-"


def print_summary(stats: dict[str, Any], out: str) -> None:
    """Prints the figures of a finished run to stdout."""
    Console().print(summarize(stats, out))
