"""What a question brought, for the terminal."""

from typing import Any

from rich.console import Group, JustifyMethod, RenderableType
from rich.table import Table
from rich.text import Text

from jingyu.pipeline.store.language import Language, Say
from jingyu.pipeline.store.terminal import printable

_MOST_REASONS = 15


def render(found: dict[str, Any], language: Language = "en") -> Group:
    """Returns the answer as tables."""
    say = Say(language)
    parts: list[RenderableType] = [_changed(found, say), _kept(found["kept"], say)]
    parts += _cautions(found, say)
    parts += [_reasons(found["reasons"], say), _waterfall(found["waterfall"], say)]
    if found["sources"]:
        parts.append(_sources(found["sources"], say))
    if found["sweep"]:
        parts.append(_curve(found["sweep"], say))
    for each in found["comes"]:
        parts += _example(each, say("would come"), each["before"], say)
    for each in found["goes"]:
        parts += _example(each, say("would go"), each["after"], say)
    return Group(*parts)


def _changed(found: dict[str, Any], say: Say) -> Text:
    if not found["changed"]:
        return Text(say("nothing is decided otherwise"), style="bold")
    return Text("\n".join(say.change(each) for each in found["changed"]), style="bold")


def _kept(kept: dict[str, dict[str, int]], say: Say) -> Table:
    table = _table(say, say("what would be kept"), "", "now", "then", "change")
    for name, label in (
        ("documents", say("documents")),
        ("characters", say("characters")),
        ("estimated_tokens", say("tokens, estimated")),
    ):
        was, would = kept["before"][name], kept["after"][name]
        table.add_row(label, f"{was:,}", f"{would:,}", _signed(would - was))
    return table


def _cautions(found: dict[str, Any], say: Say) -> list[Text]:
    steps = say(", ").join(map(say.stage, found["as_they_stand"]))
    stand = say("as they stand in the run, not decided again: {steps}; what comes may duplicate")
    more = say(
        "{section}: lets in pages that were not staged: up to {pages} more, which a run has to "
        "read again"
    )
    told = [stand.format(steps=steps)]
    told += [
        more.format(section=each["section"], pages=f"{each['pages']:,}")
        for each in found["not_staged"]
    ]
    return [Text(line, style="italic") for line in told]


def _reasons(reasons: list[dict[str, Any]], say: Say) -> Table:
    columns = ("stage", "reason", "now", "then", "change")
    table = _table(say, say("staged documents by reason"), *columns)
    changed = [row for row in reasons if row["before"] != row["after"]]
    for row in changed[:_MOST_REASONS]:
        cells = (row["before"], row["after"])
        change = _signed(row["after"] - row["before"])
        numbers = [f"{cell:,}" for cell in cells]
        table.add_row(say.stage(row["stage"]), say.ended(row), *numbers, change)
    return table


def _waterfall(rows: list[dict[str, Any]], say: Say) -> Table:
    columns = ("stage", "reason", "alone", "in order", "left")
    table = _table(say, say("what each removes"), *columns)
    for row in rows:
        alone = "" if row["alone"] is None else f"{row['alone']:,}"
        cells = (alone, f"{row['documents']:,}", f"{row['left']:,}")
        table.add_row(say.stage(row["stage"]), say.reason(row["reason"]), *cells)
    return table


def _sources(rows: list[dict[str, Any]], say: Say) -> Table:
    table = _table(say, say("sources that change most"), "host", "now", "then", "change")
    for row in rows[:10]:
        cells = (f"{row['before']:,}", f"{row['after']:,}", _signed(row["documents"]))
        table.add_row(Text(printable(row["host"] or say("(none)"))), *cells)
    return table


def _curve(found: dict[str, Any], say: Say) -> Table:
    title = f"{found['signal']}, {found['bound']} ({say.reason(found['reason'])})"
    table = _table(say, title, "limit", "documents", "characters", "")
    most = max(point["documents"] for point in found["points"]) or 1
    for point in found["points"]:
        bar = "█" * round(20 * point["documents"] / most)
        cells = (f"{point['documents']:,}", f"{point['characters']:,}", bar)
        table.add_row(f"{point['limit']:.4g}", *cells)
    return table


def _example(
    each: dict[str, Any], title: str, ended: dict[str, Any], say: Say
) -> list[RenderableType]:
    values = ", ".join(f"{name} {value:.4g}" for name, value in each["values"].items())
    limit = ended["limit"]
    beside = "" if limit is None else say(", limit {limit}").format(limit=f"{limit:.4g}")
    size = say("{count} characters").format(count=f"{each['char_count']:,}")
    named = f"{each['title'] or say('(no title)')} — {each['host'] or each['document_id']}"
    return [
        Text(printable(f"{title}{say(': ')}{named}"), style="bold"),
        Text(f"  {say.reason(ended['reason'])}{say(': ')}{values}{beside} · {size}"),
        Text(f"  {printable(each['deciding'])}"),
    ]


def _table(say: Say, title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    numbers = {"now", "then", "change", "alone", "in order", "left", "documents", "characters"}
    for name in columns:
        justify: JustifyMethod = "right" if name in numbers else "left"
        table.add_column(name and say(name), justify=justify, overflow="fold")
    return table


def _signed(change: int) -> str:
    return f"{change:+,}" if change else "0"
