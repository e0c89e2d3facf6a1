"""Not worse by more than a margin: the margin itself is allowed."""

import pytest

from mlp.gate.not_worse import Bound, verdict
from mlp.gate.thresholds import FAIL, PASS, UNSURE


@pytest.mark.parametrize(
    ("worse", "reach", "outcome"),
    [
        (0.25, 0.25, PASS),  # at most 0.5, which is the margin
        (0.25, 0.5, UNSURE),
        (0.5, 0.25, UNSURE),  # worse by the margin, and perhaps by more
        (0.75, 0.25, FAIL),
    ],
)
def test_the_margin_is_allowed(worse: float, reach: float, outcome: str) -> None:
    found = verdict("rule", "words", Bound(worse, reach), 0.5, "about 200 rows would do")
    assert found.outcome == outcome
    assert ("about 200 rows would do" in found.reason) == (outcome == UNSURE)


@pytest.mark.parametrize(
    ("worse", "factor"),
    [
        (0.25, 9.0),  # the bound is to reach 0.25 and not 0.75: a third needs 3² times the data
        (-0.25, 2.25),  # better by luck, so as if it were equal: 0.5 and not 0.75
        (0.5, None),
        (0.75, None),
    ],
)
def test_how_many_times_the_data_would_do(worse: float, factor: float | None) -> None:
    assert Bound(worse, 0.75).factor(0.5) == factor
