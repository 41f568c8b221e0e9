"""UTF-8 that was taken for Latin letters and encoded again, such as `ç½‘é¡µ` for 网页."""

import re

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.decode.plausibility import impression

_FEWEST_HAN = 10
_CONVINCING = 0.6
_BYTES = {
    # Bytes 80 to 9F as cp1252 shows them; what it leaves out stays a control character.
    ord(bytes([byte]).decode("cp1252", "ignore") or chr(byte)): byte
    for byte in range(0x80, 0xA0)
}
_GOING_ON = "[" + re.escape("".join(map(chr, _BYTES))) + "\u0080-\u00bf]"
_TWICE = lazy_pattern(
    f"[\u00e0-\u00ef]{_GOING_ON}{{2}}|[\u00c2-\u00df]{_GOING_ON}|[\u00f0-\u00f4]{_GOING_ON}{{3}}"
)


def repaired(text: str) -> str | None:
    """Returns the text with what was encoded twice restored, or none where that is not certain.

    It is certain if at least ten Han characters come out, twice as many as the text had, and the
    characters are those that Chinese is made of. Each character is restored by itself, so that
    what is damaged stays as it is. U+FFFD and `锟斤拷`, which stand for lost bytes, cannot be
    restored.
    """
    better, times = _TWICE.subn(_restored, text)
    if times < _FEWEST_HAN:
        return None
    before, after = impression(text), impression(better)
    gained = after.chinese - before.chinese
    is_certain = gained >= max(_FEWEST_HAN, 2 * before.chinese) and after.strangeness < _CONVINCING
    return better if is_certain else None


def _restored(found: re.Match[str]) -> str:
    try:
        return found[0].translate(_BYTES).encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
