"""own_table: how many networks a calibration takes at least."""

import shutil
from pathlib import Path

import pytest
from project import ROOT

from mlp.core import params_file
from mlp.core.errors import InputError
from mlp.gate import own_table


def test_three_times_as_many_as_a_side_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With fewer the pairs share most of their networks; with as many only the results are missing."""
    shutil.copy(ROOT / "params.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    repeats = params_file.parse(tmp_path / "params.yaml")["gate"]["repeats"]
    with pytest.raises(InputError, match=f"it takes at least {3 * repeats} networks"):
        own_table.calibrate(3 * repeats - 1, is_checked=True)
    with pytest.raises(InputError) as error:
        own_table.calibrate(3 * repeats, is_checked=True)
    assert "too few" not in str(error.value)
