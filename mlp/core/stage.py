"""Run a stage from the command line: named arguments, error sentences and exit codes."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn, Protocol

from mlp.core import partial, remedy
from mlp.core.errors import InputError, printable

Stage = Callable[[argparse.Namespace], None]


class Main(Protocol):
    """Run a stage on named arguments; None takes those of the process."""

    def __call__(self, argv: Sequence[str] | None = None) -> None: ...


def entry(
    doc: str | None, reads: Sequence[str], writes: Sequence[str], words: Sequence[str] = ()
) -> Callable[[Stage], Main]:
    """Make a function of paths the ``main`` of a stage, which takes them as named arguments.

    The function writes each output where its argument says, which is beside its place: see
    `mlp.core.partial`. All outputs are put at their places once it returns.

    Parameters
    ----------
    doc : str
        The text that ``--help`` shows: the module's docstring.
    reads, writes : sequence of str
        The names of input and output files. An output that ends in ``/`` is a folder.
    words : sequence of str
        The names of arguments that are not paths.
    """

    def decorated(stage: Stage) -> Main:
        def main(argv: Sequence[str] | None = None) -> None:
            args = _parsed(doc, argv, reads, writes, words)
            folders = {name.removesuffix("/") for name in writes if name.endswith("/")}
            places = {name: vars(args)[name] for name in (w.removesuffix("/") for w in writes)}
            with partial.outputs(places, folders) as made:
                stage(argparse.Namespace(**vars(args) | made))

        return main

    return decorated


def _parsed(
    doc: str | None,
    argv: Sequence[str] | None,
    reads: Sequence[str],
    writes: Sequence[str],
    words: Sequence[str],
) -> argparse.Namespace:
    """Parse named arguments, all of them required; None takes those of the process."""
    parser = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds: list[tuple[Sequence[str], Callable[[str], Any], str]] = [
        (reads, Path, "PATH"),
        ([name for name in writes if not name.endswith("/")], Path, "FILE"),
        ([name.removesuffix("/") for name in writes if name.endswith("/")], Path, "FOLDER"),
        (words, str, "NAME"),
    ]
    for names, kind, metavar in kinds:
        for name in names:
            parser.add_argument(f"--{name}", type=kind, required=True, metavar=metavar)
    return parser.parse_args(argv)


def warn(sentences: Iterable[str]) -> None:
    """Write each sentence to stderr, as a warning."""
    for sentence in sentences:
        sys.stderr.write(f"warning: {printable(sentence)}\n")


def run(main: Callable[[], None]) -> NoReturn:
    """Run a stage and exit: 0 if it succeeds, 1 with a sentence on stderr, 130 on Ctrl-C."""
    try:
        main()
    except InputError as error:
        _refuse(str(error).splitlines())
    except OSError as error:
        sys.exit(f"error: {error.filename or 'input or output'}: {error.strerror or error}.")
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)


def _refuse(sentences: Sequence[str]) -> NoReturn:
    """Write sentences to stderr and what they say to set, as a command, to stdout; then exit."""
    sys.stderr.write("".join(f"error: {sentence}\n" for sentence in sentences))
    if command := remedy.command(sentences):
        sys.stdout.write(f"try: {command}\n")
    sys.exit(1)
