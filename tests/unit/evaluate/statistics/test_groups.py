"""Tests and intervals by groups: by hand, and in simulations of rows that resemble each other."""

import math
from itertools import product

import numpy as np
import pandas as pd
import pytest

from mlp.core.files import Arrays
from mlp.core.predictions import group_codes
from mlp.evaluate.statistics import design, differences, exact, exchange, paired, scores, turned
from mlp.evaluate.statistics.turned import sign_flips

GROUPS, SIZE = 30, 10
CODES = np.repeat(np.arange(GROUPS), SIZE)
NAMES = CODES.astype(str).astype(object)


def by_hand(losses: list[int], *, one_sided: bool) -> float:
    """Return the share of all choices of signs with as large a sum."""
    drawn = [sum(s * n for s, n in zip(signs, losses, strict=True)) for signs in product((1, -1), repeat=len(losses))]  # fmt: skip
    value = sum(losses)
    if one_sided:
        return float(np.mean([total >= value for total in drawn]))
    return float(np.mean([abs(total) >= abs(value) for total in drawn]))


@pytest.mark.parametrize("losses", [[3], [2, 2, -1], [5, -4, 1, 1, 0, 7], [-3, -3, 1], [10, 1, -2]])
def test_sign_flips_by_hand(losses: list[int]) -> None:
    for one_sided in (True, False):
        found = sign_flips(np.array(losses), one_sided=one_sided)
        assert found == pytest.approx(by_hand(losses, one_sided=one_sided))


def test_a_row_a_group_is_mcnemar() -> None:
    for broken, fixed in [(5, 0), (3, 4), (40, 61), (0, 0)]:
        losses = np.array([1] * broken + [-1] * fixed + [0] * 9)
        for one_sided in (True, False):
            expected = exact.mcnemar(broken, fixed, one_sided=one_sided)
            assert sign_flips(losses, one_sided=one_sided) == pytest.approx(expected)


def test_turned_rows_by_hand() -> None:
    """Two groups of which one loses 3 rows and the other gains 1: 4 of 4 signs sum to 2 or more: half."""
    was = np.array([1, 1, 1, 0, 0, 1], dtype=bool)
    now = np.array([0, 0, 0, 0, 1, 1], dtype=bool)
    found = turned.of(was, now, np.array([0, 0, 0, 0, 1, 1]))
    assert (found.broken, found.fixed, found.losses is not None and found.losses.tolist()) == (3, 1, [3, -1])  # fmt: skip
    assert found.p_value(one_sided=True) == pytest.approx(0.5)
    assert found.least(one_sided=True) == pytest.approx(1 / 4)
    assert turned.of(was, now).least() == pytest.approx(2 / 16)


def test_groups_are_numbered_by_their_texts() -> None:
    table = pd.DataFrame({"group": ["b", "01", "", "b", "1"]})
    codes = group_codes(table)
    assert codes is not None
    assert codes.tolist() == [3, 1, 0, 3, 2]
    assert group_codes({"row": np.arange(3)}) is None


def alike(rng: np.random.Generator, share: float) -> np.ndarray:
    """Return for each row whether it happens: with chance 0.8 all rows of a group do alike."""
    of_group = rng.random(GROUPS)[CODES]
    own = rng.random(GROUPS * SIZE)
    return np.where(rng.random(GROUPS)[CODES] < 0.8, of_group, own) < share


def pair(rng: np.random.Generator) -> tuple[Arrays, Arrays]:
    """Return predictions of two networks, neither of which is better, with a label a row."""
    actual = np.where(rng.random(GROUPS * SIZE) < 0.5, "a", "b").astype(object)
    tables = []
    for _ in range(2):
        wrong = alike(rng, 0.15)
        predicted = np.where(wrong, np.where(actual == "a", "b", "a"), actual)
        brier = np.where(wrong, 1.5, 0.1)
        columns = {"actual": actual, "predicted": predicted, "brier_score": brier}
        tables.append(columns | {"group": NAMES})
    return tables[0], tables[1]


def false_alarms(level: float, samples: int = 600) -> dict[str, float]:
    """Return how often each test says that neither network is worse, though it is not."""
    rng, found = np.random.default_rng(0), []
    for _ in range(samples):
        old, new = pair(rng)
        was, now = (side["actual"] == side["predicted"] for side in (old, new))
        change = differences.of(old, new)
        found.append(
            {
                "rows": turned.of(was, now).p_value(one_sided=True),
                "groups": turned.of(was, now, CODES).p_value(one_sided=True),
                "brier": change["brier_score"].p_value(one_sided=True),
                "macro_f1": change["macro_f1"].p_value(-1, one_sided=True),
            }
        )
    return {name: float(share) for name, share in (pd.DataFrame(found) <= level).mean().items()}


def test_groups_raise_no_false_alarms(monkeypatch: pytest.MonkeyPatch) -> None:
    """At level 2 %, at most that and three standard errors; rows taken as independent raise many."""
    monkeypatch.setattr(exchange, "DRAWS", (399, 399))
    found = false_alarms(0.02)
    alone = found.pop("rows")
    assert alone > 0.08
    assert max(found.values()) <= 0.02 + 3 * math.sqrt(0.02 * 0.98 / 600)
    assert min(found.values()) > 0.002  # they are not idle


def test_intervals_by_groups_cover() -> None:
    rng, inside = np.random.default_rng(1), []
    for _ in range(500):
        right = 1.0 - alike(rng, 0.15)
        other = 1.0 - alike(rng, 0.25)
        low, high = design.interval(right, CODES)
        gain = paired.gain(right, other, CODES)
        ends = gain.interval()
        inside.append(
            [
                low <= 0.85 <= high,
                ends[0] <= -0.1 <= ends[1],
                -gain.center + 1.7 * gain.error >= 0.1,
            ]
        )
    single, difference, bound = np.mean(inside, axis=0)
    assert single >= 0.92
    assert difference >= 0.93
    assert bound >= 0.92


def test_a_gain_by_hand() -> None:
    """Work out two groups of two rows, of which one breaks a row and the other fixes one.

    With one more group of each kind the sums are -1, 1, 2 and -2: mean 0, variance 10 x 4/3 over
    8² rows, and one degree of freedom.
    """
    was, now = np.array([1.0, 1, 0, 1]), np.array([0.0, 1, 1, 1])
    found = paired.gain(was, now, np.array([0, 0, 1, 1]))
    assert (found.value, found.center, found.df) == (0, 0, 1)
    assert found.error == pytest.approx(math.sqrt(40 / 3) / 8)


def test_effective_rows() -> None:
    rng = np.random.default_rng(0)
    independent = rng.random(GROUPS * SIZE)
    assert design.effective_rows(independent, None) == 300
    assert design.effective_rows(independent, CODES) <= 300
    assert design.effective_rows(independent, CODES) > 150
    same = rng.random(GROUPS)[CODES]
    assert design.effective_rows(same, CODES) == pytest.approx(30 * (1.959964 / 2.045230) ** 2, rel=0.04)  # fmt: skip
    assert design.effective_rows(np.ones(300), CODES) == pytest.approx(30 * (1.959964 / 2.045230) ** 2)  # fmt: skip
    assert design.effective_rows(np.ones(10), np.zeros(10, dtype=int)) == 1
    assert design.effective_rows(np.ones(0), np.zeros(0, dtype=int)) == 0


def test_scores_by_groups_have_wider_intervals() -> None:
    old, _ = pair(np.random.default_rng(0))
    labels = ["a", "b"]
    counts = np.array([[((old["actual"] == a) & (old["predicted"] == b)).sum() for b in labels] for a in labels])  # fmt: skip
    together = old | {"log_loss": np.full(len(CODES), 0.1)}
    rows = {name: column for name, column in together.items() if name != "group"}
    alone, grouped = (scores.summary(t, counts) for t in (rows, together))
    assert grouped["accuracy_low"] < alone["accuracy_low"]
    assert grouped["accuracy_high"] > alone["accuracy_high"]
    wider = scores.per_class(counts, labels, old)
    assert (wider["recall_low"] < scores.per_class(counts, labels)["recall_low"]).all()
    assert (wider["effective"] < wider["support"]).all()
    assert "effective" not in scores.per_class(counts, labels, rows)
