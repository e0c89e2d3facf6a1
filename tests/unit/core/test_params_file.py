"""Each wrong value in params.yaml gets its sentence."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from project import ROOT

from mlp.check import params
from mlp.core import params_file
from mlp.core.errors import InputError
from mlp.training.params import Network

COMMITTED = params_file.parse(ROOT / "params.yaml")


def refusal(tmp_path: Path, key: str, value: Any) -> str:
    """Return the sentences that params.yaml gets with one other value, without the file's name."""
    content = section = copy.deepcopy(COMMITTED)
    *parts, last = key.split(".")
    for part in parts:
        section = section[part]
    section[last] = value
    path = tmp_path / "params.yaml"
    params_file.write(path, content)
    with pytest.raises(InputError) as caught:
        params.read(path)
    return str(caught.value).removeprefix(f"{path}: ")


@pytest.mark.digits
@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        # unknown keys, at every depth
        ("mpl", {}, "mpl is not a known key; did you mean mlp?"),
        ("mlp.alhpa", 1, "mlp.alhpa is not a known key; did you mean alpha?"),
        ("mlp.Alpha", 1, "mlp.Alpha is not a known key; did you mean alpha?"),
        ("search.space.alhpa", [1], "search.space.alhpa is not a known key; did you mean alpha?"),
        ("gate.rows", 1, "gate.rows is not a known key."),
        # types
        ("mlp.alpha", "0.1", 'mlp.alpha is "0.1"; it should be a valid number; did you mean 0.1?'),
        ("mlp.alpha", {"linear": 5}, "mlp.alpha is a section; it should be a valid number."),
        ("mlp.alpha", True, "mlp.alpha is true; it should be a valid number."),
        ("mlp.alpha", "None", 'mlp.alpha is "None"; it should be a valid number.'),
        ("mlp.max_iter", 3.0, "mlp.max_iter is 3.0; it should be a valid integer; did you mean 3?"),
        ("mlp.early_stopping", 1, "mlp.early_stopping is 1; it should be a valid boolean."),
        ("mlp.random_state", None, "mlp.random_state is null; it should be a valid integer."),
        ("mlp", None, "mlp is null; it should be a section of keys and values."),
        # ranges
        ("mlp.alpha", -1, "mlp.alpha is -1; it should be greater than or equal to 0."),
        ("mlp.learning_rate_init", 0, "mlp.learning_rate_init is 0; it should be greater than 0."),
        ("mlp.random_state", -1, "mlp.random_state is -1; it should be greater than or equal to 0."),
        ("mlp.alpha", float("nan"), "mlp.alpha is NaN; it should be a finite number."),
        ("mlp.alpha", float("inf"), "mlp.alpha is Infinity; it should be a finite number."),
        ("split.test_size", 20, "split.test_size is 20; it should be less than 1."),
        ("split.test_size", 1, "split.test_size is 1; it should be less than 1."),
        ("split.test_size", 0, "split.test_size is 0; it should be greater than 0."),
        ("search.n_iter", 0, "search.n_iter is 0; it should be greater than or equal to 1."),
        ("search.cv", 1, "search.cv is 1; it should be greater than or equal to 2."),
        ("report.title", "", 'report.title is ""; it should have at least 1 character.'),
        # layers
        ("mlp.hidden_layer_sizes", [], "mlp.hidden_layer_sizes is []; it should have at least 1 item."),
        ("mlp.hidden_layer_sizes", "100", 'mlp.hidden_layer_sizes is "100"; it should be a valid list; did you mean [100]?'),
        (
            "mlp.hidden_layer_sizes",
            [10, 0],
            "mlp.hidden_layer_sizes[1] is 0; it should be greater than or equal to 1.",
        ),
        *(
            ("mlp.hidden_layer_sizes", [item], f"mlp.hidden_layer_sizes[0] is {text}; {rule}.")
            for item, text in (([10], "[10]"), (True, "true"))
            for rule in ("it should be a valid integer",)
        ),
        (
            "linear.hidden_layer_sizes",
            [5],
            "linear.hidden_layer_sizes is [5]; it should have at most 0 items.",
        ),
        # choices
        (
            "mlp.activation",
            "ReLU",
            "mlp.activation is \"ReLU\"; it should be 'relu', 'tanh', 'logistic' or 'identity'; did you mean relu?",
        ),
        (
            "mlp.solver",
            "Adam",
            "mlp.solver is \"Adam\"; it should be 'sgd', 'adam' or 'lbfgs'; did you mean adam?",
        ),
        (
            "mlp.batch_size",
            0,
            "mlp.batch_size is 0; it should be 'auto' or greater than or equal to 1.",
        ),
        # paths
        *(
            ("load.source", path, f"load.source is {json.dumps(path)}; it should be a path inside the project, relative to params.yaml.")
            for path in ("/etc/mine.py", "../mine.csv", "stages/../../mine.py", "data\\mine.csv")
        ),
        (
            "load.source",
            "data/mine.xlsx",
            'load.source is "data/mine.xlsx"; it should be a file that ends in .csv or .csv.gz or .parquet or .py.',
        ),
        # how a file is read
        ("load.delimiter", "ab", 'load.delimiter is "ab"; it should be one ASCII character, such as ; or \\t.'),
        ("load.delimiter", "ä", 'load.delimiter is "ä"; it should be one ASCII character, such as ; or \\t.'),
        ("load.decimal", ",", "load: delimiter and decimal should differ."),
        ("load.encoding", "utf-9", 'load.encoding is "utf-9"; it should be a text encoding that Python knows, such as latin-1.'),
        ("load.encoding", "rot13", 'load.encoding is "rot13"; it should be a text encoding that Python knows, such as latin-1.'),
        ("load.drop", ["target"], "load: drop should not name target, the target."),
        ("load.impute", "Median", "load.impute is \"Median\"; it should be 'none', 'mean', 'median' or 'most_frequent'; did you mean median?"),
        # the split
        ("split.group", "target", "split.group should not be target, the target."),
        ("split", {"test_size": 0.5, "seed": 0, "stratify": True, "group": "x", "time": None}, "split: stratify and group exclude each other: set one of them."),
        # the search's space
        ("search.space", {}, "search: space is empty: it should name an argument to search."),
        (
            "search.space.solver",
            ["sgd"],
            "search: solver appears in fixed and in space: it should appear in one.",
        ),
        (
            "search.fixed",
            {"scale": "none"},
            "search: random_state is missing: it should appear in fixed or in space.",
        ),
        (
            "search.space.alpha",
            3,
            "search.space.alpha is 3; it should be a list of choices or one of uniform, loguniform with [low, high].",
        ),
        (
            "search.space.alpha",
            {"logunifrom": [1, 2]},
            "search.space.alpha: should be a list of choices or one of uniform, loguniform with [low, high].",
        ),
        (
            "search.space.alpha",
            {"loguniform": [0, 1]},
            "search.space.alpha.loguniform[0] is 0; it should be greater than 0.",
        ),
        (
            "search.space.alpha",
            {"loguniform": [2, 1]},
            "search.space.alpha.loguniform: the first of [2, 1] should be below the second.",
        ),
        ("search.space.alpha", [], "search.space.alpha is []; it should have at least 1 item."),
        (
            "search.space.hidden_layer_sizes",
            [50],
            "search.space.hidden_layer_sizes[0] is 50; it should be a valid list; did you mean [50]?",
        ),
    ],
)  # fmt: skip
def test_refused(tmp_path: Path, key: str, value: Any, sentence: str) -> None:
    assert refusal(tmp_path, key, value) == sentence


def test_every_wrong_key_gets_its_sentence(tmp_path: Path) -> None:
    sentences = refusal(tmp_path, "mlp", {"hidden_layer_sizes": [5], "scale": "min", "alpha": -1})
    assert [line.split(": ")[-1] for line in sentences.splitlines()] == [
        "mlp.scale is \"min\"; it should be 'none', 'minmax' or 'standard'; did you mean minmax?",
        "mlp.random_state is missing.",
        "mlp.alpha is -1; it should be greater than or equal to 0.",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "should hold sections of keys and values; it holds none"),
        ("- 1\n", "should hold sections"),
        ("mlp:\n\talpha: 1\n", r"is not YAML: .*line 2, column 1"),
        (
            "mlp: 1\nmlp: 2\n",
            r'is not YAML: .*, line 1, .* key "mlp" with value "2" \(original value: "1"\), line 2, column 1\.$',
        ),
        ("mlp: {\n", "is not YAML"),
        ("a: \udcff", "is not YAML: .*utf-8"),
    ],
)
def test_a_file_that_holds_no_sections_is_refused(text: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_bytes(text.encode("utf-8", errors="surrogateescape"))
    with pytest.raises(InputError, match=rf"params\.yaml {sentence}") as caught:
        params.read(path)
    assert "\n" not in str(caught.value)


def test_a_section_is_read_alone(tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_text("mlp: {hidden_layer_sizes: [5], scale: none, random_state: 1e0}\nload: wrong\n")
    with pytest.raises(InputError, match=r"mlp\.random_state is 1\.0"):
        params_file.read_section(path, "mlp", Network)
    with pytest.raises(InputError, match="the section linear is missing"):
        params_file.read_section(path, "linear", Network)


def test_numbers_are_read_as_dvc_reads_them(tmp_path: Path) -> None:
    """YAML 1.2: 1e-4 is a number and yes is a word."""
    (tmp_path / "a.yaml").write_text("a: {x: 1e-4, y: yes, z: 010}\n")
    assert params_file.parse(tmp_path / "a.yaml") == {"a": {"x": 0.0001, "y": "yes", "z": 10}}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    section = {
        "alpha": 1.0000000000000002e-05,
        "hidden_layer_sizes": [5, 6],
        "early_stopping": True,
    }
    params_file.write(tmp_path / "a.yaml", {"mlp": section})
    assert params_file.parse(tmp_path / "a.yaml") == {"mlp": section}
