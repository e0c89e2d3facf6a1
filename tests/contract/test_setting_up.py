"""Packages that make installs, and when: a stub for Python and uv says how it is called."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from project import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no sh")
STUB = """#!/bin/sh
echo "$@" >> calls
if test -e "$INTERRUPT" && expr "$*" : ".*$(cat "$INTERRUPT")" > calls.txt; then exit 1; fi
if test "$2" = venv; then
  rm -rf .venv && mkdir -p .venv/bin
  cp "$0" .venv/bin/python && cp "$0" .venv/bin/uv
  echo "home = $(dirname "$0")" > .venv/pyvenv.cfg
fi
"""
VENV, RUN, DEV = "venv --clear", "-r requirements.lock", "-r requirements-dev.lock"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the Makefile, two locks and the stub."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text("uv==1\n")
    (tmp_path / "base").mkdir()
    (tmp_path / "base/python3").write_text(STUB)
    (tmp_path / "base/python3").chmod(0o755)
    return tmp_path


def make(folder: Path, target: str, *, interrupt: str | None = None) -> list[str]:
    """Run a target, and return which of the steps VENV, RUN and DEV it took, in order."""
    (folder / "calls").write_text("")
    env = {**os.environ, "INTERRUPT": str(folder / "interrupt")}
    (folder / "interrupt").unlink(missing_ok=True)
    if interrupt:
        (folder / "interrupt").write_text(interrupt)
    command = ["make", target, f"PYTHON={folder / 'base/python3'}"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == (2 if interrupt else 0), done.stderr
    calls = (folder / "calls").read_text().splitlines()
    return [step for call in calls for step in (VENV, RUN, DEV) if step in call]


def test_each_lock_is_installed_once_and_before_what_needs_it(folder: Path) -> None:
    assert make(folder, "setup") == [VENV, RUN]
    assert make(folder, "setup") == []
    assert make(folder, "develop") == [DEV]
    assert make(folder, "develop") == []
    shutil.rmtree(folder / ".venv")
    assert make(folder, "develop") == [VENV, RUN, DEV]
    assert make(folder, "setup") == []


def test_a_lock_that_only_looks_new_installs_nothing(folder: Path) -> None:
    make(folder, "develop")
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (folder / name).read_text()
        (folder / name).unlink()
        (folder / name).write_text(text)
    assert make(folder, "develop") == []


def test_a_changed_lock_installs_what_it_changes(folder: Path) -> None:
    make(folder, "develop")
    (folder / "requirements-dev.lock").write_text("uv==1\nruff==1\n")
    assert make(folder, "setup") == []
    assert make(folder, "develop") == [DEV]
    (folder / "requirements.lock").write_text("uv==2\n")
    assert make(folder, "setup") == [VENV, RUN]
    assert make(folder, "develop") == [DEV]


@pytest.mark.parametrize("step", ["-m pip", RUN, "--editable", DEV])
def test_an_interrupted_installation_is_repaired(folder: Path, step: str) -> None:
    make(folder, "develop", interrupt=step)
    repaired = [DEV] if step == DEV else [VENV, RUN, DEV]
    assert make(folder, "develop") == repaired
    assert make(folder, "develop") == []


def test_an_installation_by_hand_that_is_interrupted_is_repaired(folder: Path) -> None:
    make(folder, "develop")
    make(folder, "install", interrupt=VENV)
    assert make(folder, "develop") == [VENV, RUN, DEV]


@pytest.mark.parametrize("target", ["repro", "evidence"])
def test_a_run_keeps_what_repair_restores(target: str) -> None:
    """And says beforehand if DVC could not read its files."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(rf"^{target}: .*\n((?:\t.*\n)+)", makefile, flags=re.MULTILINE)
    assert recipe
    before, run, after, *_ = recipe[1].split("\n\t")
    assert before.strip() == after.strip() == "@mlp repair --keep"
    assert run.startswith("dvc repro")
