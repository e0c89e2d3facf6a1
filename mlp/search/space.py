"""Turn the search space of params.yaml into distributions that scikit-learn samples."""

from collections.abc import Callable, Mapping
from typing import Any

from scipy.stats import loguniform, randint, uniform

DISTRIBUTIONS: dict[str, Callable[[Any, Any], Any]] = {
    "loguniform": loguniform,
    "uniform": lambda low, high: uniform(low, high - low),
    "randint": randint,
}


def distributions(space: Mapping[str, Any]) -> dict[str, Any]:
    """Return a list of choices, or a frozen `scipy.stats` distribution, for each argument.

    Parameters
    ----------
    space : mapping
        A list is a choice; ``{loguniform: [low, high]}`` and ``{uniform: [low, high]}`` are
        continuous, ``{randint: [low, high]}`` draws integers from low to high - 1.
    """
    return {name: _distribution(value) for name, value in space.items()}


def _distribution(value: Any) -> Any:
    if isinstance(value, list):
        return value
    ((kind, bounds),) = value.items()
    return DISTRIBUTIONS[kind](*bounds)
