"""What is given to make on its command line is text: no function of make and no shell runs it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from project import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no sh")
STUB = """#!/bin/sh
printf '%s\\n' "${0##*/}" "$@" >> calls
"""
HOSTILE = [
    "$(shell touch hit)",
    "$(eval $(shell touch hit))",
    "${shell touch hit}",
    "$$(touch hit)",
    "`touch hit`",
    "'; touch hit; '",
    '"; touch hit; "',
    "two\nlines\n\ttouch hit",
    "a  b#c\\",
    "-x $x $(REV)",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the Makefile, set up, and stubs for what its targets call."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    tools = tmp_path / ".venv/bin"
    tools.mkdir(parents=True)
    for name in ("mlp", "dvc", "uv"):
        (tools / name).write_text(STUB, encoding="utf-8")
        (tools / name).chmod(0o755)
    for lock, copy in {
        "requirements.lock": ".installed",
        "requirements-dev.lock": ".developed",
    }.items():
        (tmp_path / lock).touch()
        (tmp_path / ".venv" / copy).touch()
    return tmp_path


def make(folder: Path, *words: str, code: int = 0) -> list[str]:
    """Run make, and return the words of the first command that it called."""
    (folder / "calls").unlink(missing_ok=True)
    done = subprocess.run(["make", *words], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, (folder / "hit").exists()) == (code, False), done.stderr
    return (folder / "calls").read_text("utf-8").split("\n") if code == 0 else [done.stderr]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_text(folder: Path, value: str) -> None:
    given = [f"{name}={value}" for name in ("KEEP", "PYTHON", "REV", "UPGRADE")]
    for target, option in {"compare": "--", "judge": "--", "verify": "--keep"}.items():
        command = "gate" if target == "judge" else target
        called = "\n".join(make(folder, target, *given))
        assert called == f"mlp\n{command}\n{option}\n{value}\n"
    subprocess.run(["make", "lock", *given], cwd=folder, capture_output=True, check=False)
    assert f"\n{value}\n--generate-hashes\n" in (folder / "calls").read_text("utf-8")
    assert not (folder / "hit").exists()


def test_a_value_that_is_left_out_is_no_word(folder: Path) -> None:
    assert make(folder, "compare") == make(folder, "compare", "REV=") == ["mlp", "compare", ""]


@pytest.mark.parametrize("name", ["FOO", "SHELL", "CURDIR", "INSTALLED", "MAKE"])
def test_other_variables_are_refused(folder: Path, name: str) -> None:
    (said,) = make(folder, "compare", f"{name}=$(shell touch hit)", "REV=a", code=2)
    assert "make takes the variables KEEP " in said
    assert said.endswith(f", and not {name}.  Stop.\n")


def test_the_python_that_sets_up_is_one_word(folder: Path) -> None:
    (folder / ".venv/.installed").unlink()
    (said,) = make(folder, "setup", "PYTHON=true; touch hit;", code=2)
    assert "true; touch hit;" in said


@pytest.mark.parametrize(
    ("words", "python", "expected"),
    [([], None, "python3"), (["PYTHON=python3.13"], None, "python3.13"), ([], "py", "py")],
)
def test_python_has_a_value_where_none_is_given(
    words: list[str], python: str | None, expected: str, folder: Path
) -> None:
    with (folder / "Makefile").open("a", encoding="utf-8") as file:
        file.write('\nshow:\n\t@printf %s "$$PYTHON"\n')
    # `make test` gives the last four to the programs that it runs, and so to this test.
    made = ("PYTHON", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES")
    env = {name: value for name, value in os.environ.items() if name not in made}
    env |= {"PYTHON": python} if python else {}
    done = subprocess.run(
        ["make", *words, "show"], cwd=folder, env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout == expected
