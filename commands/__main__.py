"""The command line `mlp`: new, compare, report, gate, cache, predict, explain, verify, repair."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from mlp.core import place
from mlp.core.errors import InputError
from mlp.core.shown import in_terminal

COMMANDS = {
    "new": "make a project of your own, for a CSV or Parquet file",
    "compare": "compare this workspace with an earlier revision: is a difference shown?",
    "report": "show the report with what changed since an earlier revision, and the gate's verdict",
    "gate": "judge this workspace by the rules of the section gate in params.yaml",
    "cache": "show the remembered fits of the search, or delete them",
    "predict": "predict labels and probabilities for the rows of a CSV or Parquet file",
    "explain": "tell which stages a change reruns, and why the pending ones would run",
    "verify": "rebuild from scratch and compare with the committed results",
    "repair": "mend what a killed run left behind: lock files, locks, partial files",
}
STOPPED = 141  # the exit code of a Unix tool that SIGPIPE ends: 128 + 13
PROBLEM = 2  # the exit code of wrong usage, and of a question that cannot be answered


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code: 0 yes, 1 no, 2 cannot judge or wrong usage."""
    args = _parsed(sys.argv[1:] if argv is None else list(argv))
    args.here = Path.cwd()
    try:
        if not args.anywhere:
            os.chdir(place.project())
        code: int = args.run(args)
        if sys.stdout:
            sys.stdout.flush()
    except InputError as error:
        return _problem(str(error), args.refused)
    except BrokenPipeError:  # for example `mlp compare | head`
        _discard_stdout()
        return STOPPED
    except OSError as error:
        sentence = f"{error.filename or 'input or output'}: {error.strerror or error}."
        return _problem(sentence, args.refused)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if not _is_of_dvc(error):
            raise
        return _problem(" ".join(str(error).split()))
    return code


def _parsed(words: list[str]) -> argparse.Namespace:
    """Parse the command line; only the module of the named command is imported, to save time."""
    parser = argparse.ArgumentParser(
        prog="mlp", description="Compare, judge, verify and use the results of the pipeline."
    )
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        subparser = subparsers.add_parser(
            name, help=summary, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if words[:1] == [name]:
            module = importlib.import_module(f"commands.{name}")
            subparser.description = module.__doc__
            module.arguments(subparser)
            subparser.set_defaults(
                run=module.run,
                refused=getattr(module, "REFUSED", PROBLEM),
                anywhere=getattr(module, "ANYWHERE", False),
            )
    return parser.parse_args(words)


def _discard_stdout() -> None:
    """Drop what was not written, which Python would try again, and complain of, at its exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _is_of_dvc(error: Exception) -> bool:
    """Return whether DVC raised this, because it cannot read the project."""
    exceptions = sys.modules.get("dvc.exceptions")  # not imported where DVC was not needed
    return exceptions is not None and isinstance(error, exceptions.DvcException)


def _problem(sentences: str, code: int = PROBLEM) -> int:
    for sentence in sentences.splitlines():
        sys.stderr.write(f"error: {in_terminal(sentence)}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
