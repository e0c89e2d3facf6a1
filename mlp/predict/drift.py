"""Report how new rows differ from the rows that a model was trained on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mlp.core.errors import counted, listed
from mlp.model.base import Model

RARE = 0.01  # share of rows outside the range of training up to which there is no warning


@dataclass
class Drift:
    """How new rows differ from the training rows; it grows as batches are read.

    Attributes
    ----------
    rows : int
        How many were read so far.
    extra : list of str
        Columns that the model does not use.
    unknown, outside : Counter
        By column, how many rows hold a text that no training row had, and how many a number outside
        the range of the training rows.
    """

    rows: int = 0
    extra: list[str] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    outside: Counter[str] = field(default_factory=Counter)

    def add(self, rows: int, unknown: Counter[str], outside: Counter[str]) -> None:
        """Count rows more."""
        self.rows += rows
        self.unknown.update(unknown)
        self.outside.update(outside)

    def sentences(self, model: Model) -> Iterator[str]:
        """Yield a warning for each kind of difference."""
        if self.extra:
            yield f"the model does not use these columns: {_named(self.extra)}."
        yield from self._unknown(model)
        wide = [name for name in model.numbers if self.outside[name] > RARE * self.rows]
        if wide:
            columns = [_range(name, self.outside[name], model) for name in wide]
            yield f"values lie outside the range of the training rows: {listed(columns)}."

    def _unknown(self, model: Model) -> Iterator[str]:
        """Yield a sentence on unknown texts, by what they count as."""
        for has_rare, meaning in ((False, "no category"), (True, "rare ones")):
            columns = [
                f"{name} in {counted(rows, 'row')}"
                for name, rows in self.unknown.items()
                if model.has_rare_texts(name) == has_rare
            ]
            if columns:
                yield f"texts that no training row had count as {meaning}: {listed(columns)}."


def _named(columns: Sequence[str]) -> str:
    return listed([name if name.strip() else f"'{name}' (without a name)" for name in columns])


def _range(name: str, count: int, model: Model) -> str:
    low, high = model.numbers[name] or (0, 0)
    return f"{name} in {counted(count, 'row')} ({low:g} to {high:g})"
