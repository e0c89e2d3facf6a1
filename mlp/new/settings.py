"""Choose the parameters of a new project: networks that train on any table, and its gate."""

from collections.abc import Mapping
from math import ceil, log10
from pathlib import PurePosixPath
from typing import Any

from mlp.core import task
from mlp.new import params_text
from mlp.new.table import Table

FEW = 3000  # rows below which the gate judges by all of them, and not by the test split
MANY = 20_000  # rows from which the search trains most of its candidates for few epochs
ENOUGH = 1000  # rows from which a tenth can be held back to stop by
LAYERS = [[20], [50], [100], [200]]
BATCHES = [32, 64, 128, 200]
SPARE = 1.5  # of the weights of the largest network of the search
BYTES = 8, 100_000  # a weight takes, and all else
NETWORK = {"solver": "adam", "learning_rate_init": 0.01, "scale": "standard"}
WORDS = {  # of comments on the committed table
    "With sgd every argument of the notebook has an effect.": "adam needs the least tuning.",
    "; as committed, that of the course notebook": "",
    " 0.01 repairs this\n    # network.": "",
    " nearly always needs scaling; the notebook has none.": " nearly always needs scaling.",
}


def text(committed: str, table: Table, given: Mapping[str, Any]) -> str:
    """Return the text of params.yaml for a table.

    Parameters
    ----------
    committed : str
        The text of the params.yaml to change; comments are kept.
    table : Table
    given : mapping of str to any
        Keys that somebody chose, dotted; they prevail. ``table.params`` has those of the table.
    """
    part = task.part("mlp.new", table.task)
    for old, new in WORDS.items():
        committed = committed.replace(old, new)
    content = params_text.remove(committed, "search.space.learning_rate")  # which adam ignores
    few = [] if _fold(table) >= ENOUGH else ["search.space.early_stopping"]
    for key in [*part.removed(table), *few]:
        content = params_text.remove(content, key)
    others = {key: value for key, value in given.items() if key not in table.params}
    for key, value in {
        **_common(table, given),
        **part.keys(table),
        **table.params,
        **others,
    }.items():
        content = params_text.put(content, key, value)
    return content


def title(table: Table) -> str:
    """Return the heading of the page and of the README."""
    source = PurePosixPath(table.params["load.source"]).name
    return f"{table.params['load.target']} from {source}"


def _common(table: Table, given: Mapping[str, Any]) -> dict[str, Any]:
    parameters = _budget(table)
    by_test = table.rows >= FEW or given.get("split.time")  # out of fold nothing is the newest
    return {
        **{f"mlp.{key}": value for key, value in NETWORK.items()},
        **{f"linear.{key}": value for key, value in NETWORK.items()},
        "search.strategy": "halving" if table.rows >= MANY else "random",
        "search.space.hidden_layer_sizes": LAYERS,
        "search.space.batch_size": [n for n in BATCHES if n <= _fold(table)] or ["auto"],
        "search.space.learning_rate_init": {"loguniform": [0.0005, 0.02]},
        "search.fixed.solver": "adam",
        "search.fixed.max_iter": 200,
        "report.title": title(table),
        "gate.evidence": "test" if by_test else "oof",
        "gate.budget.parameters": parameters,
        "gate.budget.model_bytes": _round_up(BYTES[0] * parameters + BYTES[1]),
    }


def _fold(table: Table) -> int:
    """Return how many rows a network of the search is trained on."""
    folds: int = table.params["search.cv"]
    return table.train_rows * (folds - 1) // folds


def _budget(table: Table) -> int:
    """Return the weights and biases of the largest network that the search can find, and more."""
    (widest,) = max(LAYERS)
    outputs = task.part("mlp.new", table.task).outputs(table)
    return _round_up(SPARE * ((table.inputs + 1) * widest + (widest + 1) * outputs))


def _round_up(number: float) -> int:
    """Return a number with two digits that are not 0.

    >>> _round_up(30010)
    31000
    """
    step: int = 10 ** max(0, int(log10(number)) - 1)
    return ceil(number / step) * step
