"""A temporary folder is gone at the end, whatever happens in it."""

from pathlib import Path

import pytest

from mlp.core import temporary


def test_it_is_deleted(tmp_path: Path) -> None:
    with temporary.folder("mine-", tmp_path) as folder:
        (folder / "inner").mkdir()
        (folder / "inner/file").touch()
        assert folder.name.startswith("mine-")
    with pytest.raises(ZeroDivisionError), temporary.folder(beside=tmp_path):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_deleted_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    with temporary.folder(beside=tmp_path) as folder:
        (folder / "file").touch()
        monkeypatch.setattr("os.unlink", refuse)
    assert capsys.readouterr().err == f"warning: {folder} cannot be deleted.\n"
