"""Judge this workspace by the rules of the section gate in params.yaml.

The rules on a change hold against REV, by default the newest commit of the same rows among the ones
where this branch left the main branch of origin or the local one (on the main branch itself, the
commit before) and the tag that gate.baseline names; and against that tag too.
Nothing is run or changed. Exit code: 0 every rule holds, 1 a rule fails, 2 it cannot judge.
"""

import argparse
import dataclasses
import json
import sys

from mlp.core import json_file
from mlp.core.errors import InputError
from mlp.gate import judgement, judgement_page
from mlp.gate.judgement import FAILED, PASSED, Judgement
from mlp.history import git
from mlp.report.document import to_markdown, to_text

NETWORKS = 20
COMMIT = "commit what changed (git add . && git commit)"
CHANGE = "for a change: git switch --create NAME, edit params.yaml, make repro gate"
PUSH = "push, so that CI judges it again"
MEND = "mlp compare shows what changed; edit params.yaml, then make repro and make gate"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rev", nargs="?", metavar="REV", help="a commit, branch, tag or experiment")
    parser.add_argument(
        "--question",
        choices=["configuration", "file"],
        help="is the configuration worse, by repeated training, or is this model file worse on "
        "these rows (default: gate.question)",
    )
    parser.add_argument(
        "--calibrate",
        type=_count,
        nargs="?",
        const=NETWORKS,
        metavar="N",
        help="judge nothing: train the network that ships N times (default: "
        f"{NETWORKS}), and tell how often each test fails on this table for nothing and for real "
        "losses",
    )
    parser.add_argument(
        "--unchecked",
        action="store_true",
        help="judge even if a model file is not the one that dvc.lock records",
    )
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--md", action="store_true", help="print Markdown, for a pull request")
    kinds.add_argument("--json", action="store_true", help="print JSON, for a program")


def run(args: argparse.Namespace) -> int:
    if args.calibrate is not None:
        return _calibrate(args)
    judged = judgement.judge(args.rev, args.question, is_checked=not args.unchecked)
    if args.json:
        content = dataclasses.asdict(judged) | {
            "result": judgement_page.result(judged),
            "code": judged.code,
        }
        print(json.dumps(content, indent=2, ensure_ascii=False))
    else:
        print((to_markdown if args.md else to_text)(judgement_page.document(judged)), end="")
        if not args.md and sys.stdout and judged.code in {PASSED, FAILED}:
            sys.stderr.write(f"next: {next_step(judged)}\n")
    return judged.code


def next_step(judged: Judgement) -> str:
    """Return the step after a verdict; the first one had nothing to compare with."""
    if judged.code == FAILED:
        return MEND
    steps = [COMMIT] if git.git("status", "--porcelain") else []
    return "; ".join([*steps, PUSH if judged.is_compared else CHANGE])


def _calibrate(args: argparse.Namespace) -> int:
    # Training takes scikit-learn, which judging does without.
    from mlp.gate import calibration_page, own_table  # noqa: PLC0415

    if args.rev or args.question:
        raise InputError("--calibrate judges no change: leave out REV and --question.")
    found = own_table.calibrate(args.calibrate, is_checked=not args.unchecked)
    if args.json:
        print(json.dumps(json_file.rounded(dataclasses.asdict(found.outcome)), indent=2))
    else:
        document = calibration_page.document(found)
        print((to_markdown if args.md else to_text)(document), end="")
    return PASSED


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("it should be a number of networks")
    return int(text)
