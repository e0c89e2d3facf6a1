"""Tell which stages a change of KEY reruns or, without KEY, why the pending stages would run.

KEY is a parameter (mlp.alpha, or a section), an entry of networks that there could be
(networks.wide), or a file that a stage reads (mlp/training/fit.py). Nothing is run or changed.
Exit code: 0, or 2 if there is no such parameter or file.
"""

import argparse
from dataclasses import replace
from pathlib import Path

from dvc.repo import Repo

from mlp.core import disk
from mlp.core.shown import in_terminal
from mlp.explain import keys, reasons
from mlp.explain.reruns import Pipeline, Reruns
from mlp.history import lock
from mlp.history.lock import FILES_OF_DVC, PIPELINES, ROOT


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("keys", nargs="*", metavar="KEY", help="a parameter or a file")


def run(args: argparse.Namespace) -> int:
    with disk.named(FILES_OF_DVC), Repo() as repo:
        pipeline = Pipeline(repo)
        if not args.keys:
            _pending(pipeline)
        for key in args.keys:
            _explain(pipeline, key, _file(args.here, key))
    return 0


def _explain(pipeline: Pipeline, key: str, path: str | None) -> None:
    if path in PIPELINES["oof"]:
        print(f"{key}: a change of a stage's entry runs that stage.")
    elif path:
        _print(f"{key}: a change of it", pipeline.of_file(path))
    elif name := keys.new_network(key):
        _print(f"{key}: a new network", pipeline.of_new_network(name))
    else:
        keys.check(key)
        _print(f"{key}: a change of it", pipeline.of_parameter(key))
        if key in {"gate", "gate.model"}:
            print("  `make gate` would then make the evidence of another gate.model, if it is new.")


def _file(here: Path, key: str) -> str | None:
    """Return the path of a file from the project's folder, or None if the key is not a file."""
    for folder in (here, Path.cwd()):
        path = (folder / key).resolve()
        if path.is_file() and path.is_relative_to(Path.cwd()):
            return path.relative_to(Path.cwd()).as_posix()
    return None


def _print(subject: str, reruns: Reruns) -> None:
    if not (reruns.first or reruns.gate):
        print(f"{subject} runs nothing: no stage reads it.")
        return
    print(f"{subject} runs {', '.join(reruns.first) or 'no stage of dvc.yaml'}.")
    _print_later(reruns, indent="  ")


def _print_later(reruns: Reruns, indent: str = "") -> None:
    if reruns.later:
        print(f"{indent}Where their outputs change, it then runs {', '.join(reruns.later)}.")
    if reruns.gate:
        print(f"{indent}`make gate` would then run {', '.join(reruns.gate)}.")


def _pending(pipeline: Pipeline) -> None:
    why, reruns = reasons.pending(pipeline)
    if not any(lock.pipeline_of(name) == ROOT for name in why):
        print("Nothing is pending: `dvc repro` would run no stage.")
    for name, sentences in why.items():
        by = "" if lock.pipeline_of(name) == ROOT else " by `make gate`"
        print(f"{in_terminal(name)} would run{by}:")
        for sentence in sentences:
            print(f"  {in_terminal(sentence)}")
    _print_later(replace(reruns, gate=[name for name in reruns.gate if name not in why]))
