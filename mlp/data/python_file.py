"""Run a data source written in Python, in a process of its own.

That process may end at any time and with any exit code, by os._exit(0) or in a library. The stage
load outlives it, and so never takes an earlier dataset for what the source gave.

``python -m mlp.data.python_file SOURCE FOLDER OPTIONS`` writes the table, or a sentence on what is
wrong, to the folder. OPTIONS is JSON: the dropped columns, and the texts that mark gaps.
"""

import mlp.core.start  # noqa: F401 - pins the kernels, which must come before NumPy

# isort: split
import json
import os
import runpy
import signal
import subprocess
import sys
import traceback
from collections.abc import Collection, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa

from mlp.core import temporary
from mlp.core.errors import InputError
from mlp.data import frame

TABLE, SENTENCE = "table.arrow", "sentence.txt"
INTERRUPTED = 130  # exit code


def read(path: Path, dropped: Sequence[str], missing: Sequence[str]) -> pa.Table:
    """Return the table of the DataFrame that a file's ``load()`` returns.

    Parameters
    ----------
    path : Path
    dropped, missing : sequence of str
        See `mlp.data.frame.as_table`.

    Raises
    ------
    InputError
        If the file or its ``load()`` raises or ends the process, or does not return a DataFrame of
        usable columns.
    """
    options = json.dumps({"dropped": list(dropped), "missing": list(missing)})
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with temporary.folder() as folder:
        table, sentence = folder / TABLE, folder / SENTENCE
        command = [sys.executable, "-m", "mlp.data.python_file", str(path), str(folder), options]
        code = subprocess.run(  # noqa: S603 - a list of arguments: no shell reads them
            command, env=env, check=False
        ).returncode
        if code == INTERRUPTED:
            raise KeyboardInterrupt
        if sentence.exists():
            raise InputError(*sentence.read_text(encoding="utf-8").split("\n"))
        if code or not table.exists():
            raise InputError(
                f"{path} ended the process{_way(code)}; load() should return a DataFrame."
            )
        with pa.OSFile(str(table)) as file:
            return pa.ipc.open_file(file).read_all()


def loaded(path: Path) -> pd.DataFrame:
    """Run a Python file in this process, and return the DataFrame that its ``load()`` returns.

    Raises
    ------
    InputError
        If the file or its ``load()`` raises, or if ``load()`` does not return a DataFrame.
    """
    try:
        namespace = runpy.run_path(str(path))
        table = namespace["load"]() if "load" in namespace else None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - the user's code raises what it likes
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == str(path)]
        where = f"{path}, line {lines[-1]}" if lines else str(path)
        raise InputError(f"{where}: {type(error).__name__}: {error}") from None
    if table is None:
        raise InputError(f"{path} should define load(), which returns a DataFrame.")
    if not isinstance(table, pd.DataFrame):
        raise InputError(f"{path}: load() should return a DataFrame, not {type(table).__name__}.")
    return table


def _way(code: int) -> str:
    """Return how a process ended, by its exit code."""
    if code < 0:
        return f" by the signal {signal.Signals(-code).name}"
    return f" with exit code {code}"


def _write(path: Path, folder: Path, dropped: Collection[str], missing: Collection[str]) -> None:
    try:
        table = frame.as_table(loaded(path), dropped, missing)
    except InputError as error:
        (folder / SENTENCE).write_text(str(error), encoding="utf-8")
        return
    unfinished = folder / "unfinished"
    with pa.OSFile(str(unfinished), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)
    unfinished.rename(folder / TABLE)


def main(argv: Sequence[str]) -> None:
    path, folder, options = argv
    try:
        _write(Path(path), Path(folder), **json.loads(options))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main(sys.argv[1:])
