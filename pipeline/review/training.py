"""The command `train-quality`."""

import hashlib
import os
from typing import Annotated

import typer

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.store.reader import Reading, tell

TRAIN_EPILOG = (
    "Example: jingyu train-quality labels/*.jsonl --from crawl.warc.gz --output my-model.npz"
)
_FEWEST = 100

Labels = Annotated[
    list[str],
    typer.Argument(
        metavar="LABELS…",
        help="JSONL: `label` (clean, usable, mixed, not-text, spam), `text` or else `url`; `kind`, "
        "and `site` for what tells the owner.",
    ),
]
Crawls = Annotated[
    list[str] | None,
    typer.Option("--from", metavar="WARC", help="Crawl with the labelled addresses; repeatable."),
]
Config = Annotated[
    str, typer.Option(metavar="CONFIG", help="How pages become text; `web_zh` by default.")
]
Output = Annotated[str, typer.Option("--output", "-o", help="The model; its card lies beside it.")]


def train_quality(
    labels: Labels,
    *,
    crawls: Crawls = None,
    config: Config = "web_zh",
    output: Output = "",
    language: Reading,
) -> None:
    """Trains a model of quality on judged documents, and writes it with its card."""
    import jingyu
    from jingyu.filters.quality.model.text_model import SUFFIX
    from jingyu.filters.quality.settings import Quality
    from jingyu.filters.quality.training.card import card
    from jingyu.filters.quality.training.train import train, weighed
    from jingyu.pipeline.read import storage
    from jingyu.pipeline.review.labels import examples_of, read_labels
    from jingyu.pipeline.store import filesystem
    from jingyu.schemas.staging import RULED

    if not output.endswith(SUFFIX):
        raise ConfigError(f"`{output}`: name the model with `--output NAME{SUFFIX}`")
    judged = read_labels(labels)
    # What is trained must not depend on the model before it.
    settings = jingyu.load_config(config).model_copy(update={"quality": Quality(builtin=False)})
    examples = examples_of(judged, crawls or [], settings)
    if len(examples) < _FEWEST:
        raise ConfigError(
            f"{len(examples)} of {len(judged)} judged documents were found and are Chinese text; "
            f"{_FEWEST} are needed: give their crawls with `--from`"
        )
    about = {
        "labels": ", ".join(f"{os.path.basename(path)} {_digest(path)}" for path in sorted(labels))
    }
    trained = train(examples, weighed(RULED.names), about)
    path = os.path.abspath(output) if storage.is_local(output) else output
    filesystem.write_bytes(path, trained.model.to_bytes())
    told = card(examples, trained)
    filesystem.write_bytes(f"{path.removesuffix(SUFFIX)}.md", told.encode())
    tell(f"{len(examples):,} of {len(judged):,} judged documents: {output}", language)
    typer.echo(f"sha256: {hashlib.sha256(trained.model.to_bytes()).hexdigest()}")


def _digest(path: str) -> str:
    from jingyu.pipeline.read import storage

    return hashlib.sha256(storage.read_bytes(path)).hexdigest()[:12]
