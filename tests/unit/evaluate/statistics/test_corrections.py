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
    # To the last digit, so that a p value that equals the level is not above it.
    assert [exact.mcnemar(n, 0, one_sided=True) for n in range(60)] == [0.5**n for n in range(60)]


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


def test_tests_that_can_find_nothing_do_not_count() -> None:
    """At level 0.05 with k = 2: 0.02 and 0.001 are below 0.025, and 0.03 and 1 are not."""
    assert exact.comparisons([0.02, 1.0, 0.001, 0.03], 0.05) == [True, False, True, False]
    assert exact.comparisons([0.5, 0.25], 0.05) == [False, False]
    assert exact.comparisons([0.04], 0.05) == [True]
    assert exact.comparisons([], 0.05) == []
    # Level 1/4, which binary numbers hold exactly. One test that could reach it is not corrected for
    # others; of two, each would have to reach 1/8.
    assert exact.comparisons([0.25, 0.5, 0.5], 0.25) == [True, False, False]
    assert exact.comparisons([0.25, 0.25, 0.5], 0.25) == [False, False, False]
    assert exact.holm([0.02, 0.9, 0.03, 0.5], [True, False, True, False]) == [0.04, 1, 0.04, 1]


def test_fewer_comparisons_keep_the_family_at_its_level() -> None:
    """Of 4000 families of ten equal recalls, of 2 to 20 discordant rows each, at most 5 %."""
    rng = np.random.default_rng(0)
    rejected = []
    for _ in range(4000):
        discordant = rng.integers(2, 21, 10)
        broken = rng.binomial(discordant, 0.5)
        p = [exact.mcnemar(int(b), int(n - b)) for b, n in zip(broken, discordant, strict=True)]
        least = [exact.mcnemar(int(n), 0) for n in discordant]
        counted = exact.comparisons(least, 0.05)
        rejected.append(min(exact.holm(p, counted)) <= 0.05)
        assert min(exact.holm(p, counted)) <= min(exact.holm(p)) or min(exact.holm(p)) > 0.05
    assert np.mean(rejected) <= 0.05
