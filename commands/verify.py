"""Verify that the committed results are those that the committed project gives.

First every output in this folder and in DVC's cache is hashed and compared with dvc.lock. Then the
last commit is cloned into a temporary folder, all of its stages run there from scratch, and what
they write is compared with what is committed. Nothing is changed here. Exit code: 0 all is the
same, 1 something differs, 2 the rebuild could not be made.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from dvc.repo import Repo

from mlp import params_file, verification
from mlp.command import InputError
from mlp.results import LOCK
from mlp.revisions import git


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="hash only, and rebuild nothing")
    parser.add_argument(
        "--keep", type=_absolute, metavar="FOLDER", help="rebuild in FOLDER, and leave it there"
    )


def run(args: argparse.Namespace) -> int:
    if args.keep and args.keep.exists():
        raise InputError(f"{args.keep} exists; name a folder that does not.")
    with Repo() as repo:
        lock = params_file.parse(Path(LOCK))
        faults = list(
            verification.rehash(lock, lambda md5: Path(repo.cache.local.oid_to_path(md5)))
        )
    if not args.quick:
        faults += _rebuilt(args.keep)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} differences" if faults else "verified: all outputs are as committed")
    return 1 if faults else 0


def _rebuilt(keep: Path | None) -> list[str]:
    if git("diff", "--quiet", "HEAD", "--") is None:
        print("What is not committed is not rebuilt.")
    with tempfile.TemporaryDirectory(prefix="mlp-verify-") as temporary:
        folder = keep or Path(temporary) / "clone"
        found = verification.rebuild(Path.cwd(), folder, _say)
        return list(found)


def _say(stage: str) -> None:
    sys.stderr.write(f"rebuilding: {stage}\n")


def _absolute(path: str) -> Path:
    return Path(path).absolute()
