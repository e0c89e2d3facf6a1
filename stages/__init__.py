"""What DVC runs: one module a stage, named like the stage in dvc.yaml."""

import mlp.numerics as _numerics  # noqa: F401 - imported for its effect, before NumPy is
