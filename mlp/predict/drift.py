"""Say how new rows differ from those that a model was trained on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from mlp.model.saved import Model

RARE = 0.01  # share of the rows, at most, that may lie outside the range of training unsaid
SHOWN = 3


@dataclass
class Drift:
    """How new rows differ from those of the training: rows by column."""

    rows: int = 0
    extra: list[str] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    outside: Counter[str] = field(default_factory=Counter)

    def sentences(self, model: Model) -> Iterator[str]:
        """Yield a warning a kind of difference."""
        if self.extra:
            yield f"ignored, since {model.target} is predicted without: {_named(self.extra)}."
        if self.unknown:
            named = _named([f"{name} in {_rows(n)}" for name, n in self.unknown.items()])
            yield f"a text that no training row had counts as no category: {named}."
        wide = [name for name, n in self.outside.items() if n > RARE * self.rows]
        if wide:
            named = _named([_range(name, self.outside[name], model) for name in wide])
            yield f"outside the range of training: {named}."


def _range(name: str, rows: int, model: Model) -> str:
    low, high = model.numbers[name] or (0, 0)
    return f"{name} in {_rows(rows)} ({low:g} to {high:g})"


def _rows(count: int) -> str:
    return f"{count} row{'s' if count > 1 else ''}"


def _named(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
