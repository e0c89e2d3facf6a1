"""Look up after every epoch of training: has it diverged, or did somebody press Ctrl-C."""

import math
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from sklearn.neural_network import MLPClassifier


class Watched(MLPClassifier):  # type: ignore[misc]  # scikit-learn has no type information
    """`MLPClassifier` that can stop at the end of an epoch, when scikit-learn sets ``loss_``.

    Attributes
    ----------
    halts : bool
        Whether to raise FloatingPointError as soon as a loss is not finite. scikit-learn itself
        goes on to ``max_iter``: no loss is worse than NaN, so that its own rule never stops it.
    interrupted : bool
        Whether to end as scikit-learn does on Ctrl-C.
    """

    halts = False
    interrupted = False

    @property
    def loss_(self) -> float:
        """Mean loss over the epoch's rows, with the L2 penalty."""
        loss: float = self.__dict__["loss_"]
        return loss

    @loss_.setter
    def loss_(self, loss: float) -> None:
        self.__dict__["loss_"] = loss
        if self.interrupted:
            raise KeyboardInterrupt
        if self.halts and not math.isfinite(loss):
            raise FloatingPointError(f"its loss was not finite in epoch {self.n_iter_}")


@contextmanager
def watching(classifier: MLPClassifier, *, halts: bool = False) -> Iterator[None]:
    """Watch the epochs of a network that is fitted in this context; it changes no result.

    Ctrl-C ends the epoch, rather than to meet scikit-learn or NumPy at a place where Python drops
    an interrupt or makes another error of it; a second one does not wait. lbfgs has no epochs, and
    is interrupted at once.
    """
    plain = type(classifier)
    classifier.__class__ = Watched
    classifier.halts = halts
    waits = (
        classifier.solver != "lbfgs"
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN  # whose parent hears it
    )

    def on_interrupt(_signal: int, _frame: FrameType | None) -> None:
        if classifier.interrupted:
            raise KeyboardInterrupt
        classifier.interrupted = True

    before: Any = signal.signal(signal.SIGINT, on_interrupt) if waits else None
    try:
        yield
    finally:
        if waits:
            signal.signal(signal.SIGINT, before)
        interrupted = classifier.interrupted
        for name in ("halts", "interrupted"):
            vars(classifier).pop(name, None)
        classifier.__class__ = plain  # the one that skl2onnx knows
        if interrupted:  # scikit-learn makes a warning of it and keeps the half-trained network
            raise KeyboardInterrupt
