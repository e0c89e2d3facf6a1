"""Warn of a split whose test scores would mislead."""

from collections.abc import Iterable, Iterator

from mlp.core.dataset import Columns
from mlp.data.params import Split


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
