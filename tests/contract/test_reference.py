"""What is generated from the schema is what is committed, and says the same as the schema."""

import json
from typing import Any

import jsonschema
import pytest
from project import ROOT

from mlp.check import reference
from mlp.core import params_file

COMMITTED = params_file.parse(ROOT / "params.yaml")
SCHEMA = json.loads((ROOT / "params.schema.json").read_text(encoding="utf-8"))
CHECKER = jsonschema.Draft202012Validator(SCHEMA)


def generated() -> dict[str, Any]:
    return reference.schema(reference.comments((ROOT / "params.yaml").read_text(encoding="utf-8")))


@pytest.mark.digits
def test_the_schema_for_editors_is_current() -> None:
    """`make reference` writes it."""
    text = (ROOT / "params.schema.json").read_text(encoding="utf-8")
    assert text == reference.as_text(generated())


@pytest.mark.digits
def test_the_table_of_keys_is_current() -> None:
    """`make reference` writes it."""
    page = (ROOT / "docs/parameters.md").read_text(encoding="utf-8")
    assert page == reference.documented(page, reference.table(generated()))


def test_params_name_their_schema() -> None:
    first = (ROOT / "params.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=params.schema.json"


def test_the_committed_params_fit_it() -> None:
    CHECKER.check_schema(SCHEMA)
    CHECKER.validate(COMMITTED)


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("mlp", "alhpa", 0.1),
        ("mlp", "alpha", "0.1"),
        ("mlp", "alpha", -1),
        ("mlp", "hidden_layer_sizes", [0]),
        ("mlp", "activation", "ReLU"),
        ("load", "impute", "zero"),
        ("split", "test_size", 1),
        ("split", "group", 3),
        ("search", "space", {"alpha": {"loguniform": [0, 1]}}),
        ("gate", "beats", ["mlp"]),
    ],
)
def test_what_is_wrong_does_not_fit_it(section: str, key: str, value: Any) -> None:
    content = COMMITTED | {section: COMMITTED[section] | {key: value}}
    assert list(CHECKER.iter_errors(content))


@pytest.mark.digits
def test_every_key_has_a_meaning() -> None:
    rows = [row for row in reference.table(generated()).splitlines() if row.startswith("| `")]
    assert len(rows) > 60
    lacking = [row.split("`")[1] for row in rows if row.endswith("|  |")]
    assert lacking == []
