"""Dates as crawls write them."""

import contextlib
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

_USUAL_LENGTH = len("2020-02-03T04:05:06Z")
_LAST_SECOND = 59
_PARTS = re.compile(
    r"\s*(\d{4})(?:[-/]?(\d{2})(?:[-/]?(\d{2})"
    r"(?:[Tt\s]*(\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,]\d*)?)?)?)?)?)?"
    r"\s*(?:([+-])(\d{2}):?(\d{2})\s*$)?"
)


@lru_cache(maxsize=16)  # the records of one capture share their date
def parse_date(text: str | None) -> datetime | None:
    """Returns a capture date in UTC, cut to seconds; none if it cannot be read.

    Takes ISO 8601 cut at any part (`2020`, `2020-02-03T04`), 14 digits, and the dates of HTTP.
    """
    if not text:
        return None
    if len(text) == _USUAL_LENGTH and text.endswith("Z"):
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(text).replace(microsecond=0)
    with contextlib.suppress(ValueError, OverflowError):
        match = _PARTS.match(text)
        return _from_parts(match) if match else parsedate_to_datetime(text).astimezone(UTC)
    return None


def _from_parts(match: re.Match[str]) -> datetime:
    *parts, sign, hours, minutes = match.groups()
    year, month, day, hour, minute, second = (int(part) if part else None for part in parts)
    date = datetime(
        year or 0,
        1 if month is None else month,
        1 if day is None else day,
        hour or 0,
        minute or 0,
        min(second or 0, _LAST_SECOND),  # leap seconds
        tzinfo=UTC,
    )
    if sign is None:
        return date
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return date - ahead if sign == "+" else date + ahead
