"""`load_model` predicts a DataFrame as `mlp predict` does a file, and as scikit-learn's estimators do."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from predicting import folder_of, trained
from project import ROOT, environment
from samples import mixed, numeric

from mlp import load_model
from mlp.core.errors import InputError
from mlp.model import saved

ROWS = mixed(300)
TABLE = ROWS.features.replace({"u": {"": None}, "v": {"": None}})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a network for labels, and one for numbers."""
    path = tmp_path_factory.mktemp("project")
    trained(path, ROWS)
    trained(path, ROWS, "linear")
    values = np.random.default_rng(0).normal(size=(60, 2))
    trained(path, numeric(values, values.sum(axis=1)), "mlp")
    return folder_of(path).path


@pytest.fixture(autouse=True)
def _here(folder: Path) -> Iterator[None]:
    (folder / "below").mkdir(exist_ok=True)
    with chdir(folder / "below"):
        yield


def test_labels_and_probabilities_are_the_networks(folder: Path) -> None:
    model = load_model("tuned")
    labels, probabilities = saved.load(folder / "data/models/tuned/model.onnx").predict(
        ROWS.features
    )
    assert model.predict(TABLE).tolist() == labels.tolist()
    np.testing.assert_array_equal(model.predict_proba(TABLE), probabilities)
    assert model.classes_.tolist() == ["no", "yes"]
    assert model.feature_names_in_.tolist() == ["a", "b", "c", "u", "v"]
    assert model.n_features_in_ == 5


def test_the_default_is_the_network_that_ships() -> None:
    np.testing.assert_array_equal(
        load_model().predict_proba(TABLE), load_model("tuned").predict_proba(TABLE)
    )


def test_a_file_is_named_from_here(folder: Path) -> None:
    with chdir(folder.parent):
        model = load_model(f"{folder.name}/data/models/tuned/model.onnx")
    assert len(model.predict(TABLE)) == 300


def test_columns_are_matched_by_name_and_others_reported() -> None:
    model = load_model("tuned")
    wanted = model.predict_proba(TABLE)
    other = TABLE[["v", "c", "u", "b", "a"]].assign(label="yes", note="x").set_index("note")
    np.testing.assert_array_equal(model.predict_proba(other.astype({"u": "category"})), wanted)
    with pytest.warns(UserWarning, match="the model does not use these columns: extra"):
        model.predict(TABLE.assign(extra=1))
    with pytest.warns(UserWarning, match="texts that no training row had count as no category: u"):
        model.predict(TABLE.assign(u="new"))


def test_numbers() -> None:
    model = load_model("mlp")
    names = model.feature_names_in_.tolist()
    rows = pd.DataFrame(np.zeros((3, 2)), columns=names)
    found = model.predict(rows)
    assert found.shape == (3,)
    assert found.dtype == np.float64
    assert not hasattr(model, "predict_proba")
    assert not hasattr(model, "classes_")


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (TABLE.drop(columns="a"), "the DataFrame: there is no column 'a'; the columns are"),
        (TABLE.rename(columns={"u": "U "}), "the DataFrame: there is no column 'u'; did you mean 'U '?"),
        (TABLE.assign(a="x"), "column 'a' should hold numbers; it holds"),
        (TABLE.assign(a=1e200), "row 0: column 'a' should lie within 1e+150 of 0."),
        (TABLE.assign(a=[1, "x"] * 150), "column 'a' should hold values of one kind, numbers or texts"),
        (TABLE.iloc[:0], "the DataFrame has no rows."),
        (pd.concat([TABLE, TABLE["a"]], axis="columns"), "the DataFrame: column 'a' appears twice."),
        (TABLE.to_numpy(), "it predicts a pandas DataFrame, and this is ndarray."),
    ],
)  # fmt: skip
def test_refused(table: Any, sentence: str) -> None:
    model = load_model("tuned")
    with pytest.raises(InputError) as caught:
        model.predict(table)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("tunde", "'tunde' is not a network of params.yaml or an ONNX file; did you mean tuned?"),
        ("none.onnx", "none.onnx is missing"),
    ],
)
def test_no_such_model(name: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        load_model(name)


def test_no_project(tmp_path: Path) -> None:
    with chdir(tmp_path), pytest.raises(InputError, match="no folder from here up"):
        load_model("tuned")


def test_it_takes_no_scikit_learn(folder: Path) -> None:
    """And to import mlp takes next to nothing."""
    code = (
        "import sys, mlp; print('numpy' in sys.modules);"
        "mlp.load_model('tuned'); print({'sklearn', 'dvc', 'matplotlib'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code]
    env = environment(PYTHONPATH=str(ROOT))
    done = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, check=True
    )  # fmt: skip
    assert done.stdout == "False\nset()\n"
