"""Resolve bounds that are relative to the table, and find those that were chosen for other data."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mlp.core.errors import InputError
from mlp.gate import levels
from mlp.gate.bounds import Margin
from mlp.gate.numbers import is_number, rounded, text
from mlp.gate.params import Gate
from mlp.history import results
from mlp.history.revisions import Revision
from mlp.history.snapshot import PARAMS
from mlp.history.values import value

Metrics = Mapping[str, Any]
GUESSES = {"majority": "majority_accuracy", "mean": "mean_rmse"}  # the metric of each guess


def resolved(
    metric: str, bound: float | Margin, metrics: Metrics, linear: Metrics
) -> tuple[float | None, str]:
    """Return a bound as a number, None if there is none, and in words.

    Parameters
    ----------
    metric : str
    bound : float or Margin
    metrics, linear : mapping
        The metrics of the network that is judged, those of guessing included, and those of linear.
    """
    if not isinstance(bound, Margin):
        return bound, f"{bound:g}"
    ((name, margin),) = bound.model_dump(exclude_unset=True).items()
    known = metrics.get(GUESSES[name]) if name in GUESSES else linear.get(metric)
    if not is_number(known):
        return None, f"the {metric} of {name} is {text(known)}, not a number"
    number = rounded(known + margin, known, margin)
    return (
        number,
        f"{text(number)} ({name} {text(known)} {'-' if margin < 0 else '+'} {abs(margin):g})",
    )


def chosen_for_other_data(gate: Gate, others: Sequence[Revision]) -> Iterator[str]:
    """Yield a sentence if absolute bounds are still those of a revision of other data.

    Parameters
    ----------
    gate : Gate
    others : sequence of Revision
        Those of unrelated data.
    """
    bounds = dict(_absolute(gate))
    for revision in others:
        try:
            before = results.at(revision).params
        except InputError:
            continue
        kept = [key for key, bound in bounds.items() if value(before, key) == bound]
        if kept:
            yield (
                f"{', '.join(kept)} of {PARAMS} {'was' if len(kept) == 1 else 'were'} chosen for "
                f"other data, those of {revision.name}: choose anew, or relative to the table, "
                "such as min: {linear: 0.01}."
            )
            return


def _absolute(gate: Gate) -> Iterator[tuple[str, float]]:
    """Yield the dotted keys of the bounds on scores that are plain numbers, and the numbers."""
    for name, rule in levels.metric_rules(gate):
        for key, bound in (("min", rule.min), ("max", rule.max)):
            if is_number(bound):
                yield f"gate.metrics.{name}.{key}", bound
    if gate.classes and gate.classes.min_recall is not None:
        yield "gate.classes.min_recall", gate.classes.min_recall
