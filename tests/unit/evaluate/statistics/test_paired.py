"""Tests of paired differences, by hand, by simulation, and against tables."""

import math

import numpy as np
import pytest

from mlp.evaluate.statistics import bootstrap, exact


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


def test_interval_of_a_mean_is_the_normal_one() -> None:
    values = np.random.default_rng(0).normal(size=2000)
    low, high = bootstrap.interval(lambda rows: values[rows].mean(axis=-1), len(values))
    half = 1.96 * values.std() / math.sqrt(len(values))
    assert low == pytest.approx(values.mean() - half, abs=0.1 * half)
    assert high == pytest.approx(values.mean() + half, abs=0.1 * half)


def test_interval_is_the_same_at_each_call() -> None:
    values = np.arange(50.0)

    def mean(rows: bootstrap.Rows) -> bootstrap.Floats:
        return np.asarray(values[rows].mean(axis=-1))

    assert bootstrap.interval(mean, 50) == bootstrap.interval(mean, 50)
    assert bootstrap.interval(mean, 50) != bootstrap.interval(mean, 49)


def test_two_rows_are_needed() -> None:
    assert all(math.isnan(end) for end in bootstrap.interval(lambda rows: rows.mean(axis=-1), 1))
