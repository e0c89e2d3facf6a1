"""Choose by the task: classification predicts labels, regression predicts numbers.

A package that treats the two differently has a module, or a package, of each name, with the same
public functions (a test compares them). So what differs is what is in these modules, and nothing
else asks for the task.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy.typing as npt

CLASSIFICATION, REGRESSION = TASKS = ("classification", "regression")


def of(target: "npt.NDArray[Any]") -> str:
    """Return the task that the type of a target decides: str objects are labels."""
    return CLASSIFICATION if target.dtype == object else REGRESSION


def part(package: str, task: str) -> Any:
    """Return the module of a package for a task, such as ``mlp.training.regression``.

    Parameters
    ----------
    package : str
        Such as ``mlp.training``.
    task : str
        classification or regression.
    """
    if task not in TASKS:
        raise ValueError(f"there is no task {task}")
    return import_module(f"{package}.{task}")
