"""Verify that the committed results are those that the committed project gives.

First every output in this folder and in DVC's cache is hashed and compared with dvc.lock, and
dvc.lock with dvc.yaml and params.yaml. Then the last commit is cloned into a temporary folder, all
of its stages run there from scratch, and their outputs are compared with the committed ones. Both
pipelines are verified: dvc.yaml and gate/dvc.yaml. Nothing is changed in this folder.
Exit code: 0 all is equal, 1 something differs, 2 the rebuild failed.
"""

import argparse
import sys
from pathlib import Path

from dvc.repo import Repo

from mlp.core import disk, temporary
from mlp.core.errors import InputError
from mlp.core.shown import in_terminal
from mlp.history import lock, pending, rebuild, rehash, results
from mlp.history.git import git, tracked
from mlp.history.lock import FILES_OF_DVC, GATE, ROOT
from mlp.history.results import Results


def arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--quick", action="store_true", help="hash, but do not rebuild")
    kinds.add_argument(
        "--keep", type=_absolute, metavar="FOLDER", help="rebuild in FOLDER and keep it"
    )


def run(args: argparse.Namespace) -> int:
    if args.keep and args.keep.exists():
        raise InputError(f"{args.keep} exists; name a folder that does not.")
    with disk.named(FILES_OF_DVC), Repo() as repo:
        cache = Path(repo.cache.local_cache_dir)
        faults = _hashed(results.workspace(), repo)
    if not args.quick:
        faults += _rebuilt(cache, args.keep)
    for fault in faults:
        print(in_terminal(fault))
    if faults:
        print(f"{len(faults)} difference{'s' if len(faults) > 1 else ''}")
    elif args.quick:
        print("hashed: every output in this folder is as DVC recorded it")
    else:
        print("verified: a rebuild of the last commit gives the committed results")
    return 1 if faults else 0


def _hashed(here: Results, repo: Repo) -> list[str]:
    """Return what differs from the lock files, and what changed since the stages ran."""
    in_cache = repo.cache.local.oid_to_path
    has_evidence = here.has(lock.file_of(GATE))
    faults: list[str] = []
    for pipeline in (ROOT, GATE) if has_evidence else (ROOT,):
        file, content = lock.file_of(pipeline), here.lock_of(pipeline)
        faults += rehash.rehash(content, file, lambda md5: Path(in_cache(md5)), tracked())
    return faults + pending.since_the_run(here, "oof" if has_evidence else "test")


def _rebuilt(cache: Path, keep: Path | None) -> list[str]:
    if git("diff", "--quiet", "HEAD", "--") is None:
        print("Uncommitted changes are not rebuilt.")
    with temporary.folder("mlp-verify-") as folder:
        return list(rebuild.rebuild(Path.cwd(), cache, keep or folder / "clone", _say))


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def _absolute(path: str) -> Path:
    return Path(path).absolute()
