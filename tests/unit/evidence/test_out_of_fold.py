"""Out-of-fold predictions: every row once, by a network that has not seen it."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import psutil
import pytest
from project import ROOT, environment, on_terminal
from samples import numeric

from mlp.core import files
from mlp.core.dataset import Dataset
from mlp.core.errors import InputError
from mlp.core.predictions import group_codes
from mlp.evidence import out_of_fold, scores
from mlp.fits import cores
from mlp.history import parsing
from mlp.training import folds
from mlp.training.fit import fit
from stages import evidence

SECTION = {"hidden_layer_sizes": [20], "scale": "standard", "random_state": 0, "solver": "lbfgs"}


def dataset(rows: int = 90, seed: int = 0) -> Dataset:
    """Return noise and labels that have nothing to do with it: only memory could be right."""
    rng = np.random.default_rng(seed)
    labels = np.array(list("aab") * (rows // 3), dtype=object)
    return numeric(rng.normal(size=(rows, 30)), labels, np.arange(100, 100 + rows))


def test_every_row_is_predicted_once_in_order() -> None:
    table = out_of_fold.predictions(SECTION, dataset(), folds=3, seed=0)
    assert table["row"].tolist() == list(range(100, 190))
    assert table["actual"].tolist() == list("aab") * 30
    assert (table["majority"] == "a").all()
    assert table["confidence"].between(0.5, 1).all()


def test_a_row_is_predicted_by_a_network_that_has_not_seen_it() -> None:
    """The networks know their own rows by heart, and of noise they can know no more."""
    seen = out_of_fold.predict(SECTION, dataset(), dataset())
    assert (seen["actual"] == seen["predicted"]).all()
    unseen = out_of_fold.predictions(SECTION, dataset(), folds=3, seed=0)
    assert (unseen["actual"] == unseen["predicted"]).mean() < 0.75


def test_the_same_folds_give_the_same_bytes_and_others_do_not() -> None:
    first, second, other = (
        out_of_fold.predictions(SECTION, dataset(), folds=3, seed=seed) for seed in (0, 0, 1)
    )
    assert first.equals(second)
    assert not first["confidence"].equals(other["confidence"])


@pytest.mark.parametrize("processes", ["1", "2"])
def test_any_number_of_processes_gives_the_same_table(
    processes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table that plain training of each fold gives."""
    monkeypatch.setenv(cores.LIMIT, processes)
    table = out_of_fold.predictions(SECTION, dataset(), folds=3, seed=0)
    parts = folds.folded(dataset(), 3, 0)
    plain = [
        out_of_fold.predict(SECTION, dataset().take(others), dataset().take(fold)).set_axis(fold)
        for others, fold in parts
    ]
    pd.testing.assert_frame_equal(
        table.drop(columns="majority"), pd.concat(plain).sort_index(), check_exact=True
    )


def test_a_diverged_network_predicts_as_it_would_be_saved() -> None:
    """Early stopping restores the best weights, so it predicts although its loss is not finite."""
    section = {
        "hidden_layer_sizes": [8], "scale": "none", "random_state": 0, "solver": "sgd",
        "learning_rate_init": 1e6, "early_stopping": True, "max_iter": 30,
    }  # fmt: skip
    rows = dataset()
    fitted = fit(section, rows)
    assert fitted.diverged
    table = out_of_fold.predict(section, rows, rows)
    assert table["confidence"].tolist() == fitted.outputs.max(axis=1).tolist()


def test_a_network_that_cannot_be_trained_is_refused() -> None:
    section = SECTION | {"solver": "sgd", "early_stopping": True, "validation_fraction": 0.01}
    sentence = "^crossval: a network cannot be trained: scikit-learn cannot train this network: "
    with pytest.raises(InputError, match=sentence):
        out_of_fold.predictions(section, dataset(), folds=3, seed=0)


def test_progress_is_lines_in_a_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out_of_fold.predictions(SECTION, dataset(), folds=3, seed=0)
    assert capsys.readouterr().out == ""  # it takes less than two seconds
    monkeypatch.setattr(out_of_fold, "EVERY", -1.0)
    out_of_fold.predictions(SECTION, dataset(), folds=3, seed=0)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(";")[0] for line in lines] == [f"{i} of 3 folds done" for i in (1, 2, 3)]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminal")
def test_progress_is_a_bar_on_a_terminal() -> None:
    shown = on_terminal([sys.executable, "-c", SMALL], ROOT)
    assert "━" in shown
    assert "3 of 3 folds done" in shown


def test_each_fold_has_its_share_of_every_class() -> None:
    for others, fold in folds.folded(dataset(), 3, 0):
        assert sorted([*others, *fold]) == list(range(90))
        assert list(dataset().target[fold]).count("b") == 10


def test_a_group_is_never_parted() -> None:
    groups = np.array([f"patient {i // 6}" for i in range(90)], dtype=object)
    grouped = replace(dataset(), groups=groups)
    for others, fold in folds.folded(grouped, 3, 0):
        assert sorted([*others, *fold]) == list(range(90))
        assert not set(groups[others]) & set(groups[fold])
    parted = [set(groups[o]) & set(groups[f]) for o, f in folds.folded(dataset(), 3, 0)]
    assert any(parted)  # without groups, they are


def test_fewer_groups_than_folds_are_refused() -> None:
    grouped = replace(dataset(), groups=np.array(["a", "b"] * 45, dtype=object))
    with pytest.raises(InputError, match=r"split.group has 2 groups, fewer than 3 folds"):
        folds.folded(grouped, 3, 0)


def test_predictions_tell_the_group_where_there_are_groups(tmp_path: Path) -> None:
    """The stage evidence keeps its text as it is: 01 is not 1, and the empty text is a group."""
    texts = np.array(["01", "1", "", "NA", "a,b", "x"] * 15, dtype=object)
    table = out_of_fold.predictions(SECTION, replace(dataset(), groups=texts), folds=3, seed=0)
    assert table["group"].tolist() == texts.tolist()
    assert "group" not in out_of_fold.predictions(SECTION, dataset(), folds=3, seed=0)
    paths = {name: tmp_path / name for name in ("predictions", "scores", "rows")}
    files.write_csv(table, paths["predictions"])
    argv = [f"--{name}={path}" for name, path in paths.items()]
    evidence.main([*argv, "--name=mlp"])
    read = parsing.predictions(paths["rows"].read_bytes(), "rows")
    assert read["group"].fillna("").tolist() == texts.tolist()
    codes = group_codes(read)
    assert codes is not None
    assert codes.tolist() == np.unique(texts, return_inverse=True)[1].tolist()
    alone = scores.of(table.drop(columns="group"))
    assert scores.of(table)["accuracy_low"] < alone["accuracy_low"]


def test_a_class_with_fewer_rows_than_folds_is_still_judged() -> None:
    rows = dataset()
    rows.target[0] = "rare"
    table = out_of_fold.predictions(SECTION, rows, folds=3, seed=0)
    # The networks that have not seen the label give it no probability: -ln(2.2e-16) = 36.04.
    assert table.loc[table["actual"] == "rare", "log_loss"].tolist() == [
        pytest.approx(36.04, abs=0.01)
    ]


def test_more_folds_than_rows_of_any_class_are_refused() -> None:
    with pytest.raises(
        InputError, match=r"crossval.folds is 70, but the commonest class, a, has 60"
    ):
        out_of_fold.predictions(SECTION, dataset(), folds=70, seed=0)


def test_scores_of_the_predictions() -> None:
    table = pd.DataFrame(
        {
            "actual": list("aaab"),
            "predicted": list("aabb"),
            "majority": list("aaaa"),
            "log_loss": [0.1, 0.2, 0.9, 0.4],
            "brier_score": [0.0, 0.0, 1.0, 0.0],
        }
    )
    found = scores.of(table)
    assert found["accuracy"] == 0.75
    assert found["log_loss"] == pytest.approx(0.4)
    assert found["brier_score"] == 0.25
    assert found["majority_accuracy"] == 0.75
    assert found["macro_f1"] == pytest.approx((4 / 5 + 2 / 3) / 2)


SMALL = """
import stages
import sys
sys.path[:0] = ["tests", "tests/unit/evidence"]
from test_out_of_fold import SECTION, dataset
from mlp.evidence import out_of_fold, scores
out_of_fold.predictions(SECTION, dataset(), folds=3, seed=0)
"""
ENDLESS = """
import stages
import signal
import sys
sys.path[:0] = ["tests", "tests/unit/evidence"]
from test_out_of_fold import SECTION, dataset
from mlp.evidence import out_of_fold, scores
signal.signal(signal.SIGINT, signal.default_int_handler)
endless = {"solver": "sgd", "max_iter": 10**7, "tol": 0.0, "n_iter_no_change": 10**7}
out_of_fold.predictions(SECTION | endless, dataset(), folds=3, seed=0)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows ends no process by a signal")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_a_killed_stage(how: signal.Signals) -> None:
    env = environment(**{cores.LIMIT: "2"})
    with subprocess.Popen([sys.executable, "-c", ENDLESS], cwd=ROOT, env=env) as process:
        parent = psutil.Process(process.pid)
        while len(children := parent.children(recursive=True)) < 2:
            assert process.poll() is None
            time.sleep(0.05)
        while process.poll() is None:  # Python loses an interrupt in the very moment of a fork
            process.send_signal(how)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
    _, alive = psutil.wait_procs(children, timeout=60)
    assert not alive
