"""The difference of two outputs for the terminal."""

from typing import Any, Final

from rich.console import Group, JustifyMethod, RenderableType
from rich.table import Table
from rich.text import Text

from jingyu.pipeline.store.language import Language, Say
from jingyu.pipeline.store.terminal import printable

_MOST: Final = 15
_STYLES: Final = {"delete": "red strike", "insert": "green", "replace": "green", "equal": "dim"}


def render(found: dict[str, Any], language: Language = "en") -> Group:
    """Returns the difference as tables."""
    say = Say(language)
    parts: list[RenderableType] = [*_compared(found, say), _outcomes(found, say)]
    parts += [_reasons(found["reasons"], say), _documents(found, say)]
    if found["sources"]:
        parts.append(_sources(found["sources"], say))
    for kind, title in (
        ("came", say("came")),
        ("went", say("went")),
        ("changed", say("text changed")),
    ):
        parts += [line for each in found["examples"][kind] for line in _example(each, title, say)]
    return Group(*parts)


def _compared(found: dict[str, Any], say: Say) -> list[Text]:
    """Returns what is compared, how, and what made the two otherwise."""
    one, other = found["outputs"]
    head = say("{one} → {other}, documents compared by {what}")
    told = head.format(one=one, other=other, what=say(found["compared_by"]))
    lines = [Text(told, style="bold")]
    if found["config"]:
        lines.append(Text("\n  ".join([say("config"), *map(say.change, found["config"])])))
    if found["code"][0] != found["code"][1]:
        versions = " → ".join(map(str, found["code"]))
        lines.append(Text(say("made by different code: {versions}").format(versions=versions)))
    return lines


def _outcomes(found: dict[str, Any], say: Say) -> Table:
    table = _table(say, say("records by outcome"), "outcome", "before", "after", "change")
    for name, (before, after) in found["outcomes"].items():
        table.add_row(say.outcome(name), f"{before:,}", f"{after:,}", f"{after - before:+,}")
    return table


def _reasons(rows: list[dict[str, Any]], say: Say) -> Table:
    columns = ("stage", "reason", "before", "after", "change")
    table = _table(say, say("records by reason"), *columns)
    for row in rows[:_MOST]:
        cells = (f"{row['before']:,}", f"{row['after']:,}", f"{row['after'] - row['before']:+,}")
        table.add_row(say.stage(row["stage"]), say.ended(row), *cells)
    return table


def _documents(found: dict[str, Any], say: Say) -> Table:
    told = found["documents"]
    table = _table(say, say("documents"), "", "documents", "characters")
    for name, label in (("came", say("came")), ("went", say("went")), ("changed", say("changed"))):
        table.add_row(label, f"{told[name]:,}", f"{told['characters'][name]:+,}")
    table.add_row(say("same"), f"{told['same']:,}", "")
    if told["moved"]:
        table.add_row(say("came, with a known text"), f"{told['moved']:,}", "")
    for title, rows in (
        (say("came from {place}"), found["came_from"]),
        (say("went to {place}"), found["went_to"]),
    ):
        for row in rows[:_MOST]:
            line = title.format(place=_place(row, say))
            table.add_row(f"  {line}", f"{row['documents']:,}", "")
    return table


def _place(row: dict[str, Any], say: Say) -> str:
    if row["stage"] is None:
        return say("nowhere")
    return f"{say.stage(row['stage'])}/{say.ended(row)}"


def _sources(rows: list[dict[str, Any]], say: Say) -> Table:
    table = _table(say, say("sites by kept documents"), "host", "before", "after", "change")
    for row in rows[:_MOST]:
        cells = (f"{row['before']:,}", f"{row['after']:,}", f"{row['after'] - row['before']:+,}")
        table.add_row(Text(printable(row["host"] or say("(none)"))), *cells)
    return table


def _example(each: dict[str, Any], title: str, say: Say) -> list[Text]:
    named = printable(f"{each['title'] or say('(no title)')} — {each['host']}")
    lines = [Text(f"{title}{say(': ')}{named}", style="bold")]
    told = each.get("before") or each.get("after")
    if told:
        limit = told["limit"]
        beside = "" if limit is None else say(", limit {limit}").format(limit=f"{limit:.4g}")
        value = "" if told["measured"] is None else f" {told['measured']:.4g}"
        lines.append(Text(f"  {_place(told, say)}{value}{beside}"))
    if "parts" in each:
        text = Text("  ")
        for how, before, after in each["parts"]:
            if how in {"delete", "replace"}:
                text.append(before, style=_STYLES["delete"])
            text.append("" if how == "delete" else after, style=_STYLES[how])
        lines.append(text)
    return lines


def _table(say: Say, title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for name in columns:
        is_number = name in {"before", "after", "change", "documents", "characters"}
        justify: JustifyMethod = "right" if is_number else "left"
        table.add_column(name and say(name), justify=justify, overflow="fold")
    return table
