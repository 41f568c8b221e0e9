"""Shows where each page of the demo crawl went, and where to look next."""

import sys

import duckdb
from rich.console import Console
from rich.table import Table

_QUERY = """
    select coalesce(url, source_file || ' at ' || "offset"),
           outcome, stage, reason, measured, "limit"
    from read_parquet($ledger)
    order by source_file, "offset", ordinal
"""
_WIDTH = 140
_COLORS = {"kept": "green", "duplicate": "yellow", "rejected": "", "failed": "red"}


def main(out: str) -> None:
    """Prints the ledger of an output folder, a line a page."""
    width = Console().width
    console = Console(width=max(width, _WIDTH))
    table = Table(
        "page", "outcome", "stage", "reason", "measured", "limit", box=None, pad_edge=False
    )
    rows = duckdb.execute(_QUERY, {"ledger": f"{out}/ledger/*.parquet"}).fetchall()
    for url, outcome, stage, reason, measured, limit in rows:
        figures = ("" if value is None else f"{value:.4g}" for value in (measured, limit))
        table.add_row(
            url.partition("://")[2] or url,
            outcome,
            stage,
            reason or "",
            *figures,
            style=_COLORS[outcome],
        )
    console.print(table)
    kept = next(url for url, outcome, *_ in rows if outcome == "kept")
    query = f"select title, text from '{out}/corpus/**/*.parquet' limit 3"
    print(  # noqa: T201
        f"""
where to look next
  the corpus    .venv/bin/python -c "import duckdb; duckdb.sql(\\"{query}\\").show()"
  one page      .venv/bin/jingyu explain {out} {kept}
  other limits  edit configs/demo.yaml and run `make demo` again: only what changed is done
  all figures   {out}/stats.json, {out}/manifest.json, {out}/README.md
"""
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
