"""A figure imports little, and takes nothing from the user's home."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def python(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | env,
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.mark.parametrize("name", ["labels", "places", "png", "row", "style", "weights"])
def test_what_needs_no_matplotlib_imports_none(name: str) -> None:
    code = f"import mlp.figures.{name}, sys; print('matplotlib' in sys.modules)"
    assert python(code).stdout == "False\n"


def test_matplotlib_is_imported_without_its_docstrings() -> None:
    """It writes them for every artist while it is imported, in half of the time that takes."""
    code = (
        "import mlp.figures.confusion, sys; from matplotlib.lines import Line2D; "
        "print('matplotlib.pyplot' in sys.modules, 'antialiased' in (Line2D.set.__doc__ or ''))"
    )
    assert python(code).stdout == "False False\n"
    as_usual = (
        "from matplotlib.lines import Line2D; print('antialiased' in (Line2D.set.__doc__ or ''))"
    )
    assert python(as_usual).stdout == "True\n"


def test_the_home_changes_no_figure(tmp_path: Path) -> None:
    """Neither one that cannot be written to, nor one with a style of its own."""
    draw = (
        "import numpy as np, hashlib; from mlp.figures import confusion; "
        "png = confusion.draw(np.eye(3, dtype=int), ['a', 'b', '$c$'], 'title'); "
        "print(hashlib.sha256(png).hexdigest())"
    )
    style = tmp_path / "own" / "matplotlibrc"
    style.parent.mkdir()
    style.write_text("font.size: 30\naxes.facecolor: red\nsavefig.dpi: 30\n", encoding="utf-8")
    (tmp_path / "file").touch()
    usual = python(draw)
    assert usual.stderr == ""
    for env in ({"MPLCONFIGDIR": str(style.parent)}, {"HOME": str(tmp_path / "file")}):
        drawn = python(draw, **env)
        assert drawn.stdout == usual.stdout
        assert drawn.stderr == ""
