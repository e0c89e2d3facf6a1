"""Properties of the whole schema of params.yaml: no list of examples, but any key and any value."""

import copy
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from project import ROOT

from mlp.check import params
from mlp.core import params_file
from mlp.core.errors import InputError

COMMITTED = params_file.parse(ROOT / "params.yaml")
Place = tuple[str, ...]
# Arguments that params.yaml leaves out, so that they are tried as well.
COMMITTED["mlp"] |= {"momentum": 0.9, "shuffle": True, "n_iter_no_change": 10, "tol": 0.0001}
METRIC = {"classification": "log_loss", "regression": "median_absolute_error"}
COMMITTED["gate"]["metrics"][METRIC[COMMITTED["load"]["task"]]] = {
    "direction": "lower",
    "max_drop_relative": 0.1,
}


def places(section: dict[str, Any], place: Place = ()) -> Iterator[tuple[Place, Any]]:
    for key, value in section.items():
        yield (*place, key), value
        if isinstance(value, dict):
            yield from places(value, (*place, key))


ALL = list(places(COMMITTED))
LEAVES = [(place, value) for place, value in ALL if not isinstance(value, dict)]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
# Where a value of another type than the committed one is right too.
ALSO: dict[Place, tuple[type, ...]] = {
    ("mlp", "batch_size"): (int,),
    ("load", "image_shape"): (type(None), list),
    ("load", "max_categories"): (type(None), int),
    ("split", "group"): (type(None), str),
    ("split", "time"): (type(None), str),
}


def change(place: Place, value: Any, name: str | None = None) -> dict[str, Any]:
    """Return the committed params with another value at a place, under another name."""
    content = section = copy.deepcopy(COMMITTED)
    for part in place[:-1]:
        section = section[part]
    del section[place[-1]]
    section[name or place[-1]] = value
    return content


def validated(content: dict[str, Any]) -> params.Params:
    return params_file.validated("params.yaml", (), content, params.schema(content))


def refusal(content: dict[str, Any]) -> str:
    with pytest.raises(InputError) as caught:
        validated(content)
    return str(caught.value)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_typo_anywhere_is_refused_by_name(data: st.DataObject) -> None:
    place, value = data.draw(st.sampled_from(ALL))
    key = place[-1]
    at = data.draw(st.integers(0, len(key) - 1))
    letter = data.draw(st.sampled_from("abcxyz_A0"))
    typo = data.draw(
        st.sampled_from(
            [key[:at] + key[at + 1 :], key[:at] + letter + key[at:], key.upper(), f"{key}s"]
        )
    )
    siblings = set(params_file.keys(params.schema(COMMITTED), place[:-1])) | {
        "uniform",
        "loguniform",
        "randint",
    }
    if not typo or typo in siblings:
        return
    said = refusal(change(place, value, typo))
    if place[0] == "networks":  # the name is fine, and so its section is missing
        assert key in said or typo in said
        return
    assert ".".join((*place[:-1], typo)) in said or ".".join(place[:-1]) in said
    assert "\n\n" not in said


def is_of_type(value: Any, committed: Any) -> bool:
    """Return whether YAML would call both the same kind of value; 1 can stand for 1.0."""
    if isinstance(value, bool) or isinstance(committed, bool):
        return isinstance(value, bool) and isinstance(committed, bool)
    if isinstance(committed, float):
        return isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
    return type(value) is type(committed)


@settings(max_examples=500, deadline=None)
@given(leaf=st.sampled_from(LEAVES), value=ANYTHING)
def test_a_wrong_type_anywhere_is_refused_by_name(leaf: tuple[Place, Any], value: Any) -> None:
    place, committed = leaf
    is_searched = place[:2] == ("search", "space")  # a list of choices or a distribution
    if is_of_type(value, committed) or is_searched or isinstance(value, ALSO.get(place, ())):
        return
    lines = refusal(change(place, value)).splitlines()
    assert any(line.startswith(f"params.yaml: {'.'.join(place)}") for line in lines)


def said_of(read: Callable[[], object]) -> list[str]:
    """Return the sentences by which an input is refused; none if it is taken."""
    try:
        read()
    except InputError as error:
        return str(error).splitlines()
    return []


@settings(max_examples=300, deadline=None)
@given(place=st.sampled_from([place for place, _ in ALL]), value=ANYTHING)
def test_anything_anywhere_is_taken_or_refused_in_words(place: Place, value: Any) -> None:
    content = change(place, value)
    for line in said_of(lambda: validated(content)):
        assert line.startswith("params.yaml: ")
        assert line.endswith((".", "?"))


YAML_LIKE = st.text(st.sampled_from("ab: -\n\t{}[]#&*!|>'\"%@`,?0.e~<")) | st.text()


@settings(max_examples=500, deadline=None)
@given(raw=YAML_LIKE.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary())
@example(raw=b"-_")
@example(raw=b"a: ._")
def test_any_file_is_read_or_refused_in_words(raw: bytes) -> None:
    said = said_of(lambda: params_file.parse_bytes(raw, "params.yaml"))
    assert len(said) <= 1
    assert all(re.match("params.yaml[ ,:]", line) for line in said)
