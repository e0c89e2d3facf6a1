"""Rank classes by recall, and say which cannot be told apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mlp.core.bidi import isolated
from mlp.core.errors import listed
from mlp.core.files import Table
from mlp.evaluate.statistics.exact import fisher, holm

LEVEL = 0.05  # of all comparisons together


@dataclass(frozen=True)
class Counted:
    """A class and how many of its test rows are right.

    Attributes
    ----------
    label : str
    rows, right : int
    p : float
        Of Fisher's exact test that it is as hard as the hardest class, with Holm's correction for
        all pairs of classes; 1 for that class itself.
    """

    label: str
    rows: int
    right: int
    p: float

    @property
    def tied(self) -> bool:
        """Whether it cannot be told apart from the hardest class."""
        return self.p >= LEVEL


def counted(classes: Table) -> list[Counted]:
    """Return the classes with test rows, the hardest first; ties keep their order.

    Parameters
    ----------
    classes : Table
        See `mlp.evaluate.statistics.scores.per_class`.
    """
    names, support, recall = (np.asarray(classes[name]) for name in ("class", "support", "recall"))
    order = [i for i in np.argsort(recall, kind="stable") if support[i]]
    rows = [int(support[i]) for i in order]
    right = [round(recall[i] * support[i]) for i in order]
    worth = [float(classes["effective"][i]) for i in order] if "effective" in classes else rows
    hits = [k * m / n for k, m, n in zip(right, worth, rows, strict=True)]
    p = [1.0, *_against_first(worth, hits)]
    return [Counted(*values) for values in zip(names[order], rows, right, p, strict=True)]


def _against_first(rows: Sequence[float], right: Sequence[float]) -> list[float]:
    """Return the corrected p value of each class but the first, against the first.

    The first is the hardest by chance, too, so the correction is for all pairs from which it could
    have been chosen.
    """
    whole = [max(1, int(n)) for n in rows]
    hits = [round(k * m / n) for k, n, m in zip(right, rows, whole, strict=True)]
    others = range(1, len(whole))
    p_values = [fisher((hits[0], hits[i]), (whole[0], whole[i])) for i in others]
    pairs = len(whole) * (len(whole) - 1) // 2
    return holm([*p_values, *[1.0] * (pairs - len(p_values))])[: len(p_values)]


def sentences(classes: Sequence[Counted]) -> list[str]:
    """Return in words what the counts allow to say of the hardest and of the easiest classes."""
    if len(classes) < 2:  # noqa: PLR2004 - one class has no other to be compared with
        return []
    first, second = classes[0], classes[1]
    last = classes[-1]
    easiest = [one for one in classes if one.right * last.rows == last.right * one.rows]
    if len(easiest) == len(classes):
        return ["All classes are equally hard."]
    start = f"Hardest: {isolated(first.label)}, {first.right} of {first.rows} right."
    said = [f"{start} Easiest: {_named(easiest)}, {_all_right(easiest)}."]
    if second.tied:
        said.append(
            f"{isolated(first.label)} and {isolated(second.label)} cannot be told apart with "
            f"{_rows(first.rows, second.rows)}: {first.right} and {second.right} are right "
            f"(Fisher's exact test, p = {second.p:.2f} after Holm's correction)."
        )
    apart = [one for one in classes[1:] if not one.tied]
    if not apart:
        said.append(f"No class can be told apart from {isolated(first.label)}, the hardest.")
    elif len(apart) == len(classes) - 1:
        said.append(f"Every other class is easier than {isolated(first.label)}.")
    else:
        said.append(f"Easier than {isolated(first.label)} beyond doubt: {_named(apart)}.")
    return said


def _named(classes: Sequence[Counted], most: int = 12) -> str:
    return listed([isolated(one.label) for one in classes], most)


def _all_right(easiest: Sequence[Counted]) -> str:
    right, rows = easiest[0].right, easiest[0].rows
    if right == rows:
        return "all right"
    return f"{right} of {rows} right" if len(easiest) == 1 else f"{right / rows:.4f} right"


def _rows(first: int, second: int) -> str:
    return f"{first} rows each" if first == second else f"{first} and {second} rows"
