"""Judge whether the data show that a change is not worse by more than a margin."""

from dataclasses import dataclass

from mlp.evaluate.statistics import wording
from mlp.gate.thresholds import FAIL, PASS, UNSURE, Verdict


@dataclass(frozen=True)
class Bound:
    """How much worse a metric got, and how much worse it may be.

    ``worse`` is the difference, above 0 for the worse, and ``reach`` how far the truth may be above
    it at the confidence asked.
    """

    worse: float
    reach: float

    @property
    def most(self) -> float:
        return self.worse + self.reach

    def factor(self, margin: float) -> float | None:
        """Return how many times as much data would tell, None if no amount is likely to."""
        left = margin - max(self.worse, 0.0)
        return (self.reach / left) ** 2 if left > 0 else None


def verdict(title: str, words: str, bound: Bound, margin: float, needed: str) -> Verdict:
    """Return pass, FAIL or cannot judge.

    Parameters
    ----------
    title, words : str
        The name of the rule, and the values before and now.
    bound : Bound
    margin : float
        The most that it may be worse.
    needed : str
        How much data would do.
    """
    shown = f"{words}: worse by at most {wording.number(bound.most)}"
    if bound.most <= margin:
        return Verdict(title, PASS, f"{shown} <= {margin:g}")
    if bound.worse > margin:
        return Verdict(title, FAIL, f"{words}: worse by {wording.number(bound.worse)} > {margin:g}")
    return Verdict(title, UNSURE, f"{shown} > {margin:g}: too few data to tell; {needed}")
