"""Tell how two networks that predict labels differ."""

from collections.abc import Iterator, Sequence

import pandas as pd

from mlp.compare import tables
from mlp.compare.classification import LabelComparison
from mlp.compare.tables import Column, number, signed
from mlp.compare.verdicts import LEVEL
from mlp.evaluate.statistics import wording
from mlp.report.document import Table
from mlp.report.picture import Picture


def sentence(network: LabelComparison, rows: str) -> str:
    """Return the comparison in words, with the drop that it could have detected.

    Parameters
    ----------
    network : LabelComparison
    rows : str
        What the rows are, such as "test rows".
    """
    could = ""
    if network.verdict not in {"better", "worse"}:
        test = wording.mcnemar(LEVEL, one_sided=False)
        seen = wording.seen(network.detectable_drop, "", test)
        groups = f" in {network.groups} groups" if network.groups else ""
        could = f" With {network.rows} {rows}{groups} {seen}."
    if network.verdict == "unchanged":
        return f"unchanged: every prediction is as before.{could}"
    return (
        f"{network.verdict}: {len(network.fixed)} rows fixed, {len(network.broken)} broken "
        f"(McNemar {wording.p_value(network.p_value)}).{could}"
    )


def _p_value(value: float) -> str:
    return wording.p_value(value).removeprefix("p = ").removeprefix("p ")


CLASSES: Sequence[Column] = (
    ("class", "class", str),
    ("rows", "support", str),
    ("recall before", "old", number),
    ("now", "new", number),
    ("change", "change", signed),
    ("broken", "broken", str),
    ("fixed", "fixed", str),
    ("p (Holm)", "p_value", _p_value),
    ("verdict", "verdict", str),
)
LABELS: Sequence[Column] = (
    ("row", "row", str),
    ("actual", "actual", str),
    ("before", "old", str),
    ("confidence", "old_confidence", number),
    ("now", "new", str),
    ("confidence", "new_confidence", number),
    ("it was", "side", str),
)

MOST = "most confident rows"


def laid_out(network: LabelComparison, rows: int) -> Iterator[Table]:
    """Yield the metrics, the classes with rows that changed, and those rows.

    Parameters
    ----------
    network : LabelComparison
    rows : int
        How many of the fixed and of the broken rows to show.
    """
    yield tables.metrics(network)
    changed = (network.classes["fixed"] > 0) | (network.classes["broken"] > 0)
    yield tables.laid_out(CLASSES, network.classes[changed])
    yield tables.moved(LABELS, sides(network), rows)


def sides(network: LabelComparison) -> dict[str, pd.DataFrame]:
    """Return the rows that changed, by the way in which they did."""
    return {"fixed": network.fixed, "broken": network.broken}


def caption(row: dict[str, object]) -> str:
    """Return what is written below the picture of a row."""
    return (
        f"{row['actual']}: {row['old']}, now {row['new']}\n"
        f"{row['new_confidence']:.1%}, row {row['row']}"
    )


def pictures(network: LabelComparison) -> Iterator[Picture]:
    """Yield the confusion matrices."""
    from mlp.figures import confusion  # noqa: PLC0415 - matplotlib takes half a second to import

    for when, matrix in (("before", network.confusion_old), ("now", network.confusion_new)):
        right = f"{matrix.trace()} of {network.rows} rows on the diagonal"
        picture = confusion.draw(matrix, network.labels, when)
        yield Picture(picture, f"Confusion matrix {when}: {right}.")
    change = network.confusion_new - network.confusion_old
    picture = confusion.draw_change(change, network.labels, "now less before")
    yield Picture(picture, f"Change of the confusion matrix: {change.trace():+d} on the diagonal.")
