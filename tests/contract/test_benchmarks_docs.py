"""docs/benchmarks.md is what was measured, and the scripts of the peers do what params.yaml says."""

import json
import re

import pytest
from project import ROOT
from scipy.stats import loguniform

from benchmarks import NAMES, docs, record, terminal
from benchmarks.peers import notebook, search
from mlp.core import params_file

PARAMS = params_file.parse(ROOT / "params.yaml")
MEASURED = [record.read(name) for name in NAMES if record.path(name).exists()]


def test_the_page_is_what_was_measured() -> None:
    assert docs.PAGE.read_text(encoding="utf-8") == docs.page(MEASURED)


def test_the_time_to_a_first_report_is_the_measured_one() -> None:
    (row,) = (
        row for row in record.read("first_report")["tables"][0]["rows"] if row[0] == "penguins"
    )
    _, _, _, setup, _, whole = row
    page = (ROOT / "docs/new-project.md").read_text(encoding="utf-8")
    assert f"to the first report {whole} s, of which {setup} s set up `.venv`" in page


@pytest.mark.parametrize("scheme", terminal.BACKGROUNDS)
def test_the_terminal_in_the_readme_shows_its_console_blocks(scheme: str) -> None:
    """If not: python -m benchmarks.terminal."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    drawn = (ROOT / terminal.PICTURE.format(scheme=scheme)).read_text(encoding="utf-8")
    assert drawn == terminal.drawn(readme, scheme)
    assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", drawn)  # a browser downloads nothing


def test_every_benchmark_is_run_by_make_bench() -> None:
    texts = {
        path.stem: path.read_text(encoding="utf-8") for path in record.RESULTS.parent.glob("*.py")
    }
    assert {name for name, text in texts.items() if "record.publish(" in text} == set(NAMES)
    assert {path.stem for path in record.RESULTS.glob("*.json")} <= set(NAMES)


@pytest.mark.parametrize("content", MEASURED, ids=lambda content: content["name"])
def test_a_result_names_no_machine_and_no_path(content: dict[str, object]) -> None:
    text = json.dumps(content)
    assert not re.search(r"(host|node)name", text)
    assert not re.search(r"(?<![\w.~])/(home|root|Users|work|tmp)\b", text)


def test_the_notebook_script_has_the_parameters_of_mlp() -> None:
    section = {
        name: value for name, value in PARAMS["mlp"].items() if name not in {"alpha", "scale"}
    }
    assert section == notebook.NETWORK
    assert PARAMS["mlp"]["scale"] == "none"


def test_the_search_script_has_the_parameters_of_the_search() -> None:
    space = PARAMS["search"]["space"]
    assert search.SPACE.keys() == space.keys()
    for name, values in space.items():
        drawn = search.SPACE[name]
        if isinstance(values, list):
            assert drawn == values
        else:
            assert (drawn.args, drawn.dist.name) == (tuple(values["loguniform"]), loguniform.name)
    assert PARAMS["search"]["fixed"] == {"scale": "standard", **search.FIXED}
    asked = PARAMS["search"]
    assert [asked["n_iter"], asked["cv"]] == [search.CANDIDATES, search.FOLDS]
    assert (asked["strategy"], asked["repeats"], asked["scoring"]) == ("random", 1, "accuracy")


@pytest.mark.parametrize("name", search.NETWORKS)
def test_the_search_script_has_the_parameters_of_the_networks(name: str) -> None:
    """An argument that the script leaves out has scikit-learn's default in params.yaml."""
    asked = {"hidden_layer_sizes": search.NETWORKS[name], **search.SHARED}
    default = {
        "activation": "relu", "alpha": 0.0001, "batch_size": "auto", "early_stopping": False,
        "learning_rate": "constant", "scale": "none",
    }  # fmt: skip
    section = PARAMS[name]
    assert asked == {key: section[key] for key in asked}
    assert section.keys() - asked.keys() <= default.keys()
    assert all(section[key] == default[key] for key in section.keys() - asked.keys())
