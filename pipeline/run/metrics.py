"""The one place where counter names are made."""

from apache_beam.metrics.metric import Metrics


def count(stage: str, noun_and_participle: str, amount: int, reason: str | None = None) -> None:
    """Adds to the counter `stage/nouns_participle[.reason]`, which shows progress on any runner."""
    name = noun_and_participle + (f".{reason}" if reason else "")
    Metrics.counter(stage, name).inc(amount)
