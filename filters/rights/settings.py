"""The section of a config that says what rights exclude a page."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal, Self

from pydantic import Field, field_validator, model_validator

from jingyu.filters.settings.section import Section

Excluding = Literal[
    "robots_disallowed",
    "ai_agents_disallowed",
    "ai_train_reserved",
    "ai_train_not_stated",
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


RECIPES: Final[Mapping[str, tuple[Excluding, ...]]] = {
    "permissive": ("ai_train_reserved",),
    "strict": (
        "ai_train_reserved",
        "robots_disallowed",
        "ai_agents_disallowed",
        "noai",
        "tdm_reservation",
        "no_ai_training",
        "no_crawling",
        "paywall_locked",
    ),
}
"""What names stand for that `exclude` may have in place of a list."""

OF_SNAPSHOTS: Final = ("robots_disallowed", "ai_agents_disallowed")
"""Evidence that only a snapshot of robots.txt can show."""


def _or_recipe(schema: dict[str, Any]) -> None:
    """Lets the JSON Schema of a list accept the name of a recipe, too."""
    listed = {name: schema.pop(name) for name in ("type", "items") if name in schema}
    schema["anyOf"] = [listed, {"enum": sorted(RECIPES), "type": "string"}]


class Rights(Section):
    """Which evidence of rights and opt-outs excludes a page."""

    robots: tuple[str, ...] = Field(
        (),
        description="Snapshots of robots.txt, `/.well-known/tdmrep.json`, ai.txt and RSL "
        "documents: WARC files such as the `robotstxt` captures of a crawl, JSONL files of `host` "
        "and `body`, files named by host; a path, a folder or a glob.",
    )
    agents: tuple[str, ...] = Field(
        ("*",),
        min_length=1,
        description="Names of robots that robots.txt is read for; one that is disallowed is "
        "enough. `*` is any robot; name CCBot, GPTBot and Bytespider to heed what sites say to "
        "collectors of training data.",
    )
    as_of: date | None = Field(
        None,
        description="Day as of which the snapshots count: of each host the latest that was "
        "captured until then, whenever a page was. Without it, the last in the files' order.",
    )
    exclude: tuple[Excluding, ...] = Field(
        (),
        description="Evidence that excludes a page; the first that it shows is the reason. "
        "`permissive` stands for what is said of training alone, `strict` for all that a site can "
        "say against collecting and use by machines; that needs a snapshot.",
        json_schema_extra=_or_recipe,
    )

    @field_validator("exclude", mode="before")
    @classmethod
    def _by_name(cls, value: Any) -> Any:
        """Returns what a recipe stands for."""
        return RECIPES.get(value, value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _excludes_by_each_once(self) -> Self:
        if len(set(self.exclude)) < len(self.exclude):
            raise ValueError(f"`exclude` names something twice: {', '.join(self.exclude)}")
        return self
