"""One row of the register: a source, what it is, and why it may be used."""

import re
from datetime import date
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.source_list import source_list

Tier = Literal["official", "institutional", "reputable", "general", "untrusted"]
Basis = Literal["license", "contract", "own_crawl", "open_data", "unstated"]
Seat = Literal["mainland", "overseas"]
TIERS: tuple[Tier, ...] = get_args(Tier)
"""From the most trusted to the least."""

_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")


def _known_form(match: str) -> str:
    try:
        parsed = source_list([match])
    except ConfigError as error:
        raise ValueError(str(error).removeprefix("sources: ")) from None
    (host,) = (*parsed.suffixes, *parsed.hosts, *parsed.prefixes)
    if not _HOST.fullmatch(host):
        raise ValueError(f"`{host}` is no host name; write one such as `news.example.cn`")
    path = "".join(path for paths in parsed.prefixes.values() for path in paths)
    return f"full:{host}" if parsed.hosts else host + path


class Source(BaseModel):
    """A source. Its tier is an editorial judgment, its basis what the user states."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    match: Annotated[str, AfterValidator(_known_form)] = Field(
        description="Host suffix (`people.com.cn`: that host and all below it), one host "
        "(`full:www.people.com.cn`) or URL prefix (`www.people.com.cn/GB/`).",
    )
    name: str = Field(min_length=1, description="What the source is called.")
    category: str = Field(
        pattern=r"^[a-z][a-z0-9_]*$", description="Kind of source, such as `central_media`."
    )
    tier: Tier = Field(description="How much it is trusted.")
    origin: Seat | None = Field(
        None, description="Where its publisher is; none where the entry does not tell."
    )
    stated_by: str = Field(
        "user",
        description="What the entry rests on: a list and its version, or `memory`; `memory "
        "confirmed by` a list where it was looked up and found there; `memory after zh-dev` where "
        "it was added once recall on these pages had been seen.",
    )
    stated_on: date | None = Field(None, description="Day on which that was read.")
    basis: Basis = Field("unstated", description="What allows its use.")
    basis_note: str | None = Field(
        None, description="Evidence of the basis: number of a contract, name of a license."
    )
    valid_from: date | None = Field(None, description="First day on which the basis holds.")
    valid_until: date | None = Field(None, description="Last day on which the basis holds.")
    weight: float = Field(1.0, ge=0, description="Weight in a mixture; 1 changes nothing.")
    max_share: float | None = Field(
        None, gt=0, le=1, description="Most of the corpus that it may be, by characters."
    )

    @model_validator(mode="after")
    def _dates_are_in_order(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            raise ValueError("`valid_from` is after `valid_until`; exchange them")
        return self

    def is_valid_on(self, day: date) -> bool:
        """Returns whether the basis holds on a day; an absent limit holds always."""
        is_begun = self.valid_from is None or self.valid_from <= day
        return is_begun and (self.valid_until is None or day <= self.valid_until)

    def is_at_least(self, tier: Tier) -> bool:
        """Returns whether the source is trusted as much as a tier, or more."""
        return TIERS.index(self.tier) <= TIERS.index(tier)
