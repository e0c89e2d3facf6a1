"""Describe a dataset: its columns with their kinds, ranges and gaps, its labels, its oddities."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.dataset import Columns
from mlp.data import column_names, columns, duplicates, labels, leaks
from mlp.data.columns import Features
from mlp.data.params import Load

CATEGORIES = 100  # of a column, the commonest, that are listed
SIGNIFICANT = 12  # digits that a number keeps

Schema = dict[str, Any]  # the content of data/schema.json


def dataset(table: pa.Table, params: Load) -> tuple[pa.Table, Columns, Schema]:
    """Return a source's table as a dataset, what its columns are, and its schema.

    Parameters
    ----------
    table : pa.Table
        The raw columns: see `mlp.data.source.read`.
    params : Load

    Returns
    -------
    table : pa.Table
        The features as floats and strings, the label as text, and what load.drop names as it was.
    columns : Columns
    schema : dict
        See docs/outputs.md, data/schema.json.

    Raises
    ------
    InputError
        If a network cannot learn from the table: see `mlp.data.columns` and `mlp.data.labels`.
    """
    column_names.check(table.column_names, params)
    texts = labels.as_text(params.target, table[params.target])
    found = columns.find(table, params)
    columns.check_image(len(found.numbers), list(found.texts), params.image_shape)
    kinds = Columns(params.target, list(found.numbers), list(found.texts), params.impute)
    kept = {name: table[name] for name in params.drop}
    whole = pa.table({**found.numbers, **found.texts, **kept, params.target: texts})
    return whole, kinds, _schema(found, texts, params)


def _schema(found: Features, texts: pa.ChunkedArray, params: Load) -> Schema:
    features = {**found.numbers, **found.texts}
    repeats, contradicting = duplicates.repeated(
        duplicates.row_hashes(features), duplicates.row_hashes({params.target: texts})
    )
    leaking = list(leaks.find(features, texts))
    counts = labels.counts(texts)
    return {
        "rows": len(texts),
        "target": params.target,
        "dtype": params.dtype,
        "impute": params.impute,
        "labels": counts,
        "numbers": {name: _of_numbers(column) for name, column in found.numbers.items()},
        "texts": {name: _of_texts(column) for name, column in found.texts.items()},
        "dropped": found.dropped,
        "duplicate_rows": repeats,
        "contradicting_rows": contradicting,
        "warnings": {
            **found.warnings,
            **dict(labels.warnings(params.target, list(counts))),
            **dict(duplicates.warnings(len(texts), contradicting)),
            **dict(leaks.warnings(leaking, params.target)),
        },
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
