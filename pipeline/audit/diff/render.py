"""The difference of two outputs for the terminal."""

from typing import Any, Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from jingyu.pipeline.store.terminal import printable

_MOST: Final = 15
_STYLES: Final = {"delete": "red strike", "insert": "green", "replace": "green", "equal": "dim"}


def render(found: dict[str, Any]) -> Group:
    """Returns the difference as tables."""
    one, other = found["outputs"]
    parts: list[RenderableType] = [
        Text(f"{one} → {other}, documents compared by {found['compared_by']}", style="bold")
    ]
    if found["config"]:
        lines = [f"{c['key']}: {c['before']} → {c['after']}" for c in found["config"]]
        parts.append(Text("config\n  " + "\n  ".join(lines)))
    if found["code"][0] != found["code"][1]:
        parts.append(Text("made by different code: " + " → ".join(map(str, found["code"]))))
    parts += [_outcomes(found), _reasons(found["reasons"]), _documents(found)]
    if found["sources"]:
        parts.append(_sources(found["sources"]))
    for kind, title in (("came", "came"), ("went", "went"), ("changed", "text changed")):
        parts += [line for each in found["examples"][kind] for line in _example(each, title)]
    return Group(*parts)


def _outcomes(found: dict[str, Any]) -> Table:
    table = _table("records by outcome", "outcome", "before", "after", "change")
    for name, (before, after) in found["outcomes"].items():
        table.add_row(name, f"{before:,}", f"{after:,}", f"{after - before:+,}")
    return table


def _reasons(rows: list[dict[str, Any]]) -> Table:
    table = _table("records by reason", "stage", "reason", "before", "after", "change")
    for row in rows[:_MOST]:
        cells = (f"{row['before']:,}", f"{row['after']:,}", f"{row['after'] - row['before']:+,}")
        table.add_row(row["stage"], row["reason"] or row["outcome"], *cells)
    return table


def _documents(found: dict[str, Any]) -> Table:
    told = found["documents"]
    table = _table("documents", "", "documents", "characters")
    for name in ("came", "went", "changed"):
        table.add_row(name, f"{told[name]:,}", f"{told['characters'][name]:+,}")
    table.add_row("same", f"{told['same']:,}", "")
    if told["moved"]:
        table.add_row("came, with a known text", f"{told['moved']:,}", "")
    for title, rows in (("came from", found["came_from"]), ("went to", found["went_to"])):
        for row in rows[:_MOST]:
            place = "nowhere" if row["stage"] is None else f"{row['stage']}/{row['reason']}"
            table.add_row(f"  {title} {place}", f"{row['documents']:,}", "")
    return table


def _sources(rows: list[dict[str, Any]]) -> Table:
    table = _table("sites by kept documents", "host", "before", "after", "change")
    for row in rows[:_MOST]:
        cells = (f"{row['before']:,}", f"{row['after']:,}", f"{row['after'] - row['before']:+,}")
        table.add_row(Text(printable(row["host"] or "(none)")), *cells)
    return table


def _example(each: dict[str, Any], title: str) -> list[Text]:
    named = printable(f"{each['title'] or '(no title)'} — {each['host']}")
    lines = [Text(f"{title}: {named}", style="bold")]
    told = each.get("before") or each.get("after")
    if told:
        limit = "" if told["limit"] is None else f", limit {told['limit']:.4g}"
        value = "" if told["measured"] is None else f" {told['measured']:.4g}"
        lines.append(Text(f"  {told['stage']}/{told['reason']}{value}{limit}"))
    if "parts" in each:
        text = Text("  ")
        for how, before, after in each["parts"]:
            if how in {"delete", "replace"}:
                text.append(before, style=_STYLES["delete"])
            text.append("" if how == "delete" else after, style=_STYLES[how])
        lines.append(text)
    return lines


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for name in columns:
        is_number = name in {"before", "after", "change", "documents", "characters"}
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    return table
