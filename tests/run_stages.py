"""Run every stage of the pipeline in this one process, in DVC's order, and watch what it does.

Arguments: the folder of the project, and a file for what was seen. The file names the paths that
each stage opened, the addresses to which it, or a process that it forked, opened a connection, and
the kernels of OpenBLAS that were in use.
"""

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import chdir
from importlib import import_module
from pathlib import Path
from typing import Any

import networkx as nx
from dvc.repo import Repo
from project import ROOT
from threadpoolctl import threadpool_info

SOCKETS = {"socket.bind", "socket.connect", "socket.getaddrinfo", "socket.sendto"}


def in_order() -> Iterator[Any]:
    """Yield the stages of dvc.yaml and gate/dvc.yaml, each after those that it depends on."""
    with chdir(ROOT), Repo() as repo:
        yield from nx.dfs_postorder_nodes(repo.index.graph)


def name_of(stage: Any) -> str:
    return str(stage.addressing.rsplit(":")[-1])


def write_down(log: int, event: str, args: tuple[Any, ...]) -> None:
    """Be an audit hook; a line a path or socket, because forked processes write too."""
    if event == "open" and isinstance(args[0], str | bytes | os.PathLike):
        os.write(log, f"open\t{os.path.realpath(os.fsdecode(args[0]))}\n".encode())
    elif event in SOCKETS:
        os.write(log, f"socket\t{event} {args[1:]}\n".encode())


def main(folder: Path, log: Path) -> None:
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    stages = [(name_of(stage), shlex.split(stage.cmd)) for stage in in_order()]
    for _, (_, _, module, *_) in stages:
        import_module(module)
    sys.addaudithook(lambda event, args: write_down(file, event, args))
    os.chdir(folder)
    for name, (_, _, module, *words) in stages:
        os.write(file, f"stage\t{name}\n".encode())
        import_module(module).main(words)
    kernels = {
        library["architecture"]
        for library in threadpool_info()
        if library["internal_api"] == "openblas"
    }
    for kernel in sorted(kernels):
        os.write(file, f"kernel\t{kernel}\n".encode())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
