"""What was found of a page, or of a host, as lines of text."""

from collections.abc import Callable
from typing import Any

from rich.cells import set_cell_size

from jingyu.pipeline.store.language import Language, Names, Say, said
from jingyu.pipeline.store.terminal import printable

Explained = dict[str, Any]
_SHOWN = 300
_MARK_CELLS = 6
_STRETCHES = 5


def render(explained: Explained, language: Language = "en") -> str:
    """Returns what was found as lines of text."""
    say = Say(language)
    lines = []
    for name, value in explained.items():
        if name == "signals":
            lines.append(say("signals:"))
            lines += [f"  {signal}{say(': ')}{_short(each, say)}" for signal, each in value.items()]
        elif name in _TOLD and value:
            lines += _TOLD[name](value, say)
        elif value not in (None, []):
            told = _short(_meant(name, value, say), say)
            lines.append(f"{say.named('columns', name)}{say(': ')}{told}")
    return "\n".join(lines) + "\n"


def _meant(name: str, value: Any, say: Say) -> Any:
    """Returns what a value is called, where it is one of few."""
    if name == "reason":
        return say.reason(value)
    if isinstance(value, dict):
        return say(", ").join(f"{key} {each}" for key, each in value.items() if each is not None)
    if isinstance(value, list | tuple):
        return say(", ").join(map(str, value))
    return say.named(_NAMED[name], value) if name in _NAMED else value


def _broken(rules: list[Explained], say: Say) -> list[str]:
    line = say("broken rule: {reason} ({signal} {measured}, limit {limit})")
    return [
        line.format(
            reason=say.reason(rule["reason"]),
            signal=rule["signal"],
            measured=_short(rule["measured"], say),
            limit=_short(rule["limit"], say),
        )
        for rule in rules
    ]


def _checks(checks: list[Explained], say: Say) -> list[str]:
    lines = [say("checks:")]
    for check in checks:
        mark = set_cell_size(say("passes") if check["passes"] else say("FAILS"), _MARK_CELLS)
        also = check.get("also")
        more = say("; also {check}").format(check=_beside_limit(also, say)) if also else ""
        reason = say.reason(check["reason"])
        lines.append(f"  {mark} {reason}{say(': ')}{_beside_limit(check, say)}{more}")
    return lines


def _beside_limit(check: Explained, say: Say) -> str:
    value = f"{check['signal']} {_short(check['measured'], say)}"
    of = ""
    if "of" in check:
        of = say(" if {standing}").format(standing=say.named("verdicts", check["of"]))
    if check["limit"] is None:
        return f"{value}{say(', no limit')}{of}"
    bound = say(", {bound} {limit}")
    limit = _short(check["limit"], say)
    return f"{value}{bound.format(bound=say(check['bound']), limit=limit)}{of}"


def _reasons(rows: list[Explained], say: Say) -> list[str]:
    named = (f"{say.stage(row['stage'])}/{say.ended(row)}" for row in rows)
    return [say("what became of its pages:")] + [
        f"  {row['pages']:>9,}  {name}" for row, name in zip(rows, named, strict=True)
    ]


def _to_keep(changes: list[str], say: Say) -> list[str]:
    return [say("to keep it:"), *(f"  {said(change, say.language)}" for change in changes)]


def _dropped(sources: list[Explained], say: Say) -> list[str]:
    line = say("left out whole: {site}, {bad} of {pages} pages bad")
    return [
        line.format(site=each["site"], bad=f"{each['bad_pages']:,}", pages=f"{each['pages']:,}")
        for each in sources
    ]


def _duplicate(other: Explained, say: Say) -> list[str]:
    named = printable(other["title"] or other["document_id"])
    head = say("it duplicates: {document} ({url})")
    pair = say("here {one}, there {other}")
    return [head.format(document=named, url=printable(other["url"] or ""))] + [
        "  " + pair.format(one=repr(_short(one, say)), other=repr(_short(two, say)))
        for _, one, two in other["differences"]
    ]


def _left_text(left: Explained, say: Say) -> list[str]:
    counts = [
        words.format(count=left[name])
        for name, words in (
            ("repeated_line_count", say("{count} repeated lines")),
            ("boilerplate_line_count", say("{count} lines of its host")),
            ("cut_passage_count", say("{count} passages of many documents")),
        )
        if left[name]
    ]
    named = ", ".join(left["passages_kept_in"][:_STRETCHES])
    stays = say("; these stay in {documents}").format(documents=named) if named else ""
    stretches = left["stretches"]
    more = say("… and {count} more").format(count=len(stretches) - _STRETCHES)
    told = say(", ").join(counts) or say("questions")
    return [
        say("left the text: {what}").format(what=told) + stays,
        *(f"  {_short(stretch, say)}" for stretch in stretches[:_STRETCHES]),
        *([f"  {more}"] if len(stretches) > _STRETCHES else []),
    ]


_TOLD: dict[str, Callable[[Any, Say], list[str]]] = {
    "broken_rules": _broken,
    "checks": _checks,
    "reasons": _reasons,
    "to_keep": _to_keep,
    "left_out_whole": _dropped,
    "duplicate": _duplicate,
    "left_text": _left_text,
}
_NAMED: dict[str, Names] = {
    "outcome": "outcomes",
    "stage": "stages",
    "verdict": "verdicts",
    "origin": "verdicts",
}


def _short(value: Any, say: Say) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    text = "\n".join(map(printable, str(value).split("\n")))
    if len(text) <= _SHOWN:
        return text
    return text[:_SHOWN] + say("… ({count} characters)").format(count=f"{len(text):,}")
