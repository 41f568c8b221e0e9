"""What the config says of sources, beyond the lists that let in and keep out."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipeline.sources.claims import LEAST_DOMAINS
from pipeline.sources.source import Source, Tier


class SourceRegister(BaseModel):
    """Which register of sources is used, and whether it decides who enters."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

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


class Provenance(BaseModel):
    """How it is told where a page comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

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
