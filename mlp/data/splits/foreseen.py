"""Refuse what the stage split would, before the stage load replaces an earlier dataset."""

import filecmp
from pathlib import Path

import pyarrow as pa

from mlp.core import disk, params_file, partial
from mlp.core.dataset import Columns
from mlp.data.params import Split


def check(params: Path, table: pa.Table, columns: Columns, written: Path) -> None:
    """Raise InputError if rows cannot be split, and an earlier dataset would be lost for them.

    Parameters
    ----------
    params : Path
        params.yaml. What it says of splits and folds decides no output of the stage load, so load
        does not run again for it: on the same rows the stage split refuses it.
    table : pa.Table
    columns : Columns
    written : Path
        The dataset as the stage load has written it, beside its place.
    """
    place = partial.place(written)
    with disk.named(place):
        if not place.exists() or filecmp.cmp(place, written, shallow=False):
            return
    from mlp.data.splits import splitting  # noqa: PLC0415 - slow, and needed for other rows alone
    from mlp.data.splits.folds import Folds  # noqa: PLC0415 - likewise

    (networks,) = params_file.values(params, "networks")
    is_searched = any(file != params_file.OWN for file in networks.values())
    folds = Folds.asked(params, is_searched=is_searched)
    splitting.positions(table, columns, params_file.read_section(params, "split", Split), folds)
