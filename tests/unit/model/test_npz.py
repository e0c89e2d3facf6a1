"""Arrays are stored with the same bytes everywhere."""

import hashlib
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from mlp.model import npz

ARRAYS = {"a.b": np.arange(6.0).reshape(2, 3), "names": np.array(["x", "yz"]), "one": 0.5}
SHA256 = "cd33cb38e65b635bb291bb858a14b9a457466735b9e6a947a581389758f34897"


def test_numpy_reads_them(tmp_path: Path) -> None:
    npz.write(ARRAYS, tmp_path / "a.npz")
    with np.load(tmp_path / "a.npz") as stored:
        assert stored.files == list(ARRAYS)
        for name, array in ARRAYS.items():
            assert (stored[name] == array).all()
            assert stored[name].dtype == np.asarray(array).dtype


def test_no_byte_depends_on_the_release_of_python(tmp_path: Path) -> None:
    """The hash was the same under Python 3.11, 3.12 and 3.13."""
    npz.write(ARRAYS, tmp_path / "a.npz")
    assert hashlib.sha256((tmp_path / "a.npz").read_bytes()).hexdigest() == SHA256
    with ZipFile(tmp_path / "a.npz") as archive:
        for member in archive.infolist():
            assert (member.extra, member.date_time) == (b"", (1980, 1, 1, 0, 0, 0))


def test_objects_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="allow_pickle"):
        npz.write({"a": np.array([{}])}, tmp_path / "a.npz")
