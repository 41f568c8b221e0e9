"""Judges deduplication: what it finds, how it grows, and how it stands beside another program.

Usage: python -m tests.benchmarks.duplicates quality [--documents N] [--min-similarity J]
       python -m tests.benchmarks.duplicates lossless
       python -m tests.benchmarks.duplicates scale [--documents N...]
       python -m tests.benchmarks.duplicates shapes
       python -m tests.benchmarks.duplicates order [--documents N]
       python -m tests.benchmarks.duplicates clusters OUT
       python -m tests.benchmarks.duplicates rival "COMMAND" [--documents N] [--core C] [--runs N]

`{folder}` and `{out}` in the rival's command are replaced by a folder of Parquet files with the
columns `id` and `text`, and by one that it may write to; it prints `total seconds N` at its end.
"""

import argparse
import sys

from tests.benchmarks import growth, sameness, versus
from tests.benchmarks.clusters import print_clusters
from tests.benchmarks.lossless import print_lossless
from tests.benchmarks.quality import print_quality


def main(arguments: list[str]) -> None:
    """Runs the benchmark that is named."""
    options = vars(_options(arguments))
    options.pop("run")(**options)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.duplicates")
    commands = parser.add_subparsers(required=True)
    quality = commands.add_parser("quality", help="recall and precision on planted clusters")
    quality.add_argument("--documents", type=int, default=20_000)
    quality.add_argument("--min-similarity", type=float, default=0.7)
    quality.set_defaults(run=print_quality)
    lossless = commands.add_parser("lossless", help="planted reprints, forms and archives")
    lossless.set_defaults(run=print_lossless)
    scale = commands.add_parser("scale", help="time and memory of growing corpora")
    scale.add_argument("--documents", type=int, nargs="+", default=[100_000, 300_000, 1_000_000])
    scale.set_defaults(run=growth.print_scale)
    shapes = commands.add_parser("shapes", help="clusters that are hard to work on")
    shapes.set_defaults(run=growth.print_shapes)
    order = commands.add_parser("order", help="the same documents in other orders and parts")
    order.add_argument("--documents", type=int, default=20_000)
    order.set_defaults(run=sameness.print_order)
    clusters = commands.add_parser("clusters", help="clusters and pairs of a finished run")
    clusters.add_argument("out")
    clusters.set_defaults(run=print_clusters)
    rival = commands.add_parser("rival", help="another program on the same documents and core")
    rival.add_argument("command")
    rival.add_argument("--documents", type=int, default=2_200)
    rival.add_argument("--core", type=int, default=0)
    rival.add_argument("--runs", type=int, default=1)
    rival.set_defaults(run=versus.print_rival)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
