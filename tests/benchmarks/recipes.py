"""What each recipe keeps of documents that people have judged.

    python -m tests.benchmarks.recipes LABELS… --from CRAWL.warc.gz [--sites OUT] [--config CONFIG]…

prints a table: of what a config keeps the share that is worth reading, with its 95 % interval, and
the shares of spam and of no text; and how much is kept of the clean and of the usable documents.
Only rules are compared: sources, deduplication and cleaning are left out, since labelled documents
are no crawl. With `--sites` the verdicts are those of a finished run on the crawl, and sites that
the config drops leave, as do pages that the run found to fill in a template or to name their site;
without, nobody judged the sites. Pages that stand under the address of
somebody else's host (`raw.githubusercontent.com`) are then left out.

With `--choose` the last lines are of each config with limits of `quality` for fine, unknown and
doubtful sites that are chosen on nine tenths of sites, owners and templates, and measured on the
tenth. Chosen are those that keep least spam and least that is no text, where a hundredth of the
clean below 97 % or of the usable documents below 91 % costs as much as five of these.
Where a config uses the model that comes with Jingyu, each document is scored by one that was
trained without its site, owner and template, as `jingyu train-quality` trains it.
"""

import argparse
import sys
from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

import jingyu
from jingyu.filters.quality.settings import Quality
from jingyu.filters.quality.training.examples import Example
from jingyu.filters.quality.training.folds import folds_of
from jingyu.filters.quality.training.train import train, weighed
from jingyu.filters.rule import Rule
from jingyu.filters.source.address import host_of
from jingyu.filters.source.platforms import site_of
from jingyu.filters.source.wilson import wilson
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.review.labels import examples_of, read_labels
from jingyu.schemas.staging import RULED

RECIPES = (
    "c4_zh", "chinesewebtext", "data_juicer_zh", "fineweb2_zh", "map_cc", "wudao", "web_zh",
)  # fmt: skip
_HEAD = """| config | kept | worth reading | spam | no text | of clean | of usable |
| --- | --- | --- | --- | --- | --- | --- |"""
_FOLDS = 10
_LIMITS = (
    (0.05, 0.1, 0.15, 0.22, 0.3),
    (0.22, 0.3, 0.4, 0.5, 0.6, 0.7),
    (0.15, 0.22, 0.3, 0.4, 0.5),
)
_LEAST_KEPT = {"clean": 0.97, "usable": 0.91}
_WEIGHT = 5
_STAND_IN = "raw.githubusercontent.com"
_BY_SITE = {
    "filled_template": "max_template_titles",
    "site_name_pasted": "min_common_name_ratio",
    "places_contradict": "min_province_name_ratio",
}
"""Reasons for which pages leave because of others of their site, and the setting of each."""
_Truth = NDArray[np.bool_]


def main() -> None:
    arguments = _arguments()
    settings = jingyu.load_config("web_zh").model_copy(update={"quality": Quality(builtin=False)})
    judged = read_labels(arguments.labels)
    examples = examples_of(judged, arguments.crawls, settings)
    columns: dict[str, Any] = dict(train(examples, weighed(RULED.names), {}).unseen)
    if arguments.sites:
        columns["verdict"] = _verdicts(examples, arguments.sites)
        columns["left"] = _left(examples, arguments.sites)
    _say(f"{len(examples):,} of {len(judged):,} judged documents are Chinese text\n")
    for sample in sorted({example.sample for example in examples}):
        among = np.array([example.sample == sample for example in examples], np.bool_)
        if arguments.sites:
            among &= np.array([host_of(example.url) != _STAND_IN for example in examples])
        _say(f"### {sample}\n\n{_HEAD}")

        for name in arguments.configs or RECIPES:
            config = jingyu.load_config(name)
            _say(_line(name, _kept(_table(examples, columns, config), config), among, examples))
            if arguments.choose:
                chosen = _chosen(examples, columns, config, among)
                _say(_line(f"{name}, chosen", chosen, among, examples))
        _say("")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("labels", nargs="+")
    parser.add_argument("--from", dest="crawls", action="append", default=[])
    parser.add_argument("--sites", default="")
    parser.add_argument("--config", dest="configs", action="append")
    parser.add_argument("--choose", action="store_true")
    return parser.parse_args()


def _verdicts(examples: Sequence[Example], out: str) -> pa.Array:
    """Returns the verdicts of a finished run on the sites of documents, null where it has none."""
    sites = jingyu.open_output(out).sites.to_table(["site", "verdict"])
    verdicts = dict(zip(sites["site"].to_pylist(), sites["verdict"].to_pylist(), strict=True))
    named = (site_of(example.url, host_of(example.url)) for example in examples)
    return pa.array([verdicts.get(site) for site in named], pa.string())


def _left(examples: Sequence[Example], out: str) -> list[str]:
    """Returns the reason of `_BY_SITE` for which a run left a document out; else it is empty."""
    reason = pc.is_in(pc.field("reason"), pa.array(list(_BY_SITE)))
    rows = jingyu.open_output(out).ledger.to_table(columns=["url", "reason"], filter=reason)
    reasons = dict(zip(rows["url"].to_pylist(), rows["reason"].to_pylist(), strict=True))
    return [reasons.get(example.url, "") for example in examples]


def _table(examples: Sequence[Example], unseen: dict[str, Any], config: RunConfig) -> pa.Table:
    """Returns what rules look at, scores as models gave them that had not seen the documents."""
    nothing = pa.nulls(len(examples), pa.string())
    nobody = dict.fromkeys(("verdict", "source_tier"), nothing)
    columns: dict[str, Any] = (
        nobody
        | {"left": [""] * len(examples)}
        | {name: [example.signals[name] for example in examples] for name in examples[0].signals}
    )
    scores = ("quality", "text_probability") if not config.quality.builtin else ()
    return pa.table(columns | {n: told for n, told in unseen.items() if n not in scores})


def _kept(table: pa.Table, config: RunConfig) -> _Truth:
    """Returns which documents pass all rules of a config, and stay with their sites."""
    dropped = pc.fill_null(pc.is_in(table["verdict"], pa.array(config.verdicts.drop)), False)  # noqa: FBT003  (pyarrow takes no keyword)
    rejected = [rule.rejected(table) for rule in config.rules]
    told = config.verdicts.model_dump()
    for reason, setting in _BY_SITE.items():
        if told[setting] is not None:
            rejected.append(pc.equal(table["left"], reason).to_numpy())
    return np.asarray(~np.logical_or.reduce([*rejected, dropped.to_numpy()]))


def _chosen(
    examples: Sequence[Example], unseen: dict[str, Any], config: RunConfig, among: _Truth
) -> _Truth:
    """Returns which documents are kept by limits that were chosen without their fold."""
    table = _table(examples, unseen, config)
    labels = np.array([example.label for example in examples])
    tried = {limits: _kept(table, _limited(config, limits)) & among for limits in product(*_LIMITS)}
    folds, kept = folds_of(examples, _FOLDS), np.zeros(len(examples), np.bool_)
    for fold in range(_FOLDS):
        seen, apart = among & (folds != fold), folds == fold
        limits = min(tried, key=lambda each: _cost(tried[each] & seen, labels, seen))
        _say(f"<!-- fold {fold}: fine, unknown, doubtful {limits} -->")
        kept |= tried[limits] & apart
    return kept


def _limited(config: RunConfig, limits: Sequence[float]) -> RunConfig:
    fine, unknown, doubtful = limits
    by_verdict = {"trusted": fine, "unknown": unknown, "doubtful": doubtful}
    rules = tuple(
        Rule.model_validate(rule.model_dump() | {"min": by_verdict})
        if rule.signal == "quality"
        else rule
        for rule in config.rules
    )
    return config.model_copy(update={"rules": rules})


def _cost(kept: _Truth, labels: NDArray[np.str_], seen: _Truth) -> float:
    bad = np.isin(labels, ("spam", "not-text"))
    missing = sum(
        max(0.0, least - float((kept & (labels == label)).sum() / (seen & (labels == label)).sum()))
        for label, least in _LEAST_KEPT.items()
    )
    return float((kept & bad).sum() / max(1, kept.sum())) + _WEIGHT * missing


def _line(name: str, kept: _Truth, among: _Truth, examples: Sequence[Example]) -> str:
    labels = np.array([example.label for example in examples])
    good = np.array([example.is_good for example in examples], np.bool_)
    kept = kept & among
    hits, all_kept = int((kept & good).sum()), int(kept.sum())
    low, high = wilson(hits, all_kept)
    shares = [_share(kept & (labels == label), kept) for label in ("spam", "not-text")]
    shares += [
        _share(kept & (labels == label), among & (labels == label)) for label in ("clean", "usable")
    ]
    precision = f"{_share(kept & good, kept)} [{low:.0%}, {high:.0%}]"
    return f"| `{name}` | {all_kept} | {precision} | {' | '.join(shares)} |"


def _share(part: _Truth, whole: _Truth) -> str:
    return f"{part.sum() / whole.sum():.1%}" if whole.any() else "-"


if __name__ == "__main__":
    main()
