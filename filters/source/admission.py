"""Which sources enter: the lists that let in and keep out, and the register."""

from dataclasses import dataclass
from typing import Self

from jingyu.filters.source.registers import register_of
from jingyu.filters.source.settings import SourceRegister, Sources
from jingyu.filters.source.source_list import SourceList, source_list
from jingyu.schemas.decisions import REJECTED, Decision

_BLOCKED = Decision(REJECTED, "sources", "blocked_source")
_UNLISTED = Decision(REJECTED, "sources", "unlisted_source")
_UNTRUSTED = Decision(REJECTED, "sources", "untrusted_source")
_UNREGISTERED = Decision(REJECTED, "sources", "unregistered_source")


@dataclass(frozen=True)
class SourceAdmission:
    """What an address must pass."""

    allow: SourceList
    block: SourceList
    register: SourceRegister

    @classmethod
    def of(cls, sources: Sources, register: SourceRegister) -> Self:
        """Returns the tests of two sections of a config, their lists read.

        Raises:
            ConfigError: A list holds what is no entry.
        """
        return cls(
            source_list(sources.allow, sources.allow_lists),
            source_list(sources.block, sources.block_lists),
            register,
        )

    def decide(self, url: str | None, host: str | None) -> Decision | None:
        """Returns why no page of an address enters, or none if pages do.

        Args:
            url: The address, personal data masked.
            host: Its host, in lower case.
        """
        if self.block and self.block.matches(url, host):
            return _BLOCKED
        if self.allow and not self.allow.matches(url, host):
            return _UNLISTED
        if not self._asks_register:
            return None
        source = register_of(self.register).find(url, host)
        if self.register.admits(source):
            return None
        return _UNTRUSTED if source else _UNREGISTERED

    def is_by_host(self, host: str | None) -> bool:
        """Returns whether no path tells addresses of a host apart."""
        if host is None:
            return True
        if host in self.allow.prefixes or host in self.block.prefixes:
            return False
        return not self._asks_register or host not in register_of(self.register).prefixes

    @property
    def _asks_register(self) -> bool:
        return bool(self.register.only_registered or self.register.min_tier)

    def lets_in_all_of(self, other: Self) -> bool:
        """Returns whether every address that another admission lets in passes this one, too.

        It may say no where the answer is yes: only entries are compared, one by one.
        """
        allows_all = not self.allow or (bool(other.allow) and self.allow.covers(other.allow))
        return (
            allows_all
            and other.block.covers(self.block)
            and other.register.is_at_least_as_strict_as(self.register)
        )
