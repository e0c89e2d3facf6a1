"""Change one operator or number of a module at a time, and see whether its unit tests fail.

    python tests/mutants.py mlp/evaluate/statistics mlp/gate [--sample 100] [--seed 0]

Prints each change that no test saw, and how many there were of each kind. Each change is tried in a
fork of this process, by the examples in the module's docstrings, by the unit tests that name the
module and then by the others of its package, the quickest first; a change that none of them sees may
still be seen by tests/faults. That a dataclass is frozen is not changed: mypy finds assignments to one,
so it makes no difference.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # an installed mlp may be that of another tree

# isort: split
import mlp.core.start  # noqa: F401 - as a stage begins

# isort: split
import argparse
import ast
import copy
import itertools
import os
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.machinery import SourceFileLoader
from types import CodeType
from typing import IO, Any

import hypothesis  # noqa: F401 - imported once, and not in each fork
import numpy as np  # noqa: F401
import pandas as pd  # noqa: F401
import pytest
import scipy.stats  # noqa: F401
import sklearn.datasets
import sklearn.model_selection
import sklearn.neural_network  # noqa: F401
from project import ROOT

EVERY = 20  # changes between lines of progress
SECONDS = 120  # a test, after which a change counts as seen: it does not end
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Pow: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


def changes(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """Yield the line, the change in words, and the changed module."""
    frozen = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "frozen"
    }
    for position, node in enumerate(ast.walk(tree)):
        for what, change in () if node in frozen else of_node(node):
            changed = copy.deepcopy(tree)
            other = list(ast.walk(changed))[position]
            change(other)
            yield getattr(node, "lineno", 0), what, changed


def of_node(node: ast.AST) -> Iterator[tuple[str, Callable[[Any], None]]]:
    """Yield what can be changed in a node, in words and as a function that does it."""
    if isinstance(node, ast.Compare):
        for i, op in enumerate(node.ops):
            new = SWAPS[type(op)]
            yield (
                f"{type(op).__name__} -> {new.__name__}",
                lambda n, i=i, new=new: n.ops.__setitem__(i, new()),
            )
    elif isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign) and type(node.op) in SWAPS:
        new = SWAPS[type(node.op)]
        yield f"{type(node.op).__name__} -> {new.__name__}", lambda n: setattr(n, "op", new())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        twice = "not not" if isinstance(node.op, ast.Not) else "- -"
        yield twice, lambda n: setattr(n, "operand", ast.UnaryOp(n.op, n.operand))
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} -> {not node.value}", lambda n: setattr(n, "value", not n.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield f"{node.value} -> {node.value + 1}", lambda n: setattr(n, "value", n.value + 1)
    elif isinstance(node, ast.Name) and node.id in NAMES:
        yield f"{node.id} -> {NAMES[node.id]}", lambda n: setattr(n, "id", NAMES[n.id])
    elif isinstance(node, ast.If | ast.IfExp):
        yield "if -> if not", lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))


def tests_of(path: Path) -> list[list[str]]:
    """Return a module's examples, the unit tests that name it, and the others of its package.

    A group without any is left out.
    """
    package = path.parent if path.stem == "__init__" else path
    mirrored = ROOT / "tests/unit" / path.relative_to("mlp").parent
    while not mirrored.is_dir():
        mirrored = mirrored.parent
    files = sorted(mirrored.rglob("test_*.py"))
    named = [
        file
        for file in files
        if re.search(rf"\b{package.stem}\b", file.read_text(encoding="utf-8"))
    ]
    others = [file for file in files if file not in named]
    examples = [path] if ">>> " in path.read_text(encoding="utf-8") else []
    return [[str(file) for file in group] for group in (examples, named, others) if group]


class QuickestFirst:
    """Orders tests by the seconds that each took before, which are written down."""

    def __init__(self, told: IO[str]) -> None:
        told.seek(0)
        self.told = told
        self.seconds = {name: float(seconds) for seconds, _, name in map(_parts, told)}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.told.write(f"{report.duration} {report.nodeid}\n")
            self.told.flush()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self.seconds.get(item.nodeid, 0.0))


def _parts(line: str) -> tuple[str, str, str]:
    return line.rstrip("\n").partition(" ")


def survives(path: Path, changed: ast.Module, told: IO[str]) -> bool:
    """Return whether no test of a changed module fails."""
    return all(passes(tests, path, changed, told) for tests in tests_of(path))


def passes(tests: list[str], path: Path, changed: ast.Module, told: IO[str]) -> bool:
    """Run tests on a changed module in a fork, and return whether none failed.

    A file tells how many seconds each test took.
    """
    pid = os.fork()
    if not pid:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        code = compile(ast.unparse(ast.fix_missing_locations(changed)), str(path), "exec")
        original = SourceFileLoader.get_code

        def get_code(self: SourceFileLoader, name: str) -> CodeType | None:
            return code if Path(self.path).resolve() == ROOT / path else original(self, name)

        SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
        for name in [
            name for name in sys.modules if name.split(".")[0] in {"mlp", "commands", "stages"}
        ]:
            if name not in {"mlp", "mlp.core", "mlp.core.start", "mlp.core.numerics"}:
                del sys.modules[name]
        plain = "--assert=plain"  # otherwise pytest reads a module of examples by itself
        options = ["-x", "-q", "-p", "no:cacheprovider", plain, "-o", f"timeout={SECONDS}"]
        os._exit(int(pytest.main([*options, *tests], [QuickestFirst(told)])))
    _, status = os.waitpid(pid, 0)
    return status == 0


def named_as(file: Path, line: int, what: str) -> str:
    return f"{file}:{line}: {what}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("places", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, help="so many changes, drawn at random, and not all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--again", type=Path, help="those alone that this earlier output names")
    args = parser.parse_args()
    os.chdir(ROOT)
    files = sorted(
        {
            file
            for place in args.places
            for file in ([place] if place.suffix else place.rglob("*.py"))
        }
    )
    found = [
        (file, line, what, changed)
        for file in files
        for line, what, changed in changes(ast.parse(file.read_text(encoding="utf-8")))
    ]
    if args.again:
        named = set(args.again.read_text(encoding="utf-8").splitlines())
        found = [change for change in found if named_as(*change[:3]) in named]
    if args.sample and args.sample < len(found):
        found = random.Random(args.seed).sample(found, args.sample)  # noqa: S311 - no secret
    told = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - kept open
    packages = {
        frozenset(itertools.chain(*tests_of(file))) - {str(file)}: file for file, *_ in found
    }
    for file in packages.values():
        if not survives(file, ast.parse(file.read_text(encoding="utf-8")), told):
            sys.exit(f"error: the tests of {file.parent} fail without a change.")
    counts: Counter[str] = Counter()
    for tried, (file, line, what, changed) in enumerate(found):
        if tried % EVERY == 0:
            print(f"{tried} of {len(found)} tried", file=sys.stderr, flush=True)  # noqa: T201
        survived = survives(file, changed, told)
        counts["not seen" if survived else "seen"] += 1
        if survived:
            print(named_as(file, line, what), flush=True)  # noqa: T201
    print(f"{counts['seen']} of {len(found)} changes were seen by a test.")  # noqa: T201


if __name__ == "__main__":
    main()
