"""A calibration counts what the gate does, with an interval that knows the networks are few."""

from typing import Any

import numpy as np
import pytest

from mlp.compare.sides import Sides
from mlp.evidence.pools import Pool
from mlp.evidence.run import Run
from mlp.gate import calibration, calibration_page, configuration, trial
from mlp.gate.calibration import ALL
from mlp.gate.classification import NAIVE, PAIRED
from mlp.gate.own_table import Calibrated
from mlp.gate.params import Gate
from mlp.gate.trial import Judged, Scored, Trial
from mlp.report.document import to_text

ROWS = 120
LABELS = np.array(["a", "b"] * (ROWS // 2), dtype=object)
JUDGED = Judged(np.arange(ROWS), LABELS, None)


def gate(level: float = 0.03) -> Gate:
    rule = {"direction": "lower", "significance": level}
    asked: dict[str, Any] = {"model": "mlp", "evidence": "test", "question": "configuration"}
    return Gate.model_validate(
        asked | {"repeats": 5, "metrics": {"brier_score": rule}, "significance": 0.01}
    )


def run(rng: np.random.Generator, mean: float) -> Run:
    losses = np.abs(rng.normal(mean, 0.05, ROWS) + rng.normal(0, 0.02))
    said = np.where(rng.random(ROWS) < mean, "c", LABELS).astype(object)
    return Run(said, {"log_loss": losses, "brier_score": losses}, 3, converged=True)


def pool(networks: int = 40, loss: float = 0.2) -> Pool:
    rng = np.random.default_rng(0)
    worse = [[run(rng, 0.2 + loss) for _ in range(5)] for _ in range(3)]
    return Pool([run(rng, 0.2) for _ in range(networks)], {"half": worse, "noise": worse})


def test_false_alarms_are_few_and_large_losses_are_caught() -> None:
    found = calibration.calibrate(pool(), JUDGED, 5, gate(), draws=200)
    assert found.tests[ALL]["seed"].value <= 0.05
    assert found.tests[ALL]["half"].value == found.tests[ALL]["noise"].value == 1.0
    assert found.proposed == {"brier_score significance": 0.03, "significance": 0.01}
    assert found.converged == 1.0
    assert 0.3 <= found.files[NAIVE].value <= 0.6  # one of two is the worse one
    assert found.files[PAIRED].value <= 0.1


def test_a_pair_takes_other_networks_for_each_side() -> None:
    """Of 40 networks the first five of a pair are earlier; the next five, or a block, are later."""
    networks = pool()
    whole, block = (Scored(runs, JUDGED) for runs in (networks.whole, networks.worse["half"][0]))
    found = trial.trials(whole, {"half": [block]}, 5, gate(), draws=2)
    places = np.random.default_rng(0).permutation(40)[:10].tolist()
    earlier = whole.averages(places[:5])
    for kind, later, taken in [
        (trial.SEED, whole.averages(places[5:]), places),
        ("half", block.averages(range(5)), places[:5]),
    ]:
        p_values = configuration.p_values(gate(), Sides(earlier, later))
        assert {title: p[0] for title, p in found[kind].p_values.items()} == p_values
        assert np.flatnonzero(found[kind].used[0]).tolist() == sorted(taken)


def test_a_p_value_at_the_level_fails_and_so_does_none() -> None:
    pairs = Trial({"significance": np.array([0.04, 0.05, 0.06, np.nan])}, np.eye(4, dtype=np.bool_))
    failed = pairs.failed({"significance": 0.05})["significance"]
    assert failed.tolist() == [True, True, False, True]


def test_the_error_by_hand() -> None:
    """Without one of three networks, which are alone in a pair each, the share is 0, 1/2 and 1/2.

    That is 1/9 + 1/36 + 1/36 = 1/6 around a mean of 1/3; 2/3 of it is 1/9, and the root 1/3.
    """
    found = trial.share(np.array([True, False, False]), np.eye(3, dtype=np.bool_))
    assert found == pytest.approx((1 / 3, 1 / 3))


def test_a_level_that_does_not_hold_is_lowered_until_it_does() -> None:
    rng = np.random.default_rng(0)
    seeds = Trial({"significance": rng.random(1000) ** 2}, np.ones((1000, 1), dtype=np.bool_))
    (proposed,) = calibration.propose(seeds, {"significance": 0.05}).values()
    assert proposed < 0.05
    alarms = (seeds.p_values["significance"] <= proposed).mean()
    assert 0.04 <= alarms <= 0.05
    kept = {"significance": 0.001}
    assert calibration.propose(seeds, kept) == kept


@pytest.mark.parametrize(
    ("sixth", "proposed"),
    [(0.03, 0.029), (0.0123456, 0.012), (0.123456, 0.12), (0.000987654, 0.00098)],
)
def test_a_level_is_lowered_to_two_digits_below_the_first_pair_that_must_not_fail(
    sixth: float, proposed: float
) -> None:
    """Of 100 pairs 5 may fail, so the sixth p value must be above the level."""
    seeds = Trial(
        {"significance": np.arange(1, 101) * sixth / 6}, np.ones((100, 1), dtype=np.bool_)
    )
    for level in (sixth, 0.9):
        assert calibration.propose(seeds, {"significance": level}) == {"significance": proposed}


def test_a_pair_without_a_p_value_counts_as_one_that_fails() -> None:
    """Of 100 pairs 5 may fail: at 5 without a p value the level stays, at 6 none keeps the promise."""
    asked = {"significance": 0.03}
    for unknown, level in [(5, 0.03), (6, 0.0)]:
        p_values = np.array([np.nan] * unknown + [0.9] * (100 - unknown))
        seeds = Trial({"significance": p_values}, np.ones((100, 1), dtype=np.bool_))
        assert calibration.propose(seeds, asked) == {"significance": level}


@pytest.mark.parametrize(
    ("share", "interval"),
    [((0.04, 0.01), "2.0% to 6.0%"), ((0.01, 0.01), "0.0% to 3.0%")],  # 1.96 errors, from 0
)
def test_the_page_has_the_interval_of_false_alarms(
    share: tuple[float, float], interval: str
) -> None:
    one = calibration.Share(*share)
    tests = dict.fromkeys(
        ("brier_score significance", "significance", ALL),
        dict.fromkeys(("seed", "half", "noise"), one),
    )
    told = [text_of(tests, converged) for converged in (1.0, 0.5)]
    alarms = f"False alarms of all tests together: {share[0]:.1%}, 95 % interval {interval} "
    assert all(alarms in text for text in told)
    assert "of the trainings converged" not in told[0]
    assert "50% of the trainings converged." in told[1]


@pytest.mark.parametrize(
    ("half", "noise", "said"), [(0.49, 0.4, True), (0.5, 0.0, False), (0.1, 0.6, False)]
)
def test_the_page_says_what_would_see_more(half: float, noise: float, *, said: bool) -> None:
    shares = {"seed": 0.01, "half": half, "noise": noise}
    told = {name: calibration.Share(value, 0.01) for name, value in shares.items()}
    tests = dict.fromkeys(("brier_score significance", "significance", ALL), told)
    sentence = (
        "Either loss is seldom seen. What would see more: gate.evidence: oof, so that all rows"
    )
    assert (sentence in text_of(tests, 1.0)) == said


def text_of(tests: dict[str, dict[str, calibration.Share]], converged: float) -> str:
    outcome = calibration.Calibration(tests, {}, {"significance": 0.01}, converged)
    found = Calibrated("classification", gate(), 40, 3, ROWS, outcome)
    return " ".join(to_text(calibration_page.document(found)).split())


def test_the_error_is_that_of_networks_and_not_of_pairs() -> None:
    """Of networks that fail each for itself, many pairs say no more than the networks do."""
    rng = np.random.default_rng(0)
    shares, errors = [], []
    for _ in range(200):
        bad = rng.random(30) < 0.3
        chosen = [rng.permutation(30)[:4].tolist() for _ in range(400)]
        failed = np.array([bad[places].mean() > 0.3 for places in chosen])
        share, error = trial.share(failed, trial.used(chosen, 30))
        shares.append(share)
        errors.append(error)
    assert np.mean(errors) == pytest.approx(np.std(shares), rel=0.35)
    assert np.mean(errors) > 3 * np.sqrt(0.25 / 400)  # what 400 independent pairs would have


def test_the_page_names_the_levels_as_keys() -> None:
    outcome = calibration.calibrate(pool(), JUDGED, 5, gate(), draws=50)
    text = to_text(
        calibration_page.document(Calibrated("classification", gate(), 40, 3, ROWS, outcome))
    )
    assert "brier_score significance" in text
    assert "The levels keep 5% on this table" in text
    lowered = Calibrated(
        "classification", gate(), 40, 3, ROWS, _with(outcome, {"significance": 0.002})
    )
    text = " ".join(to_text(calibration_page.document(lowered)).split())
    assert "To keep 5% on this table, lower the levels: gate.significance: 0.002." in text


def _with(outcome: calibration.Calibration, proposed: dict[str, float]) -> calibration.Calibration:
    return calibration.Calibration(outcome.tests, outcome.files, proposed, outcome.converged)
