"""An edit of params.yaml changes one key, and keeps every comment where it stands."""

import difflib

import pytest
from project import ROOT
from ruamel.yaml import YAML

from mlp.core.errors import InputError
from mlp.new import params_text

TEXT = """\
# Of all.

load:
    # The data.
  source: a.csv
    # A file.
  shape:
    # Rows and columns.
  - 8
  - 8

gate:
  metrics:
    # Bounds.
    accuracy:
      # Inclusive.
      min: 0.9
        # Least.
  beats:
    # Networks.
  - linear
"""


def changed(text: str) -> list[str]:
    """Return the lines that went (-) and came (+)."""
    lines = difflib.ndiff(TEXT.splitlines(), text.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_a_value_is_replaced_and_its_comment_kept() -> None:
    assert changed(params_text.put(TEXT, "load.source", "b: c.csv")) == [
        "-   source: a.csv",
        "+   source: 'b: c.csv'",
    ]


def test_the_items_of_a_list_go_with_it() -> None:
    assert changed(params_text.put(TEXT, "load.shape", None)) == ["-   - 8", "-   - 8"]
    assert changed(params_text.put(TEXT, "gate.beats", ["mean"])) == ["-   - linear", "+   - mean"]


def test_a_mapping_stands_below_the_comment() -> None:
    text = params_text.put(TEXT, "gate.metrics.accuracy.min", {"linear": -0.02})
    assert text.splitlines()[16:19] == ["      min:", "        # Least.", "        linear: -0.02"]


def test_a_new_key_comes_last_in_its_section() -> None:
    text = params_text.put(TEXT, "load.drop", ["id"])
    assert changed(text) == ["+   drop:", "+   - id"]
    assert text.splitlines()[10:13] == ["  drop:", "  - id", ""]


def test_a_removed_key_takes_its_comment_along() -> None:
    assert changed(params_text.remove(TEXT, "gate.metrics")) == [
        "-   metrics:",
        "-     # Bounds.",
        "-     accuracy:",
        "-       # Inclusive.",
        "-       min: 0.9",
        "-         # Least.",
    ]


def test_no_such_section() -> None:
    with pytest.raises(InputError, match=r"params.yaml: there is no key laod\."):
        params_text.put(TEXT, "laod.source", "b.csv")
    with pytest.raises(InputError, match=r"there is no key laod\."):
        params_text.put(TEXT, "laod", {})
    with pytest.raises(InputError, match=r"there is no key load\.sorce\."):
        params_text.remove(TEXT, "load.sorce")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("load.image_shape", None),
        ("load.drop", ["a: b", "#"]),
        ("load.dates", {"sold": ["year"]}),
        ("split.seed", 7),
        ("search.space.alpha", {"loguniform": [0.001, 100.0]}),
        ("gate.metrics", {"r2": {"direction": "higher", "min": {"linear": -0.05}}}),
        ("gate.budget.model_bytes", 1),
    ],
)
def test_on_the_committed_file(key: str, value: object) -> None:
    """The value is as given, every other one as before, and so is every comment that remains."""
    text = (ROOT / "params.yaml").read_text(encoding="utf-8")
    edited = params_text.put(text, key, value)
    reader = YAML(typ="safe")
    expected = section = reader.load(text)
    *parts, last = key.split(".")
    for part in parts:
        section = section[part]
    section[last] = value
    assert reader.load(edited) == expected
    if not isinstance(value, dict):
        comments = [[line for line in t.splitlines() if "# " in line] for t in (text, edited)]
        assert comments[0] == comments[1]
