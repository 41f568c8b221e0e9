"""A process with one thread that has orders obeyed, and tells what became of them."""

import json
import sys

from jingyu.filters.rule import Rule
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.examine import Page
from jingyu.pipeline.page.sandbox import Sandbox
from jingyu.pipeline.page.settings import Extraction

CONFIG = RunConfig(
    rules=(Rule(signal="char_count", min=1, reason="too_short"),),
    extraction=Extraction(timeout_seconds=1),
)


def main(orders: list[str]) -> None:
    """Prints the process that obeys each order, and what it answers; holds a file open."""
    with open(__file__, "rb"), Sandbox(CONFIG, "tests.support.hostile:obey") as sandbox:
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
