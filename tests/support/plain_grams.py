"""The twin in Python of filters/quality/grams.c."""

from collections.abc import Iterator

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_POINT_BITS = 21


def slots(text: str, folded: list[int], salt: int, bits: int, most: int) -> list[int]:
    found = (_slot(gram, _mixed(salt), bits) for gram in _grams(_points(text, folded)[:most]))
    return list(dict.fromkeys(found))


def _points(text: str, folded: list[int]) -> list[int]:
    found: list[int] = []
    last = ord(" ")
    for point in map(ord, text):
        plain = folded[point] if point < len(folded) else point
        if plain in {32, 10} and last in {32, 10}:
            continue
        found.append(plain + 1)
        last = plain
    return found


def _grams(points: list[int]) -> Iterator[int]:
    for end in range(1, len(points) + 1):
        for size in range(1, min(3, end) + 1):
            gram = 0
            for point in points[end - size : end]:
                gram = gram << _POINT_BITS | point
            yield gram


def _slot(gram: int, secret: int, bits: int) -> int:
    return _mixed((gram * _GOLDEN & _MASK) ^ secret) >> (64 - bits)


def _mixed(value: int) -> int:
    value = (value ^ value >> 33) * 0xFF51AFD7ED558CCD & _MASK
    value = (value ^ value >> 33) * 0xC4CEB9FE1A85EC53 & _MASK
    return value ^ value >> 33
