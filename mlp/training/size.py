"""Count the weights of a network, and refuse more than a model file can hold."""

from collections.abc import Sequence
from itertools import pairwise

MOST = 2**28  # weights of float64 in an ONNX file, whose format ends at 2 GiB


def weights(layers: Sequence[int]) -> int:
    """Return the number of weights and biases, given the units of each layer, inputs first.

    >>> weights([2, 3, 1])  # 2 x 3 + 3 and 3 x 1 + 1
    13
    """
    return sum(before * after + after for before, after in pairwise(layers))


def fits(hidden: list[int]) -> list[int]:
    """Return the units of the hidden layers; ValueError if one input and output make too many."""
    if (count := weights([1, *hidden, 1])) > MOST:
        raise ValueError(f"should make fewer weights than {count}; {limit(hidden, 1, 1)}")
    return hidden


def limit(hidden: list[int], inputs: int, outputs: int) -> str:
    """Return the limit, and equal layers that would fit."""
    most = f"a model file holds at most {MOST}"
    low, high = 0, MOST
    while low < high:
        units = (low + high + 1) // 2
        is_few = weights([inputs, *[units] * len(hidden), outputs]) <= MOST
        low, high = (units, high) if is_few else (low, units - 1)
    return f"{most}; {[low] * len(hidden)} would fit" if low and hidden else most
