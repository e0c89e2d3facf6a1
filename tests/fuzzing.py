"""Try inputs that nobody thought of: what a command does with each is an answer or a sentence."""

import copy
import io
import os
import re
import time
from collections.abc import Callable, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from project import environment

from commands.__main__ import main

SHORT, LONG = 25, 1250  # inputs of a kind: in `make test`, and in `make faults`
MOST_SECONDS = 10  # of the processor; one that waits for ever meets the timeout of the test
MISSING = object()
ANYTHING = st.sampled_from(
    [None, True, 0, -1, 10**40, 1e308, float("nan"), "", "x", "\x1b[2J", "a/../..", "/", [], {}, [[]], {"a": 1}, ["a"], [None], "1" * 32, int("1" * 32)]
)  # fmt: skip
EDITS = st.lists(st.tuples(st.floats(0, 1), ANYTHING | st.just(MISSING)), min_size=1, max_size=3)
SENTENCE = re.compile(r"(error|warning|note|next): .*\S")
Input = TypeVar("Input")

many = pytest.mark.parametrize(
    "inputs", [SHORT, pytest.param(LONG, marks=[pytest.mark.long, pytest.mark.timeout(3600)])]
)


def explore(inputs: st.SearchStrategy[Input], check: Callable[[Input], None], number: int) -> None:
    """Check so many inputs; the short run takes the same ones each time, the long run new ones."""
    is_short = number == SHORT

    @settings(
        max_examples=number,
        deadline=None,
        derandomize=is_short,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs)
    def each(value: Input) -> None:
        started = time.process_time()
        check(value)
        assert time.process_time() - started < MOST_SECONDS

    each()


def edited(corpus: Sequence[bytes], tokens: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Return texts or bytes of a corpus after some edits with tokens of its language."""
    piece = st.sampled_from(tokens) | st.binary(min_size=1, max_size=4)
    kind = st.sampled_from(["overwrite"] * 3 + ["insert", "replace", "delete", "repeat", "cut"])
    edit = st.tuples(kind, st.floats(0, 1), st.integers(1, 40), piece)

    def apply(drawn: tuple[bytes, list[tuple[str, float, int, bytes]]]) -> bytes:
        content, edits = drawn
        for kind, where, length, new in edits:
            at = int(where * len(content))
            before, part, after = content[:at], content[at : at + length], content[at + length :]
            content = {
                "overwrite": before + new + content[at + len(new) :],
                "insert": before + new + part + after,
                "replace": before + new + after,
                "delete": before + after,
                "repeat": before + part * 3 + after,
                "cut": before,
            }[kind]
        return content

    few = st.tuples(st.sampled_from(corpus), st.lists(edit, min_size=1, max_size=2)).map(apply)
    many = st.tuples(st.sampled_from(corpus), st.lists(edit, min_size=3, max_size=6)).map(apply)
    return few | few | few | many | st.binary(max_size=64)


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of every file of a folder, but for those of git and DVC."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in paths}
    hidden = (".git/", ".dvc/")
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith(hidden)}


def mlp(folder: Path, *words: str, codes: Sequence[int]) -> int:
    """Run a command of `mlp`: one of these exit codes, sentences alone, and no file changed."""
    before = files(folder)
    out, err = io.StringIO(), io.StringIO()
    with (
        chdir(folder),
        patch.dict(os.environ, environment(), clear=True),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            code = main(words)
        except SystemExit as exited:  # argparse's way out
            code = int(exited.code or 0)
    said = err.getvalue().splitlines()
    assert code in codes, said
    if not (said and said[0].startswith("usage: ")):
        assert all(SENTENCE.fullmatch(line) for line in said), said
        assert all(line.isprintable() for line in said), said
    assert code == 0 or said or out.getvalue()
    assert files(folder) == before
    return code


def changed(content: Any, edits: Sequence[tuple[float, Any]]) -> Any:
    """Return nested content with other values at some of its places, or without these."""
    content = copy.deepcopy(content)
    for where, value in edits:
        places = list(_places(content))
        holder, key = places[min(int(where * len(places)), len(places) - 1)]
        if value is MISSING:
            del holder[key]
        else:
            holder[key] = copy.deepcopy(value)
        if not any(_places(content)):
            break
    return content


def _places(content: Any) -> Any:
    """Yield every list or mapping in nested content, with each of its keys."""
    items = content.items() if isinstance(content, dict) else enumerate(content)
    for key, value in list(items):
        yield content, key
        if isinstance(value, dict | list):
            yield from _places(value)
