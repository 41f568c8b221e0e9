"""Regular expressions that are compiled when they are first used."""

import re
from typing import Any, AnyStr, cast


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Returns what behaves as `re.compile(pattern, flags)`, and is compiled when it is first used.

    Python compiles a class of thousands of characters in some milliseconds: most runs, and most
    commands, need few of the hundreds that there are. A use costs 20 ns more. To functions of `re`
    it is no pattern: its own methods are to be called.

    Raises:
        re.error: At its first use, that it is no regular expression.
    """
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))


class _Lazy:
    """A pattern whose attributes appear when one is first asked for."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self._given = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        """Returns an attribute of the pattern, and keeps it: it is not asked for again."""
        if name.startswith("_"):
            raise AttributeError(name)  # what copies and pickles look for
        found = self.__dict__[name] = getattr(re.compile(*self._given), name)
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        return _Lazy, self._given
