"""Write texts as fields of a CSV file.

A spreadsheet runs a text that begins like a formula, so such a text gets an apostrophe in front,
unless it is a number.

Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.shown import FORMULA, NUMBER

SPECIAL = '[",\r\n]'


Written: TypeAlias = Callable[[pa.Array], pa.Array]  # `fields`, with its option


def fields(texts: pa.Array, *, raw: bool = False) -> pa.Array:
    """Return texts as CSV fields, quoted where needed.

    Parameters
    ----------
    texts : pa.StringArray
    raw : bool
        Whether to leave texts that begin like a formula as they are.
    """
    if not raw:
        texts = _where(_is_formula(texts), pc.binary_join_element_wise("'", texts, ""), texts)
    special = pc.match_substring_regex(texts, SPECIAL)
    if not pc.any(special).as_py():
        return texts
    quoted = pc.binary_join_element_wise('"', pc.replace_substring(texts, '"', '""'), '"', "")
    return _where(special, quoted, texts)


def line(texts: Sequence[str], written: Written) -> str:
    """Return texts as one line of a CSV file."""
    return ",".join(written(pa.array(texts, pa.string())).to_pylist()) + "\n"


def _is_formula(texts: pa.Array) -> pa.Array:
    begins = pc.match_substring_regex(texts, FORMULA)
    return pc.and_not(begins, pc.match_substring_regex(texts, NUMBER))


def _where(condition: pa.Array, yes: pa.Array, no: pa.Array) -> pa.Array:
    return pc.if_else(condition, yes, no)
