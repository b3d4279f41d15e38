"""How sure a share is: Wilson intervals that allow for items of one letter resembling each other.

Items of a letter share a patient, a record and a reviewer, so a hundred items of forty letters tell
less than a hundred letters. The *design effect* says how much less: the variance of the share over
letters, against that of independent items (Kish, Survey Sampling, 1965). An interval is Wilson's
score interval (1927) for the share, with the number of items divided by the design effect.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

LEVEL = 0.95
FALSE_DISCOVERIES = 0.05
"""Of the rows that are marked as different, so many are expected not to be."""
SMALL = 30
"""Rows of fewer items (after the design effect) are marked, and not compared."""
_ENOUGH_LETTERS = 100
"""A design effect of fewer letters is too unsure; that of the whole selection stands in."""
_Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)


@dataclass(frozen=True, slots=True)
class Clusters:
    """Sums over letters: of items `n`, overturned items `x`, and their products."""

    letters: int = 0
    n: int = 0
    x: int = 0
    xx: int = 0
    xn: int = 0
    nn: int = 0

    def effect(self, otherwise: float = 1.0) -> float:
        """The design effect, at least 1 and at most as if all items of a letter were one.

        Args:
            otherwise: to be taken where there are too few letters, or all fell alike.
        """
        most = self.nn / self.n if self.n else 1.0
        if self.letters < _ENOUGH_LETTERS or self.x in (0, self.n):
            return min(max(otherwise, 1.0), most)
        share = self.x / self.n
        spread = self.xx - 2 * share * self.xn + share * share * self.nn
        between = spread * self.letters / (self.letters - 1) / self.n**2
        return min(max(between / (share * (1 - share) / self.n), 1.0), most)


def wilson(share: float, n: float, z: float = _Z) -> tuple[float, float]:
    """The score interval of a share seen in `n` independent items.

    Example:
        >>> low, high = wilson(0.1, 50)
        >>> round(low, 3), round(high, 3)
        (0.043, 0.214)
    """
    if n <= 0:
        return 0.0, 1.0
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(centre - half, 0.0), min(centre + half, 1.0)


def two_shares(share: float, n: float, other: float, m: float) -> float:
    """How likely two shares are to be this far apart if they were one (two-sided score test).

    1.0 where a group is too small for the normal approximation.
    """
    if n <= 0 or m <= 0:
        return 1.0
    pooled = (share * n + other * m) / (n + m)
    if min(n, m) * min(pooled, 1 - pooled) < 5:
        return 1.0
    z = (share - other) / sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return 2 * NormalDist().cdf(-abs(z))


def discoveries(likelihoods: Sequence[float], rate: float = FALSE_DISCOVERIES) -> list[bool]:
    """Which of many comparisons stand, with so many false ones among them (Benjamini, Hochberg).

    Example:
        >>> discoveries([0.001, 0.04, 0.9])
        [True, False, False]
    """
    ordered = sorted(likelihoods)
    count = len(ordered)
    passed = [p for rank, p in enumerate(ordered, start=1) if p <= rate * rank / count]
    bound = passed[-1] if passed else -1.0
    return [p <= bound for p in likelihoods]
