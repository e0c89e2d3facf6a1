"""Say which stages a change of KEY reruns, or without KEY, why the pending stages would run.

KEY is a parameter (mlp.alpha, or a section) or a file that a stage reads (mlp/training/network.py).
Nothing is run or changed. Exit code: 0, or 2 if there is no such parameter or file.
"""

import argparse
from pathlib import Path

from dvc.repo import Repo

from mlp.explain.reruns import Pipeline, Reruns
from mlp.history.results import PIPELINE


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("keys", nargs="*", metavar="KEY", help="a parameter or a file")


def run(args: argparse.Namespace) -> int:
    with Repo() as repo:
        pipeline = Pipeline(repo)
        if not args.keys:
            _pending(pipeline)
        for key in args.keys:
            path = _file(args.here, key)
            if path == PIPELINE:
                print(f"{key}: a change of a stage's entry runs that stage.")
            else:
                _print(key, pipeline.of_file(path) if path else pipeline.of_parameter(key))
    return 0


def _file(here: Path, key: str) -> str | None:
    """Return the path of a file from the project's folder, or None if the key is none."""
    for folder in (here, Path.cwd()):
        path = (folder / key).resolve()
        if path.is_file() and path.is_relative_to(Path.cwd()):
            return path.relative_to(Path.cwd()).as_posix()
    return None


def _print(key: str, found: Reruns) -> None:
    if not found.first:
        print(f"{key}: no stage reads it, so a change of it runs nothing.")
        return
    print(f"{key}: a change of it runs {', '.join(found.first)}.")
    if found.later:
        print(f"  Where what they write changes, then {', '.join(found.later)}.")


def _pending(pipeline: Pipeline) -> None:
    reasons, later = pipeline.pending()
    if not reasons:
        print("Nothing is pending: `dvc repro` would run no stage.")
    for name, why in reasons.items():
        print(f"{name} would run:")
        for reason in why:
            print(f"  {reason}")
    if later:
        print(f"Where what they write changes, then {', '.join(later)}.")
