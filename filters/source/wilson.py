"""How far a share that was counted on a sample can be trusted."""

from math import sqrt
from statistics import NormalDist

CONFIDENCE = 0.95


def wilson(successes: int, trials: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Returns the two-sided Wilson score interval of a share, 0 to 1.

    Without trials nothing is known: the interval is 0 to 1. No correction is made for a sample
    that is a large part of the whole, so that the interval is never too narrow.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22 (1927), 209-212.
    """
    if not trials:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, weight = successes / trials, z * z / trials
    middle = share + weight / 2
    half = z * sqrt(share * (1 - share) / trials + weight / (4 * trials))
    low = (middle - half) / (1 + weight) if successes else 0.0
    high = (middle + half) / (1 + weight) if successes < trials else 1.0
    return max(low, 0.0), min(high, 1.0)
