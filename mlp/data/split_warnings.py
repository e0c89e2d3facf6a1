"""Warn of a split whose test scores would mislead."""

from collections.abc import Iterator, Mapping

from mlp.core.dataset import Columns
from mlp.core.errors import quoted
from mlp.data.params import Split

Counts = Mapping[str, int]  # rows by label


def warnings(
    across: int, train: Counts, test: Counts, columns: Columns, params: Split
) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence for each kind of oddity.

    Parameters
    ----------
    across : int
        How many test rows equal a train row.
    train, test : mapping of str to int
        How many rows of each part have which label.
    columns : Columns
    params : Split
    """
    if across:
        yield "duplicates_across", _equal_rows(across, sum(test.values()))
    if absent := sorted(test.keys() - train.keys()):
        yield "absent_from_train", _absent(absent, "train", "test")
    if absent := sorted(train.keys() - test.keys()):
        yield "absent_from_test", _absent(absent, "test", "train")
    for key, name in (("group", params.group), ("time", params.time)):
        if name in columns.features:
            yield f"{key}_is_feature", _also_feature(key, name)


def _equal_rows(across: int, rows: int) -> str:
    return (
        f"{across} of {rows} rows ({across / rows:.1%}) of the test split equal a row of the train "
        "split, so scores are too optimistic; if a column says which rows belong together, set "
        "split.group to it."
    )


def _absent(labels: list[str], part: str, other: str) -> str:
    return (
        f"the {part} split has no row of class {quoted(labels)}, and the {other} split has; "
        "split.stratify gives each part its share of every class."
    )


def _also_feature(key: str, name: str) -> str:
    return (
        f"column '{name}', which split.{key} names, is also a feature; add it to load.drop unless "
        "the network should see it."
    )
