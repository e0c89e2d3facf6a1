"""The commands of docs/scale.md for a cluster, and who can reach what they start."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import dask
import distributed  # noqa: F401 - fills dask.config
import psutil
import pytest
from project import ROOT, environment, started
from ruamel.yaml import YAML

from mlp.core.errors import InputError
from mlp.fits.dask_cluster import connected

pytestmark = pytest.mark.slow
DOCS = (ROOT / "docs/scale.md").read_text(encoding="utf-8")
SSH = '#!/bin/sh\nshift\nexec sh -c "$*"\n'  # the host is this one
FILES = ".cache/dask"


def block(title: str) -> str:
    """Return the commands below a title of the page."""
    found = re.search(rf"### {title}\n.*?```sh\n(.*?)```", DOCS, re.DOTALL)
    assert found
    return found[1]


def written(title: str, port: int, *, tls: bool = False) -> tuple[str, str]:
    """Return what starts the cluster, and the scheduler's address, with a port and a network that are here."""
    text = block(title).replace("10.0.0.1", "127.0.0.1").replace("eth0", "lo")
    text = text.replace("tcp://", "tls://" if tls else "tcp://").replace("8786", str(port))
    text = text.replace("dask scheduler", f"dask scheduler --port {port}")
    *lines, last = text.strip().splitlines()
    name, address = shlex.split(last)[0].split("=")
    assert name == "DASK_SCHEDULER_ADDRESS"
    assert last.endswith(" dvc repro")
    return "\n".join(lines), address


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which the commands find what they name."""
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / "mlp-pipeline").symlink_to(tmp_path)
    program = tmp_path / "bin/ssh"
    program.parent.mkdir()
    program.write_text(SSH, encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


@contextmanager
def running(folder: Path, commands: str, **env: str) -> Iterator[int]:
    """Run commands for as long as the context; gives the process group of all that they start."""
    path = {"PATH": f"{folder / 'bin'}:{environment()['PATH']}", "PYTHONPATH": str(ROOT)}
    with started(
        ["sh", "-c", f"{commands}\nwait"],
        cwd=folder,
        env=environment(**path, **env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            yield process.pid
        finally:
            of_all = members(process.pid)
            os.killpg(process.pid, signal.SIGTERM)
            _, alive = psutil.wait_procs(of_all, timeout=30)
            for other in alive:
                other.kill()


def members(group: int) -> list[psutil.Process]:
    return [psutil.Process(pid) for pid in psutil.pids() if group_of(pid) == group]


def group_of(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None


def listening(group: int) -> list[str]:
    """Return the addresses on which the processes of a group wait for others."""
    addresses = []
    for process in members(group):
        with suppress(psutil.NoSuchProcess):  # it was one of those that only start others
            sockets = process.net_connections("inet")
            addresses += [one.laddr.ip for one in sockets if one.status == psutil.CONN_LISTEN]
    return addresses


# Each serves its own messages and HTTP, but for the nanny of a worker, which serves only messages.
ALL = 2 + 2 * 3  # a scheduler, and two workers


def wait_for_all(group: int) -> list[str]:
    end = time.monotonic() + 60
    while len(addresses := listening(group)) < ALL:
        assert time.monotonic() < end, addresses
        time.sleep(0.1)
    return addresses


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.mark.parametrize("title", ["On one machine", "Over SSH"])
def test_nothing_listens_outside_the_network_that_is_named(title: str, folder: Path) -> None:
    commands, _ = written(title, free_port())
    with running(folder, commands) as group:
        assert wait_for_all(group) == ["127.0.0.1"] * ALL


def test_an_open_socket_is_seen() -> None:
    """The negative control: an address that the test above would not pass, still of loopback."""
    with socket.create_server(("127.0.0.2", 0)):
        assert "127.0.0.2" in listening(os.getpgid(0))


def test_with_tls_only_who_has_the_key_is_answered(folder: Path, tmp_path: Path) -> None:
    commands, address = written("On one machine", free_port(), tls=True)
    certified, stranger = config(folder), config(tmp_path / "stranger")
    with running(folder, commands, DASK_CONFIG=str(certified)) as group:
        assert wait_for_all(group) == ["127.0.0.1"] * ALL
        with configured(certified), connected(address) as client:
            assert len(client.run(os.getpid)) == 2
        for file in (None, stranger):
            for at in (address, address.replace("tls", "tcp")):
                said = rf"DASK_SCHEDULER_ADDRESS is {at}, but .+\."
                with configured(file), pytest.raises(InputError, match=said), connected(at):
                    pass


@contextmanager
def configured(file: Path | None) -> Iterator[None]:
    """Have Dask read a file, as it does when it starts and DASK_CONFIG names one."""
    content = YAML(typ="safe").load(file) if file else {}
    with dask.config.set(dask.config.merge(dask.config.global_config, content)):
        yield


def config(folder: Path) -> Path:
    """Make a certificate and Dask's configuration as the page says, and return the latter's place."""
    folder.mkdir(exist_ok=True)
    commands = block("With TLS").replace(FILES, str(folder / FILES))
    subprocess.run(["sh", "-ec", commands], cwd=folder, check=True, capture_output=True)
    assert (folder / FILES / "key.pem").stat().st_mode & 0o077 == 0
    return folder / FILES / "tls.yaml"
