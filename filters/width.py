"""How wide a pass over the crawl is: which pages it stages as documents.

Sources, gate and languages decide twice: in the pass, which stages no document of what they turn
away, and over what the pass staged, so that narrower settings need no second pass.
"""

from typing import Self

from jingyu.filters.language.settings import Gate, LanguageSection
from jingyu.filters.settings.section import Section
from jingyu.filters.source.admission import SourceAdmission
from jingyu.filters.source.settings import SourceRegister, Sources
from jingyu.filters.source.source import Tier


class Width(Section):
    """The sections that decide twice; lists of sources as their entries, wherever these stood."""

    allow: tuple[str, ...]
    block: tuple[str, ...]
    only_registered: bool
    min_tier: Tier | None
    gate: Gate
    language: LanguageSection

    @classmethod
    def of(
        cls, sources: Sources, register: SourceRegister, gate: Gate, language: LanguageSection
    ) -> Self:
        """Returns the width that sections of a config ask for.

        Raises:
            ConfigError: A list holds what is no entry.
        """
        admission = SourceAdmission.of(sources, register)
        return cls(
            allow=admission.allow.entries,
            block=admission.block.entries,
            only_registered=register.only_registered,
            min_tier=register.min_tier,
            gate=gate,
            language=language,
        )

    @property
    def sources(self) -> tuple[object, ...]:
        """All that says which sources enter."""
        return (self.allow, self.block, self.only_registered, self.min_tier)

    def lacks(self, wanted: Self) -> list[str]:
        """Returns the sections by which a wanted width is wider, empty if none is."""
        is_covered = {
            "sources": self._admission().lets_in_all_of(wanted._admission()),
            "gate": self.gate.lets_in_all_of(wanted.gate),
            "language": set(wanted.language.keep) <= set(self.language.keep),
        }
        return [name for name, covered in is_covered.items() if not covered]

    def _admission(self) -> SourceAdmission:
        # For comparison alone: the register itself is measured with, so passes differ by it anyway.
        register = SourceRegister.model_construct(
            only_registered=self.only_registered, min_tier=self.min_tier
        )
        return SourceAdmission.of(Sources(allow=self.allow, block=self.block), register)
