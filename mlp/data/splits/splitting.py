"""Split a dataset into a train and a test part, which share no row and leave none out."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from sklearn.model_selection import GroupShuffleSplit, train_test_split

from mlp.core import task
from mlp.core.dataset import Columns
from mlp.core.dataset_file import GROUP, ROW, as_groups
from mlp.core.errors import InputError, counted
from mlp.data import duplicates
from mlp.data.params import Split
from mlp.data.splits import split_time
from mlp.data.splits.folds import Folds
from mlp.data.splits.split_column import Positions, check_column, check_gaps
from mlp.data.splits.split_warnings import unknown_texts, warnings
from mlp.data.wide_integers import EXACT


def part(table: pa.Table, columns: Columns, group: str | None, rows: Positions) -> pa.Table:
    """Return the rows at these positions: features, label, row number in the table, and group."""
    kept = table.select([*columns.features, columns.target]).take(pa.array(rows))
    kept = kept.append_column(ROW, pa.array(rows, pa.int64()))
    if group:
        groups = as_groups(table[group])[rows]
        kept = kept.append_column(GROUP, pa.array(groups, pa.string()))
    return kept


def positions(
    table: pa.Table, columns: Columns, params: Split, folds: Folds | None = None
) -> tuple[Positions, Positions]:
    """Return the positions of the train rows, in the order networks see them, and of the test rows.

    By default both are those of `sklearn.model_selection.train_test_split`, with the test rows
    sorted. With ``stratify`` each part has its share of every class, or of
    every tenth of the numbers. With ``group`` all rows of a
    group are in one part, and ``test_size`` is a share of the groups. With ``time`` the newest rows
    are the test rows, and rows of the same time stay together.

    Parameters
    ----------
    table : pa.Table
        The dataset, with all of its columns.
    columns : Columns
    params : Split
    folds : Folds, optional
        How the rows will be folded.

    Raises
    ------
    InputError
        If there is no such column to split by, or the split is impossible: a part would be empty, a
        class has one row to stratify, there is a single group, or the train part has one class, or
        one number in every row; or if there are too few rows or groups for the folds.
    """
    target = table[columns.target]
    try:
        train, test = _parts(table, target, params)
    except ValueError as error:
        size = f"split.test_size is {params.test_size} of {counted(len(table), 'row')}"
        raise InputError(f"{size}: {error}") from None
    _part(target).check_train(target.take(pa.array(train)), params.test_size)
    if folds:
        groups = table[params.group] if params.group else None
        folds.check(target, groups, train)
    return train, np.sort(test)


def report(
    table: pa.Table, columns: Columns, params: Split, train: Positions, test: Positions
) -> dict[str, Any]:
    """Return the content of data/split.json: see docs/outputs.md."""
    hashes = duplicates.row_hashes({n: table[n] for n in [*columns.features, columns.target]})
    across = duplicates.across(hashes[train], hashes[test])
    target = table[columns.target]
    parts = [pa.array(rows) for rows in (train, test)]
    texts = table.select(columns.texts)
    oddities = [
        *_part(target).split_warnings(*(target.take(rows) for rows in parts)),
        *unknown_texts(*(texts.take(rows) for rows in parts)),
    ]
    return {
        "train_rows": len(train),
        "test_rows": len(test),
        "duplicates_across": across,
        "warnings": dict(warnings(across, len(test), oddities, columns, params)),
    }


def _part(target: pa.ChunkedArray) -> Any:
    is_text = pa.types.is_string(target.type)
    return task.part("mlp.data", task.CLASSIFICATION if is_text else task.REGRESSION)


def _parts(table: pa.Table, target: pa.ChunkedArray, params: Split) -> tuple[Positions, Positions]:
    """Split by the way that params choose; ValueError if scikit-learn finds it impossible."""
    size, seed = params.test_size, params.seed
    if params.time:
        return split_time.parts(table, params.time, params.test_size)
    if params.group:
        groups = _groups(table, params.group)
        splitter = GroupShuffleSplit(n_splits=1, test_size=size, random_state=seed)
        train, test = next(splitter.split(groups, groups=groups))
    else:
        strata = _part(target).strata(target) if params.stratify else None
        rows = np.arange(len(table))
        train, test = train_test_split(rows, test_size=size, random_state=seed, stratify=strata)
    return train, test


def _groups(table: pa.Table, name: str) -> npt.NDArray[np.object_]:
    check_column(table, "group", name)
    column = table[name]
    is_gap = pc.is_null(column, nan_is_null=True)
    if pa.types.is_string(column.type):
        is_gap = pc.or_kleene(is_gap, pc.equal(pc.utf8_trim_whitespace(column), ""))
    check_gaps(is_gap, "group", name)
    if pa.types.is_floating(column.type) and pc.max(pc.abs(column)).as_py() > EXACT:
        raise InputError(
            f"column '{name}', which split.group names, holds numbers beyond 2^53 as floats, which "
            "does not keep groups apart; store them as integers or texts, and add it to load.drop."
        )
    groups = as_groups(column)
    if len(set(groups)) == 1:
        raise InputError(
            f"column '{name}', which split.group names, holds only one group; it should hold "
            "several."
        )
    return groups
