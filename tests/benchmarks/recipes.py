"""What each recipe keeps of documents that people have judged.

    python -m tests.benchmarks.recipes LABELS… --from CRAWL.warc.gz [--config CONFIG]…

prints a table: of what a config keeps the share that is worth reading, with its 95 % interval, of
that the share that is kept, and how much spam and how much that is no text is kept. Only rules are
compared: sources, deduplication and cleaning are left out, since labelled documents are no crawl.
Where a config uses the model that comes with Jingyu, each document is scored by one that was
trained without its site, owner and template, as `jingyu train-quality` trains it.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

import jingyu
from jingyu.filters.quality.settings import Quality
from jingyu.filters.quality.training.examples import Example
from jingyu.filters.quality.training.train import train, weighed
from jingyu.filters.source.wilson import wilson
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.review.labels import examples_of, read_labels
from jingyu.schemas.staging import RULED

RECIPES = (
    "c4_zh", "chinesewebtext", "data_juicer_zh", "fineweb2_zh", "map_cc", "wudao", "web_zh",
)  # fmt: skip
_HEAD = """| config | kept | worth reading | of that kept | of spam | of no text |
| --- | --- | --- | --- | --- | --- |"""
_Truth = NDArray[np.bool_]


def main() -> None:
    arguments = _arguments()
    settings = jingyu.load_config("web_zh").model_copy(update={"quality": Quality(builtin=False)})
    judged = read_labels(arguments.labels)
    examples = examples_of(judged, arguments.crawls, settings)
    unseen = train(examples, weighed(RULED.names), {}).unseen
    _say(f"{len(examples):,} of {len(judged):,} judged documents are Chinese text\n")
    for sample in sorted({example.sample for example in examples}):
        among = np.array([example.sample == sample for example in examples], np.bool_)
        _say(f"### {sample}\n\n{_HEAD}")

        for name in arguments.configs or RECIPES:
            config = jingyu.load_config(name)
            _say(_line(name, _kept(examples, unseen, config), among, examples))
        _say("")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("labels", nargs="+")
    parser.add_argument("--from", dest="crawls", action="append", default=[])
    parser.add_argument("--config", dest="configs", action="append")
    return parser.parse_args()


def _kept(
    examples: Sequence[Example], unseen: dict[str, NDArray[np.float64]], config: RunConfig
) -> _Truth:
    """Returns which documents pass all rules of a config."""
    columns: dict[str, list[Any]] = {
        name: [example.signals[name] for example in examples] for name in examples[0].signals
    }
    scores = unseen if config.quality.builtin else {}
    table = pa.table({**columns, **scores})
    return np.asarray(~np.logical_or.reduce([rule.rejected(table) for rule in config.rules]))


def _line(name: str, kept: _Truth, among: _Truth, examples: Sequence[Example]) -> str:
    labels = np.array([example.label for example in examples])
    good = np.array([example.is_good for example in examples], np.bool_)
    hits, all_kept = int((kept & good & among).sum()), int((kept & among).sum())
    low, high = wilson(hits, all_kept)
    shares = [
        _share(kept & chosen & among, chosen & among)
        for chosen in (good, labels == "spam", labels == "not-text")
    ]
    precision = f"{_share(kept & good & among, kept & among)} [{low:.0%}, {high:.0%}]"
    return f"| `{name}` | {all_kept} | {precision} | {' | '.join(shares)} |"


def _share(part: _Truth, whole: _Truth) -> str:
    return f"{part.sum() / whole.sum():.0%}" if whole.any() else "-"


if __name__ == "__main__":
    main()
