"""The largest clusters of a finished run, and some near duplicates, for a reader to judge."""

import hashlib

import duckdb

_LARGEST = 20
_PAIRS = 30
_SHOWN = 160

_CLUSTERS = """
    select duplicate_of, count(*) as size, min(similarity), count(distinct registered_domain)
    from read_parquet($ledger) where outcome = 'duplicate' and duplicate_corpus is null
    group by all order by size desc, duplicate_of limit $limit
"""
_NEAR = """
    select document_id, duplicate_of, similarity from read_parquet($ledger)
    where reason = 'near_duplicate' and duplicate_corpus is null
"""
_TEXTS = "select document_id, url, title, text from read_parquet($staged) where document_id in $ids"

_Row = tuple[str | None, str | None, str]


def print_clusters(out: str) -> None:
    """Prints the twenty largest clusters and thirty near duplicates, drawn by their ids."""
    ledger = f"{out}/ledger/*.parquet"
    clusters = duckdb.execute(_CLUSTERS, {"ledger": ledger, "limit": _LARGEST}).fetchall()
    near = duckdb.execute(_NEAR, {"ledger": ledger}).fetchall()
    drawn = sorted(near, key=lambda row: hashlib.sha256(row[0].encode()).digest())[:_PAIRS]
    members = {row[0]: _members(ledger, row[0]) for row in clusters}
    ids = {*members, *(i for some in members.values() for i in some), *(r[0] for r in drawn)}
    texts = _texts(out, ids | {row[1] for row in drawn})
    print(f"the {len(clusters)} largest clusters")  # noqa: T201
    for survivor, size, least, domains in clusters:
        found = "none" if least is None else f"{least:.2f}"
        print(f"\n{size + 1} documents, {domains} domains, least similarity {found}")  # noqa: T201
        for document in (survivor, *members[survivor][:2]):
            _print(texts, document)
    print(f"\n{len(drawn)} of {len(near)} near duplicates")  # noqa: T201
    for document, survivor, similarity in drawn:
        print(f"\nsimilarity {similarity:.2f}")  # noqa: T201
        _print(texts, document)
        _print(texts, survivor)


def _members(ledger: str, survivor: str) -> list[str]:
    query = (
        "select document_id from read_parquet($ledger) where duplicate_of = $survivor order by 1"
    )
    rows = duckdb.execute(query, {"ledger": ledger, "survivor": survivor}).fetchall()
    return [row[0] for row in rows]


def _texts(out: str, ids: set[str]) -> dict[str, _Row]:
    staged = f"{out}/staging/extract-*/*.documents.parquet"
    rows = duckdb.execute(_TEXTS, {"staged": staged, "ids": sorted(ids)}).fetchall()
    return {row[0]: row[1:] for row in rows}


def _print(texts: dict[str, _Row], document: str) -> None:
    url, title, text = texts[document]
    head, tail = text[:_SHOWN].replace("\n", " / "), text[-_SHOWN // 2 :].replace("\n", " / ")
    print(f"  {url}\n    {title}\n    {len(text):,}: {head} … {tail}")  # noqa: T201
