"""Jingyu: Chinese pre-training corpora from web crawls, for programs and notebooks.

    import jingyu

    config = jingyu.load_config("web_zh")
    output = jingyu.run(config, ["crawl/*.warc.gz"], "corpus-2026")
    output.stats["outcomes"]
    output.ledger.to_table(["url", "outcome", "reason"]).to_pylist()
    for row in jingyu.explain("corpus-2026", ["https://www.example.cn/a.html"]):
        print(row["outcome"], row["reason"])

The commands of `jingyu` are thin over these functions.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from jingyu.pipeline.audit.output import Output
    from jingyu.pipeline.config.config import RunConfig
    from jingyu.pipeline.run.trial import Watch
    from jingyu.pipeline.store.layout import Layout

__all__ = ["explain", "load_config", "open_output", "run", "whatif"]

# Nothing is imported before it is called: each module of ours imports this one.


def load_config(path: str) -> "RunConfig":
    """Returns the config in a YAML file, or one that is built in: `demo`, `web_zh`.

    Raises:
        ConfigError: The file cannot be read or is wrong; each error has its place and the fix.
    """
    from jingyu.pipeline.config.built_in import find_config
    from jingyu.pipeline.config.config import load_config

    return load_config(find_config(path))


def run(  # noqa: PLR0913  (each is an option of the command)
    config: "RunConfig",
    inputs: Sequence[str] = (),
    output: str = "",
    *,
    workers: int = 1,
    beam_options: Sequence[str] = (),
    staging: str = "",
    replace: bool = False,
    quiet: bool = False,
    log: str = "",
    language: Literal["en", "zh"] = "en",
) -> "Output":
    """Brings an output folder to what a config and inputs determine; does only what is missing.

    How far it is stands on stderr, unless it is to be quiet.

    Args:
        config: What the run does.
        inputs: Files, folders, globs or addresses; those of the config if none are given.
        output: Folder of the results.
        workers: Worker processes on this machine.
        beam_options: Options of Beam, for instance `--runner=DataflowRunner`.
        staging: Folder of staged files, which several outputs may share, so that a second one with
            the same inputs reads no page; in the output folder if not given.
        replace: Whether documents of an earlier run's inputs that are not among these may go.
        quiet: Whether nothing is said of how far it is.
        log: File to which what is said is added, with the time of each line; also if quiet.
        language: Of what is said of how far it is; the log is in English.

    Raises:
        ConfigError: The call or the config is wrong; nothing was started.
        FailedRunError: The output is whole, but counts as a failure: an empty corpus, for instance.
        JingyuError: The run failed.
    """
    from rich.console import Console

    from jingyu.filters.settings.errors import ConfigError, FailedRunError
    from jingyu.pipeline.flow import Run
    from jingyu.pipeline.flow import run as run_flow
    from jingyu.pipeline.run.engine import Engine
    from jingyu.pipeline.run.progress import Progress

    if not output:
        raise ConfigError("give the folder of the results: `--output FOLDER`, in Python `output`")
    engine = Engine(workers, tuple(beam_options))
    progress = Progress(Console(quiet=True) if quiet else None, log, language)
    finished = run_flow(Run(config, tuple(inputs), output, engine, staging, replace, progress))
    if finished.problem:
        raise FailedRunError(finished.problem, finished.stats)
    return open_output(output, staging)


def open_output(path: str, staging: str = "") -> "Output":
    """Returns a finished output: its corpus, ledger and decisions as Arrow datasets.

    Args:
        path: The output folder.
        staging: Folder of staged files, if the run was given one: decisions lie there.

    Raises:
        InputError: The folder holds no finished run.
    """
    from jingyu.pipeline.audit.output import Output

    return Output.open(path, staging)


def explain(output: str, names: Sequence[str]) -> list[dict[str, Any]]:
    """Returns the ledger's rows of addresses or document ids in an output folder.

    Raises:
        InputError: The folder holds no finished run, or no row of a name.
    """
    from jingyu.pipeline.audit.explain import explain_rows

    return list(explain_rows(output, names))


def whatif(
    output: str,
    settings: Sequence[str] = (),
    *,
    config: "RunConfig | None" = None,
    sweep: str = "",
    staging: str = "",
) -> dict[str, Any]:
    """Returns what another config would keep of what a run has staged; changes nothing.

    Duplicates, cleaning and caps are as they stand in the run.

    Args:
        output: The output folder.
        settings: `KEY=VALUE`, such as `rules.han_ratio.min=0.3`.
        config: A config whose sections decide, in place of the run's own; its rules for instance.
        sweep: A limit whose values are tried, such as `han_ratio.min`.
        staging: Folder of staged files, if the run was given one.

    Raises:
        ConfigError: A setting is wrong, or changes what is measured or compared.
        InputError: The folder holds no finished run, or its staged files were deleted.
    """
    import tempfile

    from jingyu.pipeline.audit.whatif.question import question_of
    from jingyu.pipeline.audit.whatif.whatif import whatif
    from jingyu.pipeline.run.trial import not_staged, tried

    found = open_output(output, staging)
    layout, keys = found.layout, found.keys
    with tempfile.TemporaryDirectory() as folder:

        def decide(other: "RunConfig", watch: "Watch | None") -> "Layout":
            return tried(layout, keys, other, tempfile.mkdtemp(dir=folder), watch)

        def lacking(other: "RunConfig") -> list[str]:
            return not_staged(layout, keys, other)

        return whatif(question_of(found, settings, config, sweep, decide, lacking))
