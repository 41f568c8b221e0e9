"""The questions that forms ask of an output, in SQL over its two tables `corpus` and `ledger`."""
# ruff: noqa: S608  (all that is put into a query is a name of ours or of the config's rules)

from collections.abc import Iterable
from typing import Final

from jingyu.pipeline.page.mask.kinds import KINDS
from jingyu.schemas.sensitive import SENSITIVITY

TOKENS_PER_CHARACTER: Final = 0.577
"""Measured with the tokenizer of Qwen3.6 on Chinese pages, 2026-11-28."""

_DOMAINS = (
    "with domains as (select registered_domain as domain, count(*) as documents, "
    "sum(char_count) as characters from corpus where registered_domain is not null group by 1) "
)
_LARGEST = (
    _DOMAINS
    + "select * from domains order by characters desc, domain limit (select {} from domains)"
)
_PROTOCOL = (
    "case when reason = 'robots_disallowed' then 'robots.txt, access' "
    "when reason = 'ai_agents_disallowed' then 'robots.txt, access of AI robots' "
    "when evidence like '%Content-Signal:%' then 'Content-Signal' "
    "when evidence like '%Content-Usage:%' then 'Content-Usage' "
    "when evidence like '%tdm-reservation%' or reason = 'tdm_reservation' then 'TDMRep' "
    "when lower(evidence) like '%license:%' or evidence like 'script:%' then 'RSL' "
    "when evidence like 'ai.txt%' then 'ai.txt' "
    "when evidence like 'words:%' or starts_with(reason, 'no_') then 'words' "
    "when reason in ('noai', 'noimageai', 'noindex', 'nofollow', 'noarchive', 'nosnippet') "
    "or evidence like 'meta:%' or evidence like 'header:%' then 'robots meta tag, X-Robots-Tag' "
    "else reason end"
)


def _masked() -> str:
    types = ", ".join(f"'{kind}'" for kind in KINDS)
    spans = ", ".join(f"sum(masked.{kind}_count)" for kind in KINDS)
    documents = ", ".join(f"count(*) filter (where masked.{kind}_count > 0)" for kind in KINDS)
    sensitive = ", ".join(f"'{SENSITIVITY[kind].sensitive}'" for kind in KINDS)
    return (
        f"select * from (select unnest([{types}]) as type, unnest([{spans}])::bigint as spans, "
        f"unnest([{documents}])::bigint as documents, unnest([{sensitive}]) as sensitive "
        "from corpus) where spans > 0 order by spans desc, type"
    )


def _counted(column: str, name: str, table: str = "corpus") -> str:
    return (
        f"select {column} as {name}, count(*) as documents, sum(char_count)::bigint as characters "
        f"from {table} group by 1 order by documents desc, 1"
    )


QUERIES: Final = {
    "records": "select count(*) as records from ledger",
    "documents": "select count(*) as documents from corpus",
    "characters": "select sum(char_count)::bigint as characters from corpus",
    "tokens": f"select round({TOKENS_PER_CHARACTER} * sum(char_count))::bigint as tokens "
    "from corpus",
    "outcomes": "select outcome, count(*) as records from ledger group by 1 order by 2 desc, 1",
    "reasons": "select stage, reason, count(*) as records from ledger where outcome <> 'kept' "
    "group by 1, 2 order by 3 desc, 1, 2",
    "languages": _counted("language", "language"),
    "scripts": _counted("script", "script"),
    "period": "select strftime(min(captured_at), '%m/%Y') as first, "
    "strftime(max(captured_at), '%m/%Y') as last from corpus",
    "days": "select strftime(min(captured_at), '%Y-%m-%d') as first, "
    "strftime(max(captured_at), '%Y-%m-%d') as last from corpus",
    "periods": "select source_file, strftime(min(captured_at), '%m/%Y') as first, "
    "strftime(max(captured_at), '%m/%Y') as last, count(*) as records from ledger "
    "group by 1 order by 1 limit 1000",
    "domains": "select count(distinct registered_domain) as domains from corpus",
    "top_domains": _LARGEST.format("ceil(count(*) * 0.1)::bigint"),
    "top_domains_small": _LARGEST.format("least(ceil(count(*) * 0.05), 1000)::bigint"),
    "more_domains": f"{_DOMAINS} select * from domains order by characters desc, domain limit 1000",
    "suffixes": _counted("regexp_extract(registered_domain, '[^.]+$')", "suffix") + " limit 20",
    "categories": _counted("coalesce(source_category, 'not registered')", "category"),
    "sources": _counted("coalesce(source_basis, 'not stated')", "basis"),
    "tiers": _counted("coalesce(source_tier, 'not registered')", "tier"),
    "origin": _counted("origin.verdict", "origin"),
    "countries": _counted("coalesce(origin.server_country, 'unknown')", "country") + " limit 20",
    "ai_train": "select rights.ai_train as ai_train, outcome, count(*) as records from ledger "
    "where rights.ai_train is not null group by 1, 2 order by 1, 2",
    "statements": "select s.protocol as protocol, s.place as place, s.train as train, "
    "count(*) as statements from (select unnest(rights.statements) as s from corpus) "
    "group by 1, 2, 3 order by 4 desc, 1, 2, 3",
    "robots": "select coalesce(rights.robots_txt, 'unknown') as robots_txt, count(*) as documents "
    "from corpus group by 1 order by 2 desc, 1",
    "opt_outs": "select reason, count(*) as records from ledger where stage = 'rights' "
    "group by 1 order by 2 desc, 1",
    "opt_outs_by_protocol": f"select {_PROTOCOL} as protocol, count(*) as records from ledger "
    "where stage = 'rights' group by 1 order by 2 desc, 1",
    "licenses": _counted("coalesce(license, 'none stated')", "license"),
    "paywalls": _counted("rights.paywall", "paywall"),
    "reservations": "select kind, count(*) as documents from "
    "(select unnest(rights.reservations) as kind from corpus) group by 1 order by 2 desc, 1",
    "masked": _masked(),
    "masked_documents": "select count(*) as documents from corpus where "
    + " + ".join(f"masked.{kind}_count" for kind in KINDS)
    + " > 0",
    "dropped_sources": "select registered_domain as domain, count(*) as records, "
    "max(measured) as bad_share from ledger where reason = 'bad_source' "
    "group by 1 order by 2 desc, 1 limit 100",
    "source_reasons": "select reason, count(*) as records from ledger where stage = 'sources' "
    "group by 1 order by 2 desc, 1",
    "dropped_source_count": "select count(distinct registered_domain) as sources from ledger "
    "where reason = 'bad_source'",
    "taken_down": "select evidence as entry, count(*) as records from ledger "
    "where reason = 'taken_down' group by 1 order by 2 desc, 1",
    "captured": "select count(*) as documents from corpus where captured_at is null",
}
"""By the name of the figure or table that each yields."""

_HOLDS = "contains(regexp_replace(text, '\\s+', '', 'g'), $words)"
ABOUT: Final = (
    "select document_id, url, title, "
    "strftime(captured_at, '%Y-%m-%dT%H:%M:%SZ') as captured_at, source_name, "
    "source_category, source_tier, "
    "source_basis, license, rights.ai_train as ai_train, rights.ai_train_rule as ai_train_rule, "
    'rights.robots_txt as robots_txt, source_file, "offset"::varchar as "offset" from corpus '
    f"where url = $what or document_id = $what or {_HOLDS} "
    'order by source_file, "offset" limit 5'
)
"""Where a text came from, and on what ground."""

REFUSED: Final = (
    'select document_id, url, outcome, stage, reason, measured, "limit", evidence, duplicate_of, '
    'source_file, "offset"::varchar as "offset" from ledger where url = $what '
    "or document_id = $what "
    f"or document_id in (select document_id from corpus where {_HOLDS}) "
    'order by source_file, "offset" limit 5'
)
"""What became of a record, and why."""


def of_rules(reasons: Iterable[str]) -> str:
    """Returns what counts the records that some rules turned away."""
    listed = ", ".join(f"'{reason}'" for reason in sorted(reasons)) or "''"
    return (
        f"select reason, count(*) as records from ledger where reason in ({listed}) "
        "group by 1 order by 2 desc, 1"
    )
