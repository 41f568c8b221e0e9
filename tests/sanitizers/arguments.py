"""What arguments of functions are drawn from, right ones and wrong ones."""

import contextlib
import random
from collections.abc import Iterator

from tests.sanitizers.invented import text

Dice = random.Random
EXTREMES = (0, 1, -1, 2, 255, 2**31 - 1, -(2**31), 2**31, 2**32, 2**62, 2**63 - 1, -(2**63))


@contextlib.contextmanager
def may_be_refused() -> Iterator[None]:
    """Lets pass errors that say what is wrong with what was given."""
    with contextlib.suppress(ValueError, TypeError, OverflowError, MemoryError):
        yield


def number(dice: Dice, *likely: int) -> int:
    """Returns one of the likely numbers, or now and then an extreme one."""
    return dice.choice(likely if dice.random() < 0.9 else EXTREMES)


def numbers(dice: Dice, count: int) -> bytes:
    """Returns so many numbers of 32 bits, now and then less."""
    made = dice.randbytes(4 * count) if dice.random() < 0.5 else bytes(4 * count)
    return made if dice.random() < 0.9 else made[:-1]


def few(dice: Dice, most: int) -> list[str]:
    """Returns a few short texts, which may be empty."""
    return [text(dice, 9) for _ in range(dice.randint(0, most))]
