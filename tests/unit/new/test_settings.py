"""params.yaml for any table is one that check takes, and speaks of no other table."""

from pathlib import Path
from typing import Any

import pytest
from project import ROOT

from mlp.check import params
from mlp.new import settings
from mlp.new.table import Table

TEXT = (ROOT / "params.yaml").read_text(encoding="utf-8")
pytestmark = pytest.mark.digits  # whose params.yaml is what is changed


def table(rows: int, task: str = "classification", **found: Any) -> Table:
    keys = {"load.source": "data/x.csv", "load.target": "y", "load.task": task}
    keys |= {"load.image_shape": None, "search.cv": 3, "crossval.folds": 5}
    schema = {"rows": rows, "numbers": dict.fromkeys("abc"), "texts": {}, **found}
    return Table(keys, schema, rows * 3 // 4)


def read(tmp_path: Path, made: Table, **given: Any) -> params.Params:
    path = tmp_path / "params.yaml"
    path.write_text(settings.text(TEXT, made, given), encoding="utf-8")
    return params.read(path)


EQUAL, UNEQUAL = {"a": 50, "b": 50}, {"a": 90, "b": 10}
NUMBERS = {"low": 0, "high": 9}


@pytest.mark.parametrize("rows", [40, 1000, 5000, 100_000])
def test_tables_of_any_size(tmp_path: Path, rows: int) -> None:
    found = read(tmp_path, table(rows, labels=EQUAL))
    assert found.gate.evidence == ("oof" if rows < 3000 else "test")
    assert found.search.strategy == ("random" if rows < 20_000 else "halving")
    sizes = found.search.space.batch_size
    assert sizes == ["auto"] if rows == 40 else max(sizes) <= rows / 2
    assert (found.search.space.early_stopping is None) == (rows < 2000)
    text = settings.text(TEXT, table(rows, labels=EQUAL), {})
    assert "notebook" not in text
    assert "digits" not in text.replace("7 digits", "").lower()


def test_the_newest_rows_judge_where_a_table_is_split_by_time(tmp_path: Path) -> None:
    assert (
        read(tmp_path, table(1000, labels=EQUAL), **{"split.time": "day"}).gate.evidence == "test"
    )


def test_bounds_are_relative_to_the_table(tmp_path: Path) -> None:
    gate = read(tmp_path, table(1000, labels=EQUAL)).gate
    assert gate.metrics.accuracy.min.linear == -0.02
    assert gate.classes.min_recall is None
    # 1.5 ((3 + 1) 200 + (200 + 1) 2) = 1803, and 8 bytes each of 1900 with 100,000 for the rest
    assert (gate.budget.parameters, gate.budget.model_bytes) == (1900, 120_000)


def levels(gate: Any) -> float:
    rules = gate.metrics.model_dump(exclude_unset=True).values()
    own = [gate.significance, gate.classes and gate.classes.significance]
    return sum(filter(None, [*(rule.get("significance") for rule in rules), *own]))


def test_unequal_classes_are_judged_by_their_mean_recall(tmp_path: Path) -> None:
    equal = read(tmp_path, table(100, labels=EQUAL))
    unequal = read(tmp_path, table(100, labels=UNEQUAL))
    assert (equal.search.scoring, unequal.search.scoring) == ("accuracy", "balanced_accuracy")
    assert unequal.search.space.class_weight == ["none", "balanced"]
    assert not equal.search.space.class_weight
    assert unequal.gate.metrics.accuracy is None  # a good network may be below the commonest class
    rule = unequal.gate.metrics.balanced_accuracy
    assert (rule.min.linear, rule.significance) == (-0.02, 0.01)
    assert equal.gate.metrics.balanced_accuracy is None
    assert levels(equal.gate) == pytest.approx(0.05)
    assert levels(unequal.gate) == pytest.approx(0.05)


def test_numbers_to_predict(tmp_path: Path) -> None:
    found = read(tmp_path, table(1000, "regression", target_values=NUMBERS))
    assert found.mlp.scale_target == found.linear.scale_target == "standard"
    assert found.gate.metrics.r2.min.linear == -0.05
    assert levels(found.gate) == pytest.approx(0.05)


def test_what_somebody_chose_prevails(tmp_path: Path) -> None:
    given = {"search.n_iter": 2, "mlp.alpha": 0.5, "gate.repeats": 3}
    found = read(tmp_path, table(1000, labels=EQUAL), **given)
    assert (found.search.n_iter, found.mlp.alpha, found.gate.repeats) == (2, 0.5, 3)
