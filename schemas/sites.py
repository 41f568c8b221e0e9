"""What is known of each site: figures of its pages, and the verdict on it."""

from typing import Final

import pyarrow as pa

from jingyu.schemas.column import column, list_of

FIGURES = pa.schema(
    [
        column("pages", pa.int64(), "Pages that sources, gate and language let in.", unit="pages"),
        column(
            "bad_pages",
            pa.int64(),
            "Pages that are rejected for a reason of `verdicts.bad_reasons`.",
            unit="pages",
        ),
        column("passed_pages", pa.int64(), "Pages that pass rights and rules.", unit="pages"),
        column("passed_chars", pa.int64(), "Characters of the texts of these.", unit="code points"),
        column("links", pa.int64(), "Links on the pages.", unit="links"),
        column("dead_links", pa.int64(), "Links that go nowhere.", unit="links"),
        column(
            "province_pages",
            pa.int64(),
            "Pages whose numbers tell whether they are of the province that the site's name or its "
            "regional domain speaks of.",
            unit="pages",
        ),
        column(
            "contradicted_pages",
            pa.int64(),
            "Pages among them of which all numbers are of other provinces.",
            unit="pages",
        ),
        column(
            "vouched_pages",
            pa.int64(),
            "Pages of which filing and landline numbers both are of that province.",
            unit="pages",
        ),
        column(
            "doubled_name_pages",
            pa.int64(),
            "Pages on which a name stands twice, or two parts of the title, a dash between.",
            unit="pages",
        ),
    ]
)
"""What is added up over the pages of a site."""

VERDICTS: Final = ("trusted", "fine", "unknown", "doubtful", "bad")
"""From the best to the worst."""

SITES = pa.schema(
    [
        column(
            "site",
            pa.string(),
            "A host, or below a platform the owner's part of it (`alice.github.io`).",
        ),
        column(
            "surt_host",
            pa.string(),
            "Its host in the order of SURT (`cn,example,news`), as Common Crawl's host index.",
        ),
        column(
            "registered_domain",
            pa.string(),
            "The part of the host that its owner registered, by the Public Suffix List.",
            nullable=True,
        ),
        column(
            "source_name",
            pa.string(),
            "Name of the source in the register; none if no entry covers all pages.",
            nullable=True,
        ),
        column(
            "source_tier", pa.string(), "Least trusted tier of its pages' sources.", nullable=True
        ),
        *FIGURES,
        column(
            "shared_numbers",
            pa.int64(),
            "Filing numbers on its pages that many unrelated domains claim.",
            unit="numbers",
        ),
        column(
            "shared_scripts",
            pa.int64(),
            "Hosts that scripts on its pages come from, where most domains with such a script bear "
            "traces of a copying tool.",
            unit="hosts",
        ),
        column(
            "template_pages",
            pa.int64(),
            "Pages whose form is filled in under `verdicts.min_template_titles` titles or more.",
            unit="pages",
        ),
        column(
            "least_bad_ratio",
            pa.float64(),
            "Lower bound of the share of bad pages, shrunk towards `verdicts.max_bad_ratio`.",
            unit="ratio",
        ),
        column("most_bad_ratio", pa.float64(), "Upper bound of that share.", unit="ratio"),
        column(
            "verdict",
            pa.string(),
            "`trusted` (registered and nothing against it), `fine` (its pages speak for it), "
            "`unknown` (too little is known), `doubtful` (something contradicts), or `bad` (too "
            "many bad pages).",
        ),
        column(
            "against",
            list_of(pa.string()),
            "What speaks against it: `bad_pages`, `dead_links`, `provinces`, `shared_numbers`, "
            "`doubled_names`, `shared_scripts`, `templates`.",
        ),
    ]
)
"""One row per site of a run."""
