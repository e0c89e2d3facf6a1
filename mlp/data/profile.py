"""Describe a dataset: its columns with their kinds, ranges and gaps, its labels, its oddities."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core import task
from mlp.core.dataset import Columns
from mlp.data import column_names, columns, declared, duplicates, gaps, labels
from mlp.data.columns import Features
from mlp.data.params import Load

CATEGORIES = 100  # the commonest of a column are listed, up to this many
SIGNIFICANT = 12  # digits that a number keeps

Schema = dict[str, Any]  # the content of data/schema.json


def dataset(table: pa.Table, params: Load) -> tuple[pa.Table, Columns, Schema]:
    """Return a source's table as a dataset, the roles of its columns, and its schema.

    Parameters
    ----------
    table : pa.Table
        The raw columns: see `mlp.data.source.read`.
    params : Load

    Returns
    -------
    table : pa.Table
        The features as floats and strings, the target as strings or float64, the columns in
        load.drop as they were, and those of dates as timestamp[us].
    columns : Columns
    schema : dict
        See docs/outputs.md, data/schema.json.

    Raises
    ------
    InputError
        If a network cannot learn from the table: see `mlp.data.columns` and `mlp.data.target`.
    """
    column_names.check(table.column_names, params)
    table = gaps.in_table(table, params.gaps)
    part = task.part("mlp.data", params.task)
    target = part.target(params.target, table[params.target], params.decimal_sign)
    table = declared.with_times(table, params)
    features = columns.find(declared.features(table, params), params)
    columns.check_image(len(features.numbers), list(features.texts), params.image_shape)
    roles = Columns(
        params.target,
        list(features.numbers),
        list(features.texts),
        params.impute,
        params.max_categories if features.texts else None,
        declared.of(params),
        params.gaps or None,
        params.image_shape,
    )
    kept = {name: table[name] for name in (*params.drop, *params.dates)}
    whole = pa.table({**features.columns, **kept, params.target: target})
    return whole, roles, _schema(features, target, params)


def _schema(features: Features, target: pa.ChunkedArray, params: Load) -> Schema:
    most = params.max_categories if features.texts else None
    part = task.part("mlp.data", params.task)
    repeats, contradicting = duplicates.repeated(
        duplicates.row_hashes(features.columns), duplicates.row_hashes({params.target: target})
    )
    oddities = part.warnings(params.target, target, features, contradicting)
    return {
        "source": params.source,
        "target": params.target,
        "image_shape": params.image_shape,
        "dtype": params.dtype,
        "impute": params.impute,
        **({} if most is None else {"max_categories": most}),
        **({"missing_texts": params.gaps} if params.missing else {}),
        **declared.of(params).as_json(),
        "rows": len(target),
        **part.described(target),
        "numbers": {name: _of_numbers(column) for name, column in features.numbers.items()},
        "texts": {name: _of_texts(column) for name, column in features.texts.items()},
        "dropped": features.dropped,
        "duplicate_rows": repeats,
        "contradicting_rows": contradicting,
        "warnings": {**dict(features.warnings(params.max_categories)), **dict(oddities)},
    }


def _of_numbers(column: pa.ChunkedArray) -> dict[str, Any]:
    extremes = pc.min_max(column)
    return {
        "min": _short(extremes["min"].as_py()),
        "max": _short(extremes["max"].as_py()),
        "mean": _short(pc.mean(column.cast(pa.float64())).as_py()),
        "missing": column.null_count,
    }


def _of_texts(column: pa.ChunkedArray) -> dict[str, Any]:
    counts = labels.counts(column.drop_null())
    commonest = sorted(counts, key=lambda text: (-counts[text], text))[:CATEGORIES]
    return {
        "categories": len(counts),
        "commonest": {text: counts[text] for text in commonest},
        "missing": column.null_count,
    }


def _short(value: float) -> float:
    return float(f"{value:.{SIGNIFICANT}g}")
