"""The columns that are read from a file to predict."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from mlp.core.dataset import Columns
from mlp.core.errors import InputError
from mlp.data import column_names
from mlp.predict.drift import Drift


@dataclass(frozen=True)
class Wanted:
    """The columns of a file that are read.

    Attributes
    ----------
    columns : Columns
        The features of the model.
    carried : sequence of str
        Those that the output repeats.
    """

    columns: Columns
    carried: Sequence[str]

    @cached_property
    def sources(self) -> list[str]:
        """The columns of the file that the features are made of."""
        return self.columns.sources

    def check(
        self, file: str, names: Sequence[str], drift: Drift, encoding: str | None = None
    ) -> None:
        """Raise InputError if a file lacks a column; tell ``drift`` those that are not used.

        The encoding is the one that text was read in.
        """
        sources = self.sources
        given = set(names)
        for wanted, taken in ((sources, set(sources)), (self.carried, set())):
            if absent := next((name for name in wanted if name not in given), None):
                misread = encoding and _misread(absent, names, encoding)
                raise InputError(f"{file}: {misread or column_names.missing(absent, names, taken)}")
        known = {*sources, self.columns.target, *self.carried}
        drift.extra = [name for name in names if name not in known]


def _misread(absent: str, names: Sequence[str], encoding: str) -> str | None:
    """Return a sentence if a name would be the absent one, had the file been read as UTF-8."""
    for name in names:
        if name != absent and name.encode(encoding, "replace") == absent.encode():
            return (
                f"there is no column '{absent}', but '{name}': the file is encoded as UTF-8; set "
                "load.encoding to utf-8."
            )
    return None
