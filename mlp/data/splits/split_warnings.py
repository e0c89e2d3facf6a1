"""Warn of a split whose test scores would mislead."""

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from mlp.core.dataset import Columns
from mlp.core.errors import counted, listed
from mlp.data.params import Split


def unknown_texts(train: pa.Table, test: pa.Table) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence if test rows hold texts that no train row holds.

    Parameters
    ----------
    train, test : pa.Table
        The columns of text, in which a gap is a text of its own.
    """
    columns = []
    for name in train.column_names:
        known, new = pc.unique(train[name]), test[name]
        is_unknown = pc.invert(pc.is_in(new, known))
        if count := pc.sum(is_unknown).as_py():
            example = new.filter(is_unknown)[0].as_py()
            shown = "a gap" if example is None else f"'{example}'"
            columns.append(f"'{name}' in {counted(count, 'row')} ({shown})")
    if columns:
        sentence = (
            f"test rows hold texts that no train row holds, so no network learns them: "
            f"{listed(columns)}."
        )
        yield "unknown_texts", sentence


def warnings(
    across: int,
    test_rows: int,
    oddities: Iterable[tuple[str, str]],
    columns: Columns,
    params: Split,
) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence for each kind of oddity.

    Parameters
    ----------
    across : int
        How many test rows equal a train row.
    test_rows : int
    oddities : iterable of (code, sentence)
        Those of the target: see `mlp.data.classification.split_warnings`.
    columns : Columns
    params : Split
    """
    if across:
        yield "duplicates_across", _equal_rows(across, test_rows)
    yield from oddities
    for key, name in (("group", params.group), ("time", params.time)):
        if name in (*columns.features, *columns.sources):
            yield f"{key}_is_feature", _also_feature(key, name)


def _equal_rows(across: int, rows: int) -> str:
    return (
        f"{across} of {rows} rows ({across / rows:.1%}) of the test split equal a row of the train "
        "split, so scores are too optimistic; if a column says which rows belong together, set "
        "split.group to it."
    )


def _also_feature(key: str, name: str) -> str:
    return (
        f"column '{name}', which split.{key} names, is also a feature; add it to load.drop unless "
        "the network should see it."
    )
