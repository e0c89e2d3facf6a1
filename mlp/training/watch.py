"""Watch the epochs of a training: print them, stop a network that diverged, and obey Ctrl-C."""

import math
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TextIO

from sklearn.neural_network import MLPClassifier, MLPRegressor

EVERY = 20  # epochs from one printed line to the next


class EpochLog:
    """Print the loss, and the validation score, of the first, the last and every 20th epoch.

    Parameters
    ----------
    stream : text file
    every_epoch : bool
        Whether to print all epochs.
    """

    def __init__(self, stream: TextIO, *, every_epoch: bool = False) -> None:
        self._stream = stream
        self._every = 1 if every_epoch else EVERY
        self._printed = 0

    def update(self, network: Any) -> None:
        """Print the last complete epoch, if it is the first or a multiple of 20."""
        epoch = len(getattr(network, "loss_curve_", ()))
        if epoch == 1 or (epoch and epoch % self._every == 0):
            self._print(network, epoch)

    def close(self, network: Any) -> None:
        """Print the last epoch. The solver lbfgs has only its last iteration."""
        if not hasattr(network, "loss_curve_"):
            self._write(f"iteration {network.n_iter_}: loss {network.loss_:.8f}")
        elif epochs := len(network.loss_curve_):
            self._print(network, epochs)

    def _print(self, network: Any, epoch: int) -> None:
        if epoch == self._printed:
            return
        self._printed = epoch
        scores = getattr(network, "validation_scores_", None)
        score = f", validation score {scores[epoch - 1]:.6f}" if scores else ""
        self._write(f"epoch {epoch}: loss {network.loss_curve_[epoch - 1]:.8f}{score}")

    def _write(self, line: str) -> None:
        self._stream.write(f"{line}\n")
        self._stream.flush()


class Watched:
    """A network that reports each epoch, at the moment when scikit-learn sets ``loss_``.

    Attributes
    ----------
    halts : bool
        Whether to raise FloatingPointError as soon as a loss is not finite. scikit-learn itself
        continues to ``max_iter``: no loss is worse than NaN, so its own rule never stops it.
    interrupted : bool
        Whether to raise KeyboardInterrupt at the end of the epoch.
    log : EpochLog or None
        It is one epoch behind, because scikit-learn scores an epoch after it sets ``loss_``.
    """

    halts = False
    interrupted = False
    log: EpochLog | None = None
    n_iter_: int
    solver: str

    @property
    def loss_(self) -> float:
        """Mean loss over the epoch's rows, with the L2 penalty."""
        loss: float = self.__dict__["loss_"]
        return loss

    @loss_.setter
    def loss_(self, loss: float) -> None:
        self.__dict__["loss_"] = loss
        if self.log:
            self.log.update(self)
        if self.interrupted:
            raise KeyboardInterrupt
        if self.halts and not math.isfinite(loss):
            raise FloatingPointError(f"its loss was not finite in epoch {self.n_iter_}")


class WatchedClassifier(Watched, MLPClassifier):  # type: ignore[misc]  # scikit-learn has no types
    """See `Watched`."""


class WatchedRegressor(Watched, MLPRegressor):  # type: ignore[misc]  # scikit-learn has no types
    """See `Watched`."""


WATCHED = {MLPClassifier: WatchedClassifier, MLPRegressor: WatchedRegressor}


@contextmanager
def watching(network: Any, *, halts: bool = False, log: EpochLog | None = None) -> Iterator[None]:
    """Watch the epochs of a network that is fitted in this context, without changing its result.

    The first Ctrl-C takes effect at the end of the epoch, where neither NumPy nor scikit-learn can
    swallow it. A second one takes effect at once, and so does every one during lbfgs, which has no
    epochs.
    """
    plain = type(network)
    network.__class__ = WATCHED[plain]
    network.halts, network.log = halts, log
    try:
        with _delayed_interrupt(network):
            yield
        if log:
            log.close(network)
    finally:
        interrupted = network.interrupted
        for name in ("halts", "interrupted", "log"):
            vars(network).pop(name, None)
        network.__class__ = plain  # skl2onnx converts this class only
        if interrupted:  # scikit-learn warns instead, and keeps the half-trained network
            raise KeyboardInterrupt


@contextmanager
def _delayed_interrupt(network: Watched) -> Iterator[None]:
    """Let the first Ctrl-C wait for the end of the epoch, if this thread can receive it."""
    waits = (
        network.solver != "lbfgs"
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN  # then the parent handles it
    )

    def on_interrupt(_signal: int, _frame: FrameType | None) -> None:
        if network.interrupted:
            raise KeyboardInterrupt
        network.interrupted = True

    before: Callable[..., Any] | int | None = None
    if waits:
        before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield
    finally:
        if waits:
            signal.signal(signal.SIGINT, before)
