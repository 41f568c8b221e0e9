"""The commands of `jingyu`: parse, call, print."""

import errno
import functools
import json
import logging
import os
import sys
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

import jingyu.pipeline.run.start  # noqa: F401  (it has to come first)
from jingyu.filters.settings.errors import ConfigError, FailedRunError, JingyuError
from jingyu.pipeline.audit.commands import (
    AUDIT_EPILOG,
    DIFF_EPILOG,
    WHATIF_EPILOG,
    audit,
    diff,
    whatif,
)
from jingyu.pipeline.audit.disclose.commands import DISCLOSE_EPILOG, disclose
from jingyu.pipeline.review.commands import (
    REVIEW_EPILOG,
    SAMPLE_EPILOG,
    SOURCES_EPILOG,
    review,
    sample,
    sources,
)
from jingyu.pipeline.review.training import TRAIN_EPILOG, train_quality
from jingyu.pipeline.store.commands import Command, Commands
from jingyu.pipeline.store.language import Language, Say, said, spoken
from jingyu.pipeline.store.reader import Reading, tell
from jingyu.pipeline.takedown.commands import TAKEDOWN_EPILOG, takedown

if TYPE_CHECKING:
    from jingyu.pipeline.config.config import RunConfig

# What a command needs beside its options it imports itself: `--help` has no use for it.

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Builds Chinese pre-training corpora from web crawls: clean, deduplicated, accounted for.",
)

command: Any = functools.partial(app.command, cls=Command)

_WRONG_CALL: Any = typer.BadParameter.__base__  # click's `UsageError`; typer exports no name for it
_STOPPED = 130

_RUN_AGAIN = "run again to continue"
_ADVICE = {
    errno.EACCES: "it may not be read or written: change its permissions, or give another place",
    errno.EPERM: "it may not be changed: change its permissions, or give another place",
    errno.EROFS: "nothing can be written there: give another `--output` or `--staging`",
    errno.ENOENT: "it is not there: check the path",
    errno.ENOTDIR: "a file stands where a folder has to be: give another place",
    errno.EEXIST: "a file stands where a folder has to be: give another place",
    errno.EISDIR: "a folder stands where a file has to be: give another place",
    errno.ENOSPC: f"make room there, then {_RUN_AGAIN}",
    errno.EDQUOT: f"make room there, then {_RUN_AGAIN}",
    errno.EMFILE: f"raise the limit of open files (`ulimit -n`), then {_RUN_AGAIN}",
}
"""What helps against an error of the system; against others, running again may."""


def _version(is_wanted: bool) -> None:  # noqa: FBT001  (a callback of typer)
    from importlib import metadata

    if is_wanted:
        typer.echo(f"jingyu {metadata.version('jingyu')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    language: Reading,
    _: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    pass


Config = Annotated[
    str, typer.Argument(help="YAML file; `demo`, `web_zh` and recipes are built in.")
]


@command(
    "run",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": False},
    epilog="Example: jingyu run configs/web_zh.yaml --input crawl/*.warc.gz --output corpus-2026",
)
def run_command(  # noqa: PLR0913  (options of a command)
    context: typer.Context,
    config: Config,
    *,
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
    replace: Annotated[
        bool, typer.Option("--replace", help="Documents of inputs that are not given may go.")
    ] = False,
    log: Annotated[
        str, typer.Option("--log", metavar="FILE", help="What is said is added to it, with times.")
    ] = "",
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Only say what would be read, why, and about how long it takes."
        ),
    ] = False,
    language: Reading,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="The summary as JSON: what stats.json holds.")
    ] = False,
) -> None:
    """Runs the whole flow; a rerun does what is missing. Beam's options follow `--`."""
    import jingyu
    from jingyu.pipeline.audit.summary import print_summary

    def tell(stats: dict[str, Any]) -> None:
        if as_json:
            typer.echo(json.dumps(stats, ensure_ascii=False))
        elif not quiet:
            print_summary(stats, output, language)

    settings = jingyu.load_config(config)
    more_inputs, beam_options = _split(context.args)
    everything = (*(inputs or ()), *more_inputs)
    if dry_run:
        _dry_run(settings, everything, output, workers, staging, None if as_json else language)
        return
    try:
        finished = jingyu.run(
            settings,
            everything,
            output,
            workers=workers,
            beam_options=beam_options,
            staging=staging,
            replace=replace,
            quiet=quiet,
            log=log,
            language=language,
        )
    except FailedRunError as error:
        tell(error.stats)
        raise
    tell(finished.stats)


def _dry_run(  # noqa: PLR0913, PLR0917  (options of the command)
    config: "RunConfig",
    inputs: tuple[str, ...],
    output: str,
    workers: int,
    staging: str,
    language: Language | None,
) -> None:
    """Says what a run would do, as JSON where no language is given."""
    from jingyu.pipeline.flow import Run, dry_run
    from jingyu.pipeline.run.engine import Engine
    from jingyu.pipeline.run.outlook import told

    if not output:
        raise ConfigError("give the folder of the results: `--output FOLDER`")
    found = dry_run(Run(config, inputs, output, Engine(workers), staging))
    typer.echo(said(told(found), language) if language else json.dumps(found, ensure_ascii=False))


@command("init", epilog="Example: jingyu init web_zh --to my-crawl.yaml")
def init_command(
    recipe: Annotated[str, typer.Argument(help="A config that is built in.")] = "web_zh",
    path: Annotated[str, typer.Option("--to", help="The file to write.")] = "jingyu.yaml",
    *,
    language: Reading,
) -> None:
    """Writes a config of your own, with the source of every limit, to start from."""
    from jingyu.pipeline.config.built_in import find_config
    from jingyu.pipeline.config.config import load_config

    source = find_config(recipe)
    load_config(source)
    try:
        with open(path, "x", encoding="utf-8") as file:
            file.write(source.read_text(encoding="utf-8"))
    except FileExistsError:
        raise ConfigError(f"{path}: is there already; give another `--to`") from None
    tell(f"{path}: a copy of {recipe}; `jingyu check {path}` shows what it does", language)


@command("check", epilog="Example: jingyu check configs/web_zh.yaml")
def check_command(config: Config, *, language: Reading) -> None:
    """Validates a config: every error with its place and the fix, or what the config does."""
    from jingyu.pipeline.config.built_in import find_config
    from jingyu.pipeline.config.config import load_config
    from jingyu.pipeline.page.admission import Admission
    from jingyu.pipeline.run.outline import outline

    settings = load_config(find_config(config))
    typer.echo(outline(settings, Admission.of(settings), language))


@command(
    "schema",
    epilog="Examples: jingyu schema > jingyu.schema.json · jingyu schema manifest",
)
def schema_command(
    what: Annotated[
        Literal["config", "stats", "manifest"],
        typer.Argument(help="Configs, or one of the files that a run leaves."),
    ] = "config",
    *,
    _language: Reading,
) -> None:
    """Prints the JSON Schema of configs, for editors, or of stats.json or manifest.json."""
    from jingyu.pipeline.config.config import RunConfig
    from jingyu.schemas.run_files import RUN_FILES

    model = RUN_FILES.get(what, RunConfig)
    typer.echo(json.dumps(model.model_json_schema(), ensure_ascii=False, indent=2))


@command(
    "explain",
    epilog="Examples: jingyu explain configs/web_zh.yaml page.html --json · "
    "jingyu explain OUT https://www.example.cn/a.html",
)
def explain_command(  # noqa: PLR0913  (options of a command)
    where: Annotated[str, typer.Argument(metavar="CONFIG|OUT", help="A config, or an output.")],
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="PAGE…|URL…|ID…|HOST…",
            help="Pages, crawl files; or of an output: addresses, ids or their beginnings, "
            "hosts, rows of shards as `corpus/part-00000.parquet:17`.",
        ),
    ],
    url: Annotated[
        str | None,
        typer.Option("--url", help="Address of a saved page; of a crawl file, the only one."),
    ] = None,
    staging: Annotated[
        str, typer.Option(help="Folder of staged files, if the run was given one.")
    ] = "",
    *,
    language: Reading,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Shows every step of saved pages through a config, or what became of pages of a run."""
    from jingyu.pipeline.audit.explain import explain_pages, explain_rows
    from jingyu.pipeline.audit.explain_text import render
    from jingyu.pipeline.config.built_in import find_config
    from jingyu.pipeline.config.config import load_config

    config = find_config(where)
    if os.path.isdir(config) or os.path.isdir(os.path.join(where, "ledger")):
        found = explain_rows(where, what, staging)
    else:
        found = explain_pages(load_config(config), what, url)
    for each in found:
        told = json.dumps(each, ensure_ascii=False, default=str) if as_json else ""
        typer.echo(told or render(each, language))


command("audit", epilog=AUDIT_EPILOG)(audit)
command("diff", epilog=DIFF_EPILOG)(diff)
command("whatif", epilog=WHATIF_EPILOG)(whatif)
command("sample", epilog=SAMPLE_EPILOG)(sample)
command("review", epilog=REVIEW_EPILOG)(review)
command("sources", epilog=SOURCES_EPILOG)(sources)
command("takedown", epilog=TAKEDOWN_EPILOG)(takedown)
command("disclose", epilog=DISCLOSE_EPILOG)(disclose)
command("train-quality", epilog=TRAIN_EPILOG)(train_quality)


def _split(words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the inputs among the words that no option took, and Beam's options after them.

    A shell makes many words of `--input crawl/*.warc.gz`, and the option takes the first only.
    """
    options = next((n for n, word in enumerate(words) if word.startswith("-")), len(words))
    return tuple(words[:options]), tuple(words[options:])


def main(arguments: list[str] | None = None) -> Any:
    """Runs a command; errors are one sentence on stderr and exit code 1, of a wrong call 2."""
    language = spoken(os.environ, sys.argv[1:] if arguments is None else arguments)
    # Libraries that log to nobody in particular would set up a log on the terminal.
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        code = app(args=arguments, prog_name="jingyu", standalone_mode=False, obj=language)
    except _WRONG_CALL as error:
        message = error.format_message().rstrip(".")  # none where the help was printed instead
        if message:
            # An option that lacks its value comes without the context that would name its command.
            command_path = error.ctx.command_path if error.ctx else "jingyu"
            see = Say(language)("; see `{command} --help`").format(command=command_path)
            sys.stderr.write(f"jingyu: {said(message, language)}{see}\n")
        sys.exit(error.exit_code)
    except JingyuError as error:
        sys.stderr.write(f"jingyu: {said(str(error), language)}\n")
        sys.exit(error.exit_code)
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        advice = _ADVICE.get(error.errno or 0, _RUN_AGAIN)
        told = f"{name}{error.strerror or error}; {advice}"
        sys.stderr.write(f"jingyu: {said(told, language)}\n")
        sys.exit(1)
    if code == _STOPPED:
        told = said("stopped; run the same command again to continue", language)
        sys.stderr.write(f"jingyu: {told}\n")
        sys.exit(_STOPPED)


if __name__ == "__main__":
    main()
