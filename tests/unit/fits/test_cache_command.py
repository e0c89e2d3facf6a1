"""`mlp cache`: what it shows, what it forgets, and what it leaves alone."""

from pathlib import Path

import numpy as np
import pytest

from commands.__main__ import main
from mlp.fits.fold_fit import FoldFit
from mlp.fits.memory import FitMemory

FIT = FoldFit(np.array([[0.25, 0.75]]), np.array(["a", "b"]), 7, converged=True, failure="")


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a project, which is just its two files here; and one in it, to stand in."""
    (tmp_path / "dvc.yaml").touch()
    (tmp_path / "params.yaml").touch()
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    monkeypatch.delenv("MLP_CACHE_DIR", raising=False)
    monkeypatch.delenv("MLP_CACHE_LIMIT", raising=False)
    return tmp_path


def test_it_shows_and_forgets_the_fits_alone(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    memory = FitMemory(project / ".cache/fits", 10**9)
    for alpha in (0.1, 0.2):
        memory.keep({"alpha": alpha}, "fold", FIT)
    own = project / ".cache/fits/mine.txt"
    own.touch()
    monkeypatch.setenv("MLP_CACHE_LIMIT", "1M")
    for _ in range(2):  # to look changes nothing
        assert main(["cache"]) == 0
        printed = capsys.readouterr().out
        assert printed == ".cache/fits: 2 fits (0.0 MB) remembered, at most 1.0 MB.\n"
    assert main(["cache", "--clear"]) == 0
    assert capsys.readouterr().out == ".cache/fits: 2 fits (0.0 MB) deleted.\n"
    assert main(["cache"]) == 0
    assert ": 0 fits (0.0 MB) remembered" in capsys.readouterr().out
    assert own.exists()
    assert memory.recall({"alpha": 0.1}, "fold") is None


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "MLP_CACHE_LIMIT",
            "much",
            "MLP_CACHE_LIMIT should be a size, for example 500M or 2G; it is ",
        ),
        ("MLP_CACHE_DIR", "dvc.yaml", "MLP_CACHE_DIR: dvc.yaml should be a folder to write to ("),
    ],
)
def test_a_wrong_setting_is_said(
    name: str,
    value: str,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(name, value)
    for words in (["cache"], ["cache", "--clear"]):
        assert main(words) == 2
        errors = capsys.readouterr().err
        assert errors.startswith(f"error: {sentence}")
        assert errors.count("\n") == 1
