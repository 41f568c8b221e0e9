"""All recognizers, in the order in which they claim parts of a text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.text.personal import (
    cards,
    devices,
    handles,
    identity,
    landlines,
    mail,
    mobiles,
    network,
    places,
    records,
    regional,
    secrets,
    vehicles,
)
from pipeline.text.personal.folding import fold, has_number
from pipeline.text.personal.label import labels
from pipeline.text.personal.number import Check, numbers
from pipeline.text.personal.span import Recognizer, Span

_FAMILIES = (identity, mobiles, devices, cards, landlines)
_NUMBER_CHECKS: dict[int, list[Check]] = {}
for _family in _FAMILIES:
    for _length, _check in _family.CHECKS.items():
        _NUMBER_CHECKS.setdefault(_length, []).append(_check)

_NAMES = labels([*secrets.LABELLED, *handles.LABELLED], is_ascii=False)
_RECORDS = labels(records.LABELLED, is_ascii=False)
_HOMES = labels(places.LABELLED, is_ascii=False)
_LATIN = labels([*secrets.LABELLED, *handles.LABELLED, *records.LABELLED], is_ascii=True)

_LETTERS_HINT = re.compile(rb"[A-Za-z@:][ -~]{4}")
# Each branch begins with a letter, so that the search runs at full speed.
_WORDS_HINT = re.compile(
    rb"q ?[:q]|v ?[:x]|w(?:x|e(?:chat|ixin)|hatsapp)|p(?:ass(?:w|p| ?[:=])|w(?:d| ?[:=]))"
    rb"|api[-_ ]?key|access[-_ ]?key|secret|t(?:oken|elegram|witter)|bearer|skype"
    rb"|line id|instagram|facebook"
)
_NUMERIC: tuple[tuple[re.Pattern[bytes], Recognizer], ...] = (
    (records.REVERSED_HINT, records.reversed_documents),
    (places.COORDINATES_HINT, places.coordinates),
    (vehicles.VIN_HINT, vehicles.vins),
    (regional.HINT, regional.regional_ids),
)
"""Recognizers of certain shapes, each with a look at the ASCII characters of the text."""


class Look(NamedTuple):
    """What a first look at a text finds: which recognizers have to read it."""

    text: str
    """The text, folded."""
    ascii_only: bytes
    """The ASCII characters of the folded text."""
    has_number: bool
    """Five digits in a row, a door number or a full-width letter."""
    has_word: bool
    """A label in Latin letters."""
    has_address: bool
    has_plate: bool
    has_ip: bool
    has_key: bool


def look(text: str) -> Look | None:
    """Returns what is in a text, or None if nothing is, which costs some 6 ns a character."""
    is_numeric = has_number(text)
    if is_numeric:
        text = fold(text)
    ascii_only = text.encode("ascii", "ignore")
    if not is_numeric and not _LETTERS_HINT.search(ascii_only):
        return None
    found = Look(
        text,
        ascii_only,
        is_numeric,
        _WORDS_HINT.search(ascii_only.lower()) is not None,
        mail.may_hold_addresses(text, ascii_only),
        vehicles.may_hold_plates(text, ascii_only),
        network.may_hold_addresses(ascii_only),
        secrets.may_hold_keys(ascii_only),
    )
    return found if True in found or _NAMES.are_in(text) else None


def recognized(found: Look) -> Iterator[Span]:
    """Yields spans in a text, some of them overlapping: of these the first counts."""
    text = found.text
    is_chinese = not text.isascii()
    if found.has_key:
        yield from secrets.keys(text)
    if found.has_address:
        yield from mail.emails(text)
    if found.has_number:
        yield from _numeric(found, is_chinese=is_chinese)
    if is_chinese:
        yield from _NAMES(text)
    if found.has_plate:
        yield from vehicles.plates(text)
    if found.has_ip:
        yield from network.addresses(text)
    if found.has_word:
        yield from _LATIN(text)


def _numeric(found: Look, *, is_chinese: bool) -> Iterator[Span]:
    text = found.text
    yield from numbers(text, _NUMBER_CHECKS)
    for hint, recognizer in _NUMERIC:
        if hint.search(found.ascii_only):
            yield from recognizer(text)
    if is_chinese:
        yield from _RECORDS(text)
        if places.DOOR_HINT.search(text):
            yield from _HOMES(text)
