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
