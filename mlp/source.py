"""Turn what a data source gives into a dataset, or refuse it in one sentence."""

import runpy
import traceback
from difflib import get_close_matches
from math import prod
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from mlp.command import InputError


def from_python(path: Path) -> pd.DataFrame:
    """Run a Python file and return the table that its ``load()`` returns.

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


def to_dataset(table: pd.DataFrame, target: str) -> pd.DataFrame:
    """Return the table as a dataset: float64 features, then the labels as text.

    Raises
    ------
    InputError
        If the target is not a column, two columns share a name, a feature holds anything but
        finite numbers, a label is missing, or there are fewer than two classes.
    """
    names = [str(name) for name in table.columns]
    if len(names) <= 1:
        found = ", ".join(names) or "none"
        raise InputError(f"there should be {target} and a feature column; there is {found}.")
    if target not in names:
        near = get_close_matches(target, names, n=3) or names[:3]
        raise InputError(f"load.target: there is no column {target}; there is {', '.join(near)}.")
    if twice := [name for name in names if names.count(name) > 1]:
        raise InputError(f"column {twice[0]} stands twice; every column should have its own name.")
    table = table.set_axis(names, axis="columns").reset_index(drop=True).rename_axis(index="row")
    labels = table.pop(target)
    _refuse(target, labels.isna().to_numpy(), "should hold a label in every row")
    texts = labels.astype(str)
    if len(texts.unique()) < len(labels.unique()):
        raise InputError(
            f"column {target} holds labels that are the same as text, such as 1 and '1'."
        )
    if len(texts.unique()) <= 1:
        raise InputError(f"column {target} should hold two classes or more.")
    for name in table.columns:
        _check_feature(name, table[name])
    return table.astype(np.float64).assign(**{target: texts})


def check_image(features: int, shape: list[int] | None) -> None:
    """Raise InputError unless pictures of this shape (rows, columns) have one pixel a feature."""
    if shape and prod(shape) != features:
        raise InputError(
            f"load.image_shape is {shape[0]} x {shape[1]} = {prod(shape)} pixels; "
            f"there are {features} features."
        )


def _check_feature(name: str, values: pd.Series) -> None:
    if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_complex_dtype(values):
        some = ", ".join(repr(value) for value in values.drop_duplicates().head(3))
        raise InputError(f"column {name} should hold numbers; it holds {some}.")
    finite = np.isfinite(values.to_numpy(dtype=np.float64, na_value=np.nan))
    _refuse(name, ~finite, "should hold a finite number in every row")


def _refuse(name: str, wrong: npt.NDArray[np.bool_], rule: str) -> None:
    if wrong.any():
        first = ", ".join(str(row) for row in np.flatnonzero(wrong)[:3])
        raise InputError(f"column {name} {rule}; {wrong.sum()} do not, first row {first}.")
