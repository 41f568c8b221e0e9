"""The sections of a config about sources: which enter, and how it is told what a page's is."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from jingyu.filters.settings.section import Ratio, Section
from jingyu.filters.source.claims import LEAST_DOMAINS
from jingyu.filters.source.source import TIERS, Source, Tier


class Sources(Section):
    """Which sites may enter.

    An entry is a registered domain or host suffix (`people.com.cn`: that host and all below it),
    one host (`full:www.people.com.cn`) or a URL prefix (`www.people.com.cn/GB/`).
    """

    allow: tuple[str, ...] = Field((), description="Entries; if there is any, only these enter.")
    allow_lists: tuple[Path, ...] = Field((), description="Files of entries, `#` starts a comment.")
    block: tuple[str, ...] = Field((), description="Entries that never enter.")
    block_lists: tuple[Path, ...] = Field((), description="Files of entries that never enter.")


class SourceRegister(Section):
    """Which register of sources is used, and whether it decides who enters."""

    files: tuple[Literal["builtin"] | Path, ...] = Field(
        (),
        description="Files of sources (YAML, CSV, Parquet), or `builtin` for the starter register "
        "of mainland institutions and media; entries of later ones replace those of earlier ones.",
    )
    only_registered: bool = Field(
        default=False,
        description="Whether only pages of registered sources enter; else tiers are evidence.",
    )
    min_tier: Tier | None = Field(
        None,
        description="Least trusted tier that enters; pages of no registered source are not "
        "concerned, unless `only_registered` is set.",
    )

    @model_validator(mode="after")
    def _has_a_register_to_ask(self) -> Self:
        if not self.files and (self.only_registered or self.min_tier):
            raise ValueError(
                "`only_registered` and `min_tier` need a register: name a file or `builtin`"
            )
        return self

    def admits(self, source: Source | None) -> bool:
        """Returns whether a page of a source, or of none, may enter."""
        if source is None:
            return not self.only_registered
        return self.min_tier is None or source.is_at_least(self.min_tier)

    def is_at_least_as_strict_as(self, other: "SourceRegister") -> bool:
        """Returns whether all that may enter may enter by another section of the same register."""
        tiers = (*TIERS, None)
        is_as_picky = tiers.index(self.min_tier) <= tiers.index(other.min_tier)
        return is_as_picky and (self.only_registered or not other.only_registered)


class Provenance(Section):
    """How it is told where a page comes from."""

    networks: tuple[Path, ...] = Field(
        (),
        description="MaxMind databases (`.mmdb`) and CIDR lists (named by country, `cn.txt`, or "
        "with a country after each network) for the country of `WARC-IP-Address`.",
    )
    shared_number_domains: int = Field(
        LEAST_DOMAINS,
        ge=2,
        description="Registered domains that must claim a number for it to count as shared.",
    )


class Verdicts(Section):
    """What decides on sites, a host or below a platform its owner, and which of them leave whole.

    A share counts as above or below a limit if its Wilson interval of `confidence` is.

    Source: our choice, after a look at the sites of `zh-dev` (4,000 pages of 212 hosts, 2026-11):
    what these limits find there is in-sample, and no measure of what they find elsewhere.
    What others can copy of a site (numbers, scripts, forms) speaks against none of `trusted_tier`.
    """

    bad_reasons: tuple[str, ...] = Field(
        (), description="Reasons of rules that make a page a bad one; without any, no site is bad."
    )
    max_bad_ratio: Ratio = Field(0.05, description="Share of bad pages above which a site is bad.")
    min_pages: int = Field(
        20, ge=1, description="Fewest pages of a bad site, from before the rules; else `doubtful`."
    )
    prior_pages: float = Field(
        5,
        ge=0,
        description="Pages added to each site's, in which the share of bad ones is the limit: what "
        "is said of few pages is said less surely.",
    )
    confidence: float = Field(0.95, gt=0, lt=1, description="Confidence of all intervals.")
    max_dead_link_ratio: Ratio = Field(
        0.01,
        description="Share of links that go nowhere, above which a site is "
        "`doubtful`: a tool that copies sites leaves them.",
    )
    max_contradicted_ratio: Ratio = Field(
        0.5,
        description="Share of pages whose numbers are all of other provinces than the site's name, "
        "above which it is `doubtful`.",
    )
    max_doubled_name_ratio: Ratio = Field(
        0.02,
        description="Share of pages on which a name stands twice, or two parts of the title, with "
        "a dash between, above which a site is `doubtful`.",
    )
    script_domains: int = Field(
        5,
        ge=2,
        description="Registered domains that must have a script from one host of another's for it "
        "to tell anything.",
    )
    max_traced_ratio: Ratio = Field(
        0.5,
        description="Share of these domains with dead links on most pages, above which each site "
        "with the script is `doubtful`: one network has it.",
    )
    min_template_titles: int = Field(
        3,
        ge=2,
        description="Fewest different titles under which pages have the same form for it to be a "
        "template.",
    )
    max_template_ratio: Ratio = Field(
        0.25,
        description="Share of pages that fill in a template, above which a site is `doubtful`: "
        "doorways are one text for many keywords.",
    )
    max_template_titles: int | None = Field(
        None,
        ge=1,
        description="Most titles under which the form of a page may come back, on sites that are "
        "neither `trusted` nor `fine`; pages beyond leave. Without a number all stay.",
    )
    min_common_name_ratio: Ratio | None = Field(
        None,
        description="Share of a `doubtful` site's pages whose titles end in one name, from which "
        "on pages leave that name it in their text, as do those that have the name of the site's "
        "home page: a tool pasted it there. Without a number all stay.",
    )
    min_province_name_ratio: Ratio | None = Field(
        None,
        description="Share of a `doubtful` site's names, of those that speak of a province, that "
        "must speak of the same one for pages to leave that name places which contradict it: of a "
        "school, a county or the like, and of whom numbers are of other provinces. Without a "
        "number all stay.",
    )
    max_vouched_ratio: Ratio = Field(
        0.25,
        description="Share of pages of which filing and landline numbers both are of the province "
        "that the site's name speaks of, up to which pages leave for names and places: above it "
        "the name is its own.",
    )
    trusted_tier: Tier = Field(
        "reputable", description="Least trusted tier of sites that are `trusted`."
    )
    max_fine_bad_ratio: Ratio = Field(
        0.2, description="Share of bad pages below which a site is `fine`."
    )
    min_fine_passed_ratio: Ratio = Field(
        0.3, description="Share of pages that pass the rules, above which a site is `fine`."
    )
    drop: tuple[Literal["unknown", "doubtful", "bad"], ...] = Field(
        ("bad",), description="Verdicts whose sites leave whole; the rest is evidence."
    )

    @property
    def reads_names(self) -> bool:
        """Whether pages leave for what names of their site say."""
        return (self.min_common_name_ratio, self.min_province_name_ratio) != (None, None)
