"""The rows that a network is trained or scored on, and the roles of their columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from mlp.core import task
from mlp.core.derived import Derived
from mlp.core.files import Labels, Rows, Target

if TYPE_CHECKING:
    import pandas as pd

Features: TypeAlias = "npt.NDArray[Any] | pd.DataFrame"


@dataclass(frozen=True)
class Columns:
    """The roles that the columns of a table have for a network.

    Attributes
    ----------
    target : str
    numbers, texts : sequence of str
        The features, in the order of the source; texts are one-hot encoded.
    impute : str
        none, or how gaps in numbers are filled: mean, median or most_frequent.
    max_categories : int or None
        The most inputs that a column of text becomes; its rarest texts share one. None if each text
        is an input of its own.
    derived : Derived
        How some of them are made of columns of the source.
    missing : sequence of str or None
        Texts that mark a gap, if there are any.
    image_shape : sequence of int or None
        Rows and columns of the picture whose pixels the numbers are, if rows are pictures. The
        train split does not tell it, since no network sees it.
    """

    target: str
    numbers: Sequence[str]
    texts: Sequence[str]
    impute: str
    max_categories: int | None = None
    derived: Derived = field(default_factory=Derived)
    missing: Sequence[str] | None = None
    image_shape: Sequence[int] | None = None

    @property
    def features(self) -> list[str]:
        """All features in the order that networks take them, numbers first."""
        return [*self.numbers, *self.texts]

    @property
    def sources(self) -> list[str]:
        """The columns of the source that the features are made of."""
        return list(dict.fromkeys(self.derived.source(name) for name in self.features))


@dataclass(frozen=True)
class Dataset:
    """Rows to train a network on, or to score it on.

    Attributes
    ----------
    features : ndarray of float64 or float32, shape (rows, numbers), or DataFrame
        A DataFrame if there are texts: the numbers, then the texts as str objects. A gap is NaN in
        numbers; in texts it is the empty text, a category like any other.
    target : ndarray of str objects or of float64, shape (rows,)
        The labels of a classification, or the numbers of a regression.
    rows : ndarray of int, shape (rows,)
        The row numbers in the source.
    groups : ndarray of str objects, shape (rows,), or None
    columns : Columns
    """

    features: Features
    target: Target
    rows: Rows
    groups: Labels | None
    columns: Columns

    @property
    def task(self) -> str:
        """The task that the type of the target decides: classification or regression."""
        return task.of(self.target)

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of the numbers, and so of the network's weights: float32 or float64."""
        if isinstance(self.features, np.ndarray):
            return self.features.dtype
        singles = (self.features.dtypes == np.float32).any()
        return np.dtype(np.float32 if singles else np.float64)

    def take(self, positions: npt.NDArray[np.int64]) -> "Dataset":
        """Return the rows at these positions."""
        frame = self.features
        return Dataset(
            features=frame[positions] if isinstance(frame, np.ndarray) else frame.iloc[positions],
            target=self.target[positions],
            rows=self.rows[positions],
            groups=None if self.groups is None else self.groups[positions],
            columns=self.columns,
        )


def split_kinds(features: Features, numbers: int) -> tuple[npt.NDArray[Any], Labels]:
    """Return features as a matrix of numbers and a matrix of texts, each of shape (rows, n)."""
    if isinstance(features, np.ndarray):
        return features, np.empty((len(features), 0), dtype=object)
    matrix: npt.NDArray[Any] = features.iloc[:, :numbers].to_numpy()
    return matrix, features.iloc[:, numbers:].to_numpy(dtype=object)
