"""Predict the rows of a DataFrame, as scikit-learn's estimators do."""

import warnings
from contextlib import chdir
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from mlp.core import place as places
from mlp.core.dataset import Columns
from mlp.core.errors import InputError
from mlp.core.files import Floats, Labels
from mlp.data import column_names, frame
from mlp.history import as_recorded
from mlp.history.results import workspace
from mlp.model.network import Classifier, Network
from mlp.predict import answers, model_file, place, values
from mlp.predict.drift import Drift
from mlp.predict.wanted import Wanted

FRAME = "the DataFrame"


@dataclass(frozen=True)
class Loaded:
    """A loaded network of either task.

    Attributes
    ----------
    network : Classifier or Regressor
        It stands for what is not here, such as `numbers` and `training`.
    """

    network: Network

    @cached_property
    def _columns(self) -> Columns:
        net = self.network
        numbers, texts = list(net.numbers), list(net.texts)
        return Columns(net.target, numbers, texts, net.impute, derived=net.derived)

    @property
    def feature_names_in_(self) -> Labels:
        """The columns that a DataFrame must have; their order does not matter."""
        return np.array(self._columns.sources, dtype=object)

    @property
    def n_features_in_(self) -> int:
        """How many columns that are."""
        return len(self._columns.sources)

    def _outputs(self, table: pd.DataFrame) -> Floats:
        """Return what the network gives for each row, shape (rows, outputs).

        Warns of rows that differ from the training rows, as `mlp predict` does.

        Raises
        ------
        InputError
            If a column is missing, or a row holds a value that the network cannot take.
        """
        if not isinstance(table, pd.DataFrame):
            raise InputError(f"it predicts a pandas DataFrame, and this is {type(table).__name__}.")
        drift = Drift()
        raw = self._raw(table, drift)
        rows = answers.size(self.network)
        parts = [self._of_rows(raw.slice(i, rows), i, drift) for i in range(0, len(raw), rows)]
        for sentence in drift.sentences(self.network):
            warnings.warn(sentence, stacklevel=3)
        return np.concatenate(parts)

    def _raw(self, table: pd.DataFrame, drift: Drift) -> pa.Table:
        names = [str(name) for name in table.columns]
        if (name := column_names.repeated(names)) is not None:
            raise InputError(f"{FRAME}: column '{name}' appears twice.")
        wanted = Wanted(self._columns, ())
        wanted.check(FRAME, names, drift)
        if not len(table):
            raise InputError(f"{FRAME} has no rows.")
        chosen = table.set_axis(names, axis="columns")[wanted.sources]
        return frame.as_table(chosen, missing=self.network.missing)

    def _of_rows(self, rows: pa.Table, first: int, drift: Drift) -> Floats:
        checked = values.checked(rows, self._columns, self.network, first)
        outputs = self.network.outputs(checked.features)
        answers.check(outputs, self.network, "row", first)
        drift.add(len(rows), checked.unknown, checked.outside)
        return outputs


class LoadedClassifier(Loaded):
    """A network that predicts labels."""

    network: Classifier

    @property
    def classes_(self) -> Labels:
        """The labels, in the order of the columns of `predict_proba`."""
        return np.array(self.network.classes, dtype=object)

    def predict(self, table: pd.DataFrame) -> Labels:
        """Return the label of each row, shape (rows,)."""
        labels: Labels = self.classes_[self._outputs(table).argmax(axis=1)]
        return labels

    def predict_proba(self, table: pd.DataFrame) -> Floats:
        """Return the probability of each label for each row, shape (rows, classes)."""
        return self._outputs(table)


class LoadedRegressor(Loaded):
    """A network that predicts numbers."""

    def predict(self, table: pd.DataFrame) -> Floats:
        """Return the number of each row, in the unit of the target, shape (rows,)."""
        return self._outputs(table)[:, 0]


def load(name: str | None, *, unchecked: bool) -> LoadedClassifier | LoadedRegressor:
    """Return a network to predict with: see `mlp.load_model`."""
    here = Path.cwd()
    is_file = bool(name and name.endswith(".onnx"))
    with chdir(here if is_file else places.project()):
        path = place.of(here, name)
        if not unchecked:
            as_recorded.check(workspace(), path, unless="unchecked=True")
        network = model_file.load(path)
    if isinstance(network, Classifier):
        return LoadedClassifier(network)
    return LoadedRegressor(network)
