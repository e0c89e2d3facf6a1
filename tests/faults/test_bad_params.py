"""Wrong parameters get one sentence and exit code 1 from the stage check."""

import copy
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from project import ROOT, Project, stage

from mlp.core import json_file, params_file

COMMITTED = params_file.parse(ROOT / "params.yaml")
EARLIER = b"an earlier result\n"

# Key, value, and the sentence after the file's name.
WRONG: list[tuple[str, Any, str]] = [
    # a misspelt key, at any depth
    ("mpl", {}, "mpl is not a known key; did you mean mlp?"),
    ("load.targte", "x", "load.targte is not a known key; did you mean target?"),
    ("gate.metrics.accuracy.maxdrop", 0.1, "gate.metrics.accuracy.maxdrop is not a known key; did you mean max_drop?"),
    ("search.space.alpha", {"loguniferm": [1, 2]}, "search.space.alpha: should be a list of choices or one of uniform, loguniform with [low, high]."),
    ("load.missing", [True], "load.missing[0] is true; it should be a valid string or a valid integer or a valid number."),
    # keys that are not text
    ("split", COMMITTED["split"] | {1: 2}, "split: the key 1 should be text; put it in quotes, or remove it."),
    ("networks", COMMITTED["networks"] | {3: "params.yaml"}, "networks: the key 3 should be text; put it in quotes, or remove it."),
    ("load", COMMITTED["load"] | {None: 1}, "load: the key null should be text; put it in quotes, or remove it."),
    ("crossval", [1], "crossval is [1]; it should be a section of keys and values."),
    # wrong type
    ("mlp.alpha", "0.1", 'mlp.alpha is "0.1"; it should be a valid number; did you mean 0.1?'),
    ("mlp.alpha", True, "mlp.alpha is true; it should be a valid number."),
    ("mlp.max_iter", 3.0, "mlp.max_iter is 3.0; it should be a valid integer; did you mean 3?"),
    ("mlp.random_state", "None", 'mlp.random_state is "None"; it should be a valid integer.'),
    ("load.drop", "year", 'load.drop is "year"; it should be a valid list; did you mean ["year"]?'),
    ("load.drop", [3], "load.drop[0] is 3; it should be a valid string."),
    # out of range
    ("mlp.alpha", -1, "mlp.alpha is -1; it should be greater than or equal to 0."),
    ("mlp.learning_rate_init", 0, "mlp.learning_rate_init is 0; it should be greater than 0."),
    ("split.test_size", 20, "split.test_size is 20; it should be less than 1."),
    ("split.test_size", 1, "split.test_size is 1; it should be less than 1."),
    ("split.test_size", 0, "split.test_size is 0; it should be greater than 0."),
    ("mlp.alpha", float("nan"), "mlp.alpha is NaN; it should be a finite number."),
    ("mlp.tol", float("inf"), "mlp.tol is Infinity; it should be a finite number."),
    # layers
    ("mlp.hidden_layer_sizes", "100", 'mlp.hidden_layer_sizes is "100"; it should be a valid list; did you mean [100]?'),
    ("mlp.hidden_layer_sizes", [0], "mlp.hidden_layer_sizes[0] is 0; it should be greater than or equal to 1."),
    ("mlp.hidden_layer_sizes", [10.0], "mlp.hidden_layer_sizes[0] is 10.0; it should be a valid integer; did you mean 10?"),
    ("mlp.hidden_layer_sizes", [[10]], "mlp.hidden_layer_sizes[0] is [10]; it should be a valid integer."),
    ("mlp.hidden_layer_sizes", [True], "mlp.hidden_layer_sizes[0] is true; it should be a valid integer."),
    ("mlp.hidden_layer_sizes", [], "mlp.hidden_layer_sizes is []; it should have at least 1 item."),
    # networks that no memory holds
    ("mlp.hidden_layer_sizes", [1000000, 1000000], "mlp.hidden_layer_sizes is [1000000, 1000000]; it should make fewer weights than 1000004000001; a model file holds at most 268435456; [16382, 16382] would fit."),
    ("mlp.hidden_layer_sizes", [10**30], f"mlp.hidden_layer_sizes is [{10**30}]; it should make fewer weights than {3 * 10**30 + 1}; a model file holds at most 268435456; [89478485] would fit."),
    ("search.space.hidden_layer_sizes", [[50], [10**9, 2]], "search.space.hidden_layer_sizes[1] is [1000000000, 2]; it should make fewer weights than 4000000005;"),
    ("search.n_iter", 10**9, "search: n_iter x cv x repeats is 3000000000 fits; it should be at most 1000000."),
    ("search.repeats", 10**30, f"search: n_iter x cv x repeats is {60 * 10**30} fits; it should be at most 1000000."),
    # choices
    ("mlp.activation", "ReLU", "mlp.activation is \"ReLU\"; it should be 'relu', 'tanh', 'logistic' or 'identity'; did you mean relu?"),
    ("mlp.solver", "Adam", "mlp.solver is \"Adam\"; it should be 'sgd', 'adam' or 'lbfgs'; did you mean adam?"),
    ("load.max_categories", 1, "load.max_categories is 1; it should be greater than or equal to 2."),
    ("load.max_categories", "20", 'load.max_categories is "20"; it should be a valid integer; did you mean 20?'),
    ("load.categories", "one-hot", "load.categories is \"one-hot\"; it should be 'none' or 'onehot'; did you mean onehot?"),
    # the other task
    ("load.task", "regresion", "load.task is \"regresion\"; it should be 'classification' or 'regression'; did you mean regression?"),
    ("load.task", "regression", "search.scoring is accuracy, which does not score a regression (load.task); try r2."),
    ("search.scoring", "r2", "search.scoring is r2, which does not score a classification (load.task); try accuracy or balanced_accuracy."),
    ("mlp.scale_target", "standard", "mlp.scale_target is for regression, and load.task is classification: leave the key out."),
    ("linear.loss", "poisson", "linear.loss is for regression, and load.task is classification: leave the key out."),
    ("search.fixed.scale_target", "none", "search.fixed.scale_target is for regression, and load.task is classification: leave the key out."),
    ("search.space.loss", ["poisson"], "search.space.loss is for regression, and load.task is classification: leave the key out."),
    ("gate.beats", ["mean"], "gate.beats names mean, which is no floor of a classification (load.task); use majority."),
    # weights of classes
    ("mlp.class_weight", "Balanced", "mlp.class_weight is \"Balanced\"; it should be 'none' or 'balanced'; did you mean balanced?"),
    ("linear.class_weight", {"a": -1}, "linear.class_weight.a is -1; it should be greater than 0."),
    ("mlp.class_weight", {0: 0}, "mlp.class_weight.0 is 0; it should be greater than 0."),
    ("mlp.class_weight", {"a": float("inf")}, "mlp.class_weight.a is Infinity; it should be a finite number."),
    ("mlp.class_weight", {}, "mlp.class_weight: should have a weight for a label, such as {rare: 5}."),
    ("mlp.class_weight", {True: 2}, "mlp.class_weight: should have labels as text, True in quotes."),
    ("mlp.class_weight", {0: 2, "0": 3}, "mlp.class_weight: should have each label once, as a number or in quotes."),
    ("search.space.class_weight", "balanced", 'search.space.class_weight is "balanced"; it should be a valid list; did you mean ["balanced"]?'),
    ("search.space.class_weight", ["Balanced"], "search.space.class_weight[0] is \"Balanced\"; it should be 'none' or 'balanced'; did you mean balanced?"),
    ("search.fixed.class_weight", {"a": 0}, "search.fixed.class_weight.a is 0; it should be greater than 0."),
    # not reproducible
    ("mlp.random_state", None, "mlp.random_state is null; it should be a valid integer."),
    # the search
    ("search.space", {}, "search: space is empty: it should name an argument to search."),
    ("search.space.momentun", [0.9], "search.space.momentun is not a known key; did you mean momentum?"),
    ("search.n_iter", 0, "search.n_iter is 0; it should be greater than or equal to 1."),
    ("search.scoring", "acuracy", 'search.scoring is "acuracy"; it should be '),
    # sources
    ("load.source", "/etc/passwd.csv", 'load.source is "/etc/passwd.csv"; it should be a path inside the project, relative to params.yaml.'),
    ("load.source", "../data.csv", 'load.source is "../data.csv"; it should be a path inside the project'),
    ("load.source", "data.xlsx", 'load.source is "data.xlsx"; it should be a file that ends in .csv or .csv.gz or .parquet or .py.'),
    # keys that contradict each other
    ("load.drop", ["target"], "load: drop should not name target, the target."),
    ("load.delimiter", ".", "load: delimiter and decimal should differ."),
    ("split.time", "target", "split.time should not be target, the target."),
]  # fmt: skip

LAUGHS = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (i, i, b", ".join([b"*%c" % (i - 1)] * 9)) for i in range(98, 110)
)
FILES: list[tuple[bytes, str]] = [
    (b"", "params.yaml should hold sections of keys and values; it holds none."),
    (b"- 1\n", "params.yaml should hold sections of keys and values; it holds none."),
    (b"mlp:\n\talpha: 1\n", "params.yaml is not YAML: "),
    (b"mlp: 1\nmlp: 2\n", "params.yaml is not YAML: "),
    (b"mlp: \xff\n", "params.yaml is not YAML: "),
    (
        b"mlp: &a\n  alpha: *a\n",
        "params.yaml: line 2 refers to itself by *a; write its values out.",
    ),
    (
        b"&all\nmlp:\n- *all\n",
        "params.yaml: line 3 refers to itself by *all; write its values out.",
    ),
    (LAUGHS, "params.yaml: line 6 repeats values by aliases (*) to more than 100000; write fewer."),
    (b"mlp: " + b"[" * 100_000, "params.yaml: line 1 is nested more than 100 levels deep."),
    (b"- " * 100_000, "params.yaml: line 1 is nested more than 100 levels deep."),
    (b"<<<<<<< HEAD\nmlp: 1\n", "params.yaml holds a merge conflict (<<<<<<<): resolve it."),
]


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "versions.json").write_bytes(EARLIER)
    return stage(
        folder,
        "check",
        "--params",
        "params.yaml",
        "--lock",
        str(ROOT / "requirements.lock"),
        "--versions",
        "versions.json",
        "--searched",
        "networks",
    )


def assert_refused(folder: Path, sentence: str) -> None:
    done = check(folder)
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith(f"error: {sentence}")
    assert done.stderr.count("\n") == 1
    assert (folder / "versions.json").read_bytes() == EARLIER


@pytest.mark.parametrize(("key", "value", "sentence"), WRONG)
def test_a_wrong_parameter(key: str, value: Any, sentence: str, tmp_path: Path) -> None:
    content = section = copy.deepcopy(COMMITTED)
    *parts, last = key.split(".")
    for part in parts:
        section = section[part]
    section[last] = value
    params_file.write(tmp_path / "params.yaml", content)
    assert_refused(tmp_path, f"params.yaml: {sentence}")


@pytest.mark.parametrize(("content", "sentence"), FILES)
def test_a_file_without_sections(content: bytes, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "params.yaml").write_bytes(content)
    assert_refused(tmp_path, sentence)


def test_a_link_out_of_the_project(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    (tmp_path / "data.csv").touch()
    (folder / "data.csv").symlink_to(tmp_path / "data.csv")
    content = COMMITTED | {"load": COMMITTED["load"] | {"source": "data.csv"}}
    params_file.write(folder / "params.yaml", content)
    assert_refused(folder, "load.source: data.csv is a link to a file outside the project;")


OF_NUMBERS: list[tuple[str, Any, str]] = [
    ("search.scoring", "f1_macro", "search.scoring is f1_macro, which does not score a regression (load.task); try r2."),
    ("search.scoring", "r3", 'search.scoring is "r3"; it should be'),
    ("mlp.class_weight", "balanced", "mlp.class_weight is for classification, and load.task is regression: leave the key out."),
    ("mlp.loss", "absolute", "mlp.loss is \"absolute\"; it should be 'squared_error' or 'poisson'"),
    ("mlp.loss", "poisson", "mlp: scale_target should be none with loss poisson, which is for counts."),
    ("linear.scale_target", "minmax", "linear.scale_target is \"minmax\"; it should be 'none' or 'standard'"),
    ("gate.significance", 0.01, "gate.significance judges labels, and load.task is regression; use gate.metrics.rmse.significance."),
    ("gate.metrics.rmse.direction", "higher", "gate.metrics.rmse.direction is \"higher\"; it should be 'lower'"),
    ("gate.beats", ["majority"], "gate.beats names majority, which is no floor of a regression (load.task); use mean."),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value", "sentence"), OF_NUMBERS)
def test_a_wrong_parameter_of_a_regression(
    key: str, value: Any, sentence: str, tmp_path: Path
) -> None:
    params = params_file.parse(ROOT / "examples/diabetes.yaml")
    *place, last = key.split(".")
    section = params
    for name in place:
        section = section[name]
    section[last] = value
    params_file.write(tmp_path / "params.yaml", params)
    assert_refused(tmp_path, f"params.yaml: {sentence}")


def test_the_committed_parameters_are_taken(tmp_path: Path) -> None:
    params_file.write(tmp_path / "params.yaml", COMMITTED)
    assert check(tmp_path).returncode == 0
    assert (tmp_path / "versions.json").read_bytes() != EARLIER


def test_git_sees_a_refused_value_that_dvc_hid_from_it(tmp_path: Path) -> None:
    """`dvc exp run` writes the index and then the value, of the same length, within a second."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=tmp_path, capture_output=True, check=True, text=True)  # fmt: skip
        return done.stdout

    file, index = tmp_path / "params.yaml", tmp_path / ".git/index"
    params_file.write(file, COMMITTED)
    committed = file.read_bytes()
    git("init", "-q")
    git("config", "core.trustctime", "false")  # a test cannot set that time
    os.utime(file, (1, 1))
    git("add", "params.yaml")
    file.write_bytes(committed.replace(b"folds: 5", b"folds: 1"))
    os.utime(file, (1.5, 1.5))
    os.utime(index, (9, 9))
    assert git("status", "--short") == "A  params.yaml\n"  # not AM: the edit is hidden
    assert check(tmp_path).returncode == 1
    git("checkout", "-q", ".")
    assert file.read_bytes() == committed


@pytest.mark.slow
def test_what_is_odd_is_said_once_and_stands_in_the_metrics(copy: Project) -> None:
    """An argument that the solver ignores, and a batch that is larger than the rows."""
    odd = {"solver": "adam", "momentum": 0.5, "batch_size": 5000, "max_iter": 2}
    for key, value in odd.items():
        copy.put(f"mlp.{key}", value)
    done = copy.dvc("repro")
    sentence = "momentum has no effect: solver is adam, and it needs sgd."
    assert (done.stdout + done.stderr).count(f"warning: {sentence}") == 1
    details = json_file.read_json(copy.path / "plots/mlp/details.json")
    assert details["warnings"][0] == sentence
    assert any("batch_size" in line for line in details["warnings"])
