"""What a run says on the terminal when it ends: what people ask first."""

from typing import Any

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from jingyu.pipeline.store.language import Language, Say
from jingyu.pipeline.store.terminal import printable

_MOST_DOMAINS = 10
_MOST_CUT = 3
_FILES = ("corpus/", "ledger/", "report.html", "stats.json", "manifest.json", "README.md")
_VERDICTS = ("mainland", "overseas", "unknown")


def summarize(stats: dict[str, Any], out: str, language: Language = "en") -> Group:
    """Returns the figures of a finished run for the terminal."""
    say = Say(language)
    return Group(
        _figures(stats, say),
        _origin(stats["origin"], say),
        _where_pages_went(stats, say),
        _domains(stats["domains"], say),
        *_warnings(stats, say),
        Text(say("output: {out} ({files})").format(out=out, files=say(", ").join(_FILES))),
    )


def _warnings(stats: dict[str, Any], say: Say) -> list[Text]:
    """Returns what must be looked at."""
    dropped = stats.get("dropped_sources", [])
    count = stats.get("dropped_source_count", len(dropped))
    return [*_left_out(dropped, count, say), *_cut(stats["cut_inputs"], say)]


def _left_out(dropped: list[dict[str, Any]], count: int, say: Say) -> list[Text]:
    if not dropped:
        return []
    ordered = sorted(dropped, key=lambda each: (-each.get("pages", 0), each["site"]))
    one = say("{site} ({bad} of {pages} pages bad)")
    named = say(", ").join(
        one.format(
            site=printable(each["site"]),
            bad=f"{each.get('bad_pages', 0):,}",
            pages=f"{each.get('pages', 0):,}",
        )
        for each in ordered[:_MOST_CUT]
    ) + (", …" if len(dropped) > _MOST_CUT else "")
    told = "1 site was" if count == 1 else "{count} sites were"
    line = say(f"{told} left out whole: {{named}}")
    return [Text(line.format(count=f"{count:,}", named=named), style="bold")]


def _cut(cut: list[str], say: Say) -> list[Text]:
    if not cut:
        return []
    named = ", ".join(map(printable, cut[:_MOST_CUT])) + (", …" if len(cut) > _MOST_CUT else "")
    ends, it = ("1 input ends", "it") if len(cut) == 1 else ("{count} inputs end", "them")
    line = say(f"{ends} inside a record: fetch {it} again: {{named}}")
    return [Text(line.format(count=len(cut), named=named), style="bold")]


def _figures(stats: dict[str, Any], say: Say) -> Table:
    outcomes, pages = stats["outcomes"], stats["pages_read"]
    within = say(" ({more})")
    types = say(", ").join(
        f"{kind or 'none'} {count:,}" for kind, count in stats["records_by_type"].items()
    )
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold", overflow="fold")
    table.add_column(overflow="fold")
    rows = {
        "records read": f"{stats['records_read']:,}{within.format(more=types)}",
        "pages": f"{pages:,}",
        "kept": f"{outcomes['kept']:,}{within.format(more=_share(outcomes['kept'], pages))}",
        "usable Chinese pages per million": f"{stats['usable_pages_per_million']:,.0f}",
        "characters": f"{stats['characters']:,}",
        "duplicates": f"{outcomes['duplicate']:,}",
        "failed": f"{outcomes['failed']:,}",
        "personal data masked": _masked(stats.get("signals", {}), say),
        "registered domains": _of(stats["registered_domains"], say),
        "hosts": _of(stats["hosts"], say),
        "time": _time(stats["seconds"], pages, say),
    }
    if moved := stats.get("moved"):
        share = _share(moved["bytes"], moved["file_bytes"])
        rows["bytes moved"] = say("{moved} of {whole} ({share})").format(
            moved=f"{moved['bytes']:,}", whole=f"{moved['file_bytes']:,}", share=share
        )
    for name, value in rows.items():
        table.add_row(say(name), Text(printable(value)))
    return table


def _masked(signals: dict[str, Any], say: Say) -> str:
    """Returns how many spans of the corpus were masked, and of which types most."""
    sums = {
        name.removeprefix("masked_").removesuffix("_count"): round(told["sum"])
        for name, told in signals.items()
        if name.startswith("masked_") and told["sum"]
    }
    most = sorted(sums, key=lambda name: (-sums[name], name))[:_MOST_CUT]
    told = say(", ").join(f"{say.named('masked', name)} {sums[name]:,}" for name in most)
    count = say("{count} spans").format(count=f"{sum(sums.values()):,}")
    return count + (say(" ({more})").format(more=told) if told else "")


def _time(seconds: dict[str, float], pages: int, say: Say) -> str:
    """Returns how long the steps took; the rate is that of extract, if all pages were new."""
    each = say("{step} {seconds} s")
    told = {say.stage(step): f"{spent:,.1f}" for step, spent in seconds.items()}
    steps = say(", ").join(each.format(step=step, seconds=spent) for step, spent in told.items())
    rate = pages / seconds["extract"] if seconds.get("extract") else None
    more = "" if rate is None else say(" ({rate} pages/s)").format(rate=f"{rate:,.0f}")
    whole = f"{sum(seconds.values()):,.1f}"
    return say("{seconds} s: {steps}").format(seconds=whole, steps=steps) + more


def _origin(origin: dict[str, dict[str, dict[str, int]]], say: Say) -> Table:
    """Returns pages and hosts by origin, and the shares overseas and unknown, by method."""
    table = Table(
        title=say("usable pages by origin: mainland / overseas / unknown"),
        title_justify="left",
        title_style="bold",
    )
    table.add_column(say("method"), overflow="fold")
    for name in ("pages", "hosts"):
        table.add_column(say(name), justify="right", overflow="fold")
    for name in ("overseas", "unknown"):
        table.add_column(say(name), justify="right", overflow="fold")
    for method, found in origin.items():
        cells = [
            " / ".join(f"{found[kind][verdict]:,}" for verdict in _VERDICTS)
            for kind in ("pages", "hosts")
        ]
        pages = found["pages"]
        # Of all pages: a share of those alone that tell would hide how many do not.
        whole = sum(pages.values())
        cells += [_share(pages[name], whole) for name in ("overseas", "unknown")]
        table.add_row(say.named("methods", method), *cells)
    return table


def _where_pages_went(stats: dict[str, Any], say: Say) -> Table:
    table = Table(title=say("where the pages went"), title_justify="left", title_style="bold")
    for name in ("stage", "outcome", "reason"):
        table.add_column(say(name), overflow="fold")
    table.add_column(say("pages"), justify="right", overflow="fold")
    table.add_column(say("share"), justify="right", overflow="fold")
    for name, count in sorted(
        stats["reasons"].items(), key=lambda item: (_stage(item[0]), -item[1])
    ):
        stage, outcome, reason = (*name.split("/", 2), "")[:3]
        ended = (say.stage(stage), say.outcome(outcome), say.reason(reason))
        table.add_row(*ended, f"{count:,}", _share(count, stats["pages_read"]))
    return table


def _domains(domains: dict[str, dict[str, int]], say: Say) -> Table:
    table = Table(title=say("registered domains"), title_justify="left", title_style="bold")
    table.add_column(say("domain"), overflow="fold")
    for name in ("pages", "hosts", "kept", "characters"):
        table.add_column(say(name), justify="right", overflow="fold")
    for domain, counts in list(domains.items())[:_MOST_DOMAINS]:
        values = (counts["records"], counts["hosts"], counts["kept"], counts["characters"])
        table.add_row(Text(printable(domain or say("(none)"))), *(f"{value:,}" for value in values))
    return table


_STAGES = (
    "read", "sources", "gate", "decode", "extract", "language", "rights", "select", "deduplicate",
    "clean", "takedown", "write",
)  # fmt: skip


def _stage(name: str) -> int:
    stage = name.partition("/")[0]
    return _STAGES.index(stage) if stage in _STAGES else len(_STAGES)


def _of(counts: dict[str, int], say: Say) -> str:
    told = {name: f"{counts[name]:,}" for name in ("read", "kept")}
    return say("{read} read, {kept} kept").format(**told)


def _share(count: int, whole: int) -> str:
    return f"{count / whole:.2%}" if whole else "-"


def print_summary(stats: dict[str, Any], out: str, language: Language = "en") -> None:
    """Prints the figures of a finished run to stdout."""
    Console().print(summarize(stats, out, language))
