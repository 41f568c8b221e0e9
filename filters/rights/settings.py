"""The section of a config that says what rights exclude a page."""

from typing import Literal, Self

from pydantic import Field, model_validator

from jingyu.filters.settings.section import Section

Excluding = Literal[
    "robots_disallowed",
    "noindex",
    "nofollow",
    "noarchive",
    "nosnippet",
    "noai",
    "noimageai",
    "tdm_reservation",
    "all_rights_reserved",
    "attribution_required",
    "copyright_claimed",
    "no_ai_training",
    "no_commercial_use",
    "no_crawling",
    "no_reprint",
    "permission_required",
    "license_non_commercial",
    "license_no_derivatives",
    "paywall_metered",
    "paywall_locked",
]
"""Evidence that can exclude a page; the name is the ledger's reason."""


class Rights(Section):
    """Which evidence of rights and opt-outs excludes a page."""

    robots: tuple[str, ...] = Field(
        (),
        description="Snapshots of robots.txt and of `/.well-known/tdmrep.json`: WARC files, JSONL "
        "files of `host` and `body`, or folders of files named by host.",
    )
    agents: tuple[str, ...] = Field(
        ("*",),
        min_length=1,
        description="Names of robots that robots.txt is read for; one that is disallowed is "
        "enough. `*` is any robot; name CCBot, GPTBot and Bytespider to heed what sites say to "
        "collectors of training data.",
    )
    exclude: tuple[Excluding, ...] = Field(
        (), description="Evidence that excludes a page; the first that it shows is the reason."
    )

    @model_validator(mode="after")
    def _excludes_by_each_once(self) -> Self:
        if len(set(self.exclude)) < len(self.exclude):
            raise ValueError(f"`exclude` names something twice: {', '.join(self.exclude)}")
        if "robots_disallowed" in self.exclude and not self.robots:
            raise ValueError("`robots_disallowed` needs a snapshot: name one under `robots`")
        return self
