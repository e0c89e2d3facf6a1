"""The stages that DVC runs: one module each, named like the stage in dvc.yaml."""

import mlp.core.start as _start  # noqa: F401 - for its effect: it pins the numeric kernels
