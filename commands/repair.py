"""Find and mend what a killed run left behind: what keeps DVC from starting, and partial files.

- A lock file (dvc.lock, gate/dvc.lock) that is empty, cut off or not YAML. It is restored from the
  copy that `make repro`, `make evidence` and `make live` keep, or else from the last commit. DVC
  then runs the stages whose results are not those of the lock file.
- .dvc/tmp/rwlock, if DVC cannot read it or it names a process that is gone; locks by hard link.
- Files in DVC's cache, inside outputs and beside them that a process had not yet put in place.

Nothing else is changed, and nothing at all while a run goes on in this folder. It asks first on a
terminal, and without one it mends nothing unless --yes is given.
Exit code: 0 nothing needs mending or all is mended, 1 something needs it, 2 a run goes on.
"""

import argparse
import sys

from mlp.core.errors import counted, printable
from mlp.repair import survey
from mlp.repair.finding import Finding


def arguments(parser: argparse.ArgumentParser) -> None:
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--yes", action="store_true", help="mend without asking")
    ways.add_argument("--dry-run", action="store_true", help="say what is to be mended, and stop")
    ways.add_argument(
        "--keep",
        action="store_true",
        help="look at the locks alone, and copy the lock files if DVC can read them",
    )


def run(args: argparse.Namespace) -> int:
    if args.keep:
        return _said(survey.keep())
    findings = survey.complete()
    for finding in findings:
        print(printable(str(finding)))
    if not findings:
        print("Nothing needs mending.")
        return 0
    if args.dry_run or not (args.yes or _is_agreed(findings)):
        return 1
    for finding in findings:
        finding.mend()
    print("Mended; `dvc repro` goes on from here.")
    return 0


def _said(sentences: list[str]) -> int:
    for sentence in sentences:
        sys.stderr.write(f"error: {printable(sentence)}\n")
    return 1 if sentences else 0


def _is_agreed(findings: list[Finding]) -> bool:
    """Ask on a terminal."""
    if not (sys.stdin and sys.stdin.isatty()):
        sys.stderr.write("Nothing was changed; `mlp repair --yes` mends it.\n")
        return False
    answer = input(f"Mend {counted(len(findings), 'file')}? [y/N] ")
    return answer.strip().lower() in {"y", "yes"}
