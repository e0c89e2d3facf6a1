"""A calibration counts how often a comparison of two model files fails, here of labels."""

import numpy as np
import pytest

from mlp.gate import classification
from mlp.gate.classification import NAIVE, PAIRED


@pytest.mark.parametrize(
    ("broken", "fixed", "naive", "paired"),
    [
        (0, 0, False, False),
        (2, 2, False, False),
        (1, 0, True, False),
        (4, 0, True, False),  # 1/16 > 0.05
        (5, 0, True, True),  # 1/32, one-sided
        (0, 5, False, False),
    ],
)
def test_a_file_is_worse(broken: int, fixed: int, *, naive: bool, paired: bool) -> None:
    actual = np.array(["a"] * 20, dtype=object)
    was = np.array(["a"] * broken + ["b"] * fixed + ["a"] * (20 - broken - fixed), dtype=object)
    now = np.array(["b"] * broken + ["a"] * (20 - broken), dtype=object)
    found = classification.is_worse(actual, was, now)
    assert found == {NAIVE: naive, PAIRED: paired}
