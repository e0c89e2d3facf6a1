"""The score of a configuration by the number of rows that it learns from, as git stores it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

LEAST = 2  # points of a curve


@dataclass(frozen=True)
class Step:
    """The change of the mean score from half of the rows to all of them, and its 95 % interval.

    NaN where a score is not finite.
    """

    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """The score of a configuration by the number of rows that it learns from.

    Attributes
    ----------
    evidence : str
        test or oof, the rows that judge.
    judged : int
        Their number.
    metric, better : str
        The score, and which values are better: higher or lower.
    rows : list of int
        By the share of the rows; the last is the number of all rows to learn from.
    scores : list of list of float
        Of each number of rows, the score of each training.
    step : Step or None
        None if half of the rows were left out.
    unconverged : int
        How many trainings on half or on all of the rows stopped before they converged.
    left_out : list of str
        Why there is no score of a number of rows, a sentence each.
    """

    evidence: str
    judged: int
    metric: str
    better: str
    rows: list[int]
    scores: list[list[float]]
    step: Step | None
    unconverged: int
    left_out: list[str]

    @property
    def means(self) -> list[float]:
        """The mean score of each number of rows."""
        return [float(np.mean(several)) for several in self.scores]

    @property
    def is_drawn(self) -> bool:
        """Whether there are enough points for a curve."""
        return sum(map(math.isfinite, self.means)) >= LEAST


def as_json(curve: Curve) -> dict[str, Any]:
    """Return what git stores of a curve."""
    points = zip(curve.rows, curve.means, curve.scores, strict=True)
    return {
        **{name: vars(curve)[name] for name in ("evidence", "judged", "metric", "better")},
        "points": [{"rows": n, "mean": mean, "scores": each} for n, mean, each in points],
        "step": vars(curve.step) if curve.step else None,
        "unconverged": curve.unconverged,
        "left_out": curve.left_out,
    }


def from_json(content: Mapping[str, Any]) -> Curve:
    """Return a curve from what git stores of it; a number that is not finite, null there, is NaN.

    Raises
    ------
    KeyError, TypeError, ValueError
        If something is missing, or of another type.
    """
    points, step = content["points"], content["step"]
    curve = Curve(
        evidence=str(content["evidence"]),
        judged=int(content["judged"]),
        metric=str(content["metric"]),
        better=str(content["better"]),
        rows=[int(point["rows"]) for point in points],
        scores=[_floats(point["scores"]) for point in points],
        step=None if step is None else _step(step),
        unconverged=int(content["unconverged"]),
        left_out=[str(sentence) for sentence in content["left_out"]],
    )
    if min(map(float, curve.rows), default=0) < 1 or not all(curve.scores):
        raise ValueError("a number of rows is below 1, or has no score")
    if curve.step and len(points) < LEAST:
        raise ValueError("there are too few points")
    return curve


def _step(content: Mapping[str, Any]) -> Step:
    return Step(*_floats([content[name] for name in ("difference", "low", "high")]))


def _floats(values: Sequence[float | None]) -> list[float]:
    return [math.nan if value is None else float(value) for value in values]
