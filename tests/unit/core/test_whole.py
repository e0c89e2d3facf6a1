"""Files that were cut short since a stage wrote them."""

import re
from pathlib import Path

import pytest

from mlp.core import files, json_file, params_file, whole
from mlp.core.errors import InputError
from mlp.model import npz


@pytest.mark.parametrize("content", [b"", b"a", b"a\nb", b"a\r"])
def test_a_text_without_its_end_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    sentence = re.escape(f"{path} is damaged or cut short; `dvc repro` writes it anew.")
    for read in (whole.check, whole.text, json_file.read_json, files.read_csv, files.read_history):
        with pytest.raises(InputError, match=sentence):
            read(path)


def test_a_whole_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("é\n", encoding="utf-8")
    whole.check(path)
    assert whole.text(path) == "é\n"
    path.write_bytes(b"\xff\n")
    with pytest.raises(InputError, match="`make graph` writes it anew"):
        whole.text(path, "make graph")
    path.write_bytes(b"")
    assert whole.text(path, may_be_empty=True) == ""


def test_json_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text('{"a": 1\n', encoding="utf-8")
    with pytest.raises(InputError, match="damaged"):
        json_file.read_json(path)


def test_arrays_of_a_damaged_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "arrays.npz"
    npz.write({"a": [1.0, 2.0], "b": [3]}, path)
    content = path.read_bytes()
    assert {name: values.tolist() for name, values in npz.read(path).items()} == {
        "a": [1, 2],
        "b": [3],
    }
    place = content.index(b"\x00\x00\xf0?")  # inside the first number
    rotten = content[:place] + b"\x01" + content[place + 1 :]
    for damaged in (b"", content[:9], content[:-1], rotten):
        path.write_bytes(damaged)
        with pytest.raises(InputError, match="damaged"):
            npz.read(path)


def test_values_name_the_key_that_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_text("load: {task: a, image: null}\nnone:\n", encoding="utf-8")
    assert params_file.values(path, "load.image", "load.task") == [None, "a"]
    for key in ("load.shape", "none.at", "load.task.kind"):
        with pytest.raises(InputError, match=f"params.yaml: {key} is missing."):
            params_file.values(path, "load.task", key)
