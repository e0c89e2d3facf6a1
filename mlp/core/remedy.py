"""Turn what a sentence says to set into a command to paste."""

import re
import shlex
from collections.abc import Iterable

SECTIONS = "load|split|search|crossval|gate|report"
# As in "set load.impute to median or mean" or "set load.encoding, for example to utf-16".
SET = re.compile(
    rf"[Ss]et ((?:{SECTIONS})\.[a-z_.]+)(?:, for example)? to (a comma|a point|[\w.-]*\w)"
)
# A refusal by the schema of params.yaml, which ends with "did you mean adam?" or "try r2".
MEANT = re.compile(r"params\.yaml: ([\w.]+) is (?!not a known key).*; did you mean (.+)\?$")
TRY = re.compile(r"params\.yaml: ([\w.]+) is .*; try ([\w-]+)")
WORDS = {"a comma": '","', "a point": '"."'}


def command(sentences: Iterable[str]) -> str | None:
    r"""Return the command that sets what sentences say to set; None if they name no such key.

    Of several values of a key, it takes the first.

    >>> command(["x. Set load.categories to onehot.", "set load.decimal to a comma"])
    'dvc exp run -S load.categories=onehot -S \'load.decimal=","\''
    """
    values: dict[str, str] = {}
    for sentence in sentences:
        pairs = (pair for form in (SET, MEANT, TRY) for pair in form.findall(sentence))
        for key, value in pairs:
            values.setdefault(key, WORDS.get(value, value))
    changes = [shlex.quote(f"{key}={value}") for key, value in values.items()]
    return " ".join(["dvc exp run", *(f"-S {change}" for change in changes)]) if changes else None
