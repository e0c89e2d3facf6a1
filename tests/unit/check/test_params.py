"""The section networks of params.yaml: which names it takes, and the sections that they need."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from project import ROOT
from ruamel.yaml import YAML

from mlp.check import params
from mlp.core.errors import InputError

PLAIN = YAML(typ="safe", pure=True)
COMMITTED: dict[str, Any] = PLAIN.load(ROOT / "params.yaml")
Change = Callable[[dict[str, Any]], None]


def read(change: Change, folder: Path) -> params.Params:
    content = copy.deepcopy(COMMITTED)
    change(content)
    path = folder / "params.yaml"
    PLAIN.dump(content, path)
    return params.read(path)


def wide(content: dict[str, Any]) -> None:
    content["networks"]["wide"] = "params.yaml"
    content["wide"] = content["mlp"]


def linear_and_wide(content: dict[str, Any]) -> None:
    wide(content)
    content["networks"] = dict.fromkeys(("linear", "wide"), "params.yaml")
    content["gate"]["model"] = "wide"
    del content["mlp"]


def second_winner(content: dict[str, Any]) -> None:
    content["networks"]["best"] = "data/search/best.yaml"


@pytest.mark.parametrize("change", [wide, linear_and_wide, second_winner])
def test_networks_are_named_in_params_alone(change: Change, tmp_path: Path) -> None:
    assert read(change, tmp_path).networks


def name_without_section(content: dict[str, Any]) -> None:
    content["networks"]["wide"] = "params.yaml"


def section_without_name(content: dict[str, Any]) -> None:
    content["mpl"] = content.pop("mlp")


def wrong_key(content: dict[str, Any]) -> None:
    wide(content)
    content["wide"] = content["mlp"] | {"alhpa": 1}


def no_linear(content: dict[str, Any]) -> None:
    del content["networks"]["linear"]


def shell(content: dict[str, Any]) -> None:
    content["networks"]["x; touch pwned"] = "params.yaml"


def taken(content: dict[str, Any]) -> None:
    content["networks"]["search"] = "params.yaml"


def other_file(content: dict[str, Any]) -> None:
    content["networks"]["mlp"] = "/etc/passwd"


def unknown_model(content: dict[str, Any]) -> None:
    content["gate"]["model"] = "wide"


def no_mapping(content: dict[str, Any]) -> None:
    content["networks"] = ["mlp"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (name_without_section, "wide is missing."),
        (section_without_name, "mpl is not a known key; did you mean mlp?"),
        (section_without_name, "mlp is missing."),
        (wrong_key, "wide.alhpa is not a known key; did you mean alpha?"),
        (no_linear, "networks: should have linear: params.yaml, the baseline of the others."),
        (shell, "should name a network by small letters, digits and _, such as wide_2."),
        (taken, "should not name a network search, which means something else here"),
        (other_file, "networks.mlp is \"/etc/passwd\"; it should be 'params.yaml' or 'data/search/best.yaml'"),
        (unknown_model, "gate.model is wide; it should be one of linear, mlp, tuned"),
        (no_mapping, 'networks is ["mlp"]; it should be a'),
    ],
)  # fmt: skip
def test_a_wrong_network_gets_a_sentence(change: Change, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(change, tmp_path)
    assert sentence in str(caught.value)
    assert all(line.endswith((".", "?")) for line in str(caught.value).splitlines())
