"""Verify that the committed results are those that the committed project gives.

First every output that is in this folder or in DVC's cache is hashed and compared with dvc.lock,
and dvc.lock with dvc.yaml and params.yaml. Then the last commit is cloned into a temporary folder,
all of its stages run there from scratch, and what they write is compared with what is committed.
Nothing is changed here. Exit code: 0 all is the same, 1 something differs, 2 the rebuild could not
be made.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from dvc.repo import Repo

from mlp.core.errors import InputError
from mlp.history import pending, rebuild, results
from mlp.history.revisions import git, tracked


def arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--quick", action="store_true", help="hash only, and rebuild nothing")
    kinds.add_argument(
        "--keep", type=_absolute, metavar="FOLDER", help="rebuild in FOLDER, and leave it there"
    )


def run(args: argparse.Namespace) -> int:
    if args.keep and args.keep.exists():
        raise InputError(f"{args.keep} exists; name a folder that does not.")
    here = results.workspace()
    with Repo() as repo:
        in_cache = repo.cache.local.oid_to_path
        hashed = rebuild.rehash(here.lock, lambda md5: Path(in_cache(md5)), tracked())
        faults = [*hashed, *pending.since_the_run(here)]
        cache = Path(repo.cache.local_cache_dir)
    if not args.quick:
        faults += _rebuilt(cache, args.keep)
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults)} difference{'s' if len(faults) > 1 else ''}")
    elif args.quick:
        print("hashed: every output that is here is as dvc.lock records")
    else:
        print("verified: a rebuild of the last commit gives what is committed")
    return 1 if faults else 0


def _rebuilt(cache: Path, keep: Path | None) -> list[str]:
    if git("diff", "--quiet", "HEAD", "--") is None:
        print("What is not committed is not rebuilt.")
    with tempfile.TemporaryDirectory(prefix="mlp-verify-") as temporary:
        folder = keep or Path(temporary) / "clone"
        found = rebuild.rebuild(Path.cwd(), cache, folder, _say)
        return list(found)


def _say(stage: str) -> None:
    sys.stderr.write(f"rebuilding: {stage}\n")


def _absolute(path: str) -> Path:
    return Path(path).absolute()
