"""Read the table of a new project, and decide what params.yaml is to say of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from mlp.core import disk, params_file, task
from mlp.core.dataset import Columns
from mlp.core.errors import InputError, listed
from mlp.data import column_names, csv_file, file_kind, parquet_file, profile, source
from mlp.data.csv_format import Format
from mlp.data.params import Load, Split
from mlp.data.splits import splitting
from mlp.data.splits.folds import Folds
from mlp.new import csv_guess, decisions, task_guess, template

FOLDS = [(3, 5), (2, 5), (2, 3), (2, 2)]  # of the search and of crossval; the last is the least


@dataclass(frozen=True)
class Table:
    """A table that a network can learn from.

    Attributes
    ----------
    params : dict of str to any
        The keys of params.yaml that describe it, dotted, such as ``load.drop``.
    schema : dict
        See docs/outputs.md, data/schema.json.
    train_rows : int
    notes : list of str
        What was decided, and why; sentences.
    """

    params: dict[str, Any]
    schema: dict[str, Any]
    train_rows: int
    notes: list[str] = field(default_factory=list)

    @property
    def task(self) -> str:
        """Whether it is a classification or a regression."""
        return str(self.params["load.task"])

    @property
    def rows(self) -> int:
        """The number of rows."""
        return int(self.schema["rows"])

    @property
    def inputs(self) -> int:
        """The most inputs that a network can have: numbers, and texts and their gaps, one-hot."""
        most: int | None = self.params.get("load.max_categories")
        texts: list[int] = [
            column["categories"] + bool(column["missing"])
            for column in self.schema["texts"].values()
        ]
        return len(self.schema["numbers"]) + sum(min(n, most) if most else n for n in texts)


def names(path: Path, given: Mapping[str, Any]) -> list[str]:
    """Return the names of the columns of a file.

    Parameters
    ----------
    path : Path
    given : mapping of str to any
        Keys of params.yaml that somebody chose, dotted.

    Raises
    ------
    InputError
        If it has no such names, or a key has a wrong value.
    """
    with disk.named(path):
        if path.suffix == ".parquet":
            file_kind.check(path)
            with parquet_file.reading(path):
                return list(pq.read_schema(path).names)
        form = {**csv_guess.guess(path), **_section(given, "load")}
        keys = ("delimiter", "decimal", "encoding")
        committed = params_file.parse(template.HERE / "params.yaml").get("load") or {}
        params = _load(committed, {key: form[key] for key in keys if key in form})
        return csv_file.header(path, Format(params.delimiter, params.decimal, params.encoding))


def examine(committed: Mapping[str, Any], given: Mapping[str, Any]) -> Table:
    """Read the file that load.source names, and decide what nobody chose.

    Parameters
    ----------
    committed : mapping
        The content of the params.yaml to change.
    given : mapping of str to any
        Keys that somebody chose, dotted: load.source, load.target and any others.

    Raises
    ------
    InputError
        If a network cannot learn from the table.
    """
    notes: list[str] = []
    chosen = {"image_shape": None, **_section(given, "load")}
    if not chosen["source"].endswith(".parquet"):
        guessed = csv_guess.guess(Path(chosen["source"]))
        notes += [f"load.{key} is {value!r}, by the file." for key, value in guessed.items()]
        chosen = guessed | chosen
    raw, chosen = _read(committed["load"], chosen, notes)
    for key, value, reason in decisions.of_columns(
        raw, _load(committed["load"], chosen), set(_section(given, "load")), _parting(given)
    ):
        chosen[key] = value
        notes.append(f"load.{key} is {_shown(value)}: {reason}.")
    table, columns, schema = profile.dataset(raw, _load(committed["load"], chosen))
    split, train_rows = _split(table, columns, committed, given)
    params = {f"load.{key}": value for key, value in chosen.items()} | split
    return Table(params, schema, train_rows, [*notes, *schema["warnings"].values()])


def _read(
    committed: Mapping[str, Any], chosen: dict[str, Any], notes: list[str]
) -> tuple[pa.Table, dict[str, Any]]:
    """Return the raw columns, and the keys of load with the task, which is guessed if need be."""
    kind = chosen.get("task")
    raw = source.read(_load(committed, {"task": task.REGRESSION, **chosen}))
    column_names.check(raw.column_names, _load(committed, {"task": task.REGRESSION, **chosen}))
    if kind is None:
        kind, reason = task_guess.guess(raw[chosen["target"]])
        notes.append(f"load.task is {kind}: '{chosen['target']}' {reason}.")
    chosen = {**chosen, "task": kind}
    part = task.part("mlp.data", kind)
    if part.IS_TEXT:  # labels stay as they are written
        raw = source.read(_load(committed, chosen))
    decimal = _load(committed, chosen).decimal_sign
    part.target(chosen["target"], raw[chosen["target"]], decimal)
    return raw, chosen


def _split(
    table: pa.Table, columns: Columns, committed: Mapping[str, Any], given: Mapping[str, Any]
) -> tuple[dict[str, Any], int]:
    """Return the keys of the first split and folds that the table allows, and the train rows."""
    refused: InputError | None = None
    for keys in _ways(given):
        content = {**committed["split"], **_section(keys, "split")}
        params = params_file.validated("params.yaml", ("split",), content, Split)
        folds = Folds(keys["search.cv"], keys["crossval.folds"])
        try:
            train, _ = splitting.positions(table, columns, params, folds)
        except InputError as error:
            refused = error
        else:
            return keys, len(train)
    raise refused or InputError("the table cannot be split.")


def _ways(given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield splits and folds, the best first."""
    is_other = bool(given.get("split.group") or given.get("split.time"))
    for search, crossval in FOLDS:
        for stratify in (False,) if is_other else (True, False):
            folds = {"search.cv": search, "crossval.folds": crossval}
            chosen = {key: value for key, value in given.items() if key.startswith("split.")}
            own = {key: value for key, value in given.items() if key in folds}
            yield {"split.stratify": stratify, **folds, **chosen, **own}


def _parting(given: Mapping[str, Any]) -> dict[str, str]:
    """Return the columns to split by, each under its key of the section split."""
    split = _section(given, "split")
    return {key: split[key] for key in ("group", "time") if isinstance(split.get(key), str)}


def _load(committed: Mapping[str, Any], chosen: Mapping[str, Any]) -> Load:
    return params_file.validated("params.yaml", ("load",), {**committed, **chosen}, Load)


def _section(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the keys of a section, without its name."""
    start = f"{name}."
    return {key[len(start) :]: value for key, value in given.items() if key.startswith(start)}


def _shown(value: Any) -> str:
    return f"[{listed(value)}]" if isinstance(value, list) else str(value)
