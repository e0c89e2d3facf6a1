"""Count the inputs that columns of text become, and refuse more than a network can use."""

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.errors import InputError, counted, listed

MANY = 1000  # inputs of a column above which they make a network doubtfully wide
MOST = 10_000  # inputs of all columns of text together; weights and memory grow with them
SUGGESTED = 100  # inputs a column


def check(texts: Mapping[str, pa.ChunkedArray], most: int | None) -> None:
    """Raise InputError if columns of text become more than 10,000 inputs.

    Parameters
    ----------
    texts : mapping of str to ChunkedArray of str
        Columns by name.
    most : int or None
        `load.max_categories`.
    """
    counts = _inputs(texts, most)
    total = sum(counts.values())
    if total <= MOST:
        return
    widest = sorted(counts, key=lambda name: -counts[name])
    columns = listed([f"'{name}' {counts[name]}" for name in widest])
    raise InputError(
        f"one-hot encoding makes {total} inputs of {counted(len(counts), 'column')} of text, above "
        f"the limit of {MOST}: {columns}; {_ways_out(len(counts), most)}."
    )


def warnings(texts: Mapping[str, pa.ChunkedArray], most: int | None) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence if a column becomes more than 1,000 inputs."""
    counts = _inputs(texts, most)
    wide = [f"'{name}' has {count}" for name, count in counts.items() if count > MANY]
    if wide:
        sentence = (
            f"{', '.join(wide)} categories; each is an input of the network. load.max_categories "
            "makes rare ones share an input."
        )
        yield "many_categories", sentence


def _inputs(texts: Mapping[str, pa.ChunkedArray], most: int | None) -> dict[str, int]:
    """Return the inputs of each column; a gap is a category of its own."""
    counts = {name: pc.count_distinct(column, "all").as_py() for name, column in texts.items()}
    return {name: count if most is None else min(count, most) for name, count in counts.items()}


def _ways_out(columns: int, most: int | None) -> str:
    """Return what to do about it: a cap that suffices, if there is one, and dropping columns."""
    cap = min(SUGGESTED, MOST // columns)
    is_enough = cap > 1 and (most is None or cap < most)
    drop = "add columns to load.drop"
    return f"set load.max_categories, for example to {cap}, or {drop}" if is_enough else drop
