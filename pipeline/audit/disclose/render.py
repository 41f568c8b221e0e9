"""Forms as Markdown and HTML for people, and as JSON for programs."""

import html
import json
from collections.abc import Iterator
from typing import Any

from jingyu.pipeline.audit.disclose.figures import Figure
from jingyu.pipeline.audit.disclose.form import Field, Form, Language, Text

_UNKNOWN = Text("Not known to the output", "产出中没有")
_FILL = Text("fill in as `{}` in disclosure.yaml", "在 disclosure.yaml 中以 `{}` 填写")
_QUERY = Text("Query", "查询")
_UNKNOWN_LIST = Text("Fields that only people can fill in", "只有人能填写的栏目")
_NONE = Text("none", "无")
_HOW = Text(
    "Each number stands beside the query that yields it. `corpus` and `ledger` are the Parquet "
    "files of the two folders: in DuckDB, `create view corpus as from 'corpus/**/*.parquet'` and "
    "`create view ledger as from 'ledger/*.parquet'`, in the folder of the output.",
    "每个数字旁边都有得出它的查询。`corpus` 与 `ledger` 是两个文件夹中的 Parquet 文件："
    "在产出文件夹中用 DuckDB 执行 "
    "`create view corpus as from 'corpus/**/*.parquet'` 和 "
    "`create view ledger as from 'ledger/*.parquet'`。",
)
_STYLE = (
    "body{font:16px/1.6 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;margin:.5rem 0}td,th{border:1px solid #bbb;padding:.2rem .5rem;"
    "text-align:left;vertical-align:top;overflow-wrap:anywhere}code{font-size:.8rem}"
    "details{color:#555}.unknown{background:#fff3cd}h3{margin-bottom:0}"
)


def as_json(form: Form, language: Language) -> str:
    """Returns a form as JSON: its fields with figures and queries, and what is unknown."""
    told = {
        "form": form.name,
        "title": form.title.in_(language),
        "note": form.note.in_(language),
        "source": form.source,
        "about": form.about,
        "sections": [
            {
                "title": section.title.in_(language),
                "fields": [_told(each, language) for each in section.fields],
            }
            for section in form.sections
        ],
        "unknown": [each.key or each.name for each in form.unknown],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _told(field: Field, language: Language) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": field.label.in_(language),
        "said": field.said.in_(language) if field.said else None,
        "added": field.added,
        "key": field.key,
        "unknown": field.is_unknown,
        "figures": [
            {
                "name": figure.name,
                "query": figure.query,
                "columns": figure.columns,
                "rows": figure.rows,
            }
            for figure in field.figures
        ],
    }


def as_markdown(form: Form, language: Language) -> str:
    """Returns a form as Markdown."""
    return "\n".join(_lines(form, language)) + "\n"


def _lines(form: Form, language: Language) -> Iterator[str]:
    yield from (f"# {form.title.in_(language)}", "", form.note.in_(language), "")
    yield from (_HOW.in_(language), "")
    for name, value in form.about.items():
        yield f"- {name}: {value}"
    for section in form.sections:
        yield from ("", f"## {section.title.in_(language)}")
        for each in section.fields:
            yield from ("", f"### {each.name} {each.label.in_(language)}", "")
            yield from _field_lines(each, language)
    yield from ("", f"## {_UNKNOWN_LIST.in_(language)}", "")
    yield from [f"- `{each.key or each.name}`: {each.label.in_(language)}" for each in form.unknown]
    yield from () if form.unknown else (_NONE.in_(language),)


def _field_lines(field: Field, language: Language) -> Iterator[str]:
    if field.said:
        yield from (field.said.in_(language), "")
    if field.added:
        yield from (field.added, "")
    if field.is_unknown:
        yield f"**{_UNKNOWN.in_(language)}**: {_FILL.in_(language).format(field.key)}."
    for figure in field.figures:
        yield from _table_lines(figure)
        yield from ("", f"{_QUERY.in_(language)}: `{figure.query}`", "")


def _table_lines(figure: Figure) -> Iterator[str]:
    yield f"| {' | '.join(figure.columns)} |"
    yield "|" + " --- |" * len(figure.columns)
    for row in figure.rows:
        yield f"| {' | '.join(_plain(_cell(value)) for value in row)} |"


def _plain(words: str) -> str:
    """Returns words of a page so that they neither end a cell of Markdown nor become elements."""
    return words.replace("|", "\\|").replace("<", "&lt;")


def _cell(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.4g}"
    return "" if value is None else " ".join(str(value).split())


def as_html(form: Form, language: Language) -> str:
    """Returns a form as one HTML page that needs nothing else."""
    body = "".join(_parts(form, language))
    title = html.escape(form.title.in_(language))
    code = "zh-CN" if language == "zh" else "en"
    return (
        f'<!DOCTYPE html><html lang="{code}"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style><h1>{title}</h1>{body}</html>\n"
    )


def _parts(form: Form, language: Language) -> Iterator[str]:
    yield f"<p>{html.escape(form.note.in_(language))}</p><p>{html.escape(_HOW.in_(language))}</p>"
    told = "".join(
        f"<li>{html.escape(f'{name}: {value}')}</li>" for name, value in form.about.items()
    )
    yield f"<ul>{told}</ul><nav><ol>"
    for number, section in enumerate(form.sections):
        yield f'<li><a href="#s{number}">{html.escape(section.title.in_(language))}</a></li>'
    yield "</ol></nav>"
    for number, section in enumerate(form.sections):
        yield f'<h2 id="s{number}">{html.escape(section.title.in_(language))}</h2>'
        for each in section.fields:
            yield from _field_parts(each, language)
    yield f"<h2>{_UNKNOWN_LIST.in_(language)}</h2><ul>"
    for each in form.unknown:
        label = html.escape(each.label.in_(language))
        yield f"<li><code>{each.key or each.name}</code>: {label}</li>"
    yield "</ul>"


def _field_parts(field: Field, language: Language) -> Iterator[str]:
    yield f"<h3>{html.escape(f'{field.name} {field.label.in_(language)}')}</h3>"
    for said in (field.said.in_(language) if field.said else None, field.added):
        yield f"<p>{html.escape(said)}</p>" if said else ""
    if field.is_unknown:
        fill = html.escape(_FILL.in_(language).format(field.key))
        yield f'<p class="unknown">{_UNKNOWN.in_(language)}: {fill}.</p>'
    for figure in field.figures:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in figure.columns)
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_cell(value))}</td>" for value in row) + "</tr>"
            for row in figure.rows
        )
        yield f"<table><tr>{head}</tr>{rows}</table><details><summary>{_QUERY.in_(language)}"
        yield f"</summary><code>{html.escape(figure.query)}</code></details>"
