"""Predict the labels or numbers of the rows of FILE, a CSV or Parquet file.

FILE has the columns of the training, which are matched by name. The output is a CSV file of row
(its number in FILE, from 0), predicted and, for labels, probability_LABEL for each. FILE is read in
batches, so it may be larger than memory. Its delimiter, decimal sign and encoding are those of the
section load of params.yaml, unless an option says otherwise. Exit code: 0, 1 if FILE or the model
is refused, 2 on wrong usage.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from mlp.core import files, params_file
from mlp.core.errors import InputError
from mlp.core.predictions import UNCALIBRATED
from mlp.core.progress import progress
from mlp.core.stage import warn
from mlp.data.csv_format import Format
from mlp.data.params import Load
from mlp.history.snapshot import PARAMS
from mlp.model import saved
from mlp.predict import predictions
from mlp.predict.drift import Drift

REFUSED = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument(
        "-o", "--output", metavar="OUT", type=Path, help="the file to write; stdout without it"
    )
    parser.add_argument(
        "--model",
        metavar="NAME",
        help="a network of params.yaml, by default the one of gate.model, or an ONNX file",
    )
    for key, meaning in {
        "delimiter": "the character between fields",
        "decimal": "the decimal sign, . or a comma",
        "encoding": "the encoding of the text",
    }.items():
        parser.add_argument(f"--{key}", help=f"{meaning} in a CSV file")


def run(args: argparse.Namespace) -> int:
    path = args.here / args.file
    network = saved.load(_model(args.here, args.model))
    form = _format(args)
    drift = Drift()
    size = path.stat().st_size or 1
    with _output(args.here, args.output, path) as out, progress(size, sys.stderr) as show:

        def say(rows: int, position: int) -> None:
            show(position, f"{rows:,} rows predicted")

        for i, table in enumerate(predictions.tables(path, network, form, drift, say)):
            files.write_csv(table, out, network.decimals, header=i == 0)
    warn(drift.sentences(network))
    if "class_weight" in network.training["arguments"]:
        sys.stderr.write(f"note: {UNCALIBRATED}\n")
    return 0


def _model(here: Path, name: str | None) -> Path:
    """Return the path of a model: an ONNX file, or that of a network."""
    path = here / name if name and name.endswith(".onnx") else _of_network(name)
    if not path.is_file():
        raise InputError(f"{path} is missing; `dvc repro` makes it, and `dvc pull` fetches it.")
    return path


def _of_network(name: str | None) -> Path:
    params = params_file.parse(Path(PARAMS))
    networks, gate = params.get("networks"), params.get("gate")
    if not isinstance(networks, dict) or not isinstance(gate, dict):
        raise InputError(f"{PARAMS} should have the sections networks and gate.")
    network = gate.get("model") if name is None else name
    if network not in networks:
        known = [str(known) for known in networks]
        guess = params_file.guess(network, known)
        raise InputError(f"'{network}' is not a network of {PARAMS} or an ONNX file{guess}")
    return Path("data/models") / str(network) / "model.onnx"


def _format(args: argparse.Namespace) -> Format:
    """Return the format of the file, after checking the options by the schema of params.yaml."""
    load = params_file.parse(Path(PARAMS)).get("load")
    keys = ("delimiter", "decimal", "encoding")
    given = {key: getattr(args, key) for key in keys if getattr(args, key) is not None}
    content = {**load, **given} if isinstance(load, dict) else load
    params = params_file.validated(f"{PARAMS} and the options", ("load",), content, Load)
    return Format(params.delimiter, params.decimal, params.encoding)


@contextmanager
def _output(here: Path, output: Path | None, file: Path) -> Iterator[TextIO]:
    """Yield a file to write, which replaces the output once it is complete."""
    if output is None:
        yield sys.stdout
        return
    path = here / output
    if path.is_dir() or not path.parent.is_dir():
        raise InputError(f"{output} should be a file in an existing folder.")
    if path.exists() and path.samefile(file):
        raise InputError(f"{output} is the file to predict; name another.")
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with partial.open("w", encoding="utf-8", newline="") as out:
            yield out
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
