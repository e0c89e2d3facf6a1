"""The watch over epochs ends a training in time, and changes nothing else."""

import signal
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from samples import numeric
from sklearn.neural_network import MLPClassifier

from mlp.fits.fold_fit import Job, fold_fit
from mlp.training import fit as training
from mlp.training.fit import fit
from mlp.training.watch import WatchedClassifier, watching

pytestmark = pytest.mark.usefixtures("ctrl_c")
GENERATOR = np.random.default_rng(0)
FEATURES = GENERATOR.normal(size=(60, 4))
LABELS = np.array(["a", "b"] * 30, dtype=object)
SECTION: dict[str, Any] = {
    "hidden_layer_sizes": [5],
    "random_state": 0,
    "scale": "none",
    "solver": "sgd",
    "max_iter": 50,
}
PART = (np.arange(40), np.arange(40, 60))


@pytest.fixture(autouse=True)
def default_interrupt() -> Iterator[None]:
    """Python's own answer to Ctrl-C, which a shell's background job ignores."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_a_watched_network_is_the_same_and_its_class_is_plain_again() -> None:
    plain = MLPClassifier([5], solver="sgd", max_iter=5, random_state=0)
    watched = MLPClassifier([5], solver="sgd", max_iter=5, random_state=0)
    with pytest.warns(match="Maximum iterations"):
        plain.fit(FEATURES, LABELS)
    with watching(watched, halts=True):
        assert type(watched) is WatchedClassifier
        with pytest.warns(match="Maximum iterations"):
            watched.fit(FEATURES, LABELS)
    assert type(watched) is MLPClassifier
    assert vars(watched).keys() == vars(plain).keys()
    assert watched.loss_ == plain.loss_
    np.testing.assert_array_equal(watched.coefs_[0], plain.coefs_[0])


def test_a_diverging_network_costs_its_finite_epochs() -> None:
    """scikit-learn itself trains on to max_iter, with NaN."""
    section = SECTION | {"learning_rate_init": 1e100, "activation": "identity"}
    rows = numeric(FEATURES, LABELS)
    with pytest.raises(
        FloatingPointError, match=r"^its loss was not finite in epoch (\d+)$"
    ) as met:
        fit(section, rows, halts=True)
    epoch = int(str(met.value).split()[-1])
    assert epoch < 50
    assert len(fit(section, rows).history) == 50
    assert fold_fit(Job(section, PART), rows).failure == f"it diverged: {met.value}"


def test_ctrl_c_ends_the_epoch_and_then_the_training() -> None:
    rows = numeric(FEATURES, LABELS)
    before = signal.getsignal(signal.SIGINT)
    signalled = threading.Timer(0.5, signal.raise_signal, [signal.SIGINT])
    signalled.start()
    section = SECTION | {"max_iter": 10**7, "n_iter_no_change": 10**7}
    with pytest.raises(KeyboardInterrupt):
        fit(section, rows)
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupt_after_the_last_epoch_is_not_lost() -> None:
    classifier = MLPClassifier([5], solver="sgd")
    with pytest.raises(KeyboardInterrupt), watching(classifier):
        signal.raise_signal(signal.SIGINT)
    assert type(classifier) is MLPClassifier


def test_a_second_ctrl_c_does_not_wait() -> None:
    reached = []

    def press_twice() -> None:
        with watching(MLPClassifier([5], solver="sgd")):
            signal.raise_signal(signal.SIGINT)
            reached.append(1)
            signal.raise_signal(signal.SIGINT)
            reached.append(2)

    with pytest.raises(KeyboardInterrupt):
        press_twice()
    assert reached == [1]


def test_lbfgs_is_interrupted_at_once() -> None:
    reached = []

    def press() -> None:
        with watching(MLPClassifier([5], solver="lbfgs")):
            signal.raise_signal(signal.SIGINT)
            reached.append(1)

    with pytest.raises(KeyboardInterrupt):
        press()
    assert not reached


def test_another_thread_is_left_alone() -> None:
    """Signals are the main thread's; a worker of Dask trains in another."""
    done = []
    section = SECTION | {"max_iter": 3}
    thread = threading.Thread(target=lambda: done.append(fit(section, numeric(FEATURES, LABELS))))
    thread.start()
    thread.join()
    assert len(done[0].history) == 3


def test_want_of_memory_fails_one_candidate(monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(training, "fit", hungry)
    rows = numeric(FEATURES, LABELS)
    assert fold_fit(Job(SECTION, PART), rows).failure == "it does not fit into memory"
