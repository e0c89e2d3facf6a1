"""What DVC runs: one module a stage, named like the stage in dvc.yaml."""

import importlib.util
import sys

import mlp.core.numerics as _numerics  # noqa: F401 - for its effect, before anything imports NumPy

if importlib.util.find_spec("sklearn") is None:
    sys.exit(
        f"error: {sys.executable} lacks the project's packages; run `make repro`, "
        "or put .venv/bin first on PATH."
    )
