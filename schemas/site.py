"""What a page says of the site that it is on: figures that verdicts on sites add up."""

import pyarrow as pa

from jingyu.schemas.column import column, list_of

SITE = pa.schema(
    [
        column(
            "site_name",
            pa.string(),
            "What the page's title calls its site, masked: the last of the parts that dashes or "
            "bars set apart.",
            nullable=True,
        ),
        column("link_count", pa.int64(), "Links in the markup.", unit="links", nullable=True),
        column(
            "dead_link_count",
            pa.int64(),
            "Links among them that go nowhere: a script of no effect as address, with "
            "`target=_blank`, or with words and nothing else. Tools that copy sites leave them.",
            unit="links",
            nullable=True,
        ),
        column(
            "script_hosts",
            list_of(pa.string()),
            "Hosts of others that scripts of the page come from, 16 at most.",
            nullable=True,
        ),
        column(
            "province_agreed_count",
            pa.int64(),
            "Of ICP numbers and landline numbers, how many kinds name the province that the name "
            "of the site or its regional domain speaks of.",
            unit="kinds",
            nullable=True,
        ),
        column(
            "province_contradicted_count",
            pa.int64(),
            "How many of these kinds, regional domain included, name other provinces only.",
            unit="kinds",
            nullable=True,
        ),
    ]
)
"""Null where no markup was read."""
