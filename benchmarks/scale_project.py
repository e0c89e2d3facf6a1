"""A clone of the project with a made table, and what each of its stages takes."""

import json
import shlex
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
from dvc.repo import Repo
from ruamel.yaml import YAML

from benchmarks import clone
from benchmarks.clone import Clone

TABLE = "data/table.csv"
NETWORK = {"solver": "adam", "learning_rate_init": 0.001, "max_iter": 3, "scale": "standard"}
# Runs a command. Prints its seconds, its seconds of processors and the bytes of memory at most, and
# then what it printed.
MEASURE = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], check=True, stdout=subprocess.PIPE, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
seconds = [time.perf_counter() - start, used.ru_utime + used.ru_stime]
print(json.dumps([*seconds, used.ru_maxrss * 1024]), done.stdout, sep="\\n")
"""


@dataclass(frozen=True)
class Cost:
    """The seconds, the seconds of processors, and the most bytes of memory of a process."""

    seconds: float
    cpu: float
    memory: float


def measured(folder: Path, *command: str, **env: str) -> tuple[Cost, str]:
    """Run a command of Python, and return what it and its children took, and its last line."""
    argv = [sys.executable, "-c", MEASURE, sys.executable, *command]
    lines = clone.call(*argv, folder=folder, **env).output.splitlines()
    return Cost(*json.loads(lines[0])), next(filter(None, reversed(lines)))


def measure(folder: Path, *command: str) -> Cost:
    """Run a command of Python, and return what it and its children took."""
    return measured(folder, *command)[0]


class Project:
    """A clone of the project's last commit whose data are a table, with linear and mlp alone."""

    def __init__(self, folder: Path, source: Path, table: Path, **load: Any) -> None:
        self.folder = folder
        Clone(folder, source)
        (folder / TABLE).hardlink_to(table)
        params = YAML().load(folder / "params.yaml")
        params["load"] |= {"source": TABLE, "target": "label", "image_shape": None, **load}
        params["networks"] = dict.fromkeys(("linear", "mlp"), "params.yaml")
        for name in params["networks"]:
            params[name] |= NETWORK
        params["gate"]["model"] = "mlp"
        YAML().dump(params, folder / "params.yaml")

    def repro(self) -> Cost:
        """Run the pipeline as a user does."""
        return measure(self.folder, "-m", "dvc", "repro", "--force")

    def stage(self, name: str) -> Cost:
        """Run one stage by itself."""
        return measure(self.folder, *dict(self._commands())[name][1:])

    def stages(self) -> Mapping[str, Cost]:
        """Run each stage by itself, in order, and return what each took."""
        return {name: measure(self.folder, *words[1:]) for name, words in self._commands()}

    def _commands(self) -> list[tuple[str, list[str]]]:
        """Return the name and the words of each stage's command, in an order that works."""
        with Repo(str(self.folder)) as repo:
            graph = repo.index.graph.reverse(copy=True)
            ordered = nx.lexicographical_topological_sort(graph, key=lambda stage: stage.addressing)
            stages = [stage for stage in ordered if stage.path_in_repo == "dvc.yaml"]
            return [(stage.name, shlex.split(stage.cmd)) for stage in stages]

    def stored_by_git(self, name: str) -> int:
        """Return the bytes that git takes for the files of a network, which it compresses."""
        folders = [self.folder / "plots" / name, self.folder / "metrics"]
        files = [file for folder in folders for file in folder.rglob("*") if name in str(file)]
        return sum(len(zlib.compress(file.read_bytes())) for file in files if file.is_file())
