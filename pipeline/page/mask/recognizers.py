"""All recognizers, in the order in which they claim parts of a text."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jingyu.pipeline.page.mask import (
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
from jingyu.pipeline.page.mask.first_look import ascii_of
from jingyu.pipeline.page.mask.folding import fold, has_number
from jingyu.pipeline.page.mask.form import NamedForms
from jingyu.pipeline.page.mask.label import labels, latin_labels
from jingyu.pipeline.page.mask.number import numbers
from jingyu.pipeline.page.mask.shape import has_any, shape
from jingyu.pipeline.page.mask.span import Recognizer, Span

_FORMS = NamedForms(
    (
        *(identity.FORMS, mobiles.FORMS, devices.FORMS),
        *(cards.FORMS, cards.GROUPED_FORMS, landlines.FORMS),
    )
)

_NAMES = labels([*secrets.LABELLED, *handles.LABELLED])
_RECORDS = labels(records.LABELLED)
_HOMES = labels(places.LABELLED)
_LATIN = latin_labels([*secrets.LABELLED, *handles.LABELLED, *records.LABELLED])

_LETTERS_HINT = re.compile(rb"[A-Za-z@:][ -~]{4}")

SPANNING_LINES: frozenset[Recognizer] = frozenset({secrets.keys})
"""Recognizers that find what goes on beyond a line; that of others lies within one."""


class Look(NamedTuple):
    """What a first look at a text finds."""

    text: str
    """The text, folded if it has a number."""
    recognizers: Sequence[Recognizer]
    """Those that have to read it, in the order in which they claim parts of it."""


def look(text: str) -> Look | None:
    """Returns what has to read a text, or None if nothing has, which costs some 6 ns a character.

    What holds of the whole text decides, so that it may be read in parts.
    """
    is_numeric = has_number(text)
    if is_numeric:
        text = fold(text)
    ascii_only = ascii_of(text)
    if not is_numeric and not _LETTERS_HINT.search(ascii_only):
        return None
    readers = list(_readers(text, ascii_only, is_numeric=is_numeric))
    return Look(text, readers) if readers else None


def _readers(text: str, ascii_only: bytes, *, is_numeric: bool) -> Iterator[Recognizer]:
    is_chinese = not text.isascii()
    yield secrets.keys
    if b"@" in ascii_only:
        yield mail.emails
    if mail.may_hold_disguised(text, ascii_only):
        yield mail.disguised_emails
    if is_numeric:
        yield from _numeric(text, ascii_only, is_chinese=is_chinese)
    if is_chinese:
        yield _NAMES
        if vehicles.may_hold_plates(text, ascii_only):
            yield vehicles.plates
    if network.may_hold_v4(ascii_only):
        yield network.v4_addresses
    if network.may_hold_v6(ascii_only):
        yield network.v6_addresses
    yield _LATIN


def may_hold_any(part: str, start: int, end: int) -> bool:
    """Returns whether anything may be found between two places of a part of a text.

    Every recognizer reads it, whether or not the whole text has what it looks for.
    """
    if fold(part) != part:
        return True
    return any(start <= span.start < end for reader in _ALL for span in reader(part))


def _numeric(text: str, ascii_only: bytes, *, is_chinese: bool) -> Iterator[Recognizer]:
    yield _numbers
    shaped = shape(ascii_only)
    if mobiles.may_hold_disguised(text):
        yield mobiles.disguised_mobiles
    if records.may_hold_reversed(text):
        yield records.reversed_documents
    if has_any(shaped, places.COORDINATES_SHAPES):
        yield places.coordinates
    yield vehicles.vins
    if has_any(shaped, regional.SHAPES if is_chinese else regional.ASCII_SHAPES):
        yield regional.regional_ids
    if is_chinese:
        yield _RECORDS
        if places.DOOR_HINT.search(text):
            yield _HOMES


def _numbers(text: str) -> Iterator[Span]:
    yield from numbers(text, _FORMS)


_ALL: tuple[Recognizer, ...] = (
    *(secrets.keys, mail.emails, mail.disguised_emails, _numbers, mobiles.disguised_mobiles),
    records.reversed_documents,
    *(places.coordinates, vehicles.vins, regional.regional_ids, _RECORDS, _HOMES, _NAMES),
    *(vehicles.plates, network.v4_addresses, network.v6_addresses, _LATIN),
)
