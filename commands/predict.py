"""Predict the labels or numbers of the rows of FILE, a CSV or Parquet file.

FILE has the columns of the training, which are matched by name. It is a file whose name ends in
.csv, .csv.gz or .parquet, or a pipe, or - for stdin, with CSV that may be compressed by gzip. It is
read in batches, so it may be larger than memory. Its delimiter, decimal sign and encoding are those
of the section load of params.yaml, unless an option says otherwise.

The output is a CSV file in UTF-8 of row (the row's number in FILE, from 0), the columns that
--columns names, predicted and, for labels, probability_LABEL for each. OUT is replaced once all
rows are predicted; a pipe or a device is written to; a link is refused. Spreadsheets run a text
that begins with = + - @, a tab or a line break, so such a text gets an apostrophe in front, unless
it is a number; --raw-text leaves it out.

Exit code: 0, 1 if FILE, OUT or the model is refused, 2 on wrong usage.
"""

import argparse
import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mlp.core import numerics, output, params_file
from mlp.core.predictions import UNCALIBRATED
from mlp.core.progress import Say, progress
from mlp.core.stage import warn
from mlp.data.csv_format import Format
from mlp.data.params import Load
from mlp.history import as_recorded
from mlp.history.snapshot import PARAMS, workspace
from mlp.predict import input_file, model_file, options, place, predictions
from mlp.predict.drift import Drift
from mlp.predict.input_file import Input
from mlp.predict.predictions import Layout

REFUSED = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a CSV or Parquet file; - is stdin")
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        default=output.STDOUT,
        help="the file to write; without it, and for -, stdout",
    )
    parser.add_argument(
        "--columns",
        metavar="A,B",
        type=_names,
        action="append",
        default=[],
        help="columns of FILE to repeat in the output, after row; may be given several times",
    )
    parser.add_argument(
        "--raw-text",
        action="store_true",
        help="write texts that begin like a formula as they are, without the apostrophe",
    )
    parser.add_argument(
        "--model",
        metavar="NAME",
        help="a network of params.yaml, by default the one of gate.model, or an ONNX file",
    )
    parser.add_argument(
        "--unchecked",
        action="store_true",
        help="use the model even if it is not the one that dvc.lock records",
    )
    for key, meaning in options.OPTIONS.items():
        parser.add_argument(f"--{key}", help=f"{meaning} in a CSV file")


def run(args: argparse.Namespace) -> int:
    numerics.keep_memory()
    model = place.of(args.here, args.model)
    if not args.unchecked:
        as_recorded.check(workspace(), model)
    network = model_file.load(model)
    form = _format(args)
    carried = [name for names in args.columns for name in names]
    layout = Layout(carried, args.raw_text)
    drift = Drift()
    with (
        options.named(),
        input_file.opened(args.file, args.here, form.encoding) as source,
        output.opened(args.output, args.here, _kept(source, model)) as write,
        _progress(source) as show,
    ):
        for lines in predictions.lines(source, network, form, drift, layout):
            write(lines.text)
            show(lines.position, f"{lines.rows:,} rows predicted")
    warn(drift.sentences(network))
    if "class_weight" in network.training["arguments"]:
        sys.stderr.write(f"note: {UNCALIBRATED}\n")
    return 0


def _kept(source: Input, model: Path) -> dict[str, Path | None]:
    """Return files that the output must not replace, by what they are."""
    return {"file to predict": source.path, "model": model}


def _names(text: str) -> list[str]:
    """Return the names in a line of a CSV file."""
    return next(csv.reader([text]), [])


@contextmanager
def _progress(source: Input) -> Iterator[Say]:
    """Yield a function that shows the progress; it does nothing for a pipe, which may never end."""
    if source.path is None:
        yield lambda _done, _text: None
        return
    with progress(source.path.stat().st_size, sys.stderr) as show:
        yield show


def _format(args: argparse.Namespace) -> Format:
    """Return the format of the file, after checking the options by the schema of params.yaml."""
    load = params_file.parse(Path(PARAMS)).get("load")
    given = {key: value for key in options.OPTIONS if (value := getattr(args, key)) is not None}
    content = {**load, **given} if isinstance(load, dict) else load
    params = params_file.validated(f"{PARAMS} and the options", ("load",), content, Load)
    return Format(params.delimiter, params.decimal, params.encoding)
