"""A file of this folder is what dvc.lock records, or is refused; what no stage writes passes."""

import json
from pathlib import Path

import pytest

from mlp.core.errors import InputError
from mlp.history import as_recorded, digest
from mlp.history.snapshot import workspace

MODEL = as_recorded.MODEL.format("wide")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a model, and a lock file that records it."""
    monkeypatch.chdir(tmp_path)
    Path(MODEL).parent.mkdir(parents=True)
    Path(MODEL).write_bytes(b"weights")
    Path("params.yaml").write_text('{"networks": {"wide": "params.yaml"}}', encoding="utf-8")
    outs = [{"path": "data/models/wide", "md5": digest.md5(Path(MODEL).parent)}]
    lock = {"stages": {"train@linear": {}, "train@wide": {"outs": outs}}}
    Path("dvc.lock").write_text(json.dumps(lock), encoding="utf-8")
    return tmp_path


def test_a_file_as_it_was_written_passes() -> None:
    as_recorded.check(workspace(), MODEL)
    as_recorded.check(workspace(), Path(MODEL).absolute())


def test_other_bytes_are_refused(folder: Path) -> None:
    (folder / MODEL).write_bytes(b"thgiews")
    for path in (MODEL, folder / MODEL):
        with pytest.raises(InputError, match=r"^data/models/wide of this workspace is not what"):
            as_recorded.check(workspace(), path)


def test_the_caller_says_how_to_take_the_file_as_it_is(folder: Path) -> None:
    (folder / MODEL).write_bytes(b"thgiews")
    with pytest.raises(InputError, match="and unchecked=True takes it as it is"):
        as_recorded.check(workspace(), MODEL, unless="unchecked=True")


def test_a_file_beside_the_model_is_part_of_what_was_written(folder: Path) -> None:
    (folder / MODEL).with_name("history.csv").touch()
    with pytest.raises(InputError, match="`dvc checkout` or `dvc repro` brings it back"):
        as_recorded.check(workspace(), MODEL)


def test_what_no_stage_writes_passes(folder: Path) -> None:
    other = folder / "data/models/widest/model.onnx"
    other.parent.mkdir()
    other.write_bytes(b"another")
    as_recorded.check(workspace(), other)
    as_recorded.check(workspace(), "/etc/hostname")
    as_recorded.check(workspace(), "missing.onnx")
    (folder / MODEL).write_bytes(b"thgiews")
    (folder / "dvc.lock").unlink()
    as_recorded.check(workspace(), MODEL)


@pytest.mark.parametrize("text", ["", "stages: {train@wide: {outs: [{path: a, md5: 12}]}}", "a: ["])
def test_a_lock_file_that_cannot_be_read_vouches_for_nothing(text: str) -> None:
    Path("dvc.lock").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"^dvc\.lock of this workspace "):
        as_recorded.check(workspace(), MODEL)
