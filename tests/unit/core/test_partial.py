"""Outputs are put at their places together, or not at all."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from mlp.core import partial


def tree(folder: Path) -> dict[str, str]:
    """Return the text of each file by its name in the folder, and None for an empty folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def make(folder: Path, text: str = "new") -> None:
    with partial.outputs({"a": folder / "a", "b": folder / "sub/b"}, ["b"]) as made:
        made["a"].write_text(text, encoding="utf-8")
        (made["b"] / "c").write_text(text, encoding="utf-8")


def test_a_folder_keeps_its_other_files(tmp_path: Path) -> None:
    make(tmp_path, "old")
    (tmp_path / "sub/b/other").write_text("other", encoding="utf-8")
    make(tmp_path)
    assert tree(tmp_path) == {"a": "new", "sub/b/c": "new", "sub/b/other": "other"}


def test_an_empty_folder_is_an_output(tmp_path: Path) -> None:
    with partial.outputs({"b": tmp_path / "b"}, ["b"]):
        pass
    assert (tmp_path / "b").is_dir()


@pytest.mark.parametrize("error", [ValueError("wrong"), KeyboardInterrupt(), SystemExit(1)])
def test_an_error_leaves_what_was_there(error: BaseException, tmp_path: Path) -> None:
    make(tmp_path, "old")
    with suppress(type(error)), partial.outputs({"a": tmp_path / "a"}, []) as made:
        made["a"].write_text("new", encoding="utf-8")
        raise error
    assert tree(tmp_path) == {"a": "old", "sub/b/c": "old"}


def test_an_output_that_was_not_made_is_named(tmp_path: Path) -> None:
    outputs = partial.outputs({"a": tmp_path / "a"}, [])
    with pytest.raises(FileNotFoundError) as caught, outputs:
        pass
    assert caught.value.filename == str(tmp_path / "a")


@pytest.mark.parametrize("nth", range(1, 5))
@pytest.mark.parametrize("before", [None, "old"])
def test_one_that_cannot_be_renamed_leaves_what_was_there(
    nth: int, before: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With earlier outputs there are four renames: both aside, and both new ones to their places."""
    if before:
        make(tmp_path, before)
    monkeypatch.setattr(Path, "rename", failing(Path.rename, nth))
    expected = tree(tmp_path)
    if not before and nth > 2:
        make(tmp_path)
        return
    with pytest.raises(OSError, match="No space left on device") as caught:
        make(tmp_path)
    assert str(caught.value.filename) in {
        str(tmp_path / "a"),
        str(tmp_path / "sub/b/c"),
        str(tmp_path / "sub/b"),
    }
    assert tree(tmp_path) == expected


def failing(rename: Callable[[Path, Path], Path], nth: int) -> Callable[[Path, Path], Path]:
    calls = 0

    def renamed(path: Path, to: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == nth:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        return rename(path, to)

    return renamed


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    for left in (".a.0123abcd.partial", "sub/.b.89abcdef.partial/c", ".a.b.0123abcd.partial"):
        (tmp_path / left).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / left).write_text("half", encoding="utf-8")
    make(tmp_path)
    assert tree(tmp_path) == {"a": "new", "sub/b/c": "new", ".a.b.0123abcd.partial": "half"}


def test_no_output_is_written_through_a_link(tmp_path: Path) -> None:
    """DVC may have linked an output to its cache, whose content must not change."""
    (tmp_path / "cached").write_text("old", encoding="utf-8")
    (tmp_path / "a").symlink_to("cached")
    make(tmp_path)
    assert (tmp_path / "cached").read_text(encoding="utf-8") == "old"
    assert not (tmp_path / "a").is_symlink()
