"""Consecutive rows of a file to predict."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Consecutive rows.

    Attributes
    ----------
    table : pa.Table
        The columns of the features.
    carried : sequence of pa.StringArray
        The columns that the output repeats.
    first : int
        The number of the first row in the file, from 0.
    position : int
        The bytes of the file that were read so far.
    """

    table: pa.Table
    carried: Sequence[pa.Array]
    first: int
    position: int
