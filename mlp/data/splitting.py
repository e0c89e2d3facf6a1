"""Split a dataset into disjoint parts that together are the whole."""

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from sklearn.model_selection import GroupShuffleSplit, train_test_split

from mlp.core.dataset import GROUP, ROW, Columns, as_groups
from mlp.core.errors import InputError
from mlp.data import labels, suspicions
from mlp.data.column_names import missing
from mlp.data.params import Split

Positions: TypeAlias = npt.NDArray[np.int64]
SHOWN = 3


def part(table: pa.Table, columns: Columns, group: str | None, rows: Positions) -> pa.Table:
    """Return the rows at these positions: features, label, number in the table, and group."""
    kept = table.select([*columns.features, columns.target]).take(pa.array(rows))
    kept = kept.append_column(ROW, pa.array(rows, pa.int64()))
    if group:
        groups = as_groups(table[group])[rows]
        kept = kept.append_column(GROUP, pa.array(groups, pa.string()))
    return kept


def positions(table: pa.Table, columns: Columns, params: Split) -> tuple[Positions, Positions]:
    """Return the positions of the train rows, in the order networks see them, and of the test rows.

    By default both are those of `sklearn.model_selection.train_test_split`, the test rows sorted.
    With ``stratify`` each part has its share of every class. With ``group`` all rows of a group are
    in one part, and ``test_size`` is a share of the groups. With ``time`` the newest rows are the
    test rows; rows of the same time are not parted.

    Parameters
    ----------
    table : pa.Table
        The dataset, with all of its columns.
    columns : Columns
    params : Split

    Raises
    ------
    InputError
        If there is no such column to split by, or no such split: a part that is empty, a class
        with one row to stratify, a single group, a train part of one class.
    """
    rows, size, seed = len(table), params.test_size, params.seed
    try:
        if params.time:
            train, test = _by_time(_column(table, "time", params.time), params)
        elif params.group:
            groups = _groups(table, params.group)
            splitter = GroupShuffleSplit(n_splits=1, test_size=size, random_state=seed)
            train, test = next(splitter.split(groups, groups=groups))
        else:
            target = table[columns.target]
            strata = _strata(target) if params.stratify else None
            train, test = train_test_split(
                np.arange(rows), test_size=size, random_state=seed, stratify=strata
            )
    except ValueError as error:
        raise InputError(f"split.test_size is {size} of {rows} rows: {error}") from None
    return _checked(table[columns.target], train, params), np.sort(test)


def report(
    table: pa.Table, columns: Columns, params: Split, train: Positions, test: Positions
) -> dict[str, Any]:
    """Return what is to be known of a split: data/split.json, see docs/outputs.md."""
    hashes = suspicions.row_hashes({n: table[n] for n in [*columns.features, columns.target]})
    duplicates = suspicions.duplicates_across(hashes[train], hashes[test])
    target = table[columns.target]
    counts = [labels.counts(target.take(pa.array(rows))) for rows in (train, test)]
    return {
        "train_rows": len(train),
        "test_rows": len(test),
        "duplicates_across": duplicates,
        "warnings": dict(_warnings(duplicates, len(test), counts, columns, params)),
    }


def _checked(target: pa.ChunkedArray, train: Positions, params: Split) -> Positions:
    if len(pc.unique(target.take(pa.array(train)))) == 1:
        raise InputError(f"split.test_size is {params.test_size}: the train split holds one class.")
    return train


def _warnings(
    duplicates: int, rows: int, counts: list[dict[str, int]], columns: Columns, params: Split
) -> Iterator[tuple[str, str]]:
    if duplicates:
        yield (
            "duplicates_across",
            (
                f"{suspicions.share(duplicates, rows)} of the test split equal a row of the train "
                "split, so scores are too good; if a column tells which belong together, set "
                "split.group."
            ),
        )
    for i, (part, other) in enumerate((("train", "test"), ("test", "train"))):
        if absent := sorted(counts[1 - i].keys() - counts[i].keys()):
            named = ", ".join(f"'{label}'" for label in absent[:SHOWN])
            more = f" and {len(absent) - SHOWN} more" if len(absent) > SHOWN else ""
            yield (
                f"absent_from_{part}",
                (
                    f"class {named}{more} has no row in the {part} split, only in the {other} one; "
                    "split.stratify gives each part its share."
                ),
            )
    for way in ("group", "time"):
        name = getattr(params, way)
        if name in columns.features:
            yield (
                f"{way}_is_feature",
                (
                    f"'{name}', by which split.{way} splits, is a feature too; add it to load.drop "
                    "unless the network should see it."
                ),
            )


def _column(table: pa.Table, key: str, name: str) -> pa.ChunkedArray:
    if name not in table.column_names:
        raise InputError(f"split.{key}: {missing(name, table.column_names)}")
    column = table[name]
    if gaps := column.null_count:
        row = pc.index(pc.is_null(column), True).as_py()
        raise InputError(
            f"column '{name}', which split.{key} names, is empty in {gaps} rows, first row {row}."
        )
    return column


def _groups(table: pa.Table, name: str) -> npt.NDArray[np.object_]:
    groups = as_groups(_column(table, "group", name))
    if len(set(groups)) == 1:
        raise InputError(
            f"column '{name}', which split.group names, holds one group; it should hold several."
        )
    return groups


def _strata(target: pa.ChunkedArray) -> npt.NDArray[np.object_]:
    counts = labels.counts(target)
    label = min(counts, key=lambda label: counts[label])
    if counts[label] == 1:
        raise InputError(
            f"split.stratify is true, but class '{label}' has one row; each part needs one."
        )
    strata: npt.NDArray[np.object_] = target.to_numpy().astype(object)
    return strata


def _by_time(column: pa.ChunkedArray, params: Split) -> tuple[Positions, Positions]:
    if not (pa.types.is_temporal(column.type) or _is_number(column.type)):
        value = column[0].as_py()
        raise InputError(
            f"column '{params.time}', which split.time names, should hold numbers or times such as "
            f"2026-01-31 or 2026-01-31 10:00:00; it holds '{value}'."
        )
    times = column.to_numpy()
    order = np.argsort(times, kind="stable")
    first = len(times) - int(np.ceil(len(times) * params.test_size))
    border = times[order[first]]
    is_test = times >= border
    if is_test.all():
        raise InputError(
            f"split.time: the rows of column '{params.time}' from {border} on are more than "
            "split.test_size, and there is no earlier one to learn from."
        )
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))
