"""What a page and its site say about the use of the page."""

import pyarrow as pa

from jingyu.schemas.column import column, list_of

_SAYS = "`allowed`, `reserved` or `not_stated`"
STATEMENT = pa.struct(
    [
        column("protocol", pa.string(), "How it is stated."),
        column("place", pa.string(), "The file of the site or the part of the page it stands in."),
        column("line", pa.int32(), "Line of the file.", unit="lines", nullable=True),
        column("agent", pa.string(), "Robots that it is for; none for all.", nullable=True),
        column("path", pa.string(), "Pattern of paths that it names.", nullable=True),
        column("text", pa.string(), "As it stands there, personal data masked, at most 200 long."),
        column("train", pa.string(), f"Training: {_SAYS}."),
        column("search", pa.string(), f"Search: {_SAYS}."),
        column("other", pa.string(), f"Other uses by machines: {_SAYS}."),
        column("stated_at", pa.timestamp("ms", tz="UTC"), "When it was captured.", nullable=True),
    ]
)
"""What somebody stated on the use of a page."""

UNDECIDING = frozenset({"statements"})
"""Columns of `RIGHTS` that tell more of what others have decided."""

RIGHTS = pa.schema(
    [
        column(
            "robots_txt",
            pa.string(),
            "What the snapshot of robots.txt says to the configured robots: `allowed` or "
            "`disallowed`; none where it does not hold the host.",
            nullable=True,
        ),
        column(
            "robots_meta",
            pa.string(),
            "Directives of the page's robots meta tags, sorted; `agent:` before those for one.",
            nullable=True,
        ),
        column(
            "x_robots_tag",
            pa.string(),
            "Directives of the HTTP header X-Robots-Tag, in the same form.",
            nullable=True,
        ),
        column("noindex", pa.bool_(), "All robots or a search engine's are told not to index."),
        column("nofollow", pa.bool_(), "They are told not to follow the page's links."),
        column("noarchive", pa.bool_(), "They are told to keep no copy."),
        column("nosnippet", pa.bool_(), "They are told to show no extract."),
        column(
            "noai",
            pa.bool_(),
            "`noai` is stated, the page is closed to a robot that collects for language models, or "
            "Content-Usage refuses training.",
        ),
        column("noimageai", pa.bool_(), "`noimageai` is stated, which is about pictures."),
        column(
            "tdm_reservation",
            pa.bool_(),
            "Whether text and data mining is reserved (TDM Reservation Protocol), by header or "
            "meta tag, or else by the site's tdmrep.json in the snapshot; none where nothing says.",
            nullable=True,
        ),
        column("tdm_policy", pa.string(), "Address of the policy for such mining.", nullable=True),
        column(
            "license",
            pa.string(),
            "Best-attested license that the page states, as SPDX identifier.",
            nullable=True,
        ),
        column(
            "license_evidence",
            pa.string(),
            "Where it stands: `header` (HTTP Link), `link` or `meta` (head), `rel` (link marked as "
            "the license), `anchor` (other link), `address`, or `text`.",
            nullable=True,
        ),
        column("licenses", list_of(pa.string()), "All licenses found, sorted."),
        column(
            "reservations",
            list_of(pa.string()),
            "Kinds of reservations in words, sorted: `no_reprint`, `permission_required`, "
            "`attribution_required`, `no_commercial_use`, `no_ai_training`, `no_crawling`, "
            "`all_rights_reserved`, `copyright_claimed`.",
        ),
        column(
            "paywall",
            pa.string(),
            "`none`, `metered` or `locked`: whether the page says that part is kept back.",
        ),
        column(
            "paywall_evidence",
            pa.string(),
            "What says so: `content_tier`, `schema_org`, or words: `trial`, `payment`, `login`.",
            nullable=True,
        ),
        column(
            "ai_train",
            pa.string(),
            "Whether the page may be used for training, by what was stated explicitly: `allowed`, "
            "`reserved` or `not_stated`. The most specific statement decides, of equals the "
            "stricter; access rules of robots.txt are told apart.",
        ),
        column("ai_train_rule", pa.string(), "The statement that decided that.", nullable=True),
        column(
            "robots_txt_rule",
            pa.string(),
            "The rule of robots.txt that decided on access, with its line; none where no rule is "
            "about the page.",
            nullable=True,
        ),
        column(
            "robots_txt_at",
            pa.timestamp("ms", tz="UTC"),
            "When the robots.txt was captured that was heeded; none where nothing says.",
            nullable=True,
        ),
        column(
            "ai_agents_disallowed",
            list_of(pa.string()),
            "Robots that collect for training, that robots.txt names and closes the page to; "
            "sorted.",
        ),
        column(
            "statements",
            list_of(STATEMENT),
            "What page and site state on use by machines, refusals and permissions; of more than "
            "256 the first, with the one that decides on training.",
        ),
    ]
)
