"""Which source a page belongs to, and whether it comes from the mainland."""

import pyarrow as pa

from jingyu.schemas.column import column, list_of

ORIGIN = pa.schema(
    [
        column(
            "source_name",
            pa.string(),
            "Name of the source in the register; none if no entry covers the address.",
            nullable=True,
        ),
        column(
            "source_category",
            pa.string(),
            "Kind of source by the register, such as `central_media`.",
            nullable=True,
        ),
        column(
            "source_tier",
            pa.string(),
            "How much the register trusts it, an editorial judgment: `official`, `institutional`, "
            "`reputable`, `general` or `untrusted`.",
            nullable=True,
        ),
        column(
            "source_basis",
            pa.string(),
            "What allows its use, as the register states it: `license`, `contract`, `own_crawl`, "
            "`open_data` or `unstated`; none also where the page was captured outside the dates "
            "of the basis.",
            nullable=True,
        ),
        column(
            "source_weight",
            pa.float64(),
            "Weight of the source in a mixture; 1 changes nothing.",
            unit="factor",
            nullable=True,
        ),
        column(
            "icp_numbers",
            list_of(pa.string()),
            "ICP filing and licence numbers that the page claims, sorted; nobody has verified "
            "them. Empty if it claims none, none where markup was not read.",
            nullable=True,
        ),
        column(
            "psb_numbers",
            list_of(pa.string()),
            "Public-security filing numbers that the page claims, as of icp_numbers.",
            nullable=True,
        ),
        column(
            "server_country",
            pa.string(),
            "Country of the server's IP address by the configured networks, as ISO 3166 code; "
            "`HK`, `MO` and `TW` are stated as such.",
            nullable=True,
        ),
        column(
            "origin",
            pa.string(),
            "`mainland`, `overseas` or `unknown`, by the most trusted evidence that tells: "
            "register, other ccTLD, then the server. Numbers and .cn names are claims: alone they "
            "decide nothing.",
        ),
        column(
            "origin_evidence",
            list_of(pa.string()),
            "What speaks for the verdict, such as `register:official`, `cctld:cn`, `icp`, `psb`, "
            "`ip:CN`; of `unknown` all that was seen, such as `icp` or `icp:implausible`.",
        ),
        column(
            "origin_against",
            list_of(pa.string()),
            "What speaks against it: `ip:US` beside a claimed number is a delivery network, or "
            "a number that was copied.",
        ),
    ]
)
