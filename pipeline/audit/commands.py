"""The commands that read finished outputs."""

import json
from typing import Annotated, Any

import typer

from jingyu.pipeline.store.language import Language
from jingyu.pipeline.store.reader import Reading, tell

WHATIF_EPILOG = (
    "Example: jingyu whatif OUT --set rules.han_ratio.min=0.3 --set language.keep=[zh,yue] "
    "--sweep han_ratio.min"
)

DIFF_EPILOG = "Example: jingyu diff corpus-october corpus-november"
AUDIT_EPILOG = "Example: jingyu audit OUT"

Out = Annotated[str, typer.Argument(metavar="OUT", help="Output folder of a finished run.")]
Staging = Annotated[str, typer.Option(help="Folder of staged files, if the run was given one.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object in place of tables.")]


def whatif(  # noqa: PLR0913  (one for each option)
    out: Out,
    *,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Another setting; may be repeated."),
    ] = None,
    recipe: Annotated[str, typer.Option(help="A built-in config that is to decide.")] = "",
    config: Annotated[str, typer.Option(help="A YAML file that is to decide.")] = "",
    sweep: Annotated[
        str, typer.Option(metavar="KEY", help="A limit whose values are tried: han_ratio.min.")
    ] = "",
    staging: Staging = "",
    language: Reading,
    as_json: AsJson = False,
) -> None:
    """Shows what other settings would keep, with examples, and changes nothing."""
    import jingyu
    from jingyu.filters.settings.errors import ConfigError
    from jingyu.pipeline.audit.whatif.render import render

    if recipe and config:
        raise ConfigError("give either `--recipe` or `--config`")
    named = recipe or config
    other = jingyu.load_config(named) if named else None
    if not (settings or other or sweep):
        raise ConfigError(
            "nothing to ask: give `--set KEY=VALUE`, `--recipe`, `--config`, `--sweep`"
        )
    found = jingyu.whatif(out, settings or (), config=other, sweep=sweep, staging=staging)
    show(found, render, language, as_json=as_json)


def audit(
    out: Out,
    *,
    report: Annotated[
        str, typer.Option(metavar="PATH", help="The report; OUT/report.html by default.")
    ] = "",
    staging: Staging = "",
    language: Reading,
    as_json: Annotated[
        bool, typer.Option("--json", help="The report's figures as JSON, and no report.")
    ] = False,
) -> None:
    """Writes the report of a finished run: one page that opens from disk and asks for nothing."""
    import jingyu
    from jingyu.pipeline.audit.report.report import figures_of, write_report
    from jingyu.pipeline.read import storage
    from jingyu.pipeline.store.layout import REPORT

    output = jingyu.open_output(out, staging)
    if as_json:
        typer.echo(json.dumps(figures_of(output), ensure_ascii=False, default=str))
        return
    path = report or storage.join(out, REPORT)
    write_report(output, path)
    tell(f"report: {path}", language)


def diff(
    one: Annotated[str, typer.Argument(metavar="OUT_A", help="Output folder of a run.")],
    other: Annotated[str, typer.Argument(metavar="OUT_B", help="That of another one.")],
    *,
    language: Reading,
    as_json: AsJson = False,
) -> None:
    """Shows what came, went or changed between two outputs: config, reasons, sites, documents."""
    import jingyu
    from jingyu.pipeline.audit.diff.diff import diff
    from jingyu.pipeline.audit.diff.render import render

    found = diff(jingyu.open_output(one), jingyu.open_output(other))
    show(found, render, language, as_json=as_json)


def show(found: dict[str, Any], render: Any, language: Language, *, as_json: bool) -> None:
    """Prints what was found, as JSON or as tables in a language."""
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, default=str))
        return
    from rich.console import Console

    Console().print(render(found, language))
