"""Say which stages a change of KEY reruns, or without KEY, why the pending stages would run.

KEY is a parameter (mlp.alpha, or a section) or a file that a stage reads (mlp/network.py). Nothing
is run or changed. Exit code: 0, or 2 if there is no such parameter or file.
"""

import argparse
from os.path import normpath
from pathlib import Path

from dvc.repo import Repo

from mlp.reruns import Pipeline, Reruns


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("keys", nargs="*", metavar="KEY", help="a parameter or a file")


def run(args: argparse.Namespace) -> int:
    with Repo() as repo:
        pipeline = Pipeline(repo)
        if not args.keys:
            _pending(pipeline)
        for key in args.keys:
            is_file = Path(key).is_file()
            found = pipeline.of_file(normpath(key)) if is_file else pipeline.of_parameter(key)
            _print(key, found)
    return 0


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
