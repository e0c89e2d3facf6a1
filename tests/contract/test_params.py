"""params.yaml, its schema and scikit-learn agree."""

import inspect
import itertools
import re
from pathlib import Path

import pytest
from dvc.utils.hydra import apply_overrides
from project import ROOT
from pydantic import ValidationError
from sklearn.metrics import get_scorer_names
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.utils._param_validation import InvalidParameterError, validate_parameter_constraints

from mlp.check import params
from mlp.search.params import SCORES
from mlp.training.params import TASK_KEYS, Linear, Network

VALUES = [
    *(-1, -0.1, 0, 1e-9, 0.1, 0.5, 1, 1.0, 1.5, 2, 20, float("inf"), float("nan"), 2**32),
    *(True, False, None, "", "auto", "relu", "tanh", "logistic", "identity", "ReLU"),
    *(
        "squared_error",
        "poisson",
        "sgd",
        "adam",
        "lbfgs",
        "constant",
        "invscaling",
        "adaptive",
        "0.1",
        "none",
    ),
    *([], [0], [1], [10, 5], [10.0], [[10]], [True], ["10"], {}, {"a": 1}),
]


OWN = {"scale", "scale_target", "class_weight"}


def arguments(kind: type) -> set[str]:
    return set(inspect.signature(kind.__init__).parameters) - {"self"}  # type: ignore[misc]  # of any class


def test_network_has_the_arguments_of_scikit_learns_and_our_own() -> None:
    of_both = arguments(MLPClassifier) | arguments(MLPRegressor)
    assert set(Network.model_fields) == of_both | OWN
    assert TASK_KEYS["regression"] == (of_both - arguments(MLPClassifier)) | {"scale_target"}
    assert set(Linear.model_fields) == set(Network.model_fields)


@pytest.mark.parametrize("name", sorted(set(Network.model_fields) - OWN))
def test_what_the_schema_takes_scikit_learn_takes(name: str) -> None:
    """Every value that passes the schema passes scikit-learn's own validation."""
    section = {"hidden_layer_sizes": [10], "scale": "none", "random_state": 0}
    taken = 0
    for value in VALUES:
        try:
            read = Network.model_validate(section | {name: value})
        except ValidationError:
            continue
        taken += 1
        given = {name: getattr(read, name)}
        for kind in (MLPClassifier, MLPRegressor):
            if rule := kind._parameter_constraints.get(name):  # noqa: SLF001 - its rules
                validate_parameter_constraints({name: rule}, given, kind.__name__)
    assert taken


def test_negative_control_of_the_above() -> None:
    constraints = {"alpha": MLPClassifier._parameter_constraints["alpha"]}  # noqa: SLF001 - its rules
    with pytest.raises(InvalidParameterError):
        validate_parameter_constraints(constraints, {"alpha": -1}, "MLPClassifier")


def test_scores_exist_in_scikit_learn() -> None:
    assert {name for names in SCORES.values() for name in names} <= set(get_scorer_names())


def test_committed_params_are_valid() -> None:
    params.read(ROOT / "params.yaml")


@pytest.mark.digits
def test_every_key_has_a_comment_below_it() -> None:
    """Below, since `dvc exp run -S` drops a comment that stands above a key and below a list."""
    lines = (ROOT / "params.yaml").read_text(encoding="utf-8").splitlines()
    for line, after in itertools.pairwise([*lines, ""]):
        is_key = re.match(r"\s*\w+:", line) and not re.match(
            r"\s*(loguniform|uniform|randint):", line
        )
        assert not is_key or after.lstrip().startswith("#"), line


@pytest.mark.digits
@pytest.mark.parametrize(
    ("override", "old", "new"),
    [
        ("mlp.alpha=0.0001", "", ""),
        ("mlp.learning_rate_init=0.01", "learning_rate_init: 0.1\n    # Initial", "learning_rate_init: 0.01\n    # Initial"),
        ("mlp.hidden_layer_sizes=[100]", "sooner.\n  - 50", "sooner.\n  - 100"),
        ("search.space.early_stopping=[true]", "    - false\n    - true", "    - true"),
    ],
)  # fmt: skip
def test_dvc_changes_the_value_alone(override: str, old: str, new: str, tmp_path: Path) -> None:
    """`dvc exp run -S` rewrites params.yaml: every comment and every other line is kept."""
    text = (ROOT / "params.yaml").read_text(encoding="utf-8")
    (tmp_path / "params.yaml").write_text(text, encoding="utf-8")
    apply_overrides(tmp_path / "params.yaml", [override])
    assert (tmp_path / "params.yaml").read_text(encoding="utf-8") == text.replace(old, new)
    assert not old or text.count(old) == 1
