"""What a question brought, for the terminal."""

from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from jingyu.pipeline.store.terminal import printable

_MOST_REASONS = 15


def render(found: dict[str, Any]) -> Group:
    """Returns the answer as tables."""
    parts: list[RenderableType] = [_changed(found), _kept(found["kept"]), *_cautions(found)]
    parts += [_reasons(found["reasons"]), _waterfall(found["waterfall"])]
    if found["sources"]:
        parts.append(_sources(found["sources"]))
    if found["sweep"]:
        parts.append(_curve(found["sweep"]))
    for key, title in (("comes", "would come"), ("goes", "would go")):
        parts += [line for each in found[key] for line in _example(each, title)]
    return Group(*parts)


def _changed(found: dict[str, Any]) -> Text:
    if not found["changed"]:
        return Text("nothing is decided otherwise", style="bold")
    lines = [f"{c['key']}: {c['before']} → {c['after']}" for c in found["changed"]]
    return Text("\n".join(lines), style="bold")


def _kept(kept: dict[str, dict[str, int]]) -> Table:
    table = _table("what would be kept", "", "now", "then", "change")
    for name, label in (
        ("documents", "documents"),
        ("characters", "characters"),
        ("estimated_tokens", "tokens, estimated"),
    ):
        was, would = kept["before"][name], kept["after"][name]
        table.add_row(label, f"{was:,}", f"{would:,}", _signed(would - was))
    return table


def _cautions(found: dict[str, Any]) -> list[Text]:
    steps = ", ".join(found["as_they_stand"])
    told = [f"as they stand in the run, not decided again: {steps}; what comes may duplicate"]
    told += [
        f"{each['section']}: lets in pages that were not staged: up to {each['pages']:,} more, "
        "which a run has to read again"
        for each in found["not_staged"]
    ]
    return [Text(line, style="italic") for line in told]


def _reasons(reasons: list[dict[str, Any]]) -> Table:
    table = _table("staged documents by reason", "stage", "reason", "now", "then", "change")
    changed = [row for row in reasons if row["before"] != row["after"]]
    for row in changed[:_MOST_REASONS]:
        cells = (row["before"], row["after"])
        change = _signed(row["after"] - row["before"])
        reason = row["reason"] or row["outcome"]
        table.add_row(row["stage"], reason, *(f"{cell:,}" for cell in cells), change)
    return table


def _waterfall(rows: list[dict[str, Any]]) -> Table:
    table = _table("what each removes", "stage", "reason", "alone", "in order", "left")
    for row in rows:
        alone = "" if row["alone"] is None else f"{row['alone']:,}"
        cells = (alone, f"{row['documents']:,}", f"{row['left']:,}")
        table.add_row(row["stage"], row["reason"], *cells)
    return table


def _sources(rows: list[dict[str, Any]]) -> Table:
    table = _table("sources that change most", "host", "now", "then", "change")
    for row in rows[:10]:
        cells = (f"{row['before']:,}", f"{row['after']:,}", _signed(row["documents"]))
        table.add_row(Text(printable(row["host"] or "(none)")), *cells)
    return table


def _curve(found: dict[str, Any]) -> Table:
    title = f"{found['signal']}, {found['bound']} ({found['reason']})"
    table = _table(title, "limit", "documents", "characters", "")
    most = max(point["documents"] for point in found["points"]) or 1
    for point in found["points"]:
        bar = "█" * round(20 * point["documents"] / most)
        cells = (f"{point['documents']:,}", f"{point['characters']:,}", bar)
        table.add_row(f"{point['limit']:.4g}", *cells)
    return table


def _example(each: dict[str, Any], title: str) -> list[Text]:
    ended = each["before"] if title == "would come" else each["after"]
    values = ", ".join(f"{name} {value:.4g}" for name, value in each["values"].items())
    limit = "" if ended["limit"] is None else f", limit {ended['limit']:.4g}"
    head = f"{title}: {each['title'] or '(no title)'} — {each['host'] or each['document_id']}"
    return [
        Text(printable(head), style="bold"),
        Text(f"  {ended['reason']}: {values}{limit} · {each['char_count']:,} characters"),
        Text(f"  {printable(each['deciding'])}"),
    ]


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    numbers = {"now", "then", "change", "alone", "in order", "left", "documents", "characters"}
    for name in columns:
        table.add_column(name, justify="right" if name in numbers else "left", overflow="fold")
    return table


def _signed(change: int) -> str:
    return f"{change:+,}" if change else "0"
