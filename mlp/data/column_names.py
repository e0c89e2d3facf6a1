"""Check the names of columns, and suggest the nearest for one that is missing."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from difflib import get_close_matches

from mlp.core.dataset_file import GROUP, ROW
from mlp.core.errors import InputError, quoted
from mlp.data.params import Load

CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")  # but for tabs and line ends


def check(names: Sequence[str], params: Load) -> None:
    """Raise InputError unless all names differ, none is reserved, and those in params exist."""
    check_distinct(names)
    for name in names:
        if CONTROL.search(name):
            raise InputError(f"column '{name}' has a control character in its name; remove it.")
        if name in {ROW, GROUP}:
            raise InputError(f"column '{name}' should have another name; this one is reserved.")
    for key, name in _named(params):
        if name not in names:
            raise InputError(f"load.{key}: {missing(name, names)}")


def _named(params: Load) -> list[tuple[str, str]]:
    """Return the columns that params name, each after its key."""
    columns = {
        "target": [params.target],
        "drop": params.drop,
        "texts": params.texts,
        "order": params.order,
        "dates": params.dates,
        "date_formats": params.date_formats,
    }
    return [(key, name) for key, names in columns.items() for name in names]


def repeated(names: Sequence[str]) -> str | None:
    """Return the first name that appears more than once, or None."""
    return next((name for name, count in Counter(names).items() if count > 1), None)


def check_distinct(names: Sequence[str], start: str = "") -> None:
    """Raise InputError, whose sentence begins with ``start``, if a name appears more than once."""
    if (name := repeated(names)) is not None:
        raise InputError(
            f"{start}column '{name}' appears twice; every column should have its own name."
        )


def missing(name: str, names: Sequence[str], taken: Collection[str] = ()) -> str:
    """Return a sentence on a column that does not exist, with the names that may be meant.

    Those in ``taken`` are known to mean something else.

    >>> missing("Kind", ["x", "kind "])
    "there is no column 'Kind'; did you mean 'kind '?"
    >>> missing("z", ["x", "y"])
    "there is no column 'z'; the columns are 'x', 'y'."
    """
    by_plain = {_plain(known): known for known in names if known not in taken}
    near = get_close_matches(_plain(name), by_plain)
    if near:
        meant = " or ".join(f"'{by_plain[plain]}'" for plain in near)
        return f"there is no column '{name}'; did you mean {meant}?"
    return f"there is no column '{name}'; the columns are {quoted(names) or 'none'}."


def _plain(name: str) -> str:
    return name.strip().lower()
