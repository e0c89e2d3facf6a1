"""Run the project on large tables, and in turns scripts that do the same."""

import itertools
import json
import platform
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ruamel.yaml import YAML

from benchmarks import clone, scale_project
from benchmarks.scale_project import Cost, Project
from benchmarks.scale_tables import Size, made
from mlp.core import numerics

PEERS = Path(__file__).with_name("peers").resolve()
NEAR = 0.02  # most that accuracies of the same network differ by, for the split is another
SMALL = 2_000  # rows that a network is trained on that only predicts


class Runs:
    """Clones of the project in a folder of their own."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.folder, self.source, self._numbers = folder, source, itertools.count()

    def fresh(self) -> Path:
        """Return the path of a new folder."""
        return self.folder / str(next(self._numbers))

    def project(self, size: Size, **load: object) -> Project:
        """Return a clone whose data are a table of a size."""
        load |= {"categories": "onehot"} if size.categories else {}
        return Project(self.fresh(), self.source, made(size), **load)

    def stages(self, sizes: Sequence[Size], rounds: int) -> list[Mapping[str, float]]:
        """Return the seconds of processors of each stage on a table of each size.

        They are medians of rounds over all sizes, for the clock of a machine drifts.
        """
        projects = [self.project(size) for size in sizes]
        costs = [[project.stages() for project in projects] for _ in range(rounds)]
        return [
            {name: statistics.median(costs[name].cpu for costs in of_size) for name in of_size[0]}
            for of_size in zip(*costs, strict=True)
        ]

    def whole(self, size: Size, rounds: int) -> tuple[list[Cost], list[Cost], Project]:
        """Run the whole pipeline, and the script that does the same."""
        project, ours, theirs = self.project(size), [], []
        project.repro()  # a round that does not count
        for _ in range(rounds):
            theirs.append(self.script("table", str(made(size))))
            ours.append(project.repro())
        accuracies = json.loads(self.said)
        for name, accuracy in accuracies.items():
            path = project.folder / f"metrics/{name}.json"
            own = json.loads(path.read_text(encoding="utf-8"))[name]["accuracy"]
            if abs(own - accuracy) > NEAR:
                sys.exit(f"error: {name} has an accuracy of {own}, and {accuracy} in the script.")
        return ours, theirs, project

    def script(self, name: str, *words: str) -> Cost:
        """Run a script, and keep what it said last."""
        pins = numerics.pins(platform.machine(), "pinned")
        cost, self.said = scale_project.measured(
            self.folder, str(PEERS / f"{name}.py"), *words, **pins
        )
        return cost

    def training(self, size: Size, rounds: int) -> tuple[list[Cost], list[Cost]]:
        """Run the stage that trains mlp, and a script that fits it on the same matrix."""
        project = self.project(size)
        project.stages()
        ours, theirs = [], []
        train = str(project.folder / "data/train.parquet")
        for _ in range(rounds):
            theirs.append(self.script("fit", train))
            ours.append(project.stage("train@mlp"))
        return ours, theirs

    def searches(self, candidates: Sequence[int], rounds: int) -> list[Mapping[str, float]]:
        """Return the seconds of processors of searches on the digits, medians of rounds."""
        costs = [[self._search(number) for number in candidates] for _ in range(rounds)]
        return [{"search": statistics.median(each)} for each in zip(*costs, strict=True)]

    def _search(self, candidates: int) -> float:
        """Search with no fit remembered."""
        folder = self.fresh()
        clone.Clone(folder, self.source)
        params = YAML().load(folder / "params.yaml")
        params["search"]["n_iter"] = candidates
        YAML().dump(params, folder / "params.yaml")
        return scale_project.measure(folder, "-m", "dvc", "repro", "search").cpu

    def predictor(self, size: Size) -> Path:
        """Return the folder of a project whose networks take as many columns."""
        project = self.project(Size(SMALL, size.columns))
        project.stages()
        return project.folder

    def predictions(self, size: Size, folder: Path) -> Cost:
        """Predict a table of a size."""
        # Its stages ran without DVC, so dvc.lock records another model.
        words = ("predict", str(made(size)), "--model", "mlp", "--unchecked", "-o", "out.csv")
        return scale_project.measure(folder, "-m", "commands", *words)


def median(costs: Sequence[Cost], of: Callable[[Cost], float] = lambda cost: cost.seconds) -> float:
    return statistics.median(map(of, costs))
