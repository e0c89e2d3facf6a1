"""Refuse a network whose weights no model file, or no memory, can hold, given its rows."""

from collections.abc import Mapping
from typing import Any

from mlp.core import task
from mlp.core.dataset import Dataset, split_kinds
from mlp.core.errors import InputError
from mlp.training import size

BYTES = 8  # of a weight
COPIES = {"sgd": 5, "adam": 6, "lbfgs": 25}  # of the weights in memory, gradients and steps too
SMALL = 2**30  # bytes that need no look at the free memory


def check(name: str, section: Mapping[str, Any], dataset: Dataset) -> None:
    """Raise InputError if a network has more weights than a model file holds.

    Parameters
    ----------
    name : str
        The section, as a sentence names it.
    section : mapping
        See `mlp.training.params.Network`.
    dataset : Dataset
        The training rows.
    """
    hidden = list(section["hidden_layer_sizes"])
    inputs, outputs = _ends(dataset)
    if (count := size.weights([inputs, *hidden, outputs])) > size.MOST:
        raise InputError(
            f"{name}.hidden_layer_sizes is {hidden}, which makes {count} weights from {inputs} "
            f"inputs to {outputs} outputs; {size.limit(hidden, inputs, outputs)}."
        )


def check_memory(name: str, section: Mapping[str, Any], dataset: Dataset) -> None:
    """Raise InputError if the free memory cannot hold the weights with what their solver keeps.

    The parameters are those of `check`.
    """
    hidden = list(section["hidden_layer_sizes"])
    solver = section.get("solver", "adam")
    inputs, outputs = _ends(dataset)
    needed = size.weights([inputs, *hidden, outputs]) * BYTES * COPIES[solver]
    if needed < SMALL:
        return
    import psutil  # noqa: PLC0415 - for large networks alone

    free = psutil.virtual_memory().available
    if needed > free:
        raise InputError(
            f"{name}.hidden_layer_sizes is {hidden}, for which solver {solver} needs about "
            f"{needed / 1e9:.0f} GB of memory, and {free / 1e9:.0f} GB are free; use fewer units, "
            "or a larger machine."
        )


def _ends(dataset: Dataset) -> tuple[int, int]:
    """Return the number of inputs, texts encoded one-hot, and of outputs."""
    names = dataset.columns
    texts = split_kinds(dataset.features, len(names.numbers))[1]
    categories = [len(set(texts[:, i])) for i in range(len(names.texts))]
    if (most := names.max_categories) is not None:
        categories = [min(count, most) for count in categories]
    outputs = task.part("mlp.training", dataset.task).units(dataset.target)
    return len(names.numbers) + sum(categories), outputs
