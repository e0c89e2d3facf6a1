"""Run a stage from the command line: named arguments, error sentences and exit codes."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from mlp.core import remedy
from mlp.core.errors import InputError, printable


def paths(
    doc: str | None,
    argv: Sequence[str] | None,
    reads: Sequence[str],
    writes: Sequence[str],
    words: Sequence[str] = (),
) -> argparse.Namespace:
    """Parse a stage's named arguments, all of them required.

    Parameters
    ----------
    doc : str
        The text that ``--help`` shows: the module's docstring.
    argv : sequence of str or None
        The arguments; None takes those of the process.
    reads, writes : sequence of str
        The names of input and output files. An output that ends in ``/`` is a folder, which exists
        from now on.
    words : sequence of str
        The names of arguments that are not paths.
    """
    parser = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    folders = [name.removesuffix("/") for name in writes if name.endswith("/")]
    output_files = [name for name in writes if not name.endswith("/")]
    kinds: list[tuple[Sequence[str], Callable[[str], Any], str]] = [
        (reads, Path, "PATH"),
        (output_files, _output, "FILE"),
        (folders, _folder, "FOLDER"),
        (words, str, "NAME"),
    ]
    for names, kind, metavar in kinds:
        for name in names:
            parser.add_argument(f"--{name}", type=kind, required=True, metavar=metavar)
    return parser.parse_args(argv)


def _output(text: str) -> Path:
    """Create the folder of an output, and return the path of the output."""
    path = Path(text)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _folder(text: str) -> Path:
    """Create a folder of outputs, and return its path."""
    path = Path(text)
    path.mkdir(parents=True, exist_ok=True)
    return path


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
