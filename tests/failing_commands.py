"""Commands for a disk that fails: how each is called, and in which state of the project."""

import os
import re
import shutil
import subprocess
import tempfile
from hashlib import md5
from pathlib import Path
from unittest.mock import patch

import pandas as pd
from project import Project, program

REFUSED = {  # the exit code of an error, of a command by its line
    "cache": 2,
    "cache --clear": 2,
    "compare": 2,
    "compare --html page.html": 2,
    "explain": 2,
    "explain mlp.alpha": 2,
    "gate": 2,
    "new mine --source table.csv --target kind": 1,
    "new theirs --update": 1,
    "predict rows.csv -o predicted.csv": 1,
    "predict rows.parquet -o predicted.csv": 1,
    "repair --dry-run": 2,
    "repair --keep": 2,
    "repair --yes": 2,
    "report": 2,
    "verify": 2,
    "verify --quick": 2,
    "python -m commands.graph page.mmd": 1,
    "python -m commands.offline_plots page.html": 1,
}
REPLACED = ("page.html", "page.mmd", "predicted.csv", "data/changes.html")
NEW = ("new", "mine", "--source", "table.csv", "--target", "kind")
TEMPORARY = ".temporary"
DVC = """\
#!/bin/sh
exec git checkout --quiet -- dvc.lock gate/dvc.lock
"""  # a rebuild that gives what is committed


def prepare(project: Project) -> None:
    """Give a built project the files that the commands read and replace."""
    rows = pd.read_parquet(project.path / "data/test.parquet").head(5)
    rows.to_csv(project.path / "rows.csv", index=False)
    rows.to_parquet(project.path / "rows.parquet")
    lines = "".join(f"{i % 7},{i % 5},{'abcde'[i % 5]}\n" for i in range(60))
    (project.path / "table.csv").write_text(f"x,y,kind\n{lines}", encoding="utf-8")
    write(project.path / ".bin/dvc", DVC)
    (project.path / ".bin/dvc").chmod(0o755)
    project.run("git", "commit", "--quiet", "--allow-empty", "--message", "Two")
    for name in ("plots/tuned/predictions.csv", "gate/oof/tuned.csv"):
        give_other_labels(project.path, name)


def give_other_labels(folder: Path, name: str) -> None:
    """Change predictions, as a run would: in their file and in the lock file."""
    path = folder / name
    lock = folder / ("gate/dvc.lock" if name.startswith("gate/") else "dvc.lock")
    before = path.read_bytes()
    table = pd.read_csv(path, dtype=str)
    table.loc[:9, "predicted"] = table["predicted"].to_numpy()[9::-1]
    after = table.to_csv(index=False, lineterminator="\n").encode()
    path.write_bytes(after)
    old, new = (md5(content, usedforsecurity=False).hexdigest() for content in (before, after))
    entry = (
        rf"(path: {re.escape(name)}\n +hash: md5\n +md5: ){old}"  # of no other file that is equal
    )
    text, number = re.subn(entry, rf"\g<1>{new}", lock.read_text(encoding="utf-8"))
    assert number
    lock.write_text(text, encoding="utf-8")


def reset(command: str, project: Project) -> None:
    """Give the project the state that it should have before the command."""
    for name in REPLACED:
        write(project.path / name, "earlier")
    for left in (project.path / "mine", *project.path.glob(".mlp-new-*"), project.path / TEMPORARY):
        shutil.rmtree(left, ignore_errors=True)
    (project.path / TEMPORARY).mkdir()
    # DVC leaves the list of its locks empty on a full disk.
    (project.path / ".dvc/tmp/rwlock").unlink(missing_ok=True)
    if command.startswith("cache"):
        shutil.rmtree(project.path / ".cache")
        (project.path / ".cache").mkdir()
    if command == "cache --clear":
        write(project.path / f".cache/fits/mlp-fits/{'0' * 32}/output.pkl", "a fit")
    if command == "repair --keep":
        shutil.rmtree(project.path / ".dvc/tmp/readable", ignore_errors=True)
    elif command.startswith("repair"):
        break_off(project)
    if command.startswith("new theirs") and not (project.path / "theirs").exists():
        project.mlp("new", "theirs", *NEW[2:])


def break_off(project: Project) -> None:
    """Leave what a killed run leaves: half a lock file, an empty list of locks, a partial file."""
    lock = project.path / "dvc.lock"
    project.run("git", "checkout", "--", "dvc.lock")
    whole = lock.read_bytes()
    write(project.path / ".dvc/tmp/readable/dvc.lock", whole.decode())
    lock.write_bytes(whole[: len(whole) // 2 + 3])
    write(project.path / ".dvc/tmp/rwlock", "")
    write(project.path / "data/.train.0123abcd.partial", "half")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def call(command: str, project: Project) -> subprocess.CompletedProcess[str]:
    """Run a command's line in this process, with a folder of the project for temporary files."""
    words = command.split()
    path = f"{project.path / '.bin'}{os.pathsep}{project.env['PATH']}"
    env = {"PATH": path} if command == "verify" else {}
    with (
        patch.object(tempfile, "tempdir", str(project.path / TEMPORARY)),
        patch.dict(project.env, env),
        patch("vl_convert.javascript_bundle", return_value="Vega"),  # seconds, without a file
    ):
        if words[0] == "python":
            return program(project.path, *words[2:])
        return project.mlp(*words, code=None)
