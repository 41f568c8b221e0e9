"""What was found of a page, or of a host, as lines of text."""

from collections.abc import Callable
from typing import Any

from jingyu.pipeline.store.terminal import printable

Explained = dict[str, Any]
_SHOWN = 300
_STRETCHES = 5


def render(explained: Explained) -> str:
    """Returns what was found as lines of text."""
    lines = []
    for name, value in explained.items():
        if name == "signals":
            lines.append("signals:")
            lines += [f"  {signal}: {_short(number)}" for signal, number in value.items()]
        elif name == "broken_rules":
            lines += [
                f"broken rule: {rule['reason']} ({rule['signal']} {_short(rule['measured'])}, "
                f"limit {_short(rule['limit'])})"
                for rule in value
            ]
        elif name in _TOLD and value:
            lines += _TOLD[name](value)
        elif value not in (None, []):
            lines.append(f"{name}: {_short(value)}")
    return "\n".join(lines) + "\n"


def _checks(checks: list[Explained]) -> list[str]:
    lines = ["checks:"]
    for check in checks:
        mark = "passes" if check["passes"] else "FAILS"
        also = check.get("also")
        more = f"; also {_beside_limit(also)}" if also else ""
        lines.append(f"  {mark:6} {check['reason']}: {_beside_limit(check)}{more}")
    return lines


def _beside_limit(check: Explained) -> str:
    value = f"{check['signal']} {_short(check['measured'])}"
    of = f" if {check['of']}" if "of" in check else ""
    if check["limit"] is None:
        return f"{value}, no limit{of}"
    return f"{value}, {check['bound']} {_short(check['limit'])}{of}"


def _reasons(rows: list[Explained]) -> list[str]:
    named = (f"{row['stage']}/{row['reason'] or row['outcome']}" for row in rows)
    return ["what became of its pages:"] + [
        f"  {row['pages']:>9,}  {name}" for row, name in zip(rows, named, strict=True)
    ]


def _to_keep(changes: list[str]) -> list[str]:
    return ["to keep it:", *(f"  {change}" for change in changes)]


def _dropped(sources: list[Explained]) -> list[str]:
    return [
        f"left out whole: {each['site']}, {each['bad_pages']:,} of {each['pages']:,} pages bad"
        for each in sources
    ]


def _duplicate(other: Explained) -> list[str]:
    named = printable(other["title"] or other["document_id"])
    head = f"it duplicates: {named} ({printable(other['url'] or '')})"
    return [head] + [
        f"  here {_short(one)!r}, there {_short(two)!r}" for _, one, two in other["differences"]
    ]


def _left_text(left: Explained) -> list[str]:
    counts = [
        f"{left[name]} {words}"
        for name, words in (
            ("repeated_line_count", "repeated lines"),
            ("boilerplate_line_count", "lines of its host"),
            ("cut_passage_count", "passages of many documents"),
        )
        if left[name]
    ]
    named = ", ".join(left["passages_kept_in"][:_STRETCHES])
    stays = f"; these stay in {named}" if named else ""
    stretches = left["stretches"]
    more = f"  … and {len(stretches) - _STRETCHES} more" if len(stretches) > _STRETCHES else ""
    return [
        f"left the text: {', '.join(counts) or 'questions'}{stays}",
        *(f"  {_short(stretch)}" for stretch in stretches[:_STRETCHES]),
        *([more] if more else []),
    ]


_TOLD: dict[str, Callable[[Any], list[str]]] = {
    "checks": _checks,
    "reasons": _reasons,
    "to_keep": _to_keep,
    "left_out_whole": _dropped,
    "duplicate": _duplicate,
    "left_text": _left_text,
}


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    text = "\n".join(map(printable, str(value).split("\n")))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text):,} characters)"
