"""A pipeline of two small stages, to test what happens while one runs."""

import shutil
from pathlib import Path

from project import ROOT, Project

# Training takes until the file `go` is there.
SMALL = {
    "params.yaml": "alpha: 1\n",
    "dvc.yaml": """\
stages:
  train:
    cmd: python train.py
    params: [alpha]
    outs: [model]
  report:
    cmd: cp model data/report.html
    deps: [model]
    outs: [data/report.html]
""",
    "train.py": """\
import sys, time
from pathlib import Path
alpha = Path("params.yaml").read_text()
if "-" in alpha:
    sys.exit("error: alpha is negative.")
while not Path("go").exists():
    time.sleep(0.02)
Path("model").write_text(f"<html><head><title>{alpha}</title></head><body></body></html>")
""",
}


def project(path: Path) -> Project:
    """Return the pipeline in a folder, after a run; its next one waits for `go`."""
    made = Project(path)
    for folder in (".dvc", "data"):
        (made.path / folder).mkdir(parents=True)
    shutil.copy(ROOT / ".dvc/config", made.path / ".dvc/config")
    for name, text in SMALL.items():
        (made.path / name).write_text(text, encoding="utf-8")
    made.run("git", "init", "--quiet")
    (made.path / "go").touch()
    made.run("dvc", "repro")
    (made.path / "go").unlink()
    return made
