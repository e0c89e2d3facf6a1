"""Draw the graph of the stages as Mermaid, a stage once however many networks it runs for.

Usage: ``python -m commands.graph [FILE]``; `make graph` has it write docs/graph.mmd. Without a
file, or for -, it is printed.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import networkx as nx
from dvc.repo import Repo

from mlp.core import disk, output, stage
from mlp.history.lock import FILES_OF_DVC


def mermaid() -> str:
    """Return the graph of dvc.yaml as the text of a Mermaid flowchart."""
    with disk.named(FILES_OF_DVC), Repo() as repo:
        pairs = [pair for pair in repo.index.graph.edges if all(map(_is_in_the_loop, pair))]
        edges = {(_name(reader), _name(stage)) for reader, stage in pairs}
    order = nx.DiGraph((stage, reader) for reader, stage in edges)
    names = list(nx.lexicographical_topological_sort(order))
    numbers = {name: f"node{i}" for i, name in enumerate(names, 1)}
    lines = [f'  {numbers[name]}["{name}"]' for name in names]
    lines += [f"  {numbers[a]}-->{numbers[b]}" for a, b in sorted(order.edges)]
    return "\n".join(["flowchart TD", *lines])


def _is_in_the_loop(stage: object) -> bool:
    return str(getattr(stage, "path_in_repo", "")) == "dvc.yaml"


def _name(stage: object) -> str:
    """Return what a stage is called in its file, without the network that it runs for."""
    return (
        str(getattr(stage, "addressing", stage))
        .rsplit(":", maxsplit=1)[-1]
        .split("@", maxsplit=1)[0]
    )


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", default=output.STDOUT, metavar="FILE")
    args = parser.parse_args(argv)
    text = mermaid()
    with output.opened(args.file, Path.cwd(), {}) as write:
        write(f"{text}\n")


if __name__ == "__main__":
    stage.run(main)
