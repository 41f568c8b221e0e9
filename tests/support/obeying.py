"""A process with one thread that has orders obeyed, and tells what became of them."""

import json
import sys

from jingyu.filters.rights.settings import Rights
from jingyu.filters.rule import Rule
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.page import Page
from jingyu.pipeline.page.sandbox import Sandbox
from jingyu.pipeline.page.settings import Extraction
from jingyu.pipeline.read.snapshot_table import prepared

RULES = (Rule(signal="char_count", min=1, reason="too_short"),)
SHORT, LONG = 1, 120
_ROBOTS = "robots="


def main(given: list[str]) -> None:
    """Prints the process that obeys each order, and what it answers; holds a file open.

    Orders that begin with `robots=` name snapshots of robots.txt, which it has read before.
    """
    robots = tuple(each.removeprefix(_ROBOTS) for each in given if each.startswith(_ROBOTS))
    orders = [each for each in given if not each.startswith(_ROBOTS)]
    if robots:
        prepared(robots, None)
    # Only who waits for the limit shall meet it, however busy the machine is.
    limit = Extraction(timeout_seconds=SHORT if "hang" in orders else LONG)
    config = RunConfig(rules=RULES, extraction=limit, rights=Rights(robots=robots))
    with open(__file__, "rb"), Sandbox(config, "tests.support.hostile:obey") as sandbox:
        for order in orders:
            process = sandbox._process  # noqa: SLF001
            columns, ended = sandbox.examine(Page(order.encode(), "text/html", None))
            told = {
                "kind": type(process).__name__,
                "number": process.pid if process else None,
                "text": columns.get("text"),
                "reason": ended.reason if ended else None,
            }
            sys.stdout.write(f"{json.dumps(told)}\n")
            sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1:])
