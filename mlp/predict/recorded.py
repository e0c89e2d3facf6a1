"""Check what the file of a model, which may come from elsewhere, records of its columns."""

from mlp.core import params_file
from mlp.core.derived import Derived
from mlp.data.params import Declared


def check(derived: Derived) -> None:
    """Raise InputError unless params.yaml could declare columns in this way."""
    params_file.validated("the model's file", ("derived",), derived.as_json(), Declared)
