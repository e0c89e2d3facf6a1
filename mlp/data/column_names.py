"""Check the names of columns, and guess which one is meant."""

from collections import Counter
from difflib import get_close_matches

from mlp.core.dataset import GROUP, ROW
from mlp.core.errors import InputError
from mlp.data.params import Load

SHOWN = 3  # names that a sentence shows


def check(names: list[str], params: Load) -> None:
    """Raise InputError unless each name is there once, and those of params among them."""
    for name, times in Counter(names).items():
        if times > 1:
            raise InputError(
                f"column '{name}' stands twice; every column should have its own name."
            )
        if name in {ROW, GROUP}:
            raise InputError(f"column '{name}' should have another name; this one is taken.")
    for key, wanted in [("target", params.target), *(("drop", name) for name in params.drop)]:
        if wanted not in names:
            raise InputError(f"load.{key}: {missing(wanted, names)}")


def missing(name: str, names: list[str]) -> str:
    """Return a sentence on a column that is not there, with the nearest that are."""
    by_plain = {_plain(known): known for known in names}
    near = [by_plain[plain] for plain in get_close_matches(_plain(name), by_plain, n=SHOWN)]
    shown = ", ".join(f"'{known}'" for known in near or names[:SHOWN])
    return f"there is no column '{name}'; there is {shown or 'none'}."


def _plain(name: str) -> str:
    return name.strip().lower()
