"""Guess from its column whether a target is to be classified or regressed."""

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import counted
from mlp.core.task import CLASSIFICATION, REGRESSION
from mlp.data.kinds import is_number
from mlp.data.labels import FEW_ROWS, MOST_VALUES


def guess(column: pa.ChunkedArray) -> tuple[str, str]:
    """Return the task and the reason, which ends a sentence.

    Parameters
    ----------
    column : ChunkedArray
        The target, with the type that its values have.
    """
    if not is_number(column.type) or pa.types.is_boolean(column.type):
        return CLASSIFICATION, "holds no numbers"
    values = column.drop_null().cast(pa.float64(), safe=False)
    distinct = pc.unique(values)
    if pc.any(pc.not_equal(distinct, pc.floor(distinct))).as_py():
        return REGRESSION, "holds numbers with decimals"
    held = f"holds {counted(len(distinct), 'distinct whole number')} in {len(column)} rows"
    is_few = len(distinct) <= MOST_VALUES and len(values) >= FEW_ROWS * len(distinct)
    return (CLASSIFICATION if is_few else REGRESSION), held
