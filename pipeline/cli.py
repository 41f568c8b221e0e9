"""The commands of `jingyu`: parse, call, print."""

import atexit
import gc
import json
import logging
import os
import sys
from typing import Annotated, Any, Literal

import typer

from jingyu.filters.settings.errors import FailedRunError, JingyuError
from jingyu.pipeline.audit.commands import (
    AUDIT_EPILOG,
    DIFF_EPILOG,
    WHATIF_EPILOG,
    audit,
    diff,
    whatif,
)
from jingyu.pipeline.audit.disclose.commands import DISCLOSE_EPILOG, disclose
from jingyu.pipeline.config.built_in import find_config
from jingyu.pipeline.config.config import RunConfig, load_config
from jingyu.pipeline.review.commands import REVIEW_EPILOG, SAMPLE_EPILOG, review, sample
from jingyu.pipeline.takedown.commands import TAKEDOWN_EPILOG, takedown

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Builds Chinese pre-training corpora from web crawls: clean, deduplicated, accounted for.",
)

_WRONG_CALL: Any = typer.BadParameter.__base__  # click's `UsageError`; typer exports no name for it
_STOPPED = 130
_NEW_OBJECTS_BEFORE_COLLECTION = 50_000

Config = Annotated[str, typer.Argument(help="YAML file; `demo` and `web_zh` are built in.")]


@app.command(
    "run",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": False},
    epilog="Example: jingyu run configs/web_zh.yaml --input crawl/*.warc.gz --output corpus-2026",
)
def run_command(  # noqa: PLR0913, PLR0917  (options of a command)
    context: typer.Context,
    config: Config,
    inputs: Annotated[
        list[str] | None,
        typer.Option("--input", "-i", help="File, folder, glob or address; may be repeated."),
    ] = None,
    output: Annotated[str, typer.Option("--output", "-o", help="Folder of the results.")] = "",
    workers: Annotated[
        int, typer.Option(min=1, help="Worker processes; one per core by default.")
    ] = os.cpu_count() or 1,
    staging: Annotated[
        str,
        typer.Option(help="Folder of staged files, which several outputs may share."),
    ] = "",
    replace: Annotated[  # noqa: FBT002
        bool, typer.Option("--replace", help="Documents of inputs that are not given may go.")
    ] = False,
) -> None:
    """Runs the whole flow; a rerun does what is missing. Beam's options follow `--`."""
    import jingyu
    from jingyu.pipeline.audit.summary import print_summary

    settings = jingyu.load_config(config)
    more_inputs, beam_options = _split(context.args)
    everything = (*(inputs or ()), *more_inputs)
    try:
        finished = jingyu.run(
            settings,
            everything,
            output,
            workers=workers,
            beam_options=beam_options,
            staging=staging,
            replace=replace,
        )
    except FailedRunError as error:
        print_summary(error.stats, output)
        raise
    print_summary(finished.stats, output)


@app.command("check", epilog="Example: jingyu check configs/web_zh.yaml")
def check_command(config: Config) -> None:
    """Validates a config: every error with its place and the fix, or what the config does."""
    from jingyu.pipeline.page.admission import Admission
    from jingyu.pipeline.run.outline import outline

    settings = load_config(find_config(config))
    typer.echo(outline(settings, Admission.of(settings)))


@app.command(
    "schema",
    epilog="Examples: jingyu schema > jingyu.schema.json · jingyu schema manifest",
)
def schema_command(
    what: Annotated[
        Literal["config", "stats", "manifest"],
        typer.Argument(help="Configs, or one of the files that a run leaves."),
    ] = "config",
) -> None:
    """Prints the JSON Schema of configs, for editors, or of stats.json or manifest.json."""
    from jingyu.schemas.run_files import RUN_FILES

    model = RUN_FILES.get(what, RunConfig)
    typer.echo(json.dumps(model.model_json_schema(), ensure_ascii=False, indent=2))


@app.command(
    "explain",
    epilog="Examples: jingyu explain configs/web_zh.yaml page.html --json · "
    "jingyu explain OUT https://www.example.cn/a.html",
)
def explain_command(
    where: Annotated[str, typer.Argument(metavar="CONFIG|OUT", help="A config, or an output.")],
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="PAGE…|URL…|ID…|HOST…",
            help="Saved pages; or of an output: addresses, ids or their beginnings, hosts, rows of "
            "shards as `corpus/part-00000.parquet:17`.",
        ),
    ],
    url: Annotated[
        str | None, typer.Option("--url", help="Address of the saved pages, if it is known.")
    ] = None,
    staging: Annotated[
        str, typer.Option(help="Folder of staged files, if the run was given one.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,  # noqa: FBT002
) -> None:
    """Shows every step of saved pages through a config, or what became of pages of a run."""
    from jingyu.pipeline.audit.explain import explain_pages, explain_rows
    from jingyu.pipeline.audit.explain_text import render

    config = find_config(where)
    if os.path.isdir(config) or os.path.isdir(os.path.join(where, "ledger")):
        found = explain_rows(where, what, staging)
    else:
        found = explain_pages(load_config(config), what, url)
    for each in found:
        typer.echo(json.dumps(each, ensure_ascii=False, default=str) if as_json else render(each))


app.command("audit", epilog=AUDIT_EPILOG)(audit)
app.command("diff", epilog=DIFF_EPILOG)(diff)
app.command("whatif", epilog=WHATIF_EPILOG)(whatif)
app.command("sample", epilog=SAMPLE_EPILOG)(sample)
app.command("review", epilog=REVIEW_EPILOG)(review)
app.command("takedown", epilog=TAKEDOWN_EPILOG)(takedown)
app.command("disclose", epilog=DISCLOSE_EPILOG)(disclose)


def _split(words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the inputs among the words that no option took, and Beam's options after them.

    A shell makes many words of `--input crawl/*.warc.gz`, and the option takes the first only.
    """
    options = next((n for n, word in enumerate(words) if word.startswith("-")), len(words))
    return tuple(words[:options]), tuple(words[options:])


def main(arguments: list[str] | None = None) -> Any:
    """Runs a command; errors are one sentence on stderr and exit code 1, of a wrong call 2."""
    # Modules and rows are many objects and hardly ever cycles: looking for these as often as
    # Python does by itself, and once more at the end, takes 0.2 s.
    gc.set_threshold(_NEW_OBJECTS_BEFORE_COLLECTION)
    atexit.register(gc.freeze)
    # Libraries that log to nobody in particular would set up a log on the terminal.
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        code = app(args=arguments, prog_name="jingyu", standalone_mode=False)
    except _WRONG_CALL as error:
        message = error.format_message().rstrip(".")  # none where the help was printed instead
        if message:
            sys.stderr.write(f"jingyu: {message}; see `{error.ctx.command_path} --help`\n")
        sys.exit(error.exit_code)
    except JingyuError as error:
        sys.stderr.write(f"jingyu: {error}\n")
        sys.exit(error.exit_code)
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"jingyu: {name}{error.strerror or error}; run again to continue\n")
        sys.exit(1)
    if code == _STOPPED:
        sys.stderr.write("jingyu: stopped; run the same command again to continue\n")
        sys.exit(_STOPPED)


if __name__ == "__main__":
    main()
