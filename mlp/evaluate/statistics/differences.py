"""Metrics of two predictions of the same rows, and what the rows tell of their differences."""

from collections.abc import Callable
from dataclasses import dataclass

from mlp.core import predictions, residuals, task
from mlp.core.files import Floats, Rows, Table
from mlp.evaluate.statistics import exchange
from mlp.evaluate.statistics.estimate import Estimate
from mlp.evaluate.statistics.exchange import Swaps


@dataclass(frozen=True)
class Difference:
    """A metric before and after.

    Attributes
    ----------
    old, new : float
    estimate : Estimate
        Of the new minus the old one.
    exchanged : callable
        Takes whether the predictions of each row are exchanged, shape (draws, rows), and returns a
        difference a draw.
    groups : ndarray of int64, shape (rows,), or None
        The number of each row's group.
    """

    old: float
    new: float
    estimate: Estimate
    exchanged: Callable[[Swaps], Floats]
    groups: Rows | None

    def p_value(self, sign: int = 1, *, one_sided: bool = False) -> float:
        """Return the p value by exchanging predictions: see `mlp.evaluate.statistics.exchange`.

        Parameters
        ----------
        sign : int
            1, or -1 if less is to be asked for.
        one_sided : bool
            Ask only whether the difference, with this sign, is above 0.
        """
        return exchange.p_value(
            lambda swaps: sign * self.exchanged(swaps),
            self.estimate.rows,
            self.groups,
            one_sided=one_sided,
        )


def of(old: Table, new: Table) -> dict[str, Difference]:
    """Return the difference of every metric that both predictions have, by its name.

    Parameters
    ----------
    old, new : Table
        See `mlp.core.predictions.predictions` and `mlp.core.residuals.predictions`; of the same
        rows and the same task.
    """
    part = task.part("mlp.evaluate.statistics.metrics", residuals.task(new))
    found: dict[str, Difference] = part.of(old, new)
    return found


def groups_of(old: Table, new: Table) -> Rows | None:
    """Return the number of each row's group: those of now or, if it has none, those of before."""
    codes = predictions.group_codes(new)
    return predictions.group_codes(old) if codes is None else codes


def exchanged(change: Floats) -> Callable[[Swaps], Floats]:
    """Return the mean change of rows where rows are exchanged; takes and returns as `Difference`.

    Parameters
    ----------
    change : ndarray of float64, shape (rows,)
        Of each row, now minus before.
    """

    def differences(swaps: Swaps) -> Floats:
        found: Floats = (change.sum() - 2 * (swaps @ change)) / len(change)
        return found

    return differences
