"""Select: from an item's staged columns to decisions."""

from jingyu.filters.select import Criteria, select, select_ended
from jingyu.filters.source.admission import SourceAdmission
from jingyu.filters.width import Width
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.store.decided import write_decisions, write_decisions_on_ended
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.parquet import read_parquet
from jingyu.pipeline.store.passes import width_of
from jingyu.schemas.gate import GATE

_ENDED_COLUMNS = ("url", "host", "stage", *GATE.names)


def criteria_of(config: RunConfig, passed: Width) -> Criteria:
    """Returns what rows must pass.

    Args:
        config: The config.
        passed: How wide the pass was that staged them: what it decided just as the config does is
            not decided again.
    """
    wanted = Width.of(config.sources, config.source_register, config.gate, config.language)
    is_known = passed.sources == wanted.sources
    return Criteria(
        sources=None if is_known else SourceAdmission.of(config.sources, config.source_register),
        gate=None if passed.gate == config.gate else config.gate,
        language=None if passed.language == config.language else config.language,
        rights=config.rights,
        rules=config.rules,
    )


def select_item(key: str, layout: Layout, config: RunConfig) -> None:
    """Writes the first criterion that each staged document of an item fails, if any.

    Records whose way ended in extract are decided on again where the config lets in less than the
    pass did.
    """
    staged = layout.staged(key)
    criteria = criteria_of(config, width_of(layout.folder("extract"), key))
    if criteria.sources or criteria.gate:
        ended = read_parquet(staged.ended, _ENDED_COLUMNS)
        write_decisions_on_ended(key, layout, select_ended(ended, criteria))
    write_decisions("select", key, layout, select(staged.table(criteria.columns), criteria))
