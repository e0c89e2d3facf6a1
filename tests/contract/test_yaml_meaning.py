"""A value of params.yaml means the same to DVC, with and without ruamel.yaml.clib, and to a stage."""

from collections.abc import Callable
from pathlib import Path
from pprint import pformat
from typing import Any

import pytest
import ruamel.yaml.main
from dvc.exceptions import DvcException
from dvc.utils.serialize import load_yaml, parse_yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from project import ROOT

from mlp.core import params_file
from mlp.core.errors import InputError

INF, NAN = float("inf"), float("nan")
SCALARS: dict[str, Any] = {
    # decimal, never octal; other bases are marked
    "052": 52, "0052": 52, "08": 8, "-052": -52, "+7": 7, "0": 0, "-0": 0, "1_0": 10, "1_": 1,
    "0o52": 42, "-0o52": -42, "0o8": "0o8", "0x1A": 26, "0X1A": "0X1A", "0b101": 5, "0x": "0x",
    # a number needs no point before its exponent, and nothing on one side of the point
    "1e-3": 0.001, "1E5": 1e5, "1e+5": 1e5, "1.e5": 1e5, "1.5e3": 1500.0, "1e400": INF,
    ".5": 0.5, "+.5": 0.5, "-.5": -0.5, "5.": 5.0, "-5.": -5.0, "1_0.5": 10.5, "._5": 0.5,
    "1e": "1e", "1e+": "1e+", "e5": "e5", ".e5": ".e5", ".": ".", "1e1_0": "1e1_0",
    "_1": "_1", "1.0.0": "1.0.0", "1,0": "1,0", "+": "+",
    ".inf": INF, "-.inf": -INF, "+.inf": INF, ".Inf": INF, "inf": "inf",
    ".nan": NAN, ".NaN": NAN, "nan": "nan",
    # no sexagesimal numbers, and no truth value but true and false
    "12:30": "12:30", "1:30.5": "1:30.5", "190:20:30": "190:20:30",
    **{word: word for word in ("yes", "no", "on", "off", "Yes", "NO", "y", "n", "tRUE", "nUll")},
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    # quoted, each is a text
    **{f'"{word}"': word for word in ("052", "yes", "1e-3", "null", "12:30", "", "!", "-_")},
    **{f"'{word}'": word for word in ("052", "yes", "1e-3", "null", "12:30", "", "!", "-_")},
    r'"\u00e9\t\x41"': "é\tA", r"'\x41'": r"\x41", "'it''s'": "it's", "é 😀": "é 😀",
    # tags
    "!!str 052": "052", '!!int "5"': 5, "!!float 5": 5.0, '!!bool "true"': True, "! x": "x",
    # folded and kept lines
    "a\n  b": "a b", "|\n  a\n  b": "a\nb\n", "|-\n  a\n\n": "a", ">-\n  a\n  b\n\n  c": "a b\nc",
    "a#b": "a#b", "a #b": "a", "[a, b c, 1 2]": ["a", "b c", "1 2"],
}  # fmt: skip
DATES = ["2020-01-01", "2020-01-01T10:00:00", "2020-01-01 10:00:00.5 +01:00", "2020-1-1"]
TEXTS: dict[str, dict[Any, Any]] = {
    "a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}": {"a": {"p": 1, "q": 2}, "b": {"q": 3, "p": 1}},
    "a: &x {p: 1}\nb:\n  p: 3\n  <<: *x": {"a": {"p": 1}, "b": {"p": 3}},
    "a: &x {p: 1}\nb: &y {p: 2, q: 2}\nc: {<<: [*x, *y]}": {
        "a": {"p": 1}, "b": {"p": 2, "q": 2}, "c": {"p": 1, "q": 2},
    },
    "a: &x 1e-3\nb: *x\nc: [*x, *x]": {"a": 0.001, "b": 0.001, "c": [0.001, 0.001]},
    "&k a: 1\nb: *k": {"a": 1, "b": "a"},
    "'<<': {p: 1}": {"<<": {"p": 1}},
    "052: 1\nyes: 2\ntrue: 3\n5.: 4\n~: 5": {52: 1, "yes": 2, True: 3, 5.0: 4, None: 5},
    "a:\n- 1\n- - 2\n  - b: 3": {"a": [1, [2, {"b": 3}]]},
    "a: {b, c: , 'd':1}": {"a": {"b": None, "c": None, "d": 1}},
    "? a\n? b\n: 1": {"a": None, "b": 1},
    "%YAML 1.2\n---\na: yes\nb: 052\n...\n": {"a": "yes", "b": 52},
    "a: 1\r\nb: |\r\n  x\r\n  y\r\n": {"a": 1, "b": "x\ny\n"},
    "a: 1\rb: 2\r": {"a": 1, "b": 2},
    "\ufeffa: 1": {"a": 1},
    "a: b!\nc: '%x' # hello! %\n": {"a": "b!", "c": "%x"},
}  # fmt: skip
NO_VALUES = ["-_", "+_", "-", "=", "<<", "@x", "`x", "!x y", "!!bool x", "2020-13-45", "[", "'x"]
TWO_MEANINGS = {
    "%YAML 1.1\n---\na: {b: yes}": 'a.b is "yes" to one reader of YAML and true to another, and DVC uses either: remove "%YAML 1.1".',
    "%YAML 1.1\n---\na: [1, 052]": 'a[1] is 52 to one reader of YAML and 42 to another, and DVC uses either: remove "%YAML 1.1".',
    "%YAML 1.1 # c\n---\na: 12:30": 'a is "12:30" to one reader of YAML and 750 to another, and DVC uses either: remove "%YAML 1.1 # c".',
    "a: {b: ! }": 'a.b is "" to one reader of YAML and null to another, and DVC uses either: remove "!".',
    "a: \x85b: 1": 'the file is {"a": null, "b": 1} to one reader of YAML and {"a": {"b": 1}} to another, and DVC uses either: remove "\\u0085".',
    "a: 1\u2028\ufeff": 'a is 1 to one reader of YAML and "1\\u2028\\ufeff" to another, and DVC uses either: remove "\\u2028".',
}
PIECES = [
    *"ab1_-+.,:?#|>!%&*=~@`\"'[]{}\n\r\t \\é\x85\u2028\ufeff",
    *("- ", ": ", "\n  ", "\n- ", "\n\n", " #", "---\n", "...\n", "%YAML 1.1\n---\n", "? ", "<<: "),
    *("052", "0o7", "1e3", ".5", "5.", "yes", "true", "null", "12:30", "0x1", ".inf", "2020-01-01"),
    *("!!str ", "!!int ", "!!bool ", "!!null ", "!x ", "&a ", "*a", "|2\n", ">+\n", "|-\n"),
    *("a: 1\n", "b:\n  c: 2\n", "x: &a {p: 1}\n", "y: *a\n", '"a"', "'b'", '"\\x41"', "'it''s'"),
]


@pytest.fixture(params=["with", "without"])
def clib(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Whether ruamel.yaml.clib is installed, as it is by the lock."""
    assert ruamel.yaml.main.CParser
    if request.param == "without":
        monkeypatch.setattr(ruamel.yaml.main, "CParser", None)
    return str(request.param)


def assert_means(text: str, content: dict[Any, Any], folder: Path) -> None:
    (folder / "params.yaml").write_bytes(text.encode())
    # pformat tells 1 from 1.0 and True, finds NaN equal to itself, and sorts keys
    assert pformat(load_yaml(str(folder / "params.yaml"))) == pformat(content)
    assert pformat(params_file.parse(folder / "params.yaml")) == pformat(content)


@pytest.mark.usefixtures("clib")
@pytest.mark.parametrize("scalar", SCALARS)
def test_a_scalar(scalar: str, tmp_path: Path) -> None:
    assert_means(f"a: {scalar}\n", {"a": SCALARS[scalar]}, tmp_path)


@pytest.mark.usefixtures("clib")
@pytest.mark.parametrize("text", TEXTS)
def test_a_text(text: str, tmp_path: Path) -> None:
    assert_means(text, TEXTS[text], tmp_path)


@pytest.mark.parametrize("date", DATES)
def test_a_date(date: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "params.yaml").write_text(f"a: {date}\n")
    content = load_yaml(str(tmp_path / "params.yaml"))
    assert_means(f"a: {date}\n", content, tmp_path)
    monkeypatch.setattr(ruamel.yaml.main, "CParser", None)
    assert_means(f"a: {date}\n", content, tmp_path)


def test_the_committed_parameters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "params.yaml").read_text(encoding="utf-8")
    content = params_file.parse(ROOT / "params.yaml")
    assert_means(text, content, tmp_path)
    monkeypatch.setattr(ruamel.yaml.main, "CParser", None)
    assert_means(text, content, tmp_path)


@pytest.mark.usefixtures("clib")
@pytest.mark.parametrize("value", NO_VALUES)
def test_no_reader_takes_it(value: str, tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_text(f"a: {value}\n")
    with pytest.raises((DvcException, ValueError, LookupError)):
        load_yaml(str(path))
    with pytest.raises(InputError, match=r"params\.yaml is not YAML: \w"):
        params_file.parse(path)


@pytest.mark.parametrize("text", TWO_MEANINGS)
def test_a_value_that_depends_on_the_reader_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "params.yaml").write_bytes(text.encode())
    with pytest.raises(InputError) as caught:
        params_file.parse(tmp_path / "params.yaml")
    assert str(caught.value) == f"{tmp_path / 'params.yaml'}: {TWO_MEANINGS[text]}"


def content_by(read: Callable[[], Any]) -> str | None:
    try:
        return pformat(read())
    except (DvcException, InputError, ValueError, LookupError):
        return None


@pytest.mark.filterwarnings("ignore::ruamel.yaml.error.YAMLWarning")
@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["k: ", ""]), st.lists(st.sampled_from(PIECES), max_size=9))
def test_what_a_stage_takes_is_what_dvc_takes(start: str, pieces: list[str]) -> None:
    """Either reader of DVC gives the values that the stage has, or refuses the text."""
    text = "".join([start, *pieces])
    ours = content_by(lambda: params_file.parse_bytes(text.encode(), "params.yaml"))
    with pytest.MonkeyPatch.context() as patch:
        readings = [content_by(lambda: parse_yaml(text, "params.yaml"))]
        patch.setattr(ruamel.yaml.main, "CParser", None)
        readings.append(content_by(lambda: parse_yaml(text, "params.yaml")))
    assert ours is None or readings[0] == ours
    assert ours is None or readings[1] in {ours, None}
