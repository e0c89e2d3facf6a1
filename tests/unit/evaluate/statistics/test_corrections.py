"""McNemar's test and Holm's correction, by hand and by simulation."""

import math

import numpy as np
import pytest

from mlp.evaluate.statistics import exact


def test_mcnemar_by_hand() -> None:
    # Five discordant rows, all broken: (1/2)^5 on one side, twice that on both.
    assert exact.mcnemar(5, 0, one_sided=True) == pytest.approx(1 / 32)
    assert exact.mcnemar(5, 0) == pytest.approx(1 / 16)
    # 3 of 4 broken: (4 + 1) / 16 on one side.
    assert exact.mcnemar(3, 1, one_sided=True) == pytest.approx(5 / 16)
    assert exact.mcnemar(1, 3, one_sided=True) == pytest.approx(15 / 16)
    assert exact.mcnemar(0, 0) == exact.mcnemar(0, 0, one_sided=True) == 1


def test_holm_by_hand() -> None:
    # In order 0.005 x 4, 0.01 x 3, 0.03 x 2, and 0.04 x 1, which may not come out below 0.06.
    assert exact.holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert exact.holm([0.9, 0.6]) == [1, 1]
    assert exact.holm([]) == []


def test_holm_keeps_the_family_at_its_level() -> None:
    """Of 2000 families of ten true hypotheses, at most 5 % (and four sigma) have a rejection."""
    draws = np.random.default_rng(0).random((2000, 10))
    corrected = np.mean([min(exact.holm(list(draw))) <= 0.05 for draw in draws])
    uncorrected = np.mean((draws <= 0.05).any(axis=1))
    assert corrected < 0.05 + 4 * math.sqrt(0.05 * 0.95 / 2000)
    assert uncorrected > 0.35
