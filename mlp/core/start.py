"""Prepare a process for a stage: import this before anything else.

It pins the numeric kernels (`mlp.core.numerics`), which must come before NumPy, lets a stage end
with its DVC (`mlp.core.parent`), which must come early too, keeps the garbage collector out of the
way, and has Ctrl-C end the imports that follow without a traceback.
"""

import atexit
import gc
import importlib.util
import sys
from types import TracebackType

import mlp.core.numerics as _numerics  # noqa: F401 - for its effect, before anything imports NumPy
from mlp.core import parent

parent.end_with_dvc()

# Imports make objects by the hundred thousand and hardly any garbage. The collector, which looks
# for some on the way and once more at the end, would take a third of the time of a short stage.
gc.set_threshold(500_000)
atexit.register(gc.freeze)


def _unless_interrupted(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _unless_interrupted

if importlib.util.find_spec("sklearn") is None:
    sys.exit(
        f"error: {sys.executable} lacks the project's packages; run `make repro`, "
        "or put .venv/bin first on PATH."
    )
