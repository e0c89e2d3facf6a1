"""Texts that repeat themselves by aliases are taken while they can be read whole."""

import pytest

from mlp.core import yaml_shape, yaml_text


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("a: &a [1, 2]\nb: *a\n", {"a": [1, 2], "b": [1, 2]}),
        ("a: &a {x: 1}\nb: {<<: *a, y: 2}\n", {"a": {"x": 1}, "b": {"x": 1, "y": 2}}),
        ("a: &a 1\nb: [*a, *a]\n", {"a": 1, "b": [1, 1]}),
        ("a: 2 * 3\nb: '*x'\n", {"a": "2 * 3", "b": "*x"}),
        ("a: [" + "[1], " * 200 + "]\n", {"a": [[1]] * 200}),
    ],
)
def test_taken(text: str, content: object) -> None:
    assert yaml_text.load(text) == content


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [*a]",
        "&a {b: *a}",
        "a: &a\n- - b: *a",
        "? &a [*a]\n: 1",
        "a: &b {}\nc: &b [*b]",
        "a: &a {x: 1}\n" + "".join(f"k{i}: &{chr(98 + i)} {{<<: [{', '.join(['*' + chr(97 + i)] * 9)}]}}\n" for i in range(9)),
        "{a: " * 200,
        "a:\n" + "".join(f"{' ' * i}a:\n" for i in range(1, 300)),
        "? " * 200,
    ],
)  # fmt: skip
def test_refused(text: str) -> None:
    with pytest.raises(yaml_shape.ShapeError):
        yaml_text.load(text)


def test_a_reader_counts_what_aliases_repeat() -> None:
    ten = "a: &a [" + ", ".join("x" * 10) + "]\n"
    lines = [f"{new}: &{new} [{', '.join(['*' + old] * 10)}]\n" for old, new in ("ab", "bc", "cd")]
    yaml_shape.check(ten + "".join(lines))  # 11111 + 1111 + 111 + 11 values, and the keys
    with pytest.raises(yaml_shape.ShapeError, match=r"^line 5 repeats values"):
        yaml_shape.check(ten + "".join(lines) + "e: [*d, *d, *d, *d, *d, *d, *d, *d, *d]\n")
