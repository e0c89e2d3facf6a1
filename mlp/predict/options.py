"""Name the options of `mlp predict` in errors, where a stage names the keys of params.yaml."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from mlp.core.errors import InputError

OPTIONS = {
    "delimiter": "the character between fields",
    "decimal": "the decimal sign, . or a comma",
    "encoding": "the encoding of the text",
}
KEY = re.compile(rf"\bload\.({'|'.join(OPTIONS)})\b")


@contextmanager
def named() -> Iterator[None]:
    """Name options, such as --decimal for load.decimal, in each InputError that passes."""
    try:
        yield
    except InputError as error:
        sentences = [KEY.sub(r"--\1", sentence) for sentence in error.args]
        raise InputError(*sentences) from None
