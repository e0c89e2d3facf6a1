"""Labels that are moved apart."""

import itertools

import numpy as np
import pytest

from mlp.figures.places import apart, spread
from mlp.figures.style import line, log_ticks, point


@pytest.mark.parametrize("seed", range(20))
def test_names_do_not_hide_each_other(seed: int) -> None:
    rng = np.random.default_rng(seed)
    centers = rng.uniform(0, (270, 190), (14, 2)) if seed else np.full((14, 2), 100.0)
    boxes = [(float(x), float(y), float(rng.uniform(10, 100))) for x, y in centers]
    placed = apart(boxes, 14, 270, 190)
    for (x, y, wide), (other_x, other_y, other) in itertools.combinations(placed, 2):
        assert abs(x - other_x) >= (wide + other) / 2 or abs(y - other_y) >= 14
    assert all(w / 2 <= x <= 270 - w / 2 and 7 <= y <= 183 for x, y, w in placed)


def test_a_name_that_hides_nothing_stays() -> None:
    assert apart([(50, 50, 20), (150, 50, 20)], 10, 200, 100) == [(50, 50, 20), (150, 50, 20)]


def test_without_room_names_are_still_drawn() -> None:
    assert len(apart([(5, 5, 10)] * 3, 10, 10, 10)) == 3


@pytest.mark.parametrize("seed", range(20))
def test_spread_keeps_order_gap_and_bounds(seed: int) -> None:
    places = np.random.default_rng(seed).uniform(0, 100, 9).tolist()
    moved = spread(places, 10, 0, 100)
    order = np.argsort(places, kind="stable")
    assert (np.diff(np.array(moved)[order]) >= 10 - 1e-9).all()
    assert 0 <= min(moved) <= max(moved) <= 100
    assert spread([10, 50], 10, 0, 100) == [10, 50]
    assert spread([50] * 5, 10, 0, 20) == [0, 5, 10, 15, 20]  # no room for the gap


def test_log_ticks_are_round_and_inside() -> None:
    for low, high in [(0.3, 20), (1e-9, 1e9), (1.01, 1.02), (2, 2), (1e-300, 1e300)]:
        ticks = log_ticks(low, high)
        assert len(ticks) <= 7
        assert all(low <= tick <= high for tick in ticks)
        assert all(f"{tick:e}"[0] in "125" for tick in ticks)


def test_lines_and_points_differ() -> None:
    assert len({str(line(i)) for i in range(49)}) == 49
    for part in ("color", "marker"):
        assert len({point(i)[part] for i in range(14)}) == 14
