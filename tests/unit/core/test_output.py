"""Output goes into a pipe or a device, and over a file only when it is complete."""

import os
import signal
import socket
import stat
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from mlp.core import output
from mlp.core.errors import InputError


def write(name: str, folder: Path, text: str = "new") -> None:
    with output.opened(name, folder, {}) as write:
        write(text)


def test_a_file_is_replaced_once_it_is_complete(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("old", encoding="utf-8")
    (tmp_path / "out").chmod(0o600)
    with output.opened("out", tmp_path, {}) as write:
        write("new")
        assert (tmp_path / "out").read_text(encoding="utf-8") == "old"
    assert (tmp_path / "out").read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


@pytest.mark.parametrize("error", [InputError("wrong"), KeyboardInterrupt(), SystemExit(143)])
def test_an_error_leaves_the_file_and_nothing_else(error: BaseException, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("old", encoding="utf-8")
    with suppress(type(error)), output.opened("out", tmp_path, {}) as write:
        write("new")
        raise error
    assert (tmp_path / "out").read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_leaves_nothing(name: str, tmp_path: Path) -> None:
    number = getattr(signal, name)
    before = signal.signal(number, signal.SIG_DFL)  # nohup may have had it ignored
    try:
        with pytest.raises(SystemExit) as exited, output.opened("out", tmp_path, {}):
            signal.raise_signal(number)
        assert exited.value.code == 128 + number
        assert list(tmp_path.iterdir()) == []
        assert signal.getsignal(number) == signal.SIG_DFL
    finally:
        signal.signal(number, before)


def test_a_signal_while_the_file_is_replaced_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a second one does not interrupt the cleaning."""
    monkeypatch.setattr(Path, "replace", lambda *_: signal.raise_signal(signal.SIGTERM))
    unlink = Path.unlink

    def twice(path: Path, **options: bool) -> None:
        signal.raise_signal(signal.SIGTERM)
        unlink(path, **options)

    monkeypatch.setattr(Path, "unlink", twice)
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        with pytest.raises(SystemExit):
            write("out", tmp_path)
        assert list(tmp_path.iterdir()) == []
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_signal_that_is_ignored_stays_ignored(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with output.opened("out", tmp_path, {}) as write:
            signal.raise_signal(signal.SIGHUP)
            write("whole")
        assert (tmp_path / "out").read_text(encoding="utf-8") == "whole"
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    read: list[str] = []
    reader = threading.Thread(
        target=lambda: read.append((tmp_path / "pipe").read_text(encoding="utf-8"))
    )
    reader.start()
    write("pipe", tmp_path)
    reader.join()
    assert read == ["new"]
    assert (tmp_path / "pipe").is_fifo()


def test_a_device_is_written_to() -> None:
    write("/dev/null", Path("/"))
    assert Path("/dev/null").is_char_device()


def test_stdout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("-", tmp_path)
    assert capsys.readouterr().out == "new"
    assert list(tmp_path.iterdir()) == []


def test_a_full_device_is_named() -> None:
    with pytest.raises(InputError, match=r"^/dev/full: No space left on device\.$"):
        write("/dev/full", Path("/"))
    assert Path("/dev/full").is_char_device()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("folder", "folder should be a file in an existing folder."),
        ("", "'' should be a file in an existing folder."),
        ("none/out", "none/out should be a file in an existing folder."),
        ("/proc/x.csv", "/proc/x.csv: No such file or directory."),
        ("link", "link is a link to {}/target; name that file."),
        ("dangling", "dangling is a link to {}/nowhere; name that file."),
        ("socket", "socket: No such device or address."),
        ("x" * 300, "x" * 300 + ": File name too long."),
    ],
)
def test_refused(name: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "target").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("target")
    (tmp_path / "dangling").symlink_to("nowhere")
    with socket.socket(socket.AF_UNIX) as bound, pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)  # the name of a socket is short
        bound.bind("socket")
        before = sorted(tmp_path.iterdir())
        with pytest.raises(InputError) as refused:
            write(name, tmp_path)
    assert str(refused.value) == sentence.format(tmp_path)
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "target").read_text(encoding="utf-8") == "old"


def test_a_file_that_is_read_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "in").touch()
    (tmp_path / "same").hardlink_to(tmp_path / "in")
    with (
        pytest.raises(InputError, match=r"^same is the model; name another\.$"),
        output.opened("same", tmp_path, {"file": None, "model": tmp_path / "in"}),
    ):
        pass
